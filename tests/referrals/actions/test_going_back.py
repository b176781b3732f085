"""A family reported again goes back to the team that helped before: its plan goes on, or its case is taken up again."""

import datetime

import pytest
from django.utils import timezone

from cases.models import ChildInCase, Watch
from cases.vocabulary import CaseState, ConsentState
from referrals.actions import deciding, starting
from referrals.models import Contact
from referrals.vocabulary import EarlyHelpWay, Outcome
from sharing_agreements.actions import facts
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose, Stage
from tests import cast
from tests.conftest import as_web
from tests.referrals.actions.test_watching import confirm_all
from tests.referrals.arriving import arrive
from tests.referrals.checking import grade
from tests.referrals.disagreeing import decide, proposed

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def before(everybody):
    """A child the hub gave early help once."""
    contact = arrive(everybody.cleo, everybody.hub)
    decide(contact, everybody.hana, Outcome.EARLY_HELP)
    return ChildInCase.objects.get()


def left(place, state, days):
    """The child's place, as it was left so many days ago."""
    ChildInCase.objects.filter(pk=place.pk).update(state=state, since=timezone.now() - days * DAY)
    stage = Stage.IN_TOUCH if state == CaseState.STEPPED_DOWN else Stage.CLOSED
    facts.set_stage(people=[place.person_id], stage=stage)
    if state == CaseState.STEPPED_DOWN:
        Watch.objects.create(
            owner_id=place.sent_to_id,
            person_id=place.person_id,
            family_id=place.family_id,
            happened_on=cast.today(),
            case=place.case,
            starts_on=cast.today() - days * DAY,
            ends_on=cast.today() + 100 * DAY,
            family_told_on=cast.today() - days * DAY,
        )


def reported_again(everybody):
    contact = arrive(everybody.cleo, everybody.hub)
    confirm_all(contact, everybody.hana)
    grade(contact, everybody.hana)
    Contact.objects.filter(pk=contact.pk).update(looked_at=False)
    contact.refresh_from_db()
    return contact


def send_back(contact, by, agreement=ConsentState.AGREED):
    child = contact.report.children.get()
    with as_web(by, Purpose.TRIAGE):
        place = starting.ways_in(contact, child.main_person, by=by, today=cast.today()).back
        return deciding.decide_child(
            child=child,
            contact=contact,
            proposed=proposed(Outcome.EARLY_HELP, way=EarlyHelpWay.BACK, agreement=agreement),
            join=place.case if place else None,
            version=contact.version,
            by=by,
            now=timezone.now(),
        )


def test_a_child_kept_in_touch_with_goes_back_to_the_plan_and_keeping_in_touch_ends(everybody, before):
    left(before, CaseState.STEPPED_DOWN, 30)
    decision = send_back(reported_again(everybody), everybody.hana)
    before.refresh_from_db()
    assert (before.state, decision.case) == (CaseState.PLAN_ACTIVE, before.case)
    watch = Watch.objects.get()
    assert (watch.ended_on, watch.ended_answer) == (cast.today(), "back_to_help")


def test_a_case_that_closed_not_long_ago_is_taken_up_again_with_a_yes(everybody, before):
    left(before, CaseState.CLOSED, 100)
    decision = send_back(reported_again(everybody), everybody.hana)
    before.refresh_from_db()
    assert (before.state, decision.case) == (CaseState.WAITING, before.case)
    assert ChildInCase.objects.count() == 1


def test_without_a_yes_it_is_offered_again(everybody, before):
    left(before, CaseState.CLOSED, 100)
    send_back(reported_again(everybody), everybody.hana, ConsentState.DECLINED)
    before.refresh_from_db()
    assert before.state == CaseState.OFFERED


def test_after_the_days_the_partnership_set_there_is_no_team_to_go_back_to(everybody, before):
    left(before, CaseState.CLOSED, 184)
    contact = reported_again(everybody)
    with pytest.raises(Refused) as said:
        send_back(contact, everybody.hana)
    assert said.value.refusal.code == "no_open_case"


def test_a_child_somebody_works_with_goes_back_to_nobody(everybody, before):
    contact = reported_again(everybody)
    with as_web(everybody.hana, Purpose.TRIAGE):
        person = contact.report.children.get().main_person
        ways = starting.ways_in(contact, person, by=everybody.hana, today=cast.today())
        assert (ways.back, ways.join) == (None, before.case)
