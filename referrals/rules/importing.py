"""A report out of an agency's own file, as plain values. No database."""

import datetime
from dataclasses import dataclass

from referrals.vocabulary import Answer, ConcernKind, FamilyTold, Urgency
from sharing_agreements.part_known import PartKnownDate

LONGEST_REFERENCE = 100


@dataclass(frozen=True, slots=True)
class OldChild:
    """A child of an old report, as far as the file names them."""

    name: str
    born: PartKnownDate


@dataclass(frozen=True, slots=True)
class OldReport:
    """One line of the file: a report that was dealt with somewhere else, some time ago.

    `reference` is the agency's own: a second line with it is the same report.
    """

    reference: str
    sent_at: datetime.datetime
    account: str
    children: tuple[OldChild, ...]
    happened: PartKnownDate
    happened_at: str
    now_at: str
    concern: ConcernKind
    urgency: Urgency
    danger: Answer
    told: FamilyTold
    writer: str = ""
    school: str = ""
    police_reference: str = ""
    home_line: str = ""
    home_postcode: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that is no report, and why, without a word of it."""

    line: int
    reason: str
