"""The watch over contacts: repeats, families that come back, leads to ring, reporters who wait."""

import datetime

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.utils import timezone

from cases.models import ChildInCase, FamilyMember, LeadNotice, Watch
from cases.vocabulary import CaseState
from referrals.actions import matching, watching
from referrals.models import Contact, Feedback, HubFlag, HubThreshold, Match
from referrals.rules import clocks
from referrals.vocabulary import FamilyTold
from sharing_agreements.actions import facts
from sharing_agreements.models import Address, Clause, Family, OwedJob
from sharing_agreements.queries import calendar
from sharing_agreements.vocabulary import Kind, Purpose
from tests import cast
from tests.cases.stalled import work
from tests.conftest import as_web, as_worker
from tests.referrals.arriving import arrive, child

pytestmark = pytest.mark.django_db
ALEX = ("Alex Green", datetime.date(2012, 5, 6))


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def sweep(at=None):
    now = at or timezone.now()
    with as_worker(watching.JOB):
        return watching.sweep(as_of=timezone.localdate(now), now=now)


def flags(rule=None):
    open_ones = HubFlag.objects.filter(cleared_at=None).exclude(rule="feedback_late")
    return sorted(open_ones.values_list("rule", flat=True)) if rule is None else list(open_ones.filter(rule=rule))


def confirm_all(contact, by):
    """Say of every match of a contact that it is the same person."""
    for match in Match.objects.filter(contact=contact, state="open"):
        with as_web(by, Purpose.TRIAGE):
            matching.confirm_match(match=match, by=by, now=timezone.now())


def again(everybody, days, **more):
    """Another report about Jo Smith so many days ago, confirmed to be the same child."""
    contact = arrive(everybody.cleo, everybody.hub, at=ago(days), **more)
    confirm_all(contact, everybody.hana)
    return contact


def test_two_reports_within_a_week_are_flagged_once_and_a_second_sweep_changes_nothing(everybody):
    first, second = again(everybody, 6), again(everybody, 1)
    sweep()
    (flag,) = flags("repeat_week")
    assert flag.evidence == [first.pk, second.pk] and flag.contact == second and flag.owner == everybody.hub
    before = list(HubFlag.objects.order_by("pk").values())
    assert sweep() == []
    assert list(HubFlag.objects.order_by("pk").values()) == before


def test_reports_eight_days_apart_are_no_repeat_within_a_week(everybody):
    again(everybody, 9)
    again(everybody, 1)
    sweep()
    assert flags() == []


def test_two_reports_about_a_child_nobody_confirmed_are_no_repeat(everybody):
    arrive(everybody.cleo, everybody.hub, at=ago(3))
    arrive(everybody.cleo, everybody.hub, at=ago(2))
    sweep()
    assert flags() == []


def test_a_repeat_clears_by_itself_and_a_night_missed_is_caught_up(everybody):
    again(everybody, 6)
    again(everybody, 1)
    sweep()
    sweep(timezone.now() + datetime.timedelta(days=9))
    assert flags() == []


def test_a_third_report_in_a_year_goes_to_the_hubs_manager_whatever_was_decided(everybody):
    for days in (300, 200):
        Contact.objects.filter(pk=again(everybody, days).pk).update(status="decided", decided_at=ago(days))
    sweep()
    assert flags() == []
    again(everybody, 30)
    sweep()
    (flag,) = flags("repeat_year")
    assert len(flag.evidence) == 3 and flag.climbed_at is not None


def test_the_numbers_are_settings_of_the_partnership(everybody):
    again(everybody, 6)
    again(everybody, 1)
    HubThreshold.objects.filter(rule="repeat_week").update(is_on=False)
    HubThreshold.objects.filter(rule="repeat_year").update(times=2)
    sweep()
    assert flags() == ["repeat_year"]


def test_reports_about_two_children_of_one_family_are_a_repeat(everybody):
    jo = arrive(everybody.cleo, everybody.hub, at=ago(5))
    alex = arrive(everybody.cleo, everybody.hub, child(*ALEX), at=ago(2))
    family = Family.objects.create()
    for contact in (jo, alex):
        FamilyMember.objects.create(
            owner=everybody.hub,
            family=family,
            person_id=contact.report.children.get().person_id,
            part="child",
            happened_on=cast.today(),
        )
    sweep()
    (flag,) = flags("repeat_week")
    assert flag.subject_id == family.pk and set(flag.about) >= set(jo.about) | set(alex.about)


def test_a_report_about_somebody_restricted_neither_shows_nor_counts_for_other_readers(everybody):
    first = again(everybody, 6)
    second = arrive(everybody.cleo, everybody.hub, child(), child(*ALEX), at=ago(1))
    confirm_all(second, everybody.hana)
    shared = set(matching.queries.same_people(first.about))
    (alex,) = set(second.report.children.values_list("person_id", flat=True)) - shared
    facts.restrict(person=alex, why="police")
    sweep()
    (flag,) = flags("repeat_week")
    assert flag.evidence == [first.pk, second.pk]
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert not HubFlag.objects.visible().filter(rule="repeat_week").exists()
    third = again(everybody, 0)
    sweep()
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert HubFlag.objects.visible().get(rule="repeat_week", cleared_at=None).evidence == [first.pk, third.pk]


def test_flags_are_the_hubs_alone(everybody):
    again(everybody, 6)
    again(everybody, 1)
    sweep()
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert HubFlag.objects.visible().filter(rule="repeat_week").exists()
    for post, purpose in [(everybody.cleo, Purpose.REPORTING), (everybody.esi, Purpose.EARLY_HELP)]:
        with as_web(post, purpose):
            assert not HubFlag.objects.visible().exists()


def watched(everybody, **more):
    """A family Eddie leads and keeps in touch with, whose child is now reported and confirmed. (case, contact)"""
    one = work(everybody, state=CaseState.STEPPED_DOWN)
    one.in_touch(due=cast.today() + datetime.timedelta(days=20))
    Watch.objects.update(starts_on=cast.today() - datetime.timedelta(days=30))
    contact = arrive(everybody.cleo, everybody.hub, **more)
    facts.link_person(duplicate=contact.report.children.get().person_id, kept=one.child.pk)
    return one, contact


def test_the_lead_of_a_watched_family_is_told_to_ring_the_hub_and_nothing_more(everybody):
    one, contact = watched(everybody)
    sweep()
    notice = LeadNotice.objects.get()
    assert notice.case == one.case and notice.about == [one.child.pk] and notice.sent_to == everybody.early_help
    assert str(contact.pk) not in str(notice.__dict__) and flags() == []
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        assert LeadNotice.objects.visible().get() == notice
    sweep()
    assert LeadNotice.objects.count() == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda e: Clause.objects.filter(kind=Kind.DECISION).update(kind=Kind.HEALTH),
        lambda e: Contact.objects.update(hidden_from=[e.early_help.no]),
    ],
)
def test_a_lead_who_may_not_know_is_not_told_and_the_hub_rings(everybody, spoil):
    watched(everybody)
    spoil(everybody)
    sweep()
    assert not LeadNotice.objects.exists()
    assert flags() == ["ring_lead"]


def test_a_report_not_safe_to_tell_of_is_not_told_and_the_hub_rings(everybody):
    watched(everybody, told=FamilyTold.NOT_SAFE)
    sweep()
    assert not LeadNotice.objects.exists()
    assert flags() == ["ring_lead"]


def test_a_lead_who_has_not_rung_in_a_working_day_is_rung_by_the_hub_until_they_have(everybody):
    watched(everybody)
    sweep()
    sweep(timezone.now() + datetime.timedelta(days=5))
    assert flags() == ["ring_lead"]
    LeadNotice.objects.update(rung_at=timezone.now())
    sweep(timezone.now() + datetime.timedelta(days=5))
    assert flags() == []


def test_a_match_taken_back_takes_the_word_to_the_lead_back(everybody):
    _, contact = watched(everybody)
    sweep()
    facts.unlink_person(duplicate=contact.report.children.get().person_id)
    sweep()
    assert LeadNotice.objects.get().withdrawn_at is not None


@pytest.mark.parametrize("ended", [CaseState.CLOSED, CaseState.DECLINED])
def test_a_family_that_comes_back_within_six_months_goes_to_the_previous_team(everybody, ended):
    _, contact = watched(everybody)
    Watch.objects.update(ended_on=cast.today() - datetime.timedelta(days=9), ended_answer="better")
    ChildInCase.objects.update(state=ended, since=ago(100))
    sweep()
    (flag,) = flags("back_again")
    assert flag.evidence == [ChildInCase.objects.get().pk] and flag.contact == contact
    ChildInCase.objects.update(since=ago(200))
    sweep()
    assert flags() == []


def test_a_reporter_who_waits_over_a_working_day_is_flagged_until_each_child_has_feedback(everybody):
    contact = arrive(everybody.cleo, everybody.hub, at=ago(0.01))
    assert contact.feedback_due_at == clocks.feedback_due(contact.received_at, from_school=False, calendar=calendar())
    sweep(contact.feedback_due_at)
    assert not HubFlag.objects.exists()
    later = contact.feedback_due_at + datetime.timedelta(minutes=1)
    sweep(later)
    flag = HubFlag.objects.get(rule="feedback_late")
    reported = contact.report.children.get()
    Feedback.objects.create(
        owner=everybody.hub,
        person_id=reported.person_id,
        happened_on=cast.today(),
        report=contact.report,
        reported_child=reported,
        outcome="advice",
        text="Advice.",
    )
    sweep(later)
    flag.refresh_from_db()
    assert flag.cleared_at is not None


def test_receiving_a_report_and_settling_a_match_owe_a_sweep_at_once(everybody):
    arrive(everybody.cleo, everybody.hub, at=ago(2))
    second = again(everybody, 1)
    owed = list(OwedJob.objects.filter(job=watching.JOB, key__contains=str(second.pk)).values_list("key", flat=True))
    assert [key.split(":")[2] for key in sorted(owed)] == ["matched", "received"]


def test_the_facts_of_flags_and_words_are_those_the_verifier_computes(everybody):
    again(everybody, 6)
    again(everybody, 1)
    watched(everybody)
    sweep()
    assert LeadNotice.objects.exists() and HubFlag.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.wrong_facts()")
        assert cursor.fetchall() == []


def test_a_worker_without_the_jobs_name_raises_nothing(everybody):
    again(everybody, 6)
    again(everybody, 1)
    with as_worker("some_other_job"):
        watching.sweep(as_of=cast.today(), now=timezone.now())
    assert not HubFlag.objects.exists()


@pytest.mark.parametrize("column", ["cleared_at = now()", "rule = 'ring_lead'", "climbed_at = null"])
def test_nobody_signed_in_can_clear_or_rewrite_a_flag(everybody, column):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        as_web(everybody.hana, Purpose.TRIAGE),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"update referrals_hubflag set {column}")


HOME = {"home_line": "3 Mill Lane", "home_postcode": "MB1 2CD"}


def test_reports_about_strangers_at_one_address_are_a_repeat_whatever_was_decided(everybody):
    first = arrive(everybody.cleo, everybody.hub, at=ago(5), **HOME)
    Contact.objects.update(status="decided", decided_at=ago(4))
    second = arrive(everybody.cleo, everybody.hub, child(*ALEX), at=ago(1), **HOME | {"home_line": "3, mill lane"})
    sweep()
    (flag,) = flags("repeat_week")
    assert flag.evidence == [first.pk, second.pk] and set(flag.about) == {*first.about, *second.about}
    arrive(everybody.cleo, everybody.hub, child("Mo Jones"), at=ago(0), **HOME)
    sweep()
    assert flags("repeat_year")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: Address.objects.update(postcode=""),
        lambda: Address.objects.filter(happened_on__lt=ago(3).date()).update(to_date=ago(10).date()),
        lambda: facts.hide_address(person=Contact.objects.earliest("received_at").about[0]),
    ],
)
def test_an_address_counts_only_when_it_is_one_house_they_lived_there_and_it_is_not_hidden(everybody, spoil):
    arrive(everybody.cleo, everybody.hub, at=ago(5), **HOME)
    arrive(everybody.cleo, everybody.hub, child(*ALEX), at=ago(1), **HOME)
    spoil()
    sweep()
    assert flags("repeat_week") == []


def test_one_child_reported_twice_from_one_address_is_flagged_once(everybody):
    again(everybody, 5, **HOME)
    again(everybody, 1, **HOME)
    sweep()
    assert len(flags("repeat_week")) == 1
