"""What a decision must hold, and when one person may not make it alone."""

import dataclasses
import datetime

import pytest

from cases.vocabulary import ConsentState
from referrals.rules import deciding, feedback
from referrals.rules.deciding import Circumstances, Proposed
from referrals.vocabulary import EarlyHelpWay, HeldFor, LawfulBasis, LevelOfNeed, Outcome, Urgency

TODAY = datetime.date(2026, 11, 20)
TOMORROW = datetime.date(2026, 11, 21)
WHOLE = Proposed(
    outcome=Outcome.EARLY_HELP,
    level=LevelOfNeed.ADDITIONAL,
    reason="Third report of hunger this term.",
    agreement=ConsentState.AGREED,
    agreement_reason="",
    basis=LawfulBasis.PUBLIC_TASK,
    nobody_next=False,
    next_who="Eddie, Marlbeck Early Help",
    next_what="Ring Kate and offer early help",
    next_by=TOMORROW,
    way=EarlyHelpWay.OFFER,
    team_words="Often hungry at school; the family would like help.",
)
QUIET = Circumstances(
    graded=True, provisional=False, reported=Urgency.GREEN, danger=False, looked_at=False, today=TODAY
)


def faulty(**change) -> list[str]:
    return [field for field, _ in deciding.missing(dataclasses.replace(WHOLE, **change), TODAY)]


def test_a_whole_decision_misses_nothing():
    assert faulty() == []


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"outcome": None}, ["outcome"]),
        ({"level": None}, ["level_of_need"]),
        ({"reason": "  "}, ["reason"]),
        ({"way": None}, ["way"]),
        ({"way": None, "outcome": Outcome.ADVICE}, []),
        ({"team_words": " "}, ["team_words"]),
        ({"team_words": "", "outcome": Outcome.STEP_UP}, ["team_words"]),
        ({"team_words": "", "outcome": Outcome.ADVICE}, []),
        ({"basis": None}, ["lawful_basis"]),
        ({"agreement": None}, ["consent_state"]),
        ({"agreement": ConsentState.NOT_ASKED}, ["consent_reason"]),
        ({"agreement": ConsentState.OVERRIDDEN}, ["consent_reason"]),
        ({"agreement": ConsentState.NOT_ASKED, "agreement_reason": "Not safe to tell."}, []),
        ({"agreement": ConsentState.DECLINED}, []),
        ({"next_who": ""}, ["next_who"]),
        ({"next_what": ""}, ["next_what"]),
        ({"next_by": None}, ["next_by"]),
        ({"next_by": TODAY}, []),
        ({"next_by": TODAY - datetime.timedelta(days=1)}, ["next_by"]),
        ({"nobody_next": True, "next_who": ""}, ["next_who"]),
        ({"nobody_next": True, "next_who": "", "outcome": Outcome.STEP_UP}, ["next_who"]),
        ({"nobody_next": True, "next_who": "", "outcome": Outcome.NO_FURTHER_ACTION}, []),
        ({"nobody_next": True, "next_who": "", "outcome": Outcome.ADVICE}, []),
        ({"nobody_next": True, "outcome": Outcome.NO_FURTHER_ACTION}, ["next_who"]),
    ],
)
def test_what_is_missing_is_named_beside_its_field(change, fields):
    assert faulty(**change) == fields


@pytest.mark.parametrize(
    ("change", "around", "held"),
    [
        ({}, {}, None),
        ({"outcome": Outcome.NO_FURTHER_ACTION}, {}, None),
        ({"outcome": Outcome.NO_FURTHER_ACTION}, {"provisional": True}, HeldFor.WATCH),
        ({"outcome": Outcome.NO_FURTHER_ACTION}, {"provisional": True, "looked_at": True}, HeldFor.WATCH),
        ({"outcome": Outcome.NO_FURTHER_ACTION}, {"looked_at": True}, HeldFor.LOOK),
        ({"outcome": Outcome.ADVICE}, {"looked_at": True}, None),
        ({"outcome": Outcome.EARLY_HELP}, {"provisional": True, "looked_at": True}, None),
        ({"agreement": ConsentState.OVERRIDDEN}, {}, HeldFor.OVERRIDE),
        ({"outcome": Outcome.NO_FURTHER_ACTION}, {"reported": Urgency.RED}, HeldFor.OVERRIDE),
        ({"outcome": Outcome.ADVICE}, {"danger": True}, HeldFor.OVERRIDE),
        ({"outcome": Outcome.STEP_UP}, {"danger": True, "reported": Urgency.RED}, None),
    ],
)
def test_a_second_person_is_needed_when(change, around, held):
    proposed = dataclasses.replace(WHOLE, **change)
    assert deciding.why_held(proposed, dataclasses.replace(QUIET, **around)) == held


def test_about_one_contact_in_ten_is_sampled():
    assert sum(deciding.is_sampled(number) for number in range(1000)) == 100


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_stock_words_that_name_no_agency(outcome):
    words = feedback.words_for(outcome)
    assert len(words) > 60
    for name in ("school", "police", "health", "mosque", "refuge", "housing"):
        assert name not in words.lower()
