"""J9: birthdays at 13 and 18, consent grown old and due dates are flagged on their day, and clear by themselves."""

import datetime

import pytest

from cases.actions import watching
from cases.models import ChildInCase, ConsentToHelp, Flag
from cases.vocabulary import CaseState
from sharing_agreements.models import Identity
from tests import cast
from tests.cases.stalled import AS_OF, Work, days_ago, noon, running_well, work
from tests.conftest import as_worker

pytestmark = pytest.mark.django_db
LONG_SINCE = days_ago(50)


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


def sweep(as_of: datetime.date = AS_OF) -> None:
    with as_worker(watching.JOB):
        watching.sweep(as_of=as_of, now=noon(as_of))


def flags(one: Work) -> set[str]:
    return set(Flag.objects.filter(case=one.case, cleared_at=None).values_list("rule", flat=True))


def account(one: Work, born: datetime.date, *, recorded: datetime.date = LONG_SINCE, **more) -> None:
    """What an agency wrote of the child."""
    known = {"born_on": born, "born_precision": "day", "given_name": "Ada", **more}
    Identity.objects.create(**one.common(recorded), **known)


def consent(one: Work, on: datetime.date, state: str = "agreed") -> None:
    reason = "" if state in {"agreed", "declined"} else "Was not at home."
    ConsentToHelp.objects.create(**one.common(on), case=one.case, state=state, reason=reason)


def born(years: int, days: int = 0) -> datetime.date:
    """The birthday of somebody who turned so old so many days before AS_OF."""
    return AS_OF.replace(year=AS_OF.year - years) - datetime.timedelta(days=days)


@pytest.mark.parametrize(("years", "rule"), [(13, "own_answer"), (18, "adult_answer")])
def test_a_birthday_asks_for_their_own_answer_on_its_day_and_not_before(everybody, years, rule):
    one = running_well(everybody)
    account(one, born(years))
    consent(one, days_ago(200))
    sweep(days_ago(1))
    assert rule not in flags(one)
    sweep()
    assert rule in flags(one)
    consent(one, AS_OF, "not_asked")
    sweep()
    assert rule in flags(one)
    consent(one, AS_OF, "declined")
    sweep()
    assert flags(one) == set()


def test_from_18_only_the_answer_of_an_adult_counts(everybody):
    one = running_well(everybody)
    account(one, born(18))
    consent(one, days_ago(300))
    sweep()
    assert flags(one) == {"adult_answer"}


def test_an_answer_given_after_the_birthday_is_enough(everybody):
    one = running_well(everybody)
    account(one, born(15))
    consent(one, days_ago(90))
    sweep()
    assert flags(one) == set()


@pytest.mark.parametrize(
    "more", [{"born_precision": "year"}, {"born_precision": "estimated"}, {"is_unborn": True, "born_precision": "due"}]
)
def test_a_birthday_nobody_knows_asks_nothing(everybody, more):
    one = running_well(everybody)
    account(one, born(14), **more)
    sweep()
    assert not {"own_answer", "adult_answer"} & flags(one)


def test_the_newest_account_that_gives_a_birthday_counts(everybody):
    one = running_well(everybody)
    account(one, born(14), recorded=days_ago(50))
    account(one, born(9), recorded=days_ago(20))
    sweep()
    assert flags(one) == set()


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.STEPPED_UP, CaseState.OFFERED])
def test_nobody_is_asked_where_nobody_works(everybody, state):
    one = running_well(everybody)
    account(one, born(13))
    ChildInCase.objects.filter(case=one.case).update(state=state)
    sweep()
    assert "own_answer" not in flags(one)


def test_consent_is_reviewed_after_250_working_days_and_the_next_answer_begins_again(everybody):
    one = running_well(everybody)
    consent(one, days_ago(340))
    sweep()
    assert flags(one) == set()
    ConsentToHelp.objects.all().update(happened_on=days_ago(380))
    sweep()
    assert flags(one) == {"consent_review"}
    consent(one, AS_OF)
    sweep()
    assert flags(one) == set()


def test_who_said_no_is_not_asked_again_by_a_machine(everybody):
    one = running_well(everybody)
    consent(one, days_ago(500), "declined")
    sweep()
    assert flags(one) == set()


def unborn(everybody: cast.Cast, due: datetime.date) -> Work:
    one = work(everybody, state=CaseState.STEPPED_DOWN)
    account(one, due, is_unborn=True, born_precision="due")
    return one


def test_a_due_date_is_asked_after_a_week_until_the_birth_is_recorded(everybody):
    one = unborn(everybody, days_ago(7))
    sweep(days_ago(1))
    assert flags(one) == set()
    sweep()
    assert flags(one) == {"birth_due"}
    account(one, days_ago(3), recorded=days_ago(1))
    sweep()
    assert flags(one) == set()


def test_a_pregnancy_that_ended_and_a_child_who_died_are_never_asked_about(everybody):
    expected, young = unborn(everybody, days_ago(-20)), running_well(everybody)
    account(young, born(13, days=-2))
    account(expected, days_ago(-20), is_unborn=True, born_precision="due", has_died=True, recorded=days_ago(1))
    account(young, born(13, days=-2), has_died=True, recorded=days_ago(1))
    for night in range(40):
        sweep(AS_OF + datetime.timedelta(days=night))
    assert flags(expected) == flags(young) == set()


def test_the_flag_is_about_that_child_alone(everybody):
    one = running_well(everybody)
    account(one, born(13))
    sweep()
    flag = Flag.objects.get(rule="own_answer")
    assert (flag.person_id, flag.about) == (one.child.pk, [one.child.pk])
    assert flag.subject_id == ChildInCase.objects.get(case=one.case).pk
