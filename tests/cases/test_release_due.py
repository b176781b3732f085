"""J10: a release from custody within 28 days is flagged once, moves with its day, and ends with it."""

import datetime

import pytest

from cases.actions import watching
from cases.models import Custody, Flag
from cases.queries.flags import release_words
from cases.vocabulary import CaseState, FlagRule
from sharing_agreements.actions import facts
from sharing_agreements.models import Identity
from sharing_agreements.vocabulary import InvolvementReason
from tests import cast
from tests.cases.stalled import AS_OF, Work, days_ago, noon, running_well, work
from tests.conftest import as_worker

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
RULE = FlagRule.RELEASE_DUE


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


def sweep(as_of: datetime.date = AS_OF) -> None:
    with as_worker(watching.JOB):
        watching.sweep(as_of=as_of, now=noon(as_of))


def in_custody(one: Work, release_on: datetime.date | None, **more) -> Custody:
    adult = more.pop("person", None) or cast.person()
    return Custody.objects.create(
        **one.common(days_ago(50)) | {"person": adult} | more, release_on=release_on, told_by="probation"
    )


def standing() -> list[Flag]:
    return list(Flag.objects.filter(rule=RULE, cleared_at=None))


def test_it_comes_28_days_before_and_not_29_once_however_often_the_night_is_run(everybody):
    custody = in_custody(running_well(everybody), AS_OF + 28 * DAY)
    sweep(AS_OF - DAY)
    assert standing() == []
    sweep()
    sweep()
    sweep(AS_OF + 5 * DAY)
    flag = Flag.objects.get(rule=RULE)
    assert (flag.subject_id, flag.person_id, flag.evidence) == (custody.pk, custody.person_id, [custody.pk])


def test_a_day_entered_late_and_nights_that_were_missed_lose_nothing(everybody):
    late, past = running_well(everybody), running_well(everybody)
    in_custody(late, AS_OF + DAY)
    in_custody(past, AS_OF - 40 * DAY)
    sweep()
    assert {flag.case_id for flag in standing()} == {late.case.pk, past.case.pk}


def test_it_moves_with_the_day_and_comes_again(everybody):
    custody = in_custody(running_well(everybody), AS_OF + 10 * DAY)
    sweep()
    Custody.objects.filter(pk=custody.pk).update(release_on=AS_OF + 40 * DAY)
    sweep()
    assert standing() == []
    sweep(AS_OF + 11 * DAY)
    assert standing() == []
    sweep(AS_OF + 12 * DAY)
    assert len(standing()) == 1 == Flag.objects.filter(rule=RULE).count()
    Custody.objects.filter(pk=custody.pk).update(release_on=None)
    sweep(AS_OF + 13 * DAY)
    assert standing() == []


@pytest.mark.parametrize("ended_as", ["released", "mistake"])
def test_it_ends_with_the_release_or_the_mistake(everybody, ended_as):
    custody = in_custody(running_well(everybody), AS_OF)
    sweep()
    assert len(standing()) == 1
    Custody.objects.filter(pk=custody.pk).update(ended_on=AS_OF, ended_as=ended_as)
    sweep()
    assert standing() == []


def test_nothing_is_asked_about_somebody_who_died(everybody):
    one = running_well(everybody)
    adult = cast.person()
    in_custody(one, AS_OF, person=adult)
    Identity.objects.create(**one.common(AS_OF) | {"person": adult}, given_name="Ron", has_died=True)
    sweep()
    assert standing() == []


@pytest.mark.parametrize("state", CaseState)
def test_only_a_family_somebody_has_something_to_do_for_is_flagged(everybody, state):
    in_custody(work(everybody, state=state), AS_OF)
    sweep()
    working = {"offered", "waiting", "assessing", "plan_active", "stepped_down"}
    assert bool(standing()) == (state in working)


def test_one_agency_saying_it_twice_is_one_task(everybody):
    one, adult = running_well(everybody), cast.person()
    in_custody(one, AS_OF + 9 * DAY, person=adult)
    newer = in_custody(one, AS_OF + 5 * DAY, person=adult, recorded_at=noon(AS_OF))
    sweep()
    assert [flag.subject_id for flag in standing()] == [newer.pk]


def test_a_family_with_two_cases_gets_it_on_the_newer_one(everybody):
    old, new = work(everybody, began=300), work(everybody, began=10)
    type(new.case).objects.filter(pk=new.case.pk).update(family=old.family)
    new.case.children.update(family=old.family)
    in_custody(old, AS_OF)
    sweep()
    assert [flag.case_id for flag in standing()] == [new.case.pk]


def test_where_nobody_leads_the_manager_has_it_the_same_night(everybody):
    led, unled = running_well(everybody), work(everybody, state=CaseState.WAITING)
    for one in (led, unled):
        in_custody(one, AS_OF + 20 * DAY)
    sweep()
    assert {flag.case_id: bool(flag.climbed_at) for flag in standing()} == {led.case.pk: False, unled.case.pk: True}


def test_it_is_of_the_kind_of_prison_records_and_follows_that_adult(everybody):
    """Not the case's kind: a reader whose clause opens the case alone is not told of a prison."""
    one, adult = running_well(everybody), cast.person()
    custody = in_custody(one, AS_OF, person=adult)
    facts.involve(
        people=[adult.pk],
        agency=everybody.ben.agency_id,
        practitioner=everybody.ben.practitioner_id,
        reason=InvolvementReason.TEAM,
        starts_on=days_ago(3),
    )
    sweep()
    custody.refresh_from_db()
    flag = standing()[0]
    assert (flag.kind, flag.about, flag.workers, flag.owner_id) == (12, [adult.pk], custody.workers, custody.owner_id)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (12, "Release in 12 days, on 30 November 2026: agree the plan with the family"),
        (1, "Release tomorrow: agree the plan with the family"),
        (0, "Release today: agree the plan with the family"),
        (-3, "Release was expected on 15 November 2026: record it, or the new date"),
    ],
)
def test_its_words_say_what_to_do(days, words):
    assert release_words(Custody(release_on=AS_OF + days * DAY), AS_OF) == words


def test_a_release_said_or_a_day_not_known_reads_as_such():
    assert release_words(Custody(release_on=AS_OF, ended_on=AS_OF, ended_as="released"), AS_OF) == (
        "Released 18 November 2026"
    )
    assert release_words(Custody(), AS_OF) == "The day is not known"
