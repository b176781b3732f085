"""Under which headings a report tells of a need. Our reading of the two lists; nothing is weighed or scored."""

from collections.abc import Iterable

from cases.vocabulary import OutcomeHeading
from referrals.vocabulary import ConcernKind

HEADINGS = {
    ConcernKind.DOMESTIC_ABUSE: OutcomeHeading.DOMESTIC_ABUSE,
    ConcernKind.NEGLECT: OutcomeHeading.SAFE_FROM_HARM,
    ConcernKind.PHYSICAL: OutcomeHeading.SAFE_FROM_HARM,
    ConcernKind.EMOTIONAL: OutcomeHeading.SAFE_FROM_HARM,
    ConcernKind.SEXUAL: OutcomeHeading.SAFE_FROM_HARM,
    ConcernKind.EXPLOITATION: OutcomeHeading.SAFE_FROM_HARM,
    ConcernKind.MISSING: OutcomeHeading.SAFE_FROM_HARM,
    ConcernKind.BEHAVIOUR: OutcomeHeading.CRIME,
    ConcernKind.CHILD_MIND: OutcomeHeading.HEALTH,
    ConcernKind.PARENT_MIND: OutcomeHeading.HEALTH,
    ConcernKind.PARENT_SUBSTANCES: OutcomeHeading.SUBSTANCES,
    ConcernKind.EDUCATION: OutcomeHeading.EDUCATION,
    ConcernKind.HOME_MONEY: OutcomeHeading.HOUSING,
    ConcernKind.UNBORN: OutcomeHeading.EARLY_YEARS,
}
"""A concern about somebody who works with children, or not known, tells of no need of the family."""


def headings_of(concerns: Iterable[str]) -> list[OutcomeHeading]:
    """The headings of what a report is about, each once, in the order of the list of headings."""
    found = {HEADINGS.get(ConcernKind(concern)) for concern in concerns}
    return [heading for heading in OutcomeHeading if heading in found]
