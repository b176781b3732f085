"""Asking somebody to lead, yes and no, handing over, cover."""

import datetime

import pytest

from cases import queries
from cases.actions import leading
from cases.models import Answer, Case, ChildInCase, Handover, LeadAssignment
from cases.queries.pages.caseload import cases_for
from cases.vocabulary import AssignmentWhy, CaseState
from sharing_agreements.models import PersonFacts
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.conftest import as_web
from tests.factories import cases as factory

pytestmark = pytest.mark.django_db
EARLY_HELP = Purpose.EARLY_HELP


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


def ask(home, post, by, **more):
    with as_web(by, EARLY_HELP):
        return leading.ask_lead(
            case=home.case, practitioner=post.practitioner, agency=post.agency, by=by, now=factory.now(), **more
        )


def test_a_lead_who_says_yes_leads_every_child_and_assessing_begins(everybody):
    home = factory.assessing_with(everybody)
    assert {c.state for c in ChildInCase.objects.filter(case=home.case)} == {CaseState.ASSESSING}
    for child in home.children:
        assert PersonFacts.objects.get(person_id=child).lead_no == everybody.amira.practitioner.no
    with as_web(everybody.amira, EARLY_HELP):
        assert queries.current_lead(home.case) == everybody.amira.practitioner
        assert [case.pk for case in cases_for(everybody.amira, today=cast.today())] == [home.case.pk]


def test_a_no_ends_sight_of_the_family_and_tells_the_asker_why(everybody):
    home = factory.waiting(everybody)
    asked = ask(home, everybody.amira, everybody.esi)
    with as_web(everybody.amira, EARLY_HELP):
        assert Case.objects.filter(pk=home.case.pk).exists()
        leading.decline_lead(assignment=asked, reason="On leave", by=everybody.amira, now=factory.now())
        assert not Case.objects.filter(pk=home.case.pk).exists()
    with as_web(everybody.esi, EARLY_HELP):
        assert Answer.objects.get(assignment=asked).reason == "On leave"


def test_nobody_answers_for_somebody_else_or_twice(everybody):
    home = factory.waiting(everybody)
    asked = ask(home, everybody.amira, everybody.esi)
    with as_web(everybody.esi, EARLY_HELP), pytest.raises(Refused):
        leading.accept_lead(assignment=asked, by=everybody.esi, now=factory.now())
    with as_web(everybody.amira, EARLY_HELP):
        leading.accept_lead(assignment=asked, by=everybody.amira, now=factory.now())
        with pytest.raises(Refused) as no:
            leading.accept_lead(assignment=asked, by=everybody.amira, now=factory.now())
    assert no.value.refusal.code == "not_asked"


def test_a_school_outside_the_agreement_cannot_lead(everybody):
    home = factory.waiting(everybody)
    outside = cast.post("Olga", everybody.oak_green, Role.LEAD_PRACTITIONER)
    with pytest.raises(Refused) as no:
        ask(home, outside, everybody.esi)
    assert no.value.refusal.code == "lead_sees_nothing"


def test_somebody_without_a_lead_post_cannot_be_asked(everybody):
    home = factory.waiting(everybody)
    with pytest.raises(Refused) as no:
        ask(home, everybody.ben, everybody.esi)
    assert no.value.refusal.code == "no_post"


def test_a_change_of_lead_needs_a_handover_and_then_the_first_lead_sees_nothing_more(everybody):
    home = factory.assessing_with(everybody)
    with pytest.raises(Refused) as no:
        ask(home, everybody.eddie, everybody.amira, why=AssignmentWhy.HANDOVER)
    assert no.value.refusal.code == "no_handover"
    with as_web(everybody.amira, EARLY_HELP):
        asked = leading.hand_over(
            case=home.case,
            to=everybody.eddie.practitioner,
            agency=everybody.early_help,
            summary="Mornings are the worst",
            by=everybody.amira,
            now=factory.now(),
        )
        assert queries.current_lead(home.case) == everybody.amira.practitioner
    with as_web(everybody.eddie, EARLY_HELP):
        assert Handover.objects.get(assignment=asked).summary == "Mornings are the worst"
        leading.accept_lead(assignment=LeadAssignment.objects.get(pk=asked.pk), by=everybody.eddie, now=factory.now())
        assert queries.current_lead(home.case) == everybody.eddie.practitioner
    with as_web(everybody.amira, EARLY_HELP):
        assert not Case.objects.filter(pk=home.case.pk).exists()


def test_cover_sees_the_family_on_its_days_and_acts_as_the_lead(everybody):
    home = factory.assessing_with(everybody)
    today = cast.today()
    with as_web(everybody.amira, EARLY_HELP):
        cover = leading.arrange_cover(
            case=home.case,
            practitioner=everybody.eddie.practitioner,
            agency=everybody.early_help,
            starts_on=today,
            ends_on=today + datetime.timedelta(days=5),
            reason="half-term",
            by=everybody.amira,
            now=factory.now(),
        )
    with as_web(everybody.eddie, EARLY_HELP):
        child = queries.children_of(home.case)[0]
        assert "whoever covers for the lead" in queries.hands_of(everybody.eddie, child, factory.now())
        assert [case.pk for case in cases_for(everybody.eddie, today=today)] == [home.case.pk]
    with as_web(everybody.amira, EARLY_HELP):
        leading.end_cover(cover=cover, by=everybody.amira, now=factory.now())
    with as_web(everybody.eddie, EARLY_HELP):
        assert not [c for c in queries.children_of(home.case) if everybody.eddie.practitioner.no in c.workers]
