"""Who answers a disagreement, by when, and where it goes then: every combination."""

import datetime
import itertools

import pytest

from referrals.rules import disagreeing as rules
from referrals.rules.disagreeing import Standing
from referrals.vocabulary import Outcome, Rung, RungVerdict
from sharing_agreements.working_time import Calendar

NINE_TO_FIVE = (datetime.time(9), datetime.time(17))
CALENDAR = Calendar(
    datetime.date(2026, 1, 1),
    datetime.date(2026, 12, 31),
    frozenset({datetime.date(2026, 5, 25)}),
    dict.fromkeys(range(5), NINE_TO_FIVE),
)
FRIDAY = datetime.datetime(2026, 5, 22, 15, tzinfo=datetime.UTC)  # 16:00 in London; Monday is a bank holiday
HOUR = datetime.timedelta(hours=1)


def test_where_a_child_may_come_to_harm_the_clock_runs_through_the_night_and_the_weekend():
    assert rules.answer_due(FRIDAY, may_harm=True, calendar=CALENDAR) == FRIDAY + 24 * HOUR


def test_otherwise_it_is_one_working_day_from_when_the_hub_is_next_open():
    tuesday = datetime.datetime(2026, 5, 26, 15, tzinfo=datetime.UTC)
    assert rules.answer_due(FRIDAY, may_harm=False, calendar=CALENDAR) == tuesday
    in_the_night = datetime.datetime(2026, 5, 20, 22, tzinfo=datetime.UTC)
    friday_morning = datetime.datetime(2026, 5, 22, 8, tzinfo=datetime.UTC)
    assert rules.answer_due(in_the_night, may_harm=False, calendar=CALENDAR) == friday_morning


def standing(rung, verdict=None, *, late=False, is_latest=True):
    return Standing(rung, FRIDAY - HOUR if late else FRIDAY + HOUR, verdict, is_latest)


EVERY = list(itertools.product(Rung, [None, *RungVerdict], [True, False], [True, False]))


@pytest.mark.parametrize(("rung", "verdict", "late", "is_latest"), EVERY)
def test_time_takes_it_on_only_from_an_unanswered_latest_rung_that_is_late_and_not_the_last(
    rung, verdict, late, is_latest
):
    goes = verdict is None and late and is_latest and rung is not Rung.PARTNERSHIP
    found = rules.climbs_to(standing(rung, verdict, late=late, is_latest=is_latest), FRIDAY)
    assert found == (Rung(rung + 1) if goes else None)


@pytest.mark.parametrize(("rung", "verdict", "late", "is_latest"), EVERY)
def test_whoever_disagrees_takes_it_further_only_after_an_answer_that_keeps_the_decision(
    rung, verdict, late, is_latest
):
    why = rules.why_not_further(standing(rung, verdict, late=late, is_latest=is_latest))
    if not is_latest:
        assert why == "went_on"
    elif verdict is None:
        assert why == "not_answered"
    elif verdict is RungVerdict.AGAIN:
        assert why == "decides_again"
    elif rung is Rung.PARTNERSHIP:
        assert why == "last_rung"
    else:
        assert why is None


@pytest.mark.parametrize(
    ("rung", "decided", "manages", "disagrees"), list(itertools.product(Rung, *[[True, False]] * 3))
)
def test_the_decider_answers_first_then_a_manager_and_never_whoever_disagrees(rung, decided, manages, disagrees):
    may = rules.may_answer(rung, is_decider=decided, is_manager=manages, is_who_disagrees=disagrees)
    assert may == (not disagrees and (decided if rung is Rung.DECIDER else manages))


@pytest.mark.parametrize(("outcome", "verdict"), list(itertools.product(Outcome, (None, *RungVerdict))))
def test_the_hub_decides_again_only_where_the_decision_started_nothing(outcome, verdict):
    started = outcome in {Outcome.EARLY_HELP, Outcome.STEP_UP}
    assert rules.can_be(verdict, outcome=outcome) == (verdict is not RungVerdict.AGAIN or not started)


@pytest.mark.parametrize(("rung", "who"), list(itertools.product(Rung, ["", "Head of service, by phone"])))
def test_an_answer_from_outside_the_hub_names_who_gave_it(rung, who):
    missing = [name for name, _ in rules.missing_from_answer(rung, verdict=RungVerdict.STANDS, words="Why.", who=who)]
    assert missing == (["who"] if rung >= Rung.SENIOR and not who else [])


def test_an_answer_says_what_and_why():
    missing = [name for name, _ in rules.missing_from_answer(Rung.DECIDER, verdict=None, words=" ", who="")]
    assert missing == ["verdict", "words"]
