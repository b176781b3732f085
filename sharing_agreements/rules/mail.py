"""E-mails of this service, and when somebody is told that something waits. Plain values, no database, no clock."""

import datetime
from dataclasses import dataclass
from enum import Enum

from sharing_agreements.vocabulary import HowOften
from sharing_agreements.working_time import LONDON

DIGEST_AT = datetime.time(8)
"""When those who want one e-mail a day get it: as offices open (our judgement)."""


@dataclass(frozen=True)
class Mail:
    """One e-mail. `reference` is what the carrier may keep to find it again; it says nothing."""

    to: str
    subject: str
    text: str
    reference: str


class Fate(Enum):
    """What a carrier says became of an e-mail."""

    UNKNOWN = "unknown"
    DELIVERED = "delivered"
    RETURNED = "returned"


class NeverTaken(Exception):
    """The carrier will not take an e-mail to this address however often it is asked."""


def words(*, to: str, site: str, reference: str, urgent: bool) -> Mail:
    """The e-mail that says that something waits, and nothing of what it is or whom it is about (issue 5, section 4)."""
    pressing = "It is urgent: please do not leave it until tomorrow.\n\n" if urgent else ""
    return Mail(
        to=to,
        subject="Something waits for you in Early Help",
        text=(
            f"Something waits for you in Early Help.\n\n{pressing}Sign in to read it: {site}/\n\n"
            f"Reference: {reference}\n\n"
            "This e-mail says no more, so that nobody else can learn anything from it. "
            f"To change how often you get one: {site}/notifications/\n"
        ),
        reference=reference,
    )


@dataclass(frozen=True)
class Waiting:
    """Since when the newest thing has waited for somebody, and the newest that is urgent; None when nothing does."""

    newest: datetime.datetime | None = None
    newest_urgent: datetime.datetime | None = None


def is_due(
    *,
    waiting: Waiting,
    how_often: HowOften,
    last_told: datetime.datetime | None,
    now: datetime.datetime,
    is_working_day: bool,
) -> bool:
    """Whether to e-mail somebody now: only of what began to wait since they were last told.

    What is urgent is told at once, whatever they chose. The rest as they chose: at once; on a working day from eight
    in the morning, one e-mail at most; never. What is missed is made up for at the next look on a working day.
    """

    def is_new(since: datetime.datetime | None) -> bool:
        return since is not None and (last_told is None or since > last_told)

    if is_new(waiting.newest_urgent):
        return True
    if not is_new(waiting.newest) or how_often == HowOften.NEVER:
        return False
    if how_often == HowOften.AT_ONCE:
        return True
    local = now.astimezone(LONDON)
    this_morning = datetime.datetime.combine(local.date(), DIGEST_AT, LONDON)
    return is_working_day and local >= this_morning and (last_told is None or last_told < this_morning)
