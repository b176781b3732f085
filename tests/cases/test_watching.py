"""The watch: each rule fires when it should, not a day before, and clears by itself."""

import datetime
from collections.abc import Callable

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from guardian.shortcuts import assign_perm

from cases.actions import watching
from cases.models import Assessment, Cover, Event, Flag, StepUp, StepUpAnswer, Threshold, WatchPrompt
from cases.vocabulary import CaseState, EventSource, FlagRule, NoteKind
from sharing_agreements.actions import facts
from sharing_agreements.vocabulary import Purpose, Role
from tests.cases.stalled import AS_OF, Work, days_ago, noon, running_well, work
from tests.cast import Cast, assemble, post
from tests.conftest import as_web, as_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def sweep(as_of: datetime.date = AS_OF) -> None:
    with as_worker(watching.JOB):
        watching.sweep(as_of=as_of, now=noon(as_of))


def flags(one: Work) -> set[str]:
    return set(Flag.objects.filter(case=one.case, cleared_at=None).values_list("rule", flat=True))


def review_late(one: Work) -> Callable[[], object]:
    one.review(days_ago(80), days_ago(15))
    return lambda: one.review(AS_OF, days_ago(-40))


def actions_late(one: Work) -> Callable[[], object]:
    late = one.action(days_ago(10))

    def done() -> None:
        late.status, late.settled_at = "done", noon(AS_OF)
        late.save()

    return done


def test_a_case_that_runs_well_has_no_flag(cast: Cast):
    one = running_well(cast)
    sweep()
    assert flags(one) == set()


@pytest.mark.parametrize(
    ("due", "flagged"), [(datetime.date(2026, 11, 4), set()), (datetime.date(2026, 11, 3), {"review_overdue"})]
)
def test_a_review_is_flagged_when_more_than_ten_working_days_late(cast: Cast, due: datetime.date, flagged: set[str]):
    one = running_well(cast)
    one.case.reviews.all().delete()
    one.review(days_ago(60), due)
    one.action(days_ago(50), done=days_ago(30))
    sweep()
    assert flags(one) == flagged


def test_a_plan_never_reviewed_is_flagged_when_its_first_review_is_late(cast: Cast):
    one = running_well(cast)
    one.case.reviews.all().delete()
    sweep()
    assert flags(one) == {"review_overdue", "reviews_missed"}
    one.case.children.update(since=noon(days_ago(70)))
    sweep()
    assert flags(one) == {"review_overdue"}
    one.review(AS_OF, days_ago(-40))
    sweep()
    assert flags(one) == set()


def test_the_latest_review_counts_even_when_an_earlier_one_planned_further_ahead(cast: Cast):
    one = running_well(cast)
    one.case.reviews.all().delete()
    one.review(days_ago(90), days_ago(-90))
    one.review(days_ago(60), days_ago(30))
    one.action(days_ago(50), done=days_ago(30))
    sweep()
    assert flags(one) == {"review_overdue"}


def test_overdue_actions_are_one_flag_that_names_them_and_clears_with_the_last(cast: Cast):
    one = running_well(cast)
    first, second = one.action(days_ago(20)), one.action(days_ago(10))
    one.action(days_ago(1))
    sweep()
    flag = Flag.objects.get(case=one.case)
    assert (flag.rule, flag.evidence) == ("actions_overdue", [first.pk, second.pk])
    for late in (first, second):
        type(late).objects.filter(pk=late.pk).update(status="done", settled_at=noon(AS_OF))
    sweep()
    assert flags(one) == set()


def test_a_case_nobody_writes_about_for_twenty_working_days_is_flagged(cast: Cast):
    one = running_well(cast)
    Event.objects.filter(family=one.family).delete()
    one.entry(datetime.date(2026, 10, 20))
    sweep()
    assert flags(one) == {"silent"}
    one.entry(datetime.date(2026, 10, 21))
    sweep()
    assert flags(one) == set()


@pytest.mark.parametrize(
    "entry",
    [
        {"source": EventSource.REPORT},
        {"source": EventSource.DECISION},
        {"source": EventSource.IMPORTED},
        {"kind": 4},
        {"hidden_from": [3]},
    ],
)
def test_a_line_the_team_could_not_all_know_of_does_not_clear_a_silence(cast: Cast, entry: dict[str, object]):
    one = running_well(cast)
    Event.objects.filter(family=one.family).delete()
    sweep()
    one.entry(AS_OF, **entry)
    sweep()
    assert flags(one) == {"silent"}


def test_a_line_from_a_sensitive_agency_does_not_clear_a_silence(cast: Cast):
    cast.health.sensitive = True
    cast.health.save()
    one = running_well(cast)
    Event.objects.filter(family=one.family).delete()
    one.entry(AS_OF, owner=cast.health, author=cast.ben.practitioner)
    sweep()
    assert flags(one) == {"silent"}


def test_a_family_never_contacted_is_flagged_and_trying_without_an_answer_does_not_count(cast: Cast):
    one = running_well(cast)
    one.case.notes.all().delete()
    one.note(AS_OF, NoteKind.TRIED)
    sweep()
    assert flags(one) == {"never_contacted"}
    one.note(AS_OF, NoteKind.HOME_VISIT)
    sweep()
    assert flags(one) == set()


def test_two_reviews_with_nothing_finished_between_them_are_flagged(cast: Cast):
    one = running_well(cast)
    one.review(days_ago(60), days_ago(20))
    sweep()
    assert flags(one) == {"nothing_done"}
    one.action(days_ago(-5), done=days_ago(1))
    sweep()
    assert flags(one) == set()


def test_a_case_waiting_for_a_lead_is_flagged_after_ten_working_days(cast: Cast):
    new, old = work(cast, state=CaseState.WAITING, began=14), work(cast, state=CaseState.WAITING, began=15)
    sweep()
    assert flags(new) == set()
    assert flags(old) == {"no_lead"}


def test_a_lead_who_left_is_nobody_and_cover_will_do(cast: Cast):
    gone = post("Gone", cast.early_help, Role.LEAD_PRACTITIONER, ends_on=days_ago(15))
    one = work(cast, lead=gone)
    one.review(days_ago(20), days_ago(-20))
    one.entry(AS_OF)
    one.note(AS_OF)
    sweep()
    assert flags(one) == {"no_lead"}
    Cover.objects.create(
        **one.common(AS_OF),
        case=one.case,
        practitioner=cast.amira.practitioner,
        agency=cast.quarry_hill,
        starts_on=days_ago(1),
        ends_on=days_ago(-9),
        reason="Post empty.",
    )
    sweep()
    assert flags(one) == set()


def test_an_assessment_five_working_days_late_is_flagged_begun_or_not(cast: Cast):
    begun, not_begun = (work(cast, state=CaseState.ASSESSING, began=24) for _ in range(2))
    fresh = work(cast, state=CaseState.ASSESSING, began=20)
    late = Assessment.objects.create(**begun.common(days_ago(20)), case=begun.case, due_on=days_ago(8))
    for one in (begun, not_begun, fresh):
        one.entry(AS_OF)
        one.note(AS_OF)
    sweep()
    assert [flags(one) for one in (begun, not_begun, fresh)] == [{"assessment_overdue"}, {"assessment_overdue"}, set()]
    Assessment.objects.filter(pk=late.pk).update(finished_at=noon(AS_OF))
    sweep()
    assert flags(begun) == set()


def test_keeping_in_touch_prompts_on_its_day_about_that_child_and_clears_with_the_answer(cast: Cast):
    one = work(cast, state=CaseState.STEPPED_DOWN)
    prompt = one.in_touch(due=AS_OF)
    sweep(days_ago(1))
    assert flags(one) == set()
    sweep()
    flag = Flag.objects.get(case=one.case)
    assert (flag.rule, flag.person_id, flag.evidence) == ("in_touch_due", one.child.pk, [prompt.pk])
    WatchPrompt.objects.filter(pk=prompt.pk).update(answer="doing_well", answered_on=AS_OF)
    sweep()
    assert flags(one) == set()


def test_a_step_up_without_receipt_is_flagged_and_a_refusal_is_no_receipt(cast: Cast):
    one = running_well(cast)
    up = StepUp.objects.create(**one.common(days_ago(3)), case=one.case, reason="Worse.", due_at=noon(days_ago(1)))
    StepUpAnswer.objects.create(
        **one.common(days_ago(2)), step_up=up, result="not_accepted", answered_at=noon(days_ago(2)), reason="No."
    )
    sweep()
    assert flags(one) == {"receipt_overdue"}
    StepUpAnswer.objects.create(
        **one.common(AS_OF),
        step_up=up,
        result="received",
        answered_at=noon(AS_OF),
        named_person="S. Worker",
        their_reference="LCS-1",
    )
    sweep()
    assert flags(one) == set()


def test_a_refused_step_up_that_was_taken_back_waits_for_nobody(cast: Cast):
    one = running_well(cast)
    up = StepUp.objects.create(**one.common(days_ago(3)), case=one.case, reason="Worse.", due_at=noon(days_ago(1)))
    for result in ("not_accepted", "withdrawn"):
        StepUpAnswer.objects.create(
            **one.common(AS_OF), step_up=up, result=result, answered_at=noon(AS_OF), reason="Below their threshold."
        )
    sweep()
    assert flags(one) == set()


@pytest.mark.parametrize("spoil", [review_late, actions_late])
def test_sweeping_twice_changes_nothing(cast: Cast, spoil: Callable[[Work], object]):
    one = running_well(cast)
    one.case.reviews.all().delete()
    spoil(one)
    sweep()
    before = list(Flag.objects.order_by("pk").values())
    with as_worker(watching.JOB):
        swept = watching.sweep(as_of=AS_OF, now=noon(AS_OF))
    assert list(Flag.objects.order_by("pk").values()) == before
    assert swept == []


def test_missed_nights_are_caught_up_by_the_next_sweep(cast: Cast):
    nightly, at_once = running_well(cast), running_well(cast)
    for one in (nightly, at_once):
        one.action(days_ago(12))
    for night in range(14, 0, -1):
        with as_worker(watching.JOB):
            watching.sweep(as_of=days_ago(night), now=noon(days_ago(night)))
    Flag.objects.filter(case=at_once.case).delete()
    sweep()
    assert flags(nightly) == flags(at_once) == {"actions_overdue"}


def test_a_flag_whose_cause_comes_back_is_raised_again_as_the_same_flag(cast: Cast):
    one = running_well(cast)
    late = one.action(days_ago(20))
    sweep()
    first = Flag.objects.get(case=one.case)
    type(late).objects.filter(pk=late.pk).update(status="done", settled_at=noon(AS_OF))
    sweep()
    type(late).objects.filter(pk=late.pk).update(status="open", settled_at=None)
    sweep(AS_OF + datetime.timedelta(days=1))
    again = Flag.objects.get(case=one.case)
    assert (again.pk, again.cleared_at) == (first.pk, None)
    assert again.raised_on == AS_OF + datetime.timedelta(days=1)


def test_a_flag_climbs_to_the_manager_after_the_set_days_unless_it_is_put_off(cast: Cast):
    climbing, put_off = running_well(cast), running_well(cast)
    for one in (climbing, put_off):
        one.action(days_ago(20))
    sweep()
    Flag.objects.filter(case=put_off.case).update(snoozed_until=AS_OF + datetime.timedelta(days=30))
    sweep(AS_OF + datetime.timedelta(days=13))
    assert not Flag.objects.filter(case=climbing.case, climbed_at__isnull=False).exists()
    sweep(AS_OF + datetime.timedelta(days=14))
    assert Flag.objects.filter(case=climbing.case, rule="actions_overdue", climbed_at__isnull=False).exists()
    assert not Flag.objects.filter(case=put_off.case, rule="actions_overdue", climbed_at__isnull=False).exists()


def test_thresholds_are_settings_and_a_rule_can_be_turned_off(cast: Cast):
    one = running_well(cast)
    one.action(days_ago(10))
    Threshold.objects.filter(rule="actions_overdue").update(days=15)
    sweep()
    assert flags(one) == set()
    Threshold.objects.filter(rule="actions_overdue").update(days=2)
    sweep()
    assert flags(one) == {"actions_overdue"}
    Threshold.objects.filter(rule="actions_overdue").update(is_on=False)
    sweep()
    assert flags(one) == set()


def test_every_rule_says_why_and_what_clears_it_and_has_a_threshold():
    assert [rule.code for rule in watching.RULES] == list(FlagRule)
    assert all(rule.says and rule.clears_when for rule in watching.RULES)
    assert set(Threshold.objects.values_list("rule", flat=True)) == set(FlagRule)


def test_a_flag_is_seen_by_whoever_sees_its_case_and_nobody_else(cast: Cast):
    one = running_well(cast)
    one.action(days_ago(20))
    sweep()
    for viewer, purpose in [
        (cast.esi, Purpose.EARLY_HELP),
        (cast.eddie, Purpose.EARLY_HELP),
        (cast.amira, Purpose.EARLY_HELP),
        (cast.dev, Purpose.EARLY_HELP),
        (cast.hana, Purpose.TRIAGE),
        (cast.cleo, Purpose.REPORTING),
    ]:
        with as_web(viewer, purpose):
            sees_case = type(one.case).objects.visible().filter(pk=one.case.pk).exists()
            assert Flag.objects.visible().filter(case_id=one.case.pk).exists() == sees_case, viewer
    with as_web(cast.esi, Purpose.EARLY_HELP):
        assert Flag.objects.visible().count() == 1


def test_flags_carry_the_same_facts_as_the_verifier_computes(cast: Cast):
    one = running_well(cast)
    one.action(days_ago(20))
    work(cast, state=CaseState.STEPPED_DOWN).in_touch(due=days_ago(3))
    sweep()
    with connection.cursor() as cursor:
        cursor.execute("select table_name from gate.wrong_facts() where table_name = 'cases_flag'")
        assert cursor.fetchall() == []


def test_a_worker_without_the_jobs_name_sees_no_case_and_raises_nothing(cast: Cast):
    one = running_well(cast)
    one.action(days_ago(20))
    with as_worker("some_other_job"):
        watching.sweep(as_of=AS_OF, now=noon(AS_OF))
    assert flags(one) == set()


@pytest.mark.parametrize("column", ["cleared_at = now()", "rule = 'silent'", "climbed_at = null"])
def test_nobody_signed_in_can_clear_or_rewrite_a_flag(cast: Cast, column: str):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        as_web(cast.esi, Purpose.EARLY_HELP),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"update cases_flag set {column}")


def test_a_flag_on_a_restricted_childs_case_is_open_to_who_may_open_the_case(cast: Cast):
    one = running_well(cast)
    actions_late(one)
    facts.restrict(person=one.child.pk, why="named in an inquiry")
    assign_perm("see_restricted", cast.hana.practitioner, one.child)
    sweep()
    flag = Flag.objects.get(case=one.case)
    assert flag.allowed == [cast.hana.practitioner.no]
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.wrong_facts()")
        assert cursor.fetchall() == []
