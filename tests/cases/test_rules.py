"""The decisions about the work with families, as tables."""

import datetime
import itertools

import pytest

from cases import lifecycle, refusals, rules
from cases.lifecycle import MOVES, STAGE, Hand
from cases.vocabulary import CaseState, ClosingReason, ConsentState, StepUpResult
from sharing_agreements.vocabulary import Role

TODAY = datetime.date(2026, 11, 20)


def ago(days: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=days)


def test_every_state_has_a_way_out_and_a_meaning_for_sharing():
    starts = {move.start for move in MOVES}
    assert starts == set(CaseState)
    assert set(STAGE) == set(CaseState)


def test_every_state_but_the_first_two_can_be_reached_by_a_move():
    assert {move.end for move in MOVES} == set(CaseState)


def test_a_verb_makes_one_move_from_a_state():
    pairs = [(move.verb, move.start) for move in MOVES]
    assert len(pairs) == len(set(pairs))


def test_no_move_is_in_nobodys_hand_or_without_a_word_for_the_log():
    assert all(move.hands and move.audit and move.needs for move in MOVES)


LEADING = {Hand.LEAD, Hand.COVER}
OFFERING = {Hand.COORDINATOR, Hand.HUB, Hand.MANAGER}
WHOSE = {
    "accept_offer": ({"offered"}, OFFERING),
    "decline_at_start": ({"offered", "waiting"}, {Hand.MANAGER}),
    "start_assessment": ({"waiting"}, LEADING | {Hand.ASKED}),
    "finish_assessment": ({"assessing"}, LEADING),
    "assess_again": ({"plan_active"}, LEADING),
    "step_down": ({"plan_active"}, LEADING | {Hand.MANAGER}),
    "return_to_help": ({"stepped_down"}, LEADING | OFFERING),
    "confirm_receipt": (
        {"offered", "waiting", "assessing", "plan_active", "stepped_down"},
        LEADING | OFFERING | {Hand.RECEIVER},
    ),
    "close_case": ({"waiting", "assessing", "plan_active"}, LEADING | {Hand.MANAGER}),
    "end_watch": ({"stepped_down"}, LEADING | OFFERING),
    "offer_again": ({"closed", "declined", "stepped_up"}, OFFERING),
}
"""Each move: the states it starts in, and in whose hand it is."""


def test_every_verb_state_and_hand():
    assert {move.verb for move in MOVES} == set(WHOSE)
    for verb, (starts, hands) in WHOSE.items():
        for start in CaseState:
            found = lifecycle.move(verb, start)
            assert (found is not None) == (start in starts), (verb, start)
            assert found is None or (found.verb, found.start, lifecycle.the_move(verb, start)) == (verb, start, found)
            for hand in Hand:
                refusal = lifecycle.why_not_move(verb, start, frozenset({hand}))
                expected = "not_from_here" if start not in starts else None if hand in hands else "not_your_move"
                assert (refusal and refusal.code) == expected, (verb, start, hand)


def test_somebody_works_until_the_end_and_leads_once_the_assessment_has_begun():
    assert set(lifecycle.WORKING) == {"offered", "waiting", "assessing", "plan_active", "stepped_down"}
    assert set(lifecycle.WITH_A_LEAD) == {"assessing", "plan_active", "stepped_down"}
    assert set(lifecycle.RUNNING) == {"assessing", "plan_active"}
    assert set(lifecycle.TO_BE_LED) == {"waiting", "assessing", "plan_active"}


@pytest.mark.parametrize(
    ("role", "said", "expected"),
    [
        (Role.LEAD_PRACTITIONER, {"is_lead": True}, {Hand.LEAD}),
        (Role.LEAD_PRACTITIONER, {"is_lead": False}, set()),
        (Role.TEAM_MEMBER, {"is_lead": False, "is_worker": True}, {Hand.TEAM}),
        (Role.TEAM_MEMBER, {"is_lead": False, "is_worker": True, "is_cover": True}, {Hand.TEAM, Hand.COVER}),
        (Role.MANAGER, {"is_lead": True}, {Hand.LEAD, Hand.MANAGER}),
        (Role.DECISION_MAKER, {"is_lead": False}, {Hand.HUB}),
        (Role.EMERGENCY_DUTY, {"is_lead": False}, {Hand.HUB}),
        (Role.COORDINATOR, {"is_lead": False, "is_receiver": True}, {Hand.COORDINATOR, Hand.RECEIVER}),
        (Role.GOVERNANCE_LEAD, {"is_lead": False}, set()),
    ],
)
def test_in_which_capacities_somebody_acts(role, said, expected):
    assert rules.hands(role, **said) == expected


@pytest.mark.parametrize(
    ("to", "reason", "earlier", "needed"),
    [
        (CaseState.STEPPED_DOWN, None, [], False),
        (CaseState.STEPPED_DOWN, None, [ago(365)], True),
        (CaseState.STEPPED_DOWN, None, [ago(366)], False),
        (CaseState.STEPPED_DOWN, None, [ago(700), ago(10)], True),
        (CaseState.CLOSED, ClosingReason.DECLINED, [], True),
        (CaseState.CLOSED, ClosingReason.NEEDS_MET, [ago(10)], False),
    ],
)
def test_when_a_manager_must_agree(to, reason, earlier, needed):
    assert rules.needs_sign_off(to, reason=reason, earlier_step_downs=earlier, today=TODAY) is needed


@pytest.mark.parametrize(
    ("needs", "left"),
    [
        ([], None),
        ([rules.NeedState("Sleep", True, "")], None),
        ([rules.NeedState("Sleep", False, "moved away")], None),
        ([rules.NeedState("Sleep", False, "")], "Sleep"),
        ([rules.NeedState("Sleep", True, ""), rules.NeedState("School", False, "")], "School"),
    ],
)
def test_work_ends_only_when_every_need_has_an_outcome_or_a_reason(needs, left):
    refusal = rules.why_not_end(needs)
    assert (refusal is None) if left is None else (left in refusal.sentence)


@pytest.mark.parametrize(("weeks", "days", "allowed"), [(6, 0, True), (12, 0, True), (12, 1, False)])
def test_the_next_review_is_never_more_than_twelve_weeks_off(weeks, days, allowed):
    wanted = TODAY + datetime.timedelta(weeks=weeks, days=days)
    assert (rules.why_not_review_on(TODAY, wanted) is None) is allowed


def test_keeping_in_touch_lasts_26_weeks_with_three_prompts():
    ends_on, prompts = rules.watch_dates(TODAY)
    assert ends_on == TODAY + datetime.timedelta(weeks=26)
    assert list(prompts) == [4, 12, 26]
    assert prompts[26] == ends_on


@pytest.mark.parametrize(
    ("states", "allowed"),
    [
        ([], False),
        ([ConsentState.AGREED], True),
        ([ConsentState.PARTLY], True),
        ([ConsentState.OVERRIDDEN], True),
        ([ConsentState.NOT_ASKED], False),
        ([ConsentState.DECLINED, ConsentState.AGREED], True),
        ([ConsentState.WITHDRAWN, ConsentState.DECLINED], False),
    ],
)
def test_help_starts_when_somebody_agreed_or_a_decider_overrode(states, allowed):
    assert rules.allows_help(states) is allowed


@pytest.mark.parametrize(
    ("state", "reason", "basis", "is_decider", "code"),
    [
        (ConsentState.AGREED, "", "", False, None),
        (ConsentState.DECLINED, "", "", False, None),
        (ConsentState.NOT_ASKED, " ", "", False, "no_reason"),
        (ConsentState.PARTLY, "only school", "", False, None),
        (ConsentState.OVERRIDDEN, "risk", "", True, "no_basis"),
        (ConsentState.OVERRIDDEN, "risk", "Children Act 2004 s11", False, "only_the_hub"),
        (ConsentState.OVERRIDDEN, "risk", "Children Act 2004 s11", True, None),
    ],
)
def test_what_an_answer_about_help_must_say(state, reason, basis, is_decider, code):
    refusal = rules.why_not_consent(state, reason=reason, basis=basis, is_decider=is_decider)
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(
    ("born_on", "own"),
    [(datetime.date(2013, 11, 20), True), (datetime.date(2013, 11, 21), False), (None, False)],
)
def test_from_the_thirteenth_birthday_a_young_person_answers_for_themselves(born_on, own):
    assert rules.gives_own_consent(born_on, TODAY) is own


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (datetime.date(2026, 1, 31), 1, datetime.date(2026, 2, 28)),
        (datetime.date(2024, 2, 29), 12, datetime.date(2025, 2, 28)),
        (datetime.date(2026, 11, 20), 12, datetime.date(2027, 11, 20)),
        (datetime.date(2026, 12, 5), 1, datetime.date(2027, 1, 5)),
    ],
)
def test_months_on_keep_the_day_or_take_the_last_one(day, months, expected):
    assert rules.add_months(day, months) == expected


def test_a_safety_note_is_reviewed_within_a_year():
    assert rules.why_not_safety_review_on(TODAY, datetime.date(2027, 11, 20)) is None
    assert rules.why_not_safety_review_on(TODAY, datetime.date(2027, 11, 21)).code == "safety_review_too_far"


def test_more_than_four_outcomes_is_warned_about():
    assert not rules.too_many_outcomes(4)
    assert rules.too_many_outcomes(5)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ([], refusals.NOT_REFUSED),
        ([StepUpResult.NOT_ACCEPTED], None),
        ([StepUpResult.NOT_ACCEPTED, StepUpResult.DISPUTED], None),
        ([StepUpResult.NOT_ACCEPTED, StepUpResult.RECEIVED], refusals.ANSWERED_ALREADY),
        ([StepUpResult.NOT_ACCEPTED, StepUpResult.WITHDRAWN], refusals.ANSWERED_ALREADY),
    ],
)
def test_a_step_up_is_taken_back_only_after_social_care_refused_it(said, refusal):
    assert rules.why_not_withdraw(said) == refusal


@pytest.mark.parametrize(
    ("is_enforcement", "days_left", "measure", "power", "reason"),
    list(
        itertools.product((True, False), (-1, 0, 1), ("", " ", "She came"), ("", " ", "A contract"), ("", "He asked"))
    ),
)
def test_what_an_action_must_say(is_enforcement, days_left, measure, power, reason):
    told = {"is_enforcement": is_enforcement, "days_left": days_left, "measure": measure}
    found = rules.why_not_act(**told, power=power, power_reason=reason)
    missing = [
        (days_left < 0, refusals.NO_DUE_DAY),
        (not measure.strip(), refusals.NO_MEASURE),
        (is_enforcement and not power.strip(), refusals.NO_POWER),
        (is_enforcement and not reason, refusals.NO_POWER_REASON),
    ]
    assert found == next((refusal for is_missing, refusal in missing if is_missing), None)
