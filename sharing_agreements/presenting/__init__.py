"""Agreements in words: what a row says to a person. Wording lives here, outside model and view."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from sharing_agreements import rules
from sharing_agreements.models import Agency, Agreement, AgreementRequest, Clause, Post
from sharing_agreements.part_known import say
from sharing_agreements.rules import ClauseWords, NamedClause, Opening, Signature, sentence, why_not_in_force
from sharing_agreements.rules.asking import Step, steps
from sharing_agreements.rules.warnings import Due
from sharing_agreements.vocabulary import SCHOOLS, AgencyType, HowFarBack, Precision, Purpose, Role, Stage, WarningSort


def standing(agreement: Agreement, on: datetime.date, superseded_on: datetime.date | None = None) -> str:
    """Why the agreement shares nothing on this day (Europe/London); empty when in force. Load its parties first.

    `superseded_on`: see queries.superseded.
    """
    signatures = [
        Signature(party.agency.name, timezone.localdate(party.signed_at) if party.signed_at else None, party.left_on)
        for party in agreement.parties.all()
    ]
    return why_not_in_force(
        state=agreement.state,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        signatures=signatures,
        on=on,
        superseded_on=superseded_on,
    )


def warning_sentence(agreement: Agreement, due: Due, today: datetime.date) -> str:
    """What a date of an agreement asks of its parties. Load its parties first."""
    left = (due.due_on - today).days
    when = f"{say(due.due_on, Precision.DAY)}, " + (
        f"in {left} days" if left > 1 else "tomorrow" if left == 1 else "today"
    )
    if left < 0:
        when = f"{say(due.due_on, Precision.DAY)}, which has passed"
    if due.sort == WarningSort.EXPIRY:
        return f"it expires at the end of {when}. Copy it as a new version if the sharing is to go on."
    if due.sort == WarningSort.REVIEW:
        return f"its review is due on {when}."
    waiting = [party.agency.name for party in agreement.parties.all() if party.signed_at is None and not party.left_on]
    return f"its first day is {when}, and {', '.join(waiting)} {'has' if len(waiting) == 1 else 'have'} not signed."


def ladder_of(wish: AgreementRequest, today: datetime.date) -> list[Step]:
    """Which steps a request that waits has climbed or will climb. Load the agency it asks first."""
    return steps(state=wish.state, due_on=wish.due_on, asked=wish.asked.name, today=today)


def purposes(agreement: Agreement) -> list[str]:
    """The agreement's purposes in words."""
    return [Purpose(purpose).label for purpose in agreement.purposes]


def side(agency: Agency | None, type_: str, district: str = "") -> str:
    """One side of a clause: the agency's name, or every party of a type, perhaps in one district."""
    return agency.name if agency else every_party(type_, district)


def every_party(type_: str, district: str = "") -> str:
    """Every party of a type, perhaps in one district."""
    return f"every party of the type {AgencyType(type_).label.lower()}{f' in {district}' if district else ''}"


def upper_first(words: str) -> str:
    """With a capital at the beginning and the rest as it is."""
    return words[:1].upper() + words[1:]


def involvement(clause: Clause) -> str:
    """Whom the recipient must be involved with, if anybody: what makes a school so is, most of all, its roll."""
    if not clause.needs_involvement:
        return ""
    type_ = clause.recipient_agency.type if clause.recipient_agency else clause.recipient_type
    is_school = type_ in SCHOOLS
    return "children on their roll and families they work with" if is_school else "people they are involved with"


def clause_sentence(clause: Clause) -> str:
    """The clause as one sentence. Load its agencies first."""
    return sentence(
        ClauseWords(
            recipient=upper_first(side(clause.recipient_agency, clause.recipient_type, clause.recipient_district)),
            roles=[Role(role).label for role in clause.recipient_roles],
            level=clause.level,
            kind=clause.get_kind_display(),
            provider=side(clause.provider_agency, clause.provider_type, clause.provider_district),
            involved_with=involvement(clause),
            needs_consent=clause.needs_consent,
            stages=[Stage(stage).label for stage in clause.stages],
            how_far_back=HowFarBack(clause.how_far_back).label if clause.how_far_back else "",
        )
    )


@dataclass(frozen=True)
class Because:
    """One reason why somebody can see something, for the component `why`."""

    how: str
    clause: NamedClause | None


def because(openings: Iterable[Opening]) -> list[Because]:
    """What opens some records to the reader, each reason once, agreements last."""
    reasons = dict.fromkeys(Because(rules.why(one), one.clause) for one in openings)
    return sorted(reasons, key=lambda one: one.clause is not None)


@dataclass(frozen=True)
class PersonaPath:
    """A way into the demonstration: a few people who show one part of the work."""

    heading: str
    why: str
    posts: Sequence[Post]


_PATHS = (
    ("Report a concern", "An officer or a teacher files a report in minutes.", {Role.REPORTER}),
    ("Decide at the hub", "The hub decides what each child needs, in working hours.", {Role.DECISION_MAKER}),
    (
        "Work with a family",
        "A lead practitioner runs the plan; the team of other agencies sees what agreements open.",
        {Role.LEAD_PRACTITIONER, Role.TEAM_MEMBER},
    ),
    ("Manage", "A manager asks somebody to lead, and sees what has stalled.", {Role.MANAGER}),
    ("Look after agreements", "A governance lead drafts, signs and ends them.", {Role.GOVERNANCE_LEAD}),
)


def persona_paths(posts: Sequence[Post], each: int = 3) -> tuple[list[PersonaPath], list[Post]]:
    """The few posts to show first, by what they show, and the rest."""
    paths = []
    shown: set[object] = set()
    for heading, why, roles in _PATHS:
        first = [post for post in posts if post.role in roles][:each]
        shown.update(post.pk for post in first)
        if first:
            paths.append(PersonaPath(heading, why, first))
    return paths, [post for post in posts if post.pk not in shown]
