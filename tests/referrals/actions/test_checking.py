"""Asking other agencies: closed until opened, each agency's own clock, the answer that stays in the room."""

import datetime

import pytest
from django.utils import timezone
from guardian.shortcuts import assign_perm

from cases.vocabulary import ConsentState
from referrals.actions import check_clocks, checking, receiving
from referrals.actions.checking import Named, Wording
from referrals.models import (
    AgencyCheck,
    CheckAnswer,
    CheckAnswerDetail,
    CheckAnswerHubOnly,
    ChecksOpening,
    Contact,
)
from referrals.queries.checks import desks_for
from referrals.rules import clocks
from referrals.vocabulary import AgencyAnswer, ContactStatus, LooksBack, Urgency
from sharing_agreements import queries
from sharing_agreements.actions import exceptions, facts
from sharing_agreements.actions.exceptions import Share
from sharing_agreements.models import Clause, OwedJob
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.conftest import as_web, as_worker
from tests.referrals.arriving import arrive
from tests.referrals.checking import answer, ask, grade, open_checks

pytestmark = pytest.mark.django_db
A_MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def hetty(everybody):
    """Receives for the health trust."""
    return cast.post("Hetty", everybody.health, Role.MANAGER)


@pytest.fixture
def contact(everybody, hetty):
    made = arrive(everybody.cleo, everybody.hub)
    grade(made, everybody.hana)
    return made


@pytest.fixture
def opened(everybody, contact):
    open_checks(contact, everybody.hugo)
    return contact


def refused(code):
    return pytest.raises(Refused, match=code)


def test_nobody_is_asked_before_the_familys_answer_is_recorded(everybody, contact):
    with refused("checks_not_opened"):
        ask(contact, everybody.hana, everybody.health)
    open_checks(contact, everybody.hugo, ConsentState.DECLINED)
    with refused("family_said_no"):
        ask(contact, everybody.hana, everybody.health)
    with refused("only_a_decider"):
        open_checks(contact, everybody.hugo, ConsentState.OVERRIDDEN)
    open_checks(contact, everybody.hana, ConsentState.OVERRIDDEN)
    assert len(ask(contact, everybody.hugo, everybody.health)) == 1
    said = ChecksOpening.objects.latest("at")
    assert (said.author, said.lawful_basis, said.reason != "") == (everybody.hana.practitioner, "public_task", True)


def test_nobody_is_asked_about_a_contact_that_is_ungraded_or_blue(everybody, hetty):
    contact = arrive(everybody.cleo, everybody.hub)
    open_checks(contact, everybody.hugo)
    with refused("grade_first"):
        ask(contact, everybody.hana, everybody.health)
    grade(contact, everybody.hana, Urgency.BLUE)
    with refused("blue_has_no_checks"):
        ask(contact, everybody.hana, everybody.health)


def test_each_agency_gets_its_own_question_due_by_the_grade(everybody, opened):
    now = timezone.now()
    made = ask(opened, everybody.hugo, everybody.health, everybody.quarry_hill, at=now)
    assert [one.sent_to for one in made] == [everybody.health, everybody.quarry_hill]
    assert {one.due_at for one in made} == {clocks.check_due(Urgency.AMBER, now, queries.calendar())}
    assert made[0].sent_to_practitioner is None and made[1].sent_to_practitioner == everybody.amira.practitioner
    assert made[0].about == [opened.report.children.get().person_id]


def test_an_agency_the_contact_is_hidden_from_is_not_among_those_to_ask(everybody, opened):
    Contact.objects.filter(pk=opened.pk).update(hidden_from=[everybody.health.no])
    opened.refresh_from_db()
    assert everybody.health not in {one.agency for one in desks_for(opened, today=cast.today())}
    assert everybody.hub not in {one.agency for one in desks_for(opened, today=cast.today())}


def test_nobody_is_asked_about_somebody_whose_records_are_closed(everybody, opened):
    child = opened.report.children.get().person
    with as_web(everybody.hana, Purpose.TRIAGE):
        facts.restrict(person=child.pk, why="Threats.")
    assign_perm("sharing_agreements.see_restricted", everybody.hana.practitioner, child)
    with as_web(everybody.hana, Purpose.TRIAGE):
        facts.restrict(person=child.pk, why="Again, so that the list counts.")
    with refused("ring_about_them"):
        ask(opened, everybody.hana, everybody.health)
    assert AgencyCheck.objects.count() == 0


def test_an_adults_health_record_is_asked_for_by_itself(everybody, opened):
    child, adult = opened.report.children.get().person_id, cast.person().pk
    both = [Named(child, "Jo Smith", "", is_child=True), Named(adult, "Ann Smith", "", is_child=False)]
    with refused("check_not_whole"):
        ask(opened, everybody.hana, everybody.health, people=both)
    with refused("check_not_whole"):
        ask(opened, everybody.hana, everybody.health, people=both[1:])
    why = Wording("Any crisis?", LooksBack.QUARTER, "She cares for a baby alone.")
    (asked,) = ask(opened, everybody.hana, everybody.health, people=both[1:], wording=why)
    assert asked.about == [adult]


def readable(model, by):
    with as_web(by, Purpose.TRIAGE):
        return model.objects.visible().exists()


MODELS = (AgencyCheck, CheckAnswer, CheckAnswerDetail, CheckAnswerHubOnly)


def test_what_each_reader_sees_of_a_question_and_its_answer(everybody, hetty, opened):
    colleague = cast.post("Hal", everybody.health, Role.COORDINATOR)
    duty = cast.post("Mona", everybody.hub, Role.MANAGER)
    (check,) = ask(opened, everybody.hugo, everybody.health)
    answer(check, colleague)
    everything, but_hub_only, nothing = (True,) * 4, (True, True, True, False), (False,) * 4
    expected = {
        everybody.hana: everything,
        everybody.hugo: everything,
        duty: everything,
        colleague: everything,
        hetty: but_hub_only,
        everybody.ben: nothing,
        everybody.cleo: nothing,
        everybody.amira: nothing,
        everybody.dev: nothing,
        everybody.esi: nothing,
        everybody.gita: nothing,
    }
    assert {who: tuple(readable(model, who) for model in MODELS) for who in expected} == expected


def test_an_answer_stays_in_the_room_until_the_agency_that_owns_it_lets_it_out(everybody, hetty, opened):
    Clause.objects.create(
        agreement=everybody.triage,
        number="9.1",
        provider_type=AgencyType.COMMUNITY_HEALTH,
        recipient_type=AgencyType.EARLY_HELP,
        recipient_roles=[Role.MANAGER],
        kind=Kind.HEALTH,
        level=Level.FULL,
        needs_involvement=False,
    )
    (check,) = ask(opened, everybody.hugo, everybody.health)
    said = answer(check, hetty)
    assert said.kind == Kind.HEALTH
    assert not readable(CheckAnswer, everybody.esi) and not readable(CheckAnswerDetail, everybody.esi)
    with as_web(hetty, Purpose.TRIAGE):
        share = Share(everybody.early_help, Level.SUMMARY, cast.today() + datetime.timedelta(days=7), "They lead.")
        exceptions.share_records([said], share)
    assert readable(CheckAnswer, everybody.esi) and not readable(CheckAnswerDetail, everybody.esi)
    assert not readable(CheckAnswerHubOnly, everybody.esi)


@pytest.mark.parametrize("what", [one for one in AgencyAnswer if one != AgencyAnswer.KNOWN])
def test_an_answer_that_holds_nothing_is_no_record_of_the_agencys_kind(everybody, hetty, opened, what):
    (check,) = ask(opened, everybody.hugo, everybody.health)
    assert answer(check, hetty, what).kind == Kind.FEEDBACK


def test_only_the_asked_agency_answers_and_not_after_the_hub_took_it_back(everybody, hetty, opened):
    (check,) = ask(opened, everybody.hugo, everybody.health)
    with refused("not_found"):
        answer(check, everybody.esi)
    with as_web(everybody.hugo, Purpose.TRIAGE):
        checking.take_back_check(check=check, by=everybody.hugo, now=timezone.now())
    check.refresh_from_db()
    with refused("check_taken_back"):
        answer(check, hetty)


def test_an_answer_is_put_in_front_of_the_decider_and_reopens_a_decided_contact_only_when_something_is_known(
    everybody, hetty, opened
):
    (check,) = ask(opened, everybody.hugo, everybody.health)
    Contact.objects.filter(pk=opened.pk).update(status=ContactStatus.DECIDED)
    for what, status in (
        (AgencyAnswer.NOT_KNOWN, ContactStatus.DECIDED),
        (AgencyAnswer.KNOWN, ContactStatus.SCREENING),
    ):
        said = answer(check, hetty, what, headline="Seen on Monday")
        assert OwedJob.objects.filter(job="receive_check_answer", payload__answer=str(said.pk)).exists()
        with as_worker("receive_check_answer"):
            receiving.receive_check_answer(answer=said.pk, now=timezone.now())
        opened.refresh_from_db()
        assert opened.status == status and (opened.news_at is not None) == (what is AgencyAnswer.KNOWN)


def notice(now):
    with as_worker(check_clocks.JOB):
        return check_clocks.notice_late_checks(now=now)


def test_a_late_answer_is_noticed_once_and_goes_on_to_the_manager_once(everybody, hetty, opened):
    answered, late = ask(opened, everybody.hugo, everybody.health, everybody.quarry_hill)
    answer(answered, hetty)
    assert notice(late.due_at - A_MINUTE) == check_clocks.Noticed(late=0, climbed=0)
    assert notice(late.due_at + A_MINUTE) == check_clocks.Noticed(late=1, climbed=0)
    assert notice(late.due_at + 2 * A_MINUTE) == check_clocks.Noticed(late=0, climbed=0)
    assert notice(late.climbs_at + A_MINUTE) == check_clocks.Noticed(late=0, climbed=1)
    assert notice(late.climbs_at + 2 * A_MINUTE) == check_clocks.Noticed(late=0, climbed=0)
    late.refresh_from_db()
    answered.refresh_from_db()
    assert late.late_at == late.due_at + A_MINUTE and answered.late_at is None


def test_nobody_is_chased_for_a_contact_that_is_decided(everybody, opened):
    (check,) = ask(opened, everybody.hugo, everybody.health)
    Contact.objects.filter(pk=opened.pk).update(status=ContactStatus.DECIDED)
    assert notice(check.climbs_at + A_MINUTE) == check_clocks.Noticed(late=0, climbed=0)


def test_a_screener_chases_and_tells_the_manager_only_when_it_is_late(everybody, opened):
    (check,) = ask(opened, everybody.hugo, everybody.health)
    with as_web(everybody.hana, Purpose.TRIAGE):
        checking.chase_check(check=check, by=everybody.hana, now=timezone.now())
    check.refresh_from_db()
    assert check.chased_at
    with as_web(everybody.hana, Purpose.TRIAGE), refused("not_late_yet"):
        checking.climb_check(check=check, by=everybody.hana, now=timezone.now())
    with as_web(everybody.hana, Purpose.TRIAGE):
        checking.climb_check(check=check, by=everybody.hana, now=check.due_at + A_MINUTE)
    check.refresh_from_db()
    assert check.climbed_at


def test_a_no_of_the_family_or_blue_takes_back_what_nobody_answered(everybody, hetty, opened):
    answered, first = ask(opened, everybody.hugo, everybody.health, everybody.quarry_hill)
    answer(answered, hetty)
    open_checks(opened, everybody.hugo, ConsentState.WITHDRAWN)
    open_checks(opened, everybody.hana, ConsentState.OVERRIDDEN)
    (second,) = ask(opened, everybody.hugo, everybody.quarry_hill)
    grade(opened, everybody.hana, Urgency.BLUE)
    taken_back = AgencyCheck.objects.exclude(withdrawn_at=None).values_list("pk", flat=True)
    assert set(taken_back) == {first.pk, second.pk}


def test_a_more_urgent_grade_leaves_an_agency_less_time_and_a_less_urgent_one_no_less(everybody, opened):
    (check,) = ask(opened, everybody.hugo, everybody.health)
    before, now = check.due_at, timezone.now()
    grade(opened, everybody.hana, Urgency.GREEN, at=now)
    check.refresh_from_db()
    assert (check.due_at, check.urgency) == (before, Urgency.AMBER)
    grade(opened, everybody.hana, Urgency.RED, at=now)
    check.refresh_from_db()
    assert check.due_at == min(before, clocks.check_due(Urgency.RED, now, queries.calendar()))
    assert check.urgency == Urgency.RED
