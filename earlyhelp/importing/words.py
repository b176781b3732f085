"""What the words of an imported history mean here: sorts of agency, kinds of record, parts in a family,
headings of need."""

from collections.abc import Iterable

from cases.vocabulary import FamilyPart, OutcomeHeading
from sharing_agreements.vocabulary import AgencyType, Kind

BROAD_TYPES: dict[str, tuple[tuple[str, AgencyType], ...]] = {
    "police": (("transport", AgencyType.TRANSPORT_POLICE), ("", AgencyType.POLICE)),
    "council": (
        ("early help", AgencyType.EARLY_HELP),
        ("adult", AgencyType.ADULT_CARE),
        ("", AgencyType.SOCIAL_CARE),
    ),
    "education": (("alternative", AgencyType.ALTERNATIVE_PROVISION), ("", AgencyType.SCHOOL)),
    "health": (
        ("hospital", AgencyType.HOSPITAL),
        ("practice", AgencyType.GENERAL_PRACTICE),
        ("", AgencyType.COMMUNITY_HEALTH),
    ),
    "justice": (("court", AgencyType.COURT), ("", AgencyType.PROBATION)),
    "voluntary": (("", AgencyType.CHARITY),),
}
"""Everyday words for a sort of agency. Its name tells which: the first that holds the word, the last holds any."""

KINDS = {
    AgencyType.HUB: Kind.CONCERN,
    AgencyType.POLICE: Kind.POLICE,
    AgencyType.TRANSPORT_POLICE: Kind.POLICE,
    AgencyType.SOCIAL_CARE: Kind.SOCIAL_CARE,
    AgencyType.EARLY_HELP: Kind.NOTE,
    AgencyType.ADULT_CARE: Kind.SOCIAL_CARE,
    AgencyType.COMMUNITY_HEALTH: Kind.HEALTH,
    AgencyType.HOSPITAL: Kind.HEALTH,
    AgencyType.GENERAL_PRACTICE: Kind.HEALTH,
    AgencyType.SCHOOL: Kind.EDUCATION,
    AgencyType.ALTERNATIVE_PROVISION: Kind.EDUCATION,
    AgencyType.YOUTH_JUSTICE: Kind.JUSTICE,
    AgencyType.PROBATION: Kind.JUSTICE,
    AgencyType.HOUSING: Kind.HOUSING,
    AgencyType.CHARITY: Kind.VOLUNTARY,
    AgencyType.DOMESTIC_ABUSE: Kind.DOMESTIC_ABUSE,
    AgencyType.SUBSTANCE_USE: Kind.SUBSTANCE_USE,
    AgencyType.CARE_PROVIDER: Kind.SOCIAL_CARE,
    AgencyType.COURT: Kind.JUSTICE,
    AgencyType.EMPLOYMENT: Kind.EMPLOYMENT,
}
"""The kind of record an agency's account is, so that clauses release it like everything else that agency holds."""

PARTS = {
    "child": FamilyPart.CHILD,
    "father": FamilyPart.PARENT,
    "mother": FamilyPart.PARENT,
    "parent": FamilyPart.PARENT,
    "carer": FamilyPart.CARER,
    "other adult": FamilyPart.OTHER_ADULT,
    "adult of concern": FamilyPart.OTHER_ADULT,
    "other child": FamilyPart.OTHER_CHILD,
}
"""What somebody is in the family."""

HEADINGS = {
    "abuse": OutcomeHeading.SAFE_FROM_HARM,
    "anti-social behaviour": OutcomeHeading.CRIME,
    "behaviour": OutcomeHeading.EDUCATION,
    "child behaviour": OutcomeHeading.CRIME,
    "cse": OutcomeHeading.SAFE_FROM_HARM,
    "debt": OutcomeHeading.MONEY,
    "domestic abuse": OutcomeHeading.DOMESTIC_ABUSE,
    "education": OutcomeHeading.EDUCATION,
    "exploitation": OutcomeHeading.SAFE_FROM_HARM,
    "homeless": OutcomeHeading.HOUSING,
    "household pressure": OutcomeHeading.EARLY_YEARS,
    "injury": OutcomeHeading.SAFE_FROM_HARM,
    "mental health": OutcomeHeading.HEALTH,
    "missing": OutcomeHeading.SAFE_FROM_HARM,
    "money": OutcomeHeading.MONEY,
    "neglect": OutcomeHeading.SAFE_FROM_HARM,
    "parental crime": OutcomeHeading.CRIME,
    "parental prison": OutcomeHeading.CRIME,
    "physical abuse": OutcomeHeading.SAFE_FROM_HARM,
    "serious violence": OutcomeHeading.CRIME,
    "sexual abuse": OutcomeHeading.SAFE_FROM_HARM,
    "sexual behaviour": OutcomeHeading.SAFE_FROM_HARM,
    "sexual risk adult": OutcomeHeading.SAFE_FROM_HARM,
    "substance": OutcomeHeading.SUBSTANCES,
    "trauma": OutcomeHeading.HEALTH,
    "unstable housing": OutcomeHeading.HOUSING,
    "unstable placement": OutcomeHeading.HOUSING,
    "young parent": OutcomeHeading.EARLY_YEARS,
}
"""Under which heading a category of an imported event is a need: our reading of them. Others tell of none: strengths,
moves and plans."""

TYPE_WORDS = sorted({*BROAD_TYPES, *(t.value.replace("_", " ") for t in AgencyType)})


def agency_type(word: str, name: str) -> AgencyType | None:
    """The sort of agency this word means for an agency of this name; None when it means none."""
    lowered = word.lower()
    if lowered in BROAD_TYPES:
        return next(found for part, found in BROAD_TYPES[lowered] if part in name.lower())
    exact = lowered.replace(" ", "_")
    return AgencyType(exact) if exact in AgencyType.values else None


def headings(categories: Iterable[str]) -> list[OutcomeHeading]:
    """The headings these categories are needs under, each once, in the order of the list of headings."""
    found = {HEADINGS.get(category.lower()) for category in categories}
    return [heading for heading in OutcomeHeading if heading in found]
