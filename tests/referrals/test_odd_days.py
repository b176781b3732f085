"""Every job of J1 to J15 over weekends, bank holidays and both clock changes: on its day, once, and made up for."""

import pytest
from django.db import transaction

import cases.tasks  # noqa: F401  says what else is asked
from cases.vocabulary import FlagRule
from sharing_agreements.models import Identity
from tests.referrals.odd_days import DATED_RULES, DAY, ODD_DAYS, PROOFS, watch_cases

pytestmark = pytest.mark.django_db


class TakeBack(Exception):
    """Ends a trial without leaving anything."""


@pytest.fixture(autouse=True)
def mail_can_be_sent(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)


@pytest.mark.parametrize("odd", ODD_DAYS)
@pytest.mark.parametrize("job", PROOFS)
def test_a_job_does_it_on_the_day_once_and_makes_up_for_missed_nights(everybody, job, odd):
    start, at_once = ODD_DAYS[odd], set()
    try:
        with transaction.atomic():
            proof = PROOFS[job](everybody, start)
            proof.night(start + (proof.nights - 1) * DAY)
            at_once = proof.standing()
            raise TakeBack
    except TakeBack:
        pass
    proof, first = PROOFS[job](everybody, start), {}
    for number in range(proof.nights):
        proof.night(start + number * DAY)
        for what in proof.standing():
            first.setdefault(what, start + number * DAY)
    assert {what: first.get(what) for what in proof.expected} == proof.expected
    before = proof.standing()
    proof.night(start + (proof.nights - 1) * DAY)
    assert proof.standing() == before == at_once


def test_every_rule_of_the_watch_that_counts_days_is_among_them(everybody):
    assert set(watch_cases(everybody, ODD_DAYS["weekend"]).expected) == {str(rule) for rule in DATED_RULES}
    assert len(DATED_RULES) == len(FlagRule) - 4


def test_a_family_never_contacted_is_missed_by_no_night_whatever_else_is_written(everybody):
    """Entries, reviews and plans do not stand for a contact, and nobody's account of the family is needed."""
    proof = watch_cases(everybody, ODD_DAYS["weekend"])
    assert not Identity.objects.filter(given_name="").exists()
    proof.night(ODD_DAYS["weekend"] + 200 * DAY)
    assert "never_contacted" in proof.standing()
