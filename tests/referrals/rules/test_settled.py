"""Learning what agreement weighs from settled pairs: enough of them, order, what nobody met, and old beside new."""

import random

import pytest

from referrals.rules import settled
from sharing_agreements.rules.learning import chance, learn

TRUE = {
    "start": -3.0,
    "given_same": 2.5,
    "given_variant": 1.0,
    "given_other": -3.5,
    "born_same": 4.0,
    "born_other": -4.0,
}
OLD = {"start": -2.0, "given_same": 1.0, "given_variant": 1.5, "given_other": -1.0, "born_same": 2.0, "nhs_same": 7.0}


def drawn(many, seed=1):
    """Pairs settled as `TRUE` says they would be."""
    dice = random.Random(seed)
    pairs = []
    for _ in range(many):
        levels = [dice.choice(["given_same", "given_variant", "given_other"]), dice.choice(["born_same", "born_other"])]
        pairs.append((levels, dice.random() < chance(levels, TRUE), 1.0))
    return pairs


@pytest.mark.parametrize(
    ("same", "different", "enough"),
    [(0, 0, False), (150, 49, False), (49, 151, False), (100, 99, False), (150, 50, True), (50, 150, True)],
)
def test_it_takes_enough_settled_pairs_of_either_kind(same, different, enough):
    pairs = [(["given_same"], True, 1.0)] * same + [(["given_other"], False, 1.0)] * different
    refusal = settled.why_not_learn(pairs)
    assert (refusal is None) is enough
    if refusal:
        assert refusal.code == "too_few_settled" and f"{same} as one person and {different} as two" in refusal.sentence


def test_with_many_pairs_the_weights_come_near_what_made_them_and_in_their_order():
    weights = learn(drawn(20_000), towards=OLD)
    for levels in (["given_same", "born_same"], ["given_variant", "born_same"], ["given_other", "born_same"]):
        assert chance(levels, weights) == pytest.approx(chance(levels, TRUE), abs=0.03)
    assert settled.in_the_wrong_order(weights) == []


@pytest.mark.parametrize("far", [3.0, 8.0, 15.0])
def test_weights_that_are_far_out_are_put_right_and_do_not_run_away(far):
    misled = {"start": far, "given_same": -far, "given_variant": 0.0, "given_other": far, "born_same": 0.0}
    weights = learn(drawn(20_000), towards=misled)
    for levels in (["given_same", "born_same"], ["given_other", "born_same"], ["given_same", "born_other"]):
        assert chance(levels, weights) == pytest.approx(chance(levels, TRUE), abs=0.05)


def test_what_no_pair_met_keeps_its_weight_and_no_pairs_change_nothing():
    assert learn(drawn(500), towards=OLD)["nhs_same"] == OLD["nhs_same"]
    assert learn([], towards=OLD) == OLD


@pytest.mark.parametrize("seed", range(5))
def test_more_pairs_that_agree_and_are_one_person_never_lower_its_weight(seed):
    pairs = drawn(300, seed)
    more = pairs + [(["given_same", "born_same"], True, 1.0)] * 50
    assert learn(more, towards=OLD)["given_same"] >= learn(pairs, towards=OLD)["given_same"]


def test_weights_in_the_wrong_order_are_named():
    assert settled.in_the_wrong_order(OLD) == [("given_same", "given_variant")]


def test_old_and_new_stand_side_by_side_field_by_field():
    pairs = [(["given_same"], True, 1.0), (["given_other"], False, 1.0), (["given_same"], False, 1.0)]
    lines = settled.side_by_side(pairs, {"given_same": 1.0}, {"start": 0.0, "given_same": 2.0, "given_other": -2.0})
    assert [(one.code, one.before, one.after, one.same, one.different) for one in lines] == [
        ("start", None, 0.0, None, None),
        ("given_same", 1.0, 2.0, 100.0, 50.0),
        ("given_other", None, -2.0, 0.0, 50.0),
    ]
    assert [(field, len(held)) for field, held in settled.by_field(lines)] == [("", 1), ("given", 2)]


def test_weights_are_tried_on_pairs_they_were_not_learned_from():
    pairs, misled = drawn(2_000), {**OLD, "given_same": -3.0, "given_other": 3.0}
    apart = settled.tried_apart(pairs, misled, 0.0)
    before = settled.tried(pairs, misled, 0.0)
    assert apart.false_likely + apart.missed < before.false_likely + before.missed
    assert settled.tried([(["given_same"], False, 1.0)], {"given_same": 2.0}, 1.0) == settled.Tried(1, 0)
    assert settled.tried([(["given_same"], True, 1.0)], {"given_same": 2.0}, 3.0) == settled.Tried(0, 1)
