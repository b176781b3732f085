"""When the hub may ask other agencies, whom it may name to them, and who may open it: every combination."""

import itertools

import pytest

from cases.vocabulary import ConsentState
from referrals.rules import checks
from referrals.rules.checks import Asked, Opening
from referrals.vocabulary import LawfulBasis, Urgency
from sharing_agreements.vocabulary import AgencyType

OPENING = {ConsentState.AGREED, ConsentState.PARTLY, ConsentState.NOT_ASKED, ConsentState.OVERRIDDEN}
DECIDED = {ConsentState.NOT_ASKED, ConsentState.OVERRIDDEN}


@pytest.mark.parametrize(("grade", "state"), list(itertools.product([None, *Urgency], [None, *ConsentState])))
def test_checks_are_open_only_when_graded_not_blue_and_the_familys_answer_is_recorded_or_overridden(grade, state):
    why = checks.why_closed(grade=grade, state=state)
    if grade is None:
        assert why == "grade_first"
    elif grade is Urgency.BLUE:
        assert why == "blue_has_no_checks"
    elif state is None:
        assert why == "checks_not_opened"
    elif state in OPENING:
        assert why is None
    else:
        assert why == "family_said_no"


def opening(state, *, reason="", basis=None, is_decider=True):
    return Opening(state=state, said_by="Mother, by phone", reason=reason, basis=basis, is_decider=is_decider)


@pytest.mark.parametrize(
    ("state", "reason", "basis", "decider"),
    list(itertools.product(ConsentState, ["", "Unsafe to ask."], [None, *LawfulBasis], [True, False])),
)
def test_an_answer_overridden_or_not_asked_takes_a_decider_a_reason_and_a_lawful_basis(state, reason, basis, decider):
    missing = {name for name, _ in checks.missing_from(opening(state, reason=reason, basis=basis, is_decider=decider))}
    expected = set()
    if state in DECIDED:
        expected |= {"state"} if not decider else set()
        expected |= {"lawful_basis"} if basis is None else set()
    if state in DECIDED | {ConsentState.PARTLY} and not reason:
        expected |= {"reason"}
    assert missing == expected


def test_an_answer_of_the_family_names_who_gave_it():
    said = Opening(ConsentState.AGREED, said_by=" ", reason="", basis=None, is_decider=True)
    assert [name for name, _ in checks.missing_from(said)] == ["said_by"]
    not_asked = Opening(ConsentState.NOT_ASKED, "", "Unsafe.", LawfulBasis.PUBLIC_TASK, is_decider=True)
    assert checks.missing_from(not_asked) == []


def asked(*types, children=1, adults=0, question="Seen in the last year?", adult_reason=""):
    return Asked(list(types), children, adults, question, adult_reason)


@pytest.mark.parametrize("kind", AgencyType)
@pytest.mark.parametrize(("children", "adults", "reason"), list(itertools.product([0, 1], [0, 1], ["", "Why"])))
def test_an_adults_health_record_is_asked_for_by_itself_and_with_a_reason(kind, children, adults, reason):
    missing = {
        name for name, _ in checks.missing_to_ask(asked(kind, children=children, adults=adults, adult_reason=reason))
    }
    expected = set()
    if not children and not adults:
        expected = {"people"}
    elif kind in checks.HEALTH and adults:
        expected |= {"people"} if children else set()
        expected |= {"adult_reason"} if not reason else set()
    assert missing == expected


def test_a_check_names_somebody_and_asks_something_of_somebody():
    assert {name for name, _ in checks.missing_to_ask(asked(question=" "))} == {"agencies", "question"}


def line(name, *, answered=False, late=False, withdrawn=False):
    return checks.Line(name, is_answered=answered, is_late=late, is_withdrawn=withdrawn)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], ""),
        ([line("Health")], "Checks 0 of 1"),
        ([line("Health", answered=True), line("School", late=True)], "Checks 1 of 2, School late"),
        ([line("Health", answered=True, late=True)], "Checks 1 of 1"),
        ([line("Health", withdrawn=True, late=True), line("Police", answered=True)], "Checks 1 of 1"),
        ([line("Health", late=True), line("Health", late=True)], "Checks 0 of 2, Health late"),
    ],
)
def test_the_card_says_how_many_answered_and_who_is_late(lines, said):
    assert checks.tally(lines) == said
