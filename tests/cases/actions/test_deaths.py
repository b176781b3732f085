"""Somebody has died, or a pregnancy ended: everything about them stops in that transaction, and no job begins again."""

import datetime

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

import cases.tasks  # noqa: F401  says what else is asked
from cases import refusals
from cases.actions import deaths, watching
from cases.models import ChildInCase, Event, Flag, LeadNotice, StepUp, Watch
from cases.queries.pages.family_top import family_top
from cases.queries.pages.my_work import my_work
from cases.vocabulary import CaseState, WatchAnswer
from referrals.actions import matching, noticing
from referrals.models import Contact, HubFlag, NoticeCopy, SchoolNotice
from referrals.rules.report import Child
from referrals.vocabulary import FamilyTold
from sharing_agreements.actions import facts, notifying
from sharing_agreements.models import Identity
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.cases.stalled import AS_OF, Work, days_ago, noon, work
from tests.conftest import as_web, as_worker
from tests.factories import cases as factory
from tests.referrals.actions.test_noticing import FRIDAY_NIGHT, brief, owed, write
from tests.referrals.actions.test_watching import ago, confirm_all
from tests.referrals.actions.test_watching import sweep as watch_contacts
from tests.referrals.arriving import arrive
from tests.referrals.arriving import child as report_child

pytestmark = pytest.mark.django_db


def named(one: Work, by, **more) -> Work:
    Identity.objects.create(
        owner=by.agency,
        author=by.practitioner,
        person=one.child,
        family=one.family,
        happened_on=days_ago(100),
        **{"given_name": "Ada", "family_name": "Marsh", **more},
    )
    return one


def record(one: Work, by, *, on: datetime.date = AS_OF, now: datetime.datetime | None = None) -> Identity:
    """Eddie, or whoever, says it."""
    with as_web(by, Purpose.EARLY_HELP):
        return deaths.record_end_of_life(person=one.child.pk, case=one.case, on=on, by=by, now=now or factory.now())


def sweep(as_of: datetime.date = AS_OF) -> None:
    with as_worker(watching.JOB):
        watching.sweep(as_of=as_of, now=noon(as_of))


def flags(one: Work) -> set[str]:
    return set(Flag.objects.filter(case=one.case, cleared_at=None).values_list("rule", flat=True))


def spoilt(everybody: cast.Cast, state: CaseState = CaseState.PLAN_ACTIVE) -> Work:
    """A case about which the watch has much to say."""
    one = named(work(everybody, state=state), everybody.eddie)
    one.action(days_ago(30))
    one.review(days_ago(90), days_ago(40))
    one.review(days_ago(80), days_ago(40))
    StepUp.objects.create(**one.common(days_ago(5)), case=one.case, reason="Worse.", due_at=noon(days_ago(4)))
    if state == CaseState.STEPPED_DOWN:
        one.in_touch(due=days_ago(1))
    return one


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


@pytest.mark.parametrize(
    "state", [CaseState.WAITING, CaseState.ASSESSING, CaseState.PLAN_ACTIVE, CaseState.STEPPED_DOWN]
)
def test_every_flag_clears_at_once_and_no_night_raises_one_again(everybody, state):
    one = spoilt(everybody, state)
    facts.involve(
        people=[one.child.pk],
        agency=everybody.early_help.pk,
        practitioner=everybody.eddie.practitioner_id,
        reason="team",
        starts_on=cast.LONG_AGO,
    )
    other = spoilt(everybody, state)
    sweep()
    assert flags(one) and flags(one) == flags(other)
    record(one, everybody.esi, on=days_ago(1))
    assert flags(one) == set() and flags(other)
    for night in range(3):
        sweep(AS_OF + datetime.timedelta(days=night))
    assert flags(one) == set() and flags(other)


def test_keeping_in_touch_ends_with_that_answer(everybody):
    one = spoilt(everybody, CaseState.STEPPED_DOWN)
    record(one, everybody.eddie, on=days_ago(1))
    ended = Watch.objects.get(case=one.case)
    assert (ended.ended_answer, ended.ended_on) == (WatchAnswer.DIED, cast.today())
    assert Event.objects.filter(person=one.child, title="Has died", significant=True).count() == 1


def test_of_an_unborn_child_it_says_that_the_pregnancy_ended(everybody):
    one = named(work(everybody, state=CaseState.STEPPED_DOWN), everybody.eddie, is_unborn=True, given_name="")
    one.in_touch(due=days_ago(1))
    record(one, everybody.eddie, on=days_ago(1))
    assert Watch.objects.get(case=one.case).ended_answer == WatchAnswer.PREGNANCY_ENDED
    assert Event.objects.filter(person=one.child, title="The pregnancy ended").count() == 1
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        top = family_top(one.family.pk, for_post=everybody.eddie, today=cast.today())
    assert "the pregnancy ended" in top.known[one.child.pk].age
    assert top.unborn == []


def test_a_sister_is_watched_on(everybody):
    one = spoilt(everybody)
    sister = cast.person()
    facts.involve(
        people=[sister.pk],
        agency=everybody.early_help.pk,
        practitioner=everybody.eddie.practitioner_id,
        reason="lead",
        starts_on=cast.LONG_AGO,
    )
    ChildInCase.objects.create(
        **one.common(days_ago(100)) | {"person": sister},
        case=one.case,
        state=CaseState.PLAN_ACTIVE,
        since=noon(days_ago(100)),
    )
    sweep()
    record(one, everybody.eddie, on=days_ago(1))
    sweep()
    assert "actions_overdue" in flags(one)


def test_the_hubs_word_to_the_lead_is_taken_back(everybody):
    one = spoilt(everybody)
    LeadNotice.objects.create(
        **one.common(AS_OF) | {"owner": everybody.hub, "author": None},
        case=one.case,
        sent_to=everybody.early_help,
        sent_to_practitioner=everybody.eddie.practitioner,
    )
    record(one, everybody.eddie, on=days_ago(1))
    assert LeadNotice.objects.get().withdrawn_at


def test_a_notice_on_its_way_to_the_school_is_taken_back_and_none_goes_out(everybody):
    one = spoilt(everybody)
    brief(everybody.amira)
    notice, unsent = (owed(everybody.cleo, everybody.hub)[0] for _ in range(2))
    write(notice, everybody.cleo, everybody.quarry_hill)
    for each in (notice, unsent):
        facts.link_person(duplicate=each.person_id, kept=one.child.pk)
    record(one, everybody.eddie, on=days_ago(1))
    assert not SchoolNotice.objects.filter(withdrawn_at=None).exists()
    assert not NoticeCopy.objects.filter(withdrawn_at=None).exists()
    with as_worker(noticing.JOB):
        noticing.send_and_raise(now=FRIDAY_NIGHT + datetime.timedelta(days=9))
    assert not SchoolNotice.objects.exclude(alarmed_at=None, raised_at=None).exists()


def test_a_notice_owed_after_it_reaches_no_school_and_alarms_nobody(everybody):
    one = spoilt(everybody)
    record(one, everybody.eddie, on=days_ago(1))
    (late,) = owed(everybody.cleo, everybody.hub)
    facts.link_person(duplicate=late.person_id, kept=one.child.pk)
    with as_worker(noticing.JOB):
        noticing.send_and_raise(now=FRIDAY_NIGHT + datetime.timedelta(days=9))
    late.refresh_from_db()
    assert (late.alarmed_at, late.raised_at, late.sent_at) == (None, None, None)


def test_nobody_is_e_mailed_of_it(everybody, settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    one = spoilt(everybody)
    sweep()
    with as_worker(notifying.TELL):
        assert everybody.eddie.practitioner_id in notifying.what_waits(AS_OF)
    record(one, everybody.eddie, on=days_ago(1))
    with as_worker(notifying.TELL):
        assert everybody.eddie.practitioner_id not in notifying.what_waits(AS_OF)


def hub_flags(one: Work) -> set[str]:
    """Open flags of the hub about the child."""
    mine = HubFlag.objects.filter(cleared_at=None, about__overlap=list(matching.queries.same_people([one.child.pk])))
    return set(mine.values_list("rule", flat=True))


def report_again(everybody: cast.Cast, one: Work, *children: Child, days: int, **more) -> Contact:
    """The child is reported so many days ago, the first of those named, and known for who it is."""
    contact = arrive(everybody.cleo, everybody.hub, *children, at=ago(days), **more)
    facts.link_person(duplicate=contact.report.children.order_by("position")[0].person_id, kept=one.child.pk)
    return contact


def test_flags_of_the_hub_end_with_it_and_no_night_raises_one_again(everybody):
    one = named(spoilt(everybody, CaseState.STEPPED_DOWN), everybody.eddie)
    other = named(spoilt(everybody, CaseState.STEPPED_DOWN), everybody.eddie, given_name="Joe")
    Watch.objects.update(starts_on=days_ago(30))
    for each, child in ((one, report_child()), (other, report_child("Alex Green"))):
        for days in (3, 1):
            report_again(everybody, each, child, days=days, told=FamilyTold.NOT_SAFE)
    Contact.objects.update(feedback_due_at=ago(0.5))
    watch_contacts()
    raised = {"repeat_week", "ring_lead", "feedback_late"}
    assert (hub_flags(one), hub_flags(other)) == (raised, raised)
    record(one, everybody.eddie, on=days_ago(1))
    assert (hub_flags(one), hub_flags(other)) == ({"feedback_late"}, raised), "who reported is told all the same"
    report_again(everybody, one, days=0, told=FamilyTold.NOT_SAFE)
    for night in range(3):
        watch_contacts(factory.now() + night * datetime.timedelta(days=1))
    assert (hub_flags(one), hub_flags(other)) == ({"feedback_late"}, raised)


def test_a_flag_of_the_hub_about_a_sister_too_stays_for_her(everybody):
    one = named(spoilt(everybody), everybody.eddie)
    for days in (6, 1):
        both = report_again(everybody, one, report_child(), report_child("Alex Green"), days=days)
        confirm_all(both, everybody.hana)
    watch_contacts()
    assert "repeat_week" in hub_flags(one)
    record(one, everybody.eddie, on=days_ago(1))
    assert "repeat_week" in hub_flags(one)
    watch_contacts()
    left = HubFlag.objects.filter(cleared_at=None, rule="repeat_week").values_list("subject_id", flat=True)
    assert len(left) == 1 and not set(left) & set(matching.queries.same_people([one.child.pk]))


def test_a_child_who_died_does_not_come_back_to_the_previous_team(everybody):
    one = named(spoilt(everybody), everybody.eddie)
    ChildInCase.objects.filter(case=one.case).update(state=CaseState.CLOSED, since=ago(100))
    report_again(everybody, one, report_child(), report_child("Alex Green"), days=1)
    watch_contacts()
    assert "back_again" in hub_flags(one)
    ChildInCase.objects.filter(case=one.case).update(state=CaseState.PLAN_ACTIVE)
    record(one, everybody.eddie, on=days_ago(1))
    assert "back_again" not in hub_flags(one), "although a sister was in the report"
    ChildInCase.objects.filter(case=one.case).update(state=CaseState.CLOSED, since=ago(100))
    watch_contacts()
    assert "back_again" not in hub_flags(one)


def test_a_family_whose_only_child_died_is_offered_nothing(everybody):
    one = named(spoilt(everybody), everybody.eddie)
    about = {"owner": everybody.hub, "family": one.family, "about": [one.child.pk], "happened_on": AS_OF}
    HubFlag.objects.create(
        **about, rule="moved_often", subject_id=one.family.pk, raised_at=factory.now(), raised_on=AS_OF
    )
    record(one, everybody.eddie, on=days_ago(1))
    assert hub_flags(one) == set()


def test_my_work_asks_for_no_review_and_no_visit(everybody):
    one = spoilt(everybody)

    def titles() -> set[str]:
        with as_web(everybody.eddie, Purpose.EARLY_HELP):
            found = my_work(everybody.eddie, now=factory.now(), today=cast.today(), page="cases:show_family")
        return {group.title for group in found}

    assert {"Review or assessment overdue", "Never seen"} <= titles()
    record(one, everybody.eddie, on=days_ago(1))
    assert not {"Review or assessment overdue", "Never seen"} & titles()


def test_the_account_is_shown_before_others_and_put_right_by_a_newer_one(everybody):
    one = named(spoilt(everybody), everybody.esi)
    record(one, everybody.eddie, on=days_ago(1))
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        top = family_top(one.family.pk, for_post=everybody.eddie, today=cast.today())
        assert top.known[one.child.pk].has_died
    named(one, everybody.eddie, recorded_at=factory.now() + datetime.timedelta(minutes=1))
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from gate.ended_people()")
        assert cursor.fetchone() == (0,)
    sweep()
    assert flags(one)


@pytest.mark.parametrize("name", ["dev", "ben", "cleo"])
def test_others_cannot_say_it_by_the_action_or_straight_at_the_gate(everybody, name):
    one, post = spoilt(everybody), getattr(everybody, name)
    with pytest.raises(Refused):
        record(one, post, on=days_ago(1))
    for call in ("stop_prompts(%s, 'died', now())", "take_back_notices(%s, now())", "clear_hub_flags(%s, now())"):
        with pytest.raises(DatabaseError), transaction.atomic(), as_web(post, Purpose.EARLY_HELP):
            with connection.cursor() as cursor:
                cursor.execute(f"select gate.{call}", [one.child.pk])


def test_the_gate_stops_nothing_before_the_agency_has_written_it(everybody):
    one = spoilt(everybody, CaseState.STEPPED_DOWN)
    with pytest.raises(DatabaseError), transaction.atomic(), as_web(everybody.eddie, Purpose.EARLY_HELP):
        with connection.cursor() as cursor:
            cursor.execute("select gate.stop_prompts(%s, 'died', now())", [one.child.pk])
    assert Watch.objects.get(case=one.case).ended_on is None


def test_once_and_not_for_a_day_to_come(everybody):
    one = spoilt(everybody)
    with pytest.raises(Refused) as early:
        record(one, everybody.eddie, on=cast.tomorrow())
    assert early.value.refusal == refusals.NOT_BORN_YET
    record(one, everybody.eddie, on=days_ago(1))
    with pytest.raises(Refused) as twice:
        record(one, everybody.eddie, on=days_ago(1))
    assert twice.value.refusal == refusals.NOT_LIVING
