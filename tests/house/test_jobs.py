"""The census of jobs J1 to J15 says what the code does, and every job of it is tried on odd days."""

import pytest

import cases.tasks  # noqa: F401  names its jobs
import referrals.tasks  # noqa: F401
from cases.vocabulary import FlagRule
from earlyhelp.celery import TIMETABLE, app
from earlyhelp.drawing_jobs import OWED_BY
from earlyhelp.jobs import CENSUS
from referrals.vocabulary import HubRule
from sharing_agreements.tasks import jobs
from tests.referrals.odd_days import DAY, HOLIDAYS, ODD_DAYS, PROOFS, at

CODES = [f"J{number}" for number in range(1, 16)]
WITH_A_JOB = [line for line in CENSUS if line.job]


def test_each_of_the_fifteen_is_there_once():
    assert [line.code for line in CENSUS if line.code] == CODES
    assert all(line.job or line.because for line in CENSUS)


@pytest.mark.parametrize("line", WITH_A_JOB, ids=lambda line: line.code or line.job)
def test_a_job_exists_is_owed_by_the_timetable_and_is_tried_on_odd_days(line):
    assert line.job in jobs()
    assert OWED_BY[line.job] in TIMETABLE and OWED_BY[line.job] in app.tasks
    assert line.job in PROOFS, f"say in tests/referrals/odd_days.py how {line.job} is tried"


def test_nothing_is_tried_that_is_not_in_the_census():
    assert set(PROOFS) == {line.job for line in WITH_A_JOB} == set(OWED_BY)


def test_every_rule_of_both_watches_is_in_the_census():
    said = {rule for line in CENSUS for rule in line.rules}
    assert said == {rule.label for rule in FlagRule} | {rule.label for rule in HubRule}


def test_the_odd_days_are_odd():
    """Each begins on a Thursday; what it is named after comes within the five nights after it."""
    assert set(ODD_DAYS) == {"weekend", "bank holiday", "clocks forward", "clocks back"}
    for name, start in ODD_DAYS.items():
        assert start.weekday() == 3, name
        days = [start + number * DAY for number in range(6)]
        offsets = [at(day, 12).utcoffset() for day in days]
        assert (offsets[0] < offsets[-1]) == (name == "clocks forward")
        assert (offsets[0] > offsets[-1]) == (name == "clocks back")
        assert bool(set(days) & HOLIDAYS) == (name == "bank holiday")
