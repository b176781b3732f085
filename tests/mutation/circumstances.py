"""What can decide about a row, each taken out of a world alone: a world is worth judging where an answer changes.

`bin/mutate --worlds` looks at the first worlds so and names few that hold everything, for killing_worlds.py.
"""

import datetime
from collections.abc import Callable
from dataclasses import replace

from tests import oracle, proving, worlds
from tests.oracle import Clause, Record, World
from tests.worlds import TYPES


def _records(**more: object) -> Callable[[World], World]:
    return lambda world: replace(world, records=[replace(r, **more) for r in world.records])


def _each(change: Callable[[Record], Record]) -> Callable[[World], World]:
    return lambda world: replace(world, records=[change(r) for r in world.records])


def _clauses(change: Callable[[Clause], Clause]) -> Callable[[World], World]:
    return lambda world: replace(
        world, agreements=[replace(a, clauses=tuple(change(c) for c in a.clauses)) for a in world.agreements]
    )


def _on_the_edge(months: int) -> Callable[[World], World]:
    """The rows of the first day that is too long ago happen a day later."""

    def change(world: World) -> World:
        edge = oracle.months_before(world.today, months)
        later = [replace(r, happened_on=edge + _DAY) if r.happened_on == edge else r for r in world.records]
        return replace(world, records=later)

    return change


_DAY = datetime.timedelta(days=1)
_LONG = datetime.timedelta(days=900)
WITHOUT: dict[str, Callable[[World], World]] = {
    "conflicts": lambda w: replace(w, conflicts=set()),
    "the end of a conflict": lambda w: replace(w, conflicts=w.conflicts | w.past_conflicts),
    "being the person": lambda w: replace(w, is_person={}),
    "restriction": lambda w: replace(w, restricted=set()),
    "being on the list": lambda w: replace(w, may_see_restricted=set()),
    "a hidden address": lambda w: replace(w, address_hidden=set()),
    "being on the list for an address": lambda w: replace(w, may_see_address=set()),
    "a row hidden from an agency": _records(hidden_from=frozenset()),
    "merges": lambda w: replace(w, merges=[]),
    "overdue facts": lambda w: replace(w, overdue=set()),
    "the author": _records(author=0),
    "the team": _records(team=None),
    "being sent": _records(sent_to=None),
    "being sent to one": _records(sent_to_practitioner=None),
    "working with somebody": lambda w: replace(w, involvements=[replace(i, practitioner=None) for i in w.involvements]),
    "involvement": lambda w: replace(w, involvements=[]),
    "the first day of involvement": lambda w: replace(
        w, involvements=[replace(i, starts_on=w.today - _LONG) for i in w.involvements]
    ),
    "the last day of involvement": lambda w: replace(
        w, involvements=[replace(i, ends_on=None) for i in w.involvements]
    ),
    "the sibling": _each(lambda r: replace(r, main=None)),
    "consent": lambda w: replace(w, consents=[]),
    "consent that ran out": lambda w: replace(w, consents=[(p, d and w.today + _LONG) for p, d in w.consents]),
    "stages": lambda w: replace(w, stages=[]),
    "a clause's stages": _clauses(lambda c: replace(c, stages=frozenset())),
    "a clause's consent": _clauses(lambda c: replace(c, needs_consent=False)),
    "a clause's involvement": _clauses(lambda c: replace(c, needs_involvement=False)),
    "how far back": _clauses(lambda c: replace(c, how_far_back=0)),
    "involvement with somebody old rows are about": _clauses(
        lambda c: replace(c, needs_involvement=c.needs_involvement and c.how_far_back > 0)
    ),
    "the last day of a consent": lambda w: replace(
        w, consents=[(p, None if d == w.today else d) for p, d in w.consents]
    ),
    "the day twelve months ago": _on_the_edge(12),
    "the day thirty-six months ago": _on_the_edge(36),
    "twelve or thirty-six months": _clauses(lambda c: replace(c, how_far_back=c.how_far_back and 36)),
    "a clause's level": _clauses(lambda c: replace(c, level=oracle.Level.FULL)),
    "a clause's roles": _clauses(lambda c: replace(c, roles=frozenset(oracle.Role))),
    "a clause's sides": _clauses(
        lambda c: replace(c, provider=c.provider if isinstance(c.provider, int) else TYPES[0])
    ),
    "newer versions": lambda w: replace(w, agreements=[replace(a, replaces=None) for a in w.agreements]),
    "purposes": lambda w: replace(w, agreements=[replace(a, purposes=frozenset(oracle.Purpose)) for a in w.agreements]),
    "an agreement's first day": lambda w: replace(
        w, agreements=[replace(a, starts_on=w.today - _LONG) for a in w.agreements]
    ),
    "parties that left": lambda w: replace(
        w,
        agreements=[replace(a, parties=tuple(replace(p, left_on=None) for p in a.parties)) for a in w.agreements],
    ),
    "moves after the first": lambda w: replace(w, agreements=[replace(a, moves=a.moves[:1]) for a in w.agreements]),
    "emergencies": lambda w: replace(w, emergencies=[]),
    "the end of an emergency": lambda w: replace(
        w, emergencies=[replace(e, ended=False, minutes_left=240) for e in w.emergencies]
    ),
    "the post of an emergency": lambda w: replace(
        w, emergencies=[replace(e, under_own_post=True) for e in w.emergencies]
    ),
    "shares": lambda w: replace(w, shares=[]),
    "the end of a share": lambda w: replace(w, shares=[replace(s, ended=False, until=None) for s in w.shares]),
    "whom a share names": lambda w: replace(w, shares=[replace(s, practitioner=None) for s in w.shares]),
    "a share's level": lambda w: replace(w, shares=[replace(s, level=oracle.Level.FULL) for s in w.shares]),
}


def decided(world: World) -> set[str]:
    """The circumstances of this world that decide about at least one row for at least one reader."""
    found = set()
    for name, without in WITHOUT.items():
        other = without(world)
        for viewer in world.viewers:
            if any(
                oracle.may_read(world, viewer, r) != oracle.may_read(other, viewer, o)
                for r, o in zip(world.records, other.records, strict=True)
            ):
                found.add(name)
                break
    return found


def few(first: int, today: datetime.date, times: int = 3) -> list[int]:
    """Numbers of few of the first worlds in which each circumstance decides so many times, or as often as it does.

    LookupError names a circumstance that decides in none of them: look at more.
    """
    held = {number: decided(worlds.make(proving.seeded(number), today)) for number in range(first)}
    missing = {name: min(times, sum(name in found for found in held.values())) for name in WITHOUT}
    if never := sorted(name for name, count in missing.items() if not count):
        raise LookupError(f"None of {first} worlds turns on: {', '.join(never)}.")
    chosen: list[int] = []
    while any(missing.values()):
        best = max(held, key=lambda number: sum(missing[name] > 0 for name in held[number]))
        chosen.append(best)
        for name in held.pop(best):
            missing[name] = max(0, missing[name] - 1)
    return chosen
