"""The layout of a family picture: a thousand made-up families, and every line leads where it should."""

from collections import Counter, defaultdict
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.presenting import rows
from cases.presenting.genogram import Genogram, Shape, Sitter, genogram
from cases.presenting.kinship import Hang, R, Tie
from cases.presenting.lines import HALF, MOST_PORTS

NAMES = ("Al", "Bo Marsh", "Catherine Featherstonehaugh", "Someone we cannot name", "Di O'Connor-Smith", "X")
PARENT_TIES = (R.PARENT, R.PARENT, R.PARENT, R.ADOPTIVE_PARENT, R.FOSTER_PARENT)
ANY_TIE = st.sampled_from(list(R))
BRIEFLY = 40
"""How many orders are looked at for most of these families: that a picture is true does not hang on how fair it is."""
BRIDGE = 5
"""Half of what a bridge takes up: no other line may begin, turn or run within it."""
SLOW = settings(max_examples=1000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def sitter(key: str, row: int, draw: st.DrawFn) -> Sitter:
    return Sitter(
        key,
        draw(st.sampled_from(NAMES)),
        draw(st.sampled_from(list(Shape))),
        is_child=row == 2,
        notes=tuple(
            draw(st.lists(st.sampled_from(("lives elsewhere", "has died", "due about June 2027")), max_size=2))
        ),
    )


@st.composite
def families(draw: st.DrawFn) -> tuple[list[Sitter], list[Tie]]:
    """Three generations whose ties do not contradict each other: several partners, half-siblings, step-parents."""
    rows = {row: [f"{row}{place}" for place in range(draw(st.integers(0, most)))] for row, most in enumerate((4, 6, 8))}
    people = [sitter(key, row, draw) for row, keys in rows.items() for key in keys]
    ties = []
    for row, keys in rows.items():
        for one, other in (
            draw(st.lists(st.sampled_from(list(combinations(keys, 2)) or [None]), max_size=4)) if keys[1:] else []
        ):
            type_ = draw(st.sampled_from((R.PARTNER, R.FORMER_PARTNER, R.SIBLING, R.HALF_SIBLING, R.STEP_SIBLING)))
            ties.append(Tie(one, other, type_, ended=draw(st.booleans())))
        elders = rows.get(row - 1, [])
        for child in keys if elders else []:
            for type_ in draw(st.lists(st.sampled_from(PARENT_TIES), max_size=2, unique=True)):
                of = draw(st.lists(st.sampled_from(elders), min_size=1, max_size=2, unique=True))
                ties += [Tie(parent, child, type_) for parent in of]
            if draw(st.booleans()):
                ties.append(
                    Tie(draw(st.sampled_from(elders)), child, draw(st.sampled_from((R.STEP_PARENT, R.GUARDIAN))))
                )
    if rows[0] and rows[2]:
        pairs = st.tuples(st.sampled_from(rows[0]), st.sampled_from(rows[2]))
        ties += [Tie(one, other, R.GRANDPARENT) for one, other in draw(st.lists(pairs, max_size=2))]
    return draw(st.permutations(people)), draw(st.permutations(ties))


@st.composite
def tangles(draw: st.DrawFn) -> tuple[list[Sitter], list[Tie]]:
    """People with any ties at all, as wrong as somebody could record them."""
    people = [sitter(str(place), draw(st.integers(0, 2)), draw) for place in range(draw(st.integers(1, 9)))]
    keys = st.sampled_from([one.key for one in people])
    return people, draw(st.lists(st.builds(Tie, keys, keys, ANY_TIE, st.booleans()), max_size=14))


def boxes(picture: Genogram) -> list[tuple[str, int, int, int, int]]:
    """What each person takes up, words included."""
    found = []
    for one in picture.symbols:
        lines = [word.y for word in one.words]
        found.append(
            (one.sitter.key, one.left, min(one.top, min(lines) - 12), one.right, max(one.y + HALF, max(lines) + 4))
        )
    return found


def holds(picture: Genogram, people: list[Sitter], ties: list[Tie]) -> None:
    """Everything that makes a picture true."""
    if picture.cannot:
        assert set(picture.cannot) <= {one.key for one in people}
        assert not picture.symbols
        return
    assert Counter(symbol.sitter.key for symbol in picture.symbols) == Counter(one.key for one in people)
    for _, left, top, right, bottom in boxes(picture):
        assert 0 <= left < right <= picture.width and 0 <= top < bottom <= picture.height
    for (_, *one), (_, *other) in combinations(boxes(picture), 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)
    _rows_are_generations(picture)
    _lines_lead_where_they_should(picture)
    _lines_keep_clear(picture)


def _rows_are_generations(picture: Genogram) -> None:
    y = {symbol.sitter.key: symbol.y for symbol in picture.symbols}
    heights = sorted(set(y.values()))
    rows = {key: heights.index(at) for key, at in y.items()}
    for union in picture.family.unions:
        parents = {rows[one] for one in union.parents if one in rows}
        children = {rows[one] for one in union.children if one in rows}
        assert len(parents) <= 1 and len(children) <= 1
        if parents and children:
            assert parents.pop() < children.pop()


def _lines_lead_where_they_should(picture: Genogram) -> None:
    """The strokes of each union hang together and meet exactly its own parents' and children's symbols."""
    middles = {symbol.sitter.key: (symbol.x, symbol.y) for symbol in picture.symbols}
    strokes = defaultdict(list)
    for stroke in picture.strokes:
        assert stroke.x1 == stroke.x2 or stroke.y1 == stroke.y2
        strokes[stroke.union].append(stroke)
    for number, union in enumerate(picture.family.unions):
        own = strokes[number]
        assert [one.parent for one in own if one.parent] == list(union.parents)
        assert {one.child: one.hang for one in own if one.child} == union.children
        for one in own:
            for key, x, y, below in ((one.parent, one.x1, one.y1, 1), (one.child, one.x2, one.y2, -1)):
                if key in middles:
                    assert abs(middles[key][0] - x) <= HALF
                    assert 0 <= (y - middles[key][1]) * below <= HALF
        joined, reached = {0}, True
        while reached:
            near = {b for b in range(len(own)) for a in joined if b not in joined and _touch(own[a], own[b])}
            joined, reached = joined | near, bool(near)
        assert len(joined) == len(own), union


def _touch(one, other) -> bool:
    return max(min(one.x1, one.x2), min(other.x1, other.x2)) <= min(max(one.x1, one.x2), max(other.x1, other.x2)) and (
        max(min(one.y1, one.y2), min(other.y1, other.y2)) <= min(max(one.y1, one.y2), max(other.y1, other.y2))
    )


def _lines_keep_clear(picture: Genogram) -> None:
    """No line passes through anybody, and two families' lines meet only where the one bridges the other."""
    for stroke in picture.strokes:
        left, right = sorted((stroke.x1, stroke.x2))
        top, bottom = sorted((stroke.y1, stroke.y2))
        for key, *box in boxes(picture):
            if key in {stroke.parent, stroke.child}:
                continue
            assert right < box[0] or left > box[2] or bottom <= box[1] or top >= box[3], (stroke, key)
    for one, other in combinations(picture.strokes, 2):
        assert one.union == other.union or not _side_by_side(one, other), (one, other)
        if one.union != other.union and _touch(one, other) and not _pass_on(one, other, picture):
            up, flat = (one, other) if one.upright else (other, one)
            assert up.upright and not flat.upright, (one, other)
            assert flat.x1 + BRIDGE < up.x1 < flat.x2 - BRIDGE, (one, other)
            assert min(up.y1, up.y2) + BRIDGE < flat.y1 < max(up.y1, up.y2) - BRIDGE, (one, other)
            assert (up.x1, flat.y1) in picture.bridges


def _side_by_side(one, other) -> bool:
    """Two upright lines so near that a bridge over the one would cut the other."""
    along = min(max(one.y1, one.y2), max(other.y1, other.y2)) - max(min(one.y1, one.y2), min(other.y1, other.y2))
    return one.upright and other.upright and along > 0 and abs(one.x1 - other.x1) <= BRIDGE


def _pass_on(one, other, picture: Genogram) -> bool:
    """The line to a grandchild goes on from a stand-in for the parent nobody recorded."""
    return any(key in picture.family.unseen for key in {one.child, one.parent} & {other.child, other.parent} if key)


@SLOW
@given(families())
def test_a_family_whose_ties_agree_is_drawn_and_every_line_is_true(family):
    people, ties = family
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rows, "TRIES", BRIEFLY)
        picture = genogram(people, ties)
    lines = Counter(
        (one, up) for u in picture.family.unions for up in (True, False) for one in (u.children if up else u.parents)
    )
    crowd = {one for (one, _), number in lines.items() if number > MOST_PORTS}
    assert set(picture.cannot) == crowd
    holds(picture, people, ties)


@settings(SLOW, max_examples=50)
@given(families())
def test_so_it_is_after_the_whole_search(family):
    people, ties = family
    holds(genogram(people, ties), people, ties)


@settings(SLOW, max_examples=300)
@given(tangles())
def test_ties_that_contradict_each_other_are_never_drawn_wrong(family):
    people, ties = family
    holds(genogram(people, ties), people, ties)


@settings(SLOW, max_examples=50)
@given(families())
def test_the_same_family_always_gives_the_same_picture(family):
    assert genogram(*family) == genogram(*family)


def drawn(*ties: tuple[str, R, str], young: str = "", order: str = "") -> Genogram:
    keys = list(order) or sorted({key for one, _, other in ties for key in (one, other)})
    people = [Sitter(key, key, Shape.DIAMOND, is_child=key in young) for key in keys]
    return genogram(people, [Tie(one, other, type_) for one, type_, other in ties])


def test_a_line_for_each_couple_and_each_half_brother_hangs_from_his_own():
    picture = drawn(
        ("m", R.PARENT, "a"), ("f", R.PARENT, "a"), ("m", R.PARENT, "b"), ("g", R.PARENT, "b"),
        ("m", R.FORMER_PARTNER, "f"), ("m", R.PARTNER, "g"), young="ab",
    )  # fmt: skip
    hung = {union.parents: (list(union.children), union.former) for union in picture.family.unions}
    assert hung == {("f", "m"): (["a"], True), ("g", "m"): (["b"], False)}
    assert len(picture.cuts) == 1


@pytest.mark.parametrize(
    ("ties", "who"),
    [
        ((("a", R.PARENT, "b"), ("b", R.PARENT, "a")), {"a", "b"}),
        ((("a", R.PARENT, "b"), ("a", R.PARTNER, "b")), {"a", "b"}),
        ((("a", R.PARENT, "d"), ("b", R.PARENT, "d"), ("c", R.PARENT, "d")), {"d"}),
    ],
)
def test_whom_it_cannot_place_it_says(ties, who):
    picture = drawn(*ties)
    assert who <= set(picture.cannot)
    assert picture.symbols == []


def test_a_step_parent_who_lives_with_a_parent_needs_no_line_and_another_has_one_of_their_own():
    together = drawn(("m", R.PARENT, "a"), ("m", R.PARTNER, "s"), ("s", R.STEP_PARENT, "a"), young="a")
    assert {union.parents for union in together.family.unions} == {("m",), ("m", "s")}
    alone = drawn(("m", R.PARENT, "a"), ("s", R.STEP_PARENT, "a"), young="a")
    assert [union.children for union in alone.family.unions if union.parents == ("s",)] == [{"a": Hang.STEP}]


def test_grandparents_without_a_recorded_parent_stand_two_rows_above():
    picture = drawn(("g", R.GRANDPARENT, "a"), ("h", R.GRANDPARENT, "a"), ("g", R.PARTNER, "h"), young="a")
    rows = picture.family.rows
    assert (rows["g"], rows["h"], rows["a"]) == (0, 0, 2)
    assert len(picture.family.unseen) == 1
    through = drawn(("g", R.PARENT, "m"), ("m", R.PARENT, "a"), ("g", R.GRANDPARENT, "a"), young="a")
    assert through.family.unseen == []


def test_brothers_whose_parents_are_not_recorded_hang_from_one_bar():
    picture = drawn(("a", R.SIBLING, "b"), ("b", R.SIBLING, "c"), young="abc")
    assert [list(union.children) for union in picture.family.unions] == [["a", "b", "c"]]
    assert drawn(("m", R.PARENT, "a"), ("m", R.PARENT, "b"), ("a", R.SIBLING, "b")).family.unions[0].parents == ("m",)


def test_the_later_of_two_ties_between_the_same_two_counts():
    parted = drawn(("a", R.PARTNER, "b"), ("b", R.FORMER_PARTNER, "a"))
    assert [union.former for union in parted.family.unions] == [True]
    assert drawn(("b", R.CHILD, "a"), ("a", R.STEP_PARENT, "b"), young="b").family.unions[0].children == {
        "b": Hang.STEP
    }


def test_somebody_without_a_tie_stands_beside_people_of_their_own_age_group():
    picture = drawn(("m", R.PARENT, "a"), young="ax", order="axmy")
    rows = picture.family.rows
    assert (rows["a"], rows["x"], rows["m"], rows["y"]) == (1, 1, 0, 0)


def test_an_aunt_stands_on_the_row_of_the_parents():
    picture = drawn(("m", R.PARENT, "a"), ("t", R.AUNT_OR_UNCLE, "a"), ("g", R.PARENT, "m"), young="a")
    assert picture.family.rows["t"] == picture.family.rows["m"] == 1


def test_eldest_first_from_left_to_right():
    picture = drawn(*(("m", R.PARENT, child) for child in "abcd"), young="abcd", order="cabdm")
    x = {symbol.sitter.key: symbol.x for symbol in picture.symbols}
    assert x["c"] < x["a"] < x["b"] < x["d"]


def test_a_long_name_is_broken_and_cut_and_runs_into_nobody():
    people = [Sitter(str(place), "Wolfeschlegelsteinhausenbergerdorff " * 3, Shape.SQUARE, True) for place in range(3)]
    picture = genogram(people, [])
    assert all(len(word.text) <= 15 for symbol in picture.symbols for word in symbol.words)
    holds(picture, people, [])
