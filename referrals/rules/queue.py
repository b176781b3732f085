"""In what order the hub looks at contacts. Plain values in, a band out; the page computes the same in SQL.

Order (users.md 3): danger or red nobody has acknowledged > overdue > provisionally red > ungraded, oldest
first > red, amber, green, each by time left > waiting for an answer > blue.
"""

import datetime
from dataclasses import dataclass
from enum import IntEnum

from referrals.vocabulary import QueueGrade, QueueWhose, Urgency


class Band(IntEnum):
    """Groups of the queue; a smaller number is looked at sooner."""

    ALARM = 1
    OVERDUE = 2
    PROVISIONAL = 3
    UNGRADED = 4
    RED = 5
    AMBER = 6
    GREEN = 7
    WAITING = 8
    BLUE = 9


_BY_URGENCY = {
    Urgency.RED: Band.RED,
    Urgency.AMBER: Band.AMBER,
    Urgency.GREEN: Band.GREEN,
    Urgency.BLUE: Band.BLUE,
}


@dataclass(frozen=True)
class Waiting:
    """What the order looks at of one undecided contact.

    `reported` is the reporter's grade and `urgency` the hub's (None until somebody graded it). `due_at` is
    when the next thing is due: the grade while there is none, else the decision; None for blue.
    """

    received_at: datetime.datetime
    due_at: datetime.datetime | None
    reported: Urgency | None = None
    urgency: Urgency | None = None
    danger: bool = False
    acknowledged: bool = False
    provisional: bool = False
    asked: bool = False


def is_alarm(contact: Waiting) -> bool:
    """Danger, or red by either grade, that no named person has taken in hand."""
    return not contact.acknowledged and (contact.danger or Urgency.RED in {contact.reported, contact.urgency})


def is_overdue(contact: Waiting, now: datetime.datetime) -> bool:
    """The clock has run out; a contact without a clock never is."""
    return contact.due_at is not None and contact.due_at < now


def band_of(contact: Waiting, now: datetime.datetime) -> Band:
    """The group this contact stands in at `now`."""
    if is_alarm(contact):
        return Band.ALARM
    if is_overdue(contact, now):
        return Band.OVERDUE
    if contact.provisional:
        return Band.PROVISIONAL
    if contact.urgency is None:
        return Band.UNGRADED
    if contact.asked:
        return Band.WAITING
    return _BY_URGENCY[contact.urgency]


def moment_of(contact: Waiting, now: datetime.datetime) -> datetime.datetime:
    """What decides inside a group: alarms, ungraded and blue by age, the rest by time left."""
    if contact.due_at is None or band_of(contact, now) in {
        Band.ALARM,
        Band.UNGRADED,
        Band.BLUE,
    }:
        return contact.received_at
    return contact.due_at


def order(contact: Waiting, now: datetime.datetime) -> tuple[Band, datetime.datetime]:
    """Sorting by this puts the contact to look at first at the front."""
    return band_of(contact, now), moment_of(contact, now)


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see of the queue; an empty wish is everything."""

    whose: QueueWhose | None = None
    grade: QueueGrade | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self.whose is None and self.grade is None


def is_shown(wanted: Wanted, contact: Waiting, *, is_mine: bool, is_claimed: bool) -> bool:
    """Whether a wish leaves this contact on the page. No wish hides an alarm."""
    if is_alarm(contact):
        return True
    if wanted.whose is QueueWhose.MINE and not is_mine:
        return False
    if wanted.whose is QueueWhose.NOBODYS and is_claimed:
        return False
    grade = contact.urgency.value if contact.urgency else QueueGrade.UNGRADED.value
    return wanted.grade is None or wanted.grade.value == grade
