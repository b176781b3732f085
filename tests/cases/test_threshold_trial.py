"""What other numbers would flag: the count shown before saving is what the watch then raises."""

import datetime

import pytest
from django.db.utils import DatabaseError

from cases.actions import thresholds, watching
from cases.models import Flag, StepUp, Threshold, ThresholdTrial
from cases.vocabulary import CaseState, FlagRule, NoteKind
from sharing_agreements.actions import facts
from sharing_agreements.models import OwedJob, Post, Team
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.cases.stalled import AS_OF, days_ago, noon, running_well, work
from tests.conftest import as_web, as_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> cast.Cast:
    """Cases of every sort, late by different numbers of days, of two teams and of none."""
    everybody = cast.assemble()
    team = Team.objects.create(no=901, agency=everybody.early_help, name="North")
    Post.objects.filter(pk=everybody.eddie.pk).update(team=team)
    south = Team.objects.create(no=902, agency=everybody.early_help, name="South")
    other = cast.post("Sol", everybody.early_help, Role.LEAD_PRACTITIONER, team=south)
    loose = cast.post("Lou", everybody.early_help, Role.LEAD_PRACTITIONER)
    for days in (3, 8, 12, 20, 31, 45):
        for lead in (everybody.eddie, other, loose):
            one = work(everybody, lead=lead, began=100)
            one.action(days_ago(days))
            one.review(days_ago(days + 42), days_ago(days))
            one.entry(days_ago(days))
            one.note(days_ago(days), NoteKind.TRIED if days > 20 else NoteKind.PHONE)
            StepUp.objects.create(
                **one.common(days_ago(days)), case=one.case, reason="Worse.", due_at=noon(days_ago(days))
            )
        work(everybody, state=CaseState.WAITING, began=days)
        work(everybody, state=CaseState.ASSESSING, began=days, lead=other)
        work(everybody, state=CaseState.STEPPED_DOWN, lead=other).in_touch(due=days_ago(days))
    return everybody


def tried(by: Post, rule: FlagRule, *, is_on: bool = True, days: int) -> ThresholdTrial:
    """Have numbers tried and counted, as the web and then the worker do it."""
    with as_web(by, Purpose.OVERSIGHT):
        trial = thresholds.try_threshold(rule=rule, is_on=is_on, days=days, climbs_after=5, by=by, now=noon(AS_OF))
    with as_worker(watching.JOB):
        watching.count_trial(trial=trial, as_of=AS_OF, now=noon(AS_OF))
    return ThresholdTrial.objects.get(pk=trial)


def raised(rule: FlagRule) -> dict[tuple[str, str], int]:
    """What the watch itself raises with the numbers that are set: cases by agency and team of the lead."""
    with as_worker(watching.JOB):
        watching.sweep(as_of=AS_OF, now=noon(AS_OF))
    teams = dict(Post.objects.values_list("practitioner__no", "team__name"))
    found: dict[tuple[str, str], set] = {}
    for flag in Flag.objects.filter(rule=rule, cleared_at=None).select_related("case__owner"):
        where = (flag.case.owner.name, teams.get(flag.case.lead_no) or "")
        found.setdefault(where, set()).add(flag.case_id)
    return {where: len(cases) for where, cases in found.items()}


def shown(trial: ThresholdTrial, column: int) -> dict[tuple[str, str], int]:
    return {(line[0], line[1]): line[column] for line in trial.lines if line[column]}


@pytest.mark.parametrize("rule", FlagRule)
@pytest.mark.parametrize("days", [0, 7, 25])
def test_the_count_is_what_the_watch_raises_before_and_after(district, rule, days):
    trial = tried(district.esi, rule, days=days)
    assert not Flag.objects.exists()
    assert shown(trial, 2) == raised(rule)
    Threshold.objects.filter(pk=rule).update(days=days)
    assert shown(trial, 3) == raised(rule)


def test_longer_waits_flag_fewer_and_a_rule_that_is_off_none(district):
    counts = [sum(shown(tried(district.esi, FlagRule.SILENT, days=days), 3).values()) for days in (1, 10, 20, 30)]
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[-1] > 0
    trial = tried(district.esi, FlagRule.SILENT, is_on=False, days=1)
    assert shown(trial, 3) == {} and shown(trial, 2) != {}


def test_it_says_which_team(district):
    trial = tried(district.esi, FlagRule.ACTIONS_OVERDUE, days=5)
    assert {line[1] for line in trial.lines} == {"North", "South", ""}


def test_a_family_closed_to_all_but_named_people_is_not_counted(district):
    one = running_well(district)
    one.action(days_ago(40))
    before = tried(district.esi, FlagRule.ACTIONS_OVERDUE, days=5).lines
    facts.restrict(person=one.child.pk, why="named in an inquiry")
    after = tried(district.esi, FlagRule.ACTIONS_OVERDUE, days=5).lines
    assert sum(line[3] for line in before) == sum(line[3] for line in after) + 1


def test_a_trial_is_owed_by_id_and_changes_nothing(district):
    with as_web(district.esi, Purpose.OVERSIGHT):
        trial = thresholds.try_threshold(
            rule=FlagRule.SILENT, is_on=True, days=3, climbs_after=1, by=district.esi, now=noon(AS_OF)
        )
    assert OwedJob.objects.get(job=watching.JOB).payload == {"trial": str(trial), "as_of": str(AS_OF)}
    assert Threshold.objects.get(pk="silent").days == 20


@pytest.mark.parametrize("name", ["eddie", "hana", "gita", "cleo"])
def test_others_neither_try_nor_set(district, name):
    post = getattr(district, name)
    numbers = {"rule": FlagRule.SILENT, "is_on": True, "days": 3, "climbs_after": 1, "by": post}
    with pytest.raises(Refused), as_web(post, Purpose.OVERSIGHT):
        thresholds.try_threshold(**numbers, now=noon(AS_OF))
    with pytest.raises(Refused), as_web(post, Purpose.OVERSIGHT):
        thresholds.set_threshold(**numbers, seen=(True, 20, 5))
    with pytest.raises(DatabaseError), as_web(post, Purpose.OVERSIGHT):
        ThresholdTrial.objects.create(
            practitioner_id=post.practitioner_id,
            rule="silent",
            is_on=True,
            days=1,
            climbs_after=1,
            asked_at=noon(AS_OF),
        )


def test_only_whoever_asked_reads_it(district):
    trial = tried(district.esi, FlagRule.SILENT, days=3)
    other = cast.post("Mo", district.early_help, Role.MANAGER)
    with as_web(other, Purpose.OVERSIGHT):
        assert not ThresholdTrial.objects.filter(pk=trial.pk).exists()
    with as_web(district.esi, Purpose.OVERSIGHT):
        assert ThresholdTrial.objects.filter(pk=trial.pk).exists()


def test_the_day_counted_is_the_day_it_was_asked_for(district):
    with as_web(district.esi, Purpose.OVERSIGHT):
        trial = thresholds.try_threshold(
            rule=FlagRule.SILENT,
            is_on=True,
            days=3,
            climbs_after=1,
            by=district.esi,
            now=datetime.datetime(2026, 3, 29, 23, 30, tzinfo=datetime.UTC),
        )
    assert OwedJob.objects.get(key__endswith=str(trial)).payload["as_of"] == "2026-03-30"
