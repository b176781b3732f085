"""Recorded relationships as a picture needs them: who has children with whom, who stands on which row.

Plain Python. What contradicts itself is not drawn: the people concerned are named instead (decision 0085).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from cases.vocabulary import INVERSE, RelationshipType

R = RelationshipType


@dataclass(frozen=True)
class Tie:
    """What `one` is to `other`. `ended`: it was so, and is so no longer."""

    one: str
    other: str
    type: RelationshipType
    ended: bool = False


class Hang(StrEnum):
    """How a child hangs from a line."""

    BIRTH = "birth"
    ADOPTED = "adopted"
    FOSTERED = "fostered"
    STEP = "step"
    KIN = "kin"


@dataclass
class Union:
    """People with a line between them and the children that hang from it. Without parents: brothers and sisters."""

    parents: tuple[str, ...]
    children: dict[str, Hang] = field(default_factory=dict)
    partners: bool = False
    former: bool = False


@dataclass(frozen=True)
class Kinship:
    """What is drawn: unions, each person's row from 0 downwards, groups tied together, and who cannot be placed.

    `unseen` are stand-ins for a parent nobody recorded, between a grandparent and a grandchild.
    """

    unions: list[Union]
    rows: dict[str, int]
    groups: list[list[str]]
    unseen: list[str]
    cannot: list[str]


PARENTS = {R.PARENT: Hang.BIRTH, R.ADOPTIVE_PARENT: Hang.ADOPTED, R.FOSTER_PARENT: Hang.FOSTERED}
"""Ties that are drawn as a line to a child, and how the child hangs from it."""
PARTNERS = (R.PARTNER, R.FORMER_PARTNER)
BROTHERS = (R.SIBLING, R.HALF_SIBLING, R.STEP_SIBLING)
DOWN = {**dict.fromkeys((*PARENTS, R.STEP_PARENT), 1), **dict.fromkeys((*PARTNERS, *BROTHERS), 0), R.GRANDPARENT: 2}
"""Rows between the two people of a tie that is drawn."""
PLACED_BY = {R.GUARDIAN: 1, R.AUNT_OR_UNCLE: 1, R.FRIEND: 1}
"""Ties that are not drawn; of somebody with no other tie they say the row."""


def kinship(people: Sequence[str], children: Iterable[str], ties: Iterable[Tie]) -> Kinship:
    """Everybody's row and lines. `people` in the order they stand in where nothing else says it, `children` the young.

    Of two ties between the same two people the later one counts; ties to anybody else are left out.
    """
    told = _told(set(people), ties)
    unions, unseen, cannot = _unions(people, told)
    levels = [(one, other, DOWN[type_]) for one, other, type_ in told if type_ in DOWN]
    levels += [(stand_in, child, 1) for stand_in, child in unseen]
    everybody = [*people, *dict.fromkeys(stand_in for stand_in, _ in unseen)]
    young = set(children)
    groups, rows, wrong = _levelled(everybody, levels)
    loose = [(one, other, PLACED_BY[type_]) for one, other, type_ in told if type_ in PLACED_BY]
    _put_on_rows(groups, rows, young, loose)
    cannot += [one for one in people if one in wrong and one not in cannot]
    return Kinship(unions, rows, groups, everybody[len(people) :], cannot)


Told = list[tuple[str, str, RelationshipType]]


def _told(people: set[str], ties: Iterable[Tie]) -> Told:
    """Each tie once, from the elder's side; a later one of its sort between the same two takes an earlier one's place.

    Not where the two are said to be each other's elders: that contradicts itself.
    """
    found: dict[tuple[object, ...], tuple[str, str, RelationshipType]] = {}
    for tie in ties:
        one, other, type_ = tie.one, tie.other, tie.type
        if one not in people or other not in people or one == other:
            continue
        if type_ in {R.CHILD, R.ADOPTED_CHILD, R.FOSTER_CHILD, R.STEP_CHILD, R.GRANDCHILD, R.WARD, R.NIECE_OR_NEPHEW}:
            one, other, type_ = other, one, INVERSE[type_]
        if tie.ended and type_ not in PARTNERS:
            continue
        if type_ in PARTNERS and tie.ended:
            type_ = R.FORMER_PARTNER
        if type_ in (*PARTNERS, *BROTHERS):
            found["of a row", frozenset((one, other))] = (one, other, type_)
        else:
            found["drawn" if type_ in DOWN else type_, (one, other)] = (one, other, type_)
    return list(found.values())


def _unions(people: Sequence[str], told: Told) -> tuple[list[Union], list[tuple[str, str]], list[str]]:
    """Every line between people, the stand-ins it needs, and children of more parents than a line has."""
    unions = _Unions(people)
    parents: dict[str, dict[Hang, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one, other, type_ in told:
        if type_ in PARTNERS:
            found = unions.of((one, other))
            found.partners, found.former = True, type_ == R.FORMER_PARTNER
        elif type_ in PARENTS:
            parents[other][PARENTS[type_]].append(one)
    cannot = [child for child in people if any(len(of) > 2 for of in parents[child].values())]
    for child in people:
        for hang, of in parents[child].items() if child not in cannot else ():
            unions.of(of).children.setdefault(child, hang)
    drawn = {child: {one for of in parents[child].values() for one in of} for child in people}
    pairs = {frozenset(key) for key in unions.made if len(key) == 2}
    for one, other, type_ in told:
        if type_ == R.STEP_PARENT and not any(frozenset((one, real)) in pairs for real in drawn[other]):
            unions.of((one,)).children.setdefault(other, Hang.STEP)
            drawn[other].add(one)
    unseen = _stand_ins(told, drawn, unions)
    return [*unions.made.values(), *_brackets(people, told, drawn, pairs)], unseen, cannot


class _Unions:
    """Each union once, by its parents in the order of `people`."""

    def __init__(self, people: Sequence[str]) -> None:
        self.made: dict[tuple[str, ...], Union] = {}
        self.place = {one: number for number, one in enumerate(people)}

    def of(self, parents: Iterable[str]) -> Union:
        """Theirs; a new one where they have none yet."""
        key = tuple(sorted(parents, key=self.place.__getitem__))
        return self.made.setdefault(key, Union(key))


def _stand_ins(told: Told, drawn: dict[str, set[str]], unions: _Unions) -> list[tuple[str, str]]:
    """A stand-in for the unrecorded parent between grandparents and their grandchildren: (stand-in, child)."""
    grand: dict[str, list[str]] = {one: [] for one in unions.place}
    for one, other, type_ in told:
        if type_ == R.GRANDPARENT and not any(one in drawn[parent] for parent in drawn[other]):
            grand[one].append(other)
    found = []
    for number, (of, grandchildren) in enumerate(_grandparents(grand, unions).items()):
        stand_in = f"unseen {number}"
        unions.of(of).children[stand_in] = Hang.KIN
        unions.made[stand_in,] = Union((stand_in,), dict.fromkeys(grandchildren, Hang.KIN))
        found += [(stand_in, child) for child in grandchildren]
    return found


def _grandparents(grand: dict[str, list[str]], unions: _Unions) -> dict[tuple[str, ...], list[str]]:
    """Whose grandchildren: a couple's, each couple once, and then what is one's alone."""
    groups: dict[tuple[str, ...], list[str]] = {}
    coupled: set[str] = set()
    for one, other in [key for key in unions.made if len(key) == 2]:
        both = [child for child in grand[one] if child in grand[other]]
        if both and not coupled & {one, other}:
            groups[one, other] = both
            coupled |= {one, other}
            for each in (one, other):
                grand[each] = [child for child in grand[each] if child not in both]
    return groups | {(one,): children for one, children in grand.items() if children}


def _brackets(people: Sequence[str], told: Told, drawn: dict[str, set[str]], pairs: set[frozenset[str]]) -> list[Union]:
    """A bar above brothers and sisters whose tie is recorded and follows from no parent that is drawn."""
    whole: dict[str, set[str]] = {}
    others: list[Union] = []
    for one, other, type_ in told:
        if type_ not in BROTHERS or drawn[one] & drawn[other]:
            continue
        if type_ == R.SIBLING:
            together = whole.get(one, {one}) | whole.get(other, {other})
            whole.update(dict.fromkeys(together, together))
        elif type_ == R.HALF_SIBLING or not any(frozenset((a, b)) in pairs for a in drawn[one] for b in drawn[other]):
            others.append(Union((), dict.fromkeys((one, other), Hang.STEP)))
    bars = {id(group): [one for one in people if one in group] for group in whole.values()}
    return [*(Union((), dict.fromkeys(bar, Hang.BIRTH)) for bar in bars.values()), *others]


def _levelled(
    people: Sequence[str], levels: list[tuple[str, str, int]]
) -> tuple[list[list[str]], dict[str, int], set[str]]:
    """Groups of people tied together, each person's row within the group, and the ends of ties that contradict it."""
    near: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for one, other, down in levels:
        near[one].append((other, down))
        near[other].append((one, -down))
    rows: dict[str, int] = {}
    groups = []
    for first in people:
        if first in rows:
            continue
        rows[first], group = 0, [first]
        for one in group:
            for other, down in near[one]:
                if other not in rows:
                    rows[other] = rows[one] + down
                    group.append(other)
        groups.append(group)
    wrong = {end for one, other, down in levels if rows[other] - rows[one] != down for end in (one, other)}
    return groups, rows, wrong


def _put_on_rows(
    groups: list[list[str]], rows: dict[str, int], young: set[str], loose: list[tuple[str, str, int]]
) -> None:
    """Move each group up or down until children stand beside children, and nobody stands above row 0."""
    groups.sort(key=lambda group: (-len(group), -len(young & set(group))))
    settled: set[str] = set()
    for group in groups:
        inside = set(group)
        asked = [rows[other] - down - rows[one] for one, other, down in loose if one in inside and other in settled]
        asked += [rows[one] + down - rows[other] for one, other, down in loose if other in inside and one in settled]
        wanted = [(0 if one in young else -1) - rows[one] for one in group]
        move = asked[0] if asked else max(set(wanted), key=lambda by: (wanted.count(by), by))
        for one in group:
            rows[one] += move
        settled |= inside
    top = min(rows.values(), default=0)
    for one in rows:
        rows[one] -= top
