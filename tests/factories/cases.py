"""Families and cases for tests, walked to a state by the real verbs as the web login."""

import datetime
from dataclasses import dataclass, field
from uuid import UUID

from cases import queries
from cases.actions import assessing, consenting, leading, opening, planning
from cases.models import Assessment, Case, ChildInCase
from cases.vocabulary import CaseState, ConsentState, OutcomeHeading
from sharing_agreements.models import Family, Identity, Person, Post
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web


def now() -> datetime.datetime:
    """This moment, as a door would hand it in."""
    return datetime.datetime.now(datetime.UTC)


@dataclass
class Household:
    """A family with its children, and the case they are in once there is one."""

    family: Family
    children: list[UUID]
    case: Case | None = None
    people: cast.Cast | None = None
    names: dict[UUID, str] = field(default_factory=dict)

    def child(self, place: int = 0) -> ChildInCase:
        """The place of one child in the case, read afresh in maintenance."""
        return ChildInCase.objects.get(case=self.case, person_id=self.children[place])


def family(everybody: cast.Cast, children: int = 2) -> Household:
    """Children whom the hub can name."""
    anchors = [Person.objects.create().pk for _ in range(children)]
    home = Family.objects.create()
    for place, child in enumerate(anchors):
        Identity.objects.create(
            owner=everybody.hub,
            author=everybody.hana.practitioner,
            person_id=child,
            family=home,
            happened_on=cast.today(),
            given_name=f"Child {place + 1}",
        )
    return Household(home, anchors, people=everybody)


def offered(everybody: cast.Cast, children: int = 2) -> Household:
    """The hub has offered early help; Esi's service makes the offer."""
    home = family(everybody, children)
    with as_web(everybody.hana, Purpose.TRIAGE):
        home.case = opening.offer_help(
            family=home.family.pk,
            children=home.children,
            reason="Worn out and asking for help",
            levels=dict.fromkeys(home.children, 2),
            by=everybody.hana,
            now=now(),
        )
    return home


def waiting(everybody: cast.Cast, children: int = 2) -> Household:
    """The family said yes to Esi."""
    home = offered(everybody, children)
    with as_web(everybody.esi, Purpose.EARLY_HELP):
        consenting.record_consent(
            person=home.children[0],
            case=home.case,
            state=ConsentState.AGREED,
            by=everybody.esi,
            now=now(),
        )
        opening.accept_offer(
            case=home.case,
            children=queries.children_of(home.case),
            by=everybody.esi,
            now=now(),
        )
    return home


def assessing_with(everybody: cast.Cast, lead: Post | None = None, children: int = 2) -> Household:
    """Esi asked somebody (Amira unless given) to lead, and they said yes."""
    home = waiting(everybody, children)
    lead = lead or everybody.amira
    with as_web(everybody.esi, Purpose.EARLY_HELP):
        asked = leading.ask_lead(
            case=home.case,
            practitioner=lead.practitioner,
            agency=lead.agency,
            by=everybody.esi,
            now=now(),
        )
    with as_web(lead, Purpose.EARLY_HELP):
        leading.accept_lead(assignment=asked, by=lead, now=now())
    return home


def plan_active(everybody: cast.Cast, lead: Post | None = None, children: int = 2) -> Household:
    """The lead finished the assessment with one need for the first child."""
    home = assessing_with(everybody, lead, children)
    lead = lead or everybody.amira
    with as_web(lead, Purpose.EARLY_HELP):
        planning.add_need(
            case=home.case,
            people=[home.children[0]],
            heading=OutcomeHeading.EDUCATION,
            title="Come to school on time",
            baseline=3,
            by=lead,
            now=now(),
        )
        assessment = Assessment.objects.get(case=home.case, finished_at__isnull=True)
        assessing.finish(
            assessment=assessment,
            children=queries.children_of(home.case),
            conclusion="Mornings are hard",
            by=lead,
            now=now(),
        )
    return home


WALKS = {
    CaseState.OFFERED: offered,
    CaseState.WAITING: waiting,
    CaseState.ASSESSING: assessing_with,
    CaseState.PLAN_ACTIVE: plan_active,
}


def case_at(state: CaseState, everybody: cast.Cast, **more: object) -> Household:
    """A family whose children's case stands at `state`."""
    return WALKS[state](everybody, **more)
