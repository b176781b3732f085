"""The questions about being used by others open on signs, and never end in false comfort."""

import datetime

import pytest

from referrals.queries.screening import screening
from referrals.rules import signs
from referrals.rules.report import Known, may_be_under_13
from referrals.rules.screening import why_not_none_now
from referrals.vocabulary import ConcernKind, ScreeningAnswer
from sharing_agreements.part_known import PartKnownDate
from sharing_agreements.vocabulary import Precision

TODAY = datetime.date(2026, 11, 28)


@pytest.mark.parametrize("sign", sorted(signs.WORDS))
def test_they_open_on_the_signs_named_and_on_no_other(sign):
    assert screening().opens(Known(names=("Jo",), signs=(sign,))) == (sign in screening().opens_on_signs)


@pytest.mark.parametrize("concern", ConcernKind.values)
def test_they_open_on_the_concern_named_and_on_no_other(concern):
    assert screening().opens(Known(names=("Jo",), concern=concern)) == (concern == ConcernKind.EXPLOITATION)


def test_they_are_not_asked_before_there_is_a_child_to_ask_about():
    assert not screening().opens(Known(signs=("gifts",), concern=ConcernKind.EXPLOITATION))


def test_every_opening_sign_and_concern_exists_and_questions_differ():
    assert screening().opens_on_signs <= set(signs.WORDS)
    assert screening().opens_on_concerns <= set(ConcernKind.values)
    assert len({one.code for one in screening().asks}) == len({one.question for one in screening().asks}) == 11


@pytest.mark.parametrize("yes", [True, False])
@pytest.mark.parametrize("young", [True, False])
@pytest.mark.parametrize("needs_help", [True, False])
def test_no_sign_now_stands_only_with_no_yes_at_13_or_over_and_without_need_of_help(yes, young, needs_help):
    answers = [ScreeningAnswer.NO, ScreeningAnswer.MAYBE, "", ScreeningAnswer.YES if yes else ScreeningAnswer.NO]
    why = why_not_none_now(answers, may_be_under_13=young, needs_help=needs_help)
    assert bool(why) == (yes or young or needs_help)


@pytest.mark.parametrize(
    ("born", "precision", "young"),
    [
        (datetime.date(2013, 11, 28), Precision.DAY, False),
        (datetime.date(2013, 11, 29), Precision.DAY, True),
        (datetime.date(2013, 11, 1), Precision.MONTH, True),
        (datetime.date(2013, 10, 1), Precision.MONTH, False),
        (datetime.date(2013, 1, 1), Precision.YEAR, True),
        (datetime.date(2012, 1, 1), Precision.ESTIMATED, False),
        (datetime.date(2027, 1, 1), Precision.DUE, True),
        (None, Precision.UNKNOWN, True),
    ],
)
def test_a_child_may_be_under_13_as_far_as_the_date_is_known(born, precision, young):
    assert may_be_under_13(PartKnownDate(born, precision), TODAY) is young
