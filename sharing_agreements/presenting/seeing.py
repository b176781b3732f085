"""Who can see what, in words: for a family by agency, for a practitioner by post. Lines that say alike are one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sharing_agreements.models import Agency, Post
from sharing_agreements.rules import NamedClause, Opening, why_others
from sharing_agreements.vocabulary import Kind, Purpose, Role

LEVELS = {1: "that something is held", 2: "summary", 3: "in full"}
NAMES_SHOWN = 30
Line = TypeVar("Line")


@dataclass(frozen=True)
class Said:
    """Kinds of record open in one way: what, how much, how, by which clauses of which agreement, how many."""

    kinds: str
    level: str
    how: str
    agreement: NamedClause | None
    clauses: str
    records: str = ""


@dataclass(frozen=True)
class Group:
    """People who see alike: what they are called, their names where the reader may know them, and what they see."""

    title: str
    names: str
    lines: list[Said]


@dataclass(frozen=True)
class AgencySees:
    """One agency, and who of it sees what."""

    name: str
    groups: list[Group]


def _gathered(lines: Iterable[Line], key: Callable[[Line], object]) -> list[list[Line]]:
    """Lines with one key together, in the order in which the keys first come."""
    found: dict[object, list[Line]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return list(found.values())


def _said(alike: list[tuple[int, int, Opening]], *, count: bool) -> Said:
    """Lines of one level, way, owner and agreement as one. Each is a level, a number of records and what opens them."""
    level, _, first = alike[0]
    kinds = dict.fromkeys(Kind(one.kind).label for _, _, one in alike)
    numbers = dict.fromkeys(one.clause.number for _, _, one in alike if one.clause)
    return Said(
        kinds="; ".join(kinds),
        level=LEVELS[level],
        how=why_others(first),
        agreement=first.clause,
        clauses=", ".join(numbers),
        records=f"{sum(records for _, records, _ in alike):,}" if count else "",
    )


def _alike(line: tuple[int, int, Opening]) -> tuple[object, ...]:
    level, _, opening = line
    return level, why_others(opening), opening.clause and opening.clause.agreement


def _lines(lines: Iterable[tuple[int, int, Opening]], *, count: bool = False) -> list[Said]:
    return [_said(alike, count=count) for alike in _gathered(lines, _alike)]


@dataclass(frozen=True)
class Sees:
    """That posts of an agency in a role see records at a level, and why."""

    agency_no: int
    role: str
    posts: tuple[UUID, ...]
    level: int
    opening: Opening


def agencies_see(
    lines: Iterable[Sees], *, agencies: Mapping[int, Agency], posts: Mapping[UUID, Post] | None
) -> list[AgencySees]:
    """Agency by agency. `posts`: to name who they are; None to say roles only and leave out sensitive agencies."""
    hidden = {one.name for one in agencies.values() if one.sensitive} if posts is None else set()
    shown = [one for one in lines if agencies[one.agency_no].name not in hidden and one.opening.owner not in hidden]
    by_agency = _gathered(shown, lambda one: one.agency_no)
    found = [AgencySees(agencies[same[0].agency_no].name, _groups(same, posts)) for same in by_agency]
    return sorted(found, key=lambda one: one.name)


def _groups(lines: list[Sees], posts: Mapping[UUID, Post] | None) -> list[Group]:
    """By role; by the very people where they are named, since two of one role may see different records."""
    together = _gathered(lines, lambda one: (one.role, one.posts if posts is not None else ()))
    return [
        Group(
            title=Role(same[0].role).label,
            names=_names(same[0].posts, posts) if posts is not None else "",
            lines=_lines(dict.fromkeys((one.level, 1, one.opening) for one in same)),
        )
        for same in sorted(together, key=lambda same: list(Role).index(Role(same[0].role)))
    ]


def _names(ids: tuple[UUID, ...], posts: Mapping[UUID, Post]) -> str:
    names = sorted(posts[one].practitioner.name for one in ids if one in posts)
    more = f" and {len(names) - NAMES_SHOWN:,} more" if len(names) > NAMES_SHOWN else ""
    return ", ".join(names[:NAMES_SHOWN]) + more


@dataclass(frozen=True)
class Reaches:
    """How many records of one kind and level a post sees for a purpose, and why."""

    post: UUID
    purpose: str
    level: int
    records: int
    opening: Opening


def posts_reach(lines: Iterable[Reaches], *, posts: Iterable[Post]) -> list[tuple[Post, list[Group]]]:
    """Post by post, purpose by purpose. What needs no agreement comes first: it holds for every purpose."""
    by_post = {same[0].post: same for same in _gathered(lines, lambda one: one.post)}
    return [(post, _purposes(by_post.get(post.pk, []))) for post in posts]


def _purposes(lines: list[Reaches]) -> list[Group]:
    together = _gathered(lines, lambda one: one.purpose)
    return [
        Group(
            _purpose(same[0].purpose),
            "",
            _lines(((o.level, o.records, o.opening) for o in same), count=True),
        )
        for same in sorted(together, key=lambda same: same[0].purpose != Purpose.OWN_ACCOUNT)
    ]


def _purpose(purpose: str) -> str:
    return "Without an agreement" if purpose == Purpose.OWN_ACCOUNT else Purpose(purpose).label
