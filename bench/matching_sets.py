"""The sets matching is measured on, made-up households with twins and FEBRL 1 to 4; and asking the product's SQL."""

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.made_up_people import Account, World
from bench.people_filling import account_id, fill, number_of
from sharing_agreements.rules.learning import Pair

CHUNK = 5000
"""People asked about in one statement, as a night's list does."""
EVERYTHING = -100.0


@dataclass(frozen=True)
class Found:
    """Two accounts the gate offers as one person: their numbers, how they agree, what it weighs."""

    pair: tuple[int, int]
    levels: list[str]
    score: float


@dataclass(frozen=True)
class LabelledSet:
    """Accounts, and the pairs of them that are one person. `first_file`: accounts below it are one file of two."""

    accounts: list[Account]
    links: frozenset[tuple[int, int]]
    first_file: int = 0

    def may_pair(self, pair: tuple[int, int]) -> bool:
        """Of two files only pairs across them are asked for."""
        return not self.first_file or (pair[0] < self.first_file) != (pair[1] < self.first_file)


def households(seed: int, size: int, duplicated: float) -> tuple[World, list[Account], set[tuple[int, int]]]:
    """One account of everybody and second ones of some, with 0 to 3 changes; and the pairs that are twins."""
    world = World(seed)
    people = list(world.people(size))
    accounts = [world.account(one, 0) for one in people]
    again = world.dice.sample(people, int(size * duplicated))
    accounts += [world.account(one, world.dice.randrange(4)) for one in again]
    twins = {(one.no, one.twin) for one in people if one.twin is not None}
    return world, accounts, twins


def febrl(file: Path) -> dict[str, LabelledSet]:
    """The four sets as bench/matching_others.py wrote them down. Without the id number, which gives it away."""
    sets = {}
    for name, (rows, links, first_file) in json.loads(file.read_text(encoding="utf-8")).items():
        place = {row[0]: at for at, row in enumerate(rows)}
        pairs = frozenset((min(place[a], place[b]), max(place[a], place[b])) for a, b in links)
        sets[name] = LabelledSet([_account(at, row) for at, row in enumerate(rows)], pairs, first_file)
    return sets


def _account(no: int, row: Sequence[str]) -> Account:
    """Columns: id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth."""
    born = _day(row[9])
    line, town = " ".join(filter(None, row[3:6])), " ".join(filter(None, (row[6], row[8])))
    return Account(no, row[1], row[2], born, "day" if born else "unknown", "U", line, town, row[7])


def _day(digits: str) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007
    except ValueError:
        return None


def put(owner: Any, accounts: Iterable[Account]) -> None:
    """Make these accounts everybody there is."""
    with owner, owner.cursor() as cursor:
        fill(cursor, accounts)


@contextmanager
def weights_in_force(owner: Any, weights: dict[str, float], ask_from: float) -> Iterator[None]:
    """Other weights for a while, as a newer version of them."""
    with owner, owner.cursor() as cursor:
        cursor.execute(
            "insert into sharing_agreements_matchweights values (1000000, %s, 0, %s, 0, 'of a benchmark')",
            [json.dumps(weights), ask_from],
        )
    try:
        yield
    finally:
        with owner, owner.cursor() as cursor:
            cursor.execute("delete from sharing_agreements_matchweights where version = 1000000")


def offered(owner: Any, numbers: Sequence[int]) -> list[Found]:
    """What gate.match_people, which the matching jobs ask, offers for these accounts: every pair once."""
    best: dict[tuple[int, int], Found] = {}
    for start in range(0, len(numbers), CHUNK):
        with owner, owner.cursor() as cursor:
            cursor.execute("set local earlyhelp.maintenance = 'on'; set local work_mem = '128MB'")
            asked = ",".join(account_id(str(no)) for no in numbers[start : start + CHUNK])
            cursor.execute(f"select person_id, candidate_id, levels, score from gate.match_people(array[{asked}])")
            for a, b, levels, score in cursor.fetchall():
                pair = tuple(sorted((number_of(a), number_of(b))))
                if pair not in best or score > best[pair].score:
                    best[pair] = Found(pair, levels, score)
    return list(best.values())


def labelled(found: Iterable[Found], links: Iterable[tuple[int, int]]) -> list[Pair]:
    """Pairs to learn from."""
    true = frozenset(links)
    return [(one.levels, one.pair in true, 1.0) for one in found]


def same_person(accounts: Sequence[Account]) -> set[tuple[int, int]]:
    """The pairs of accounts that are of one person, where nobody has more than two."""
    first: dict[int, int] = {}
    pairs = set()
    for at, one in enumerate(accounts):
        if one.of in first:
            pairs.add((first[one.of], at))
        first.setdefault(one.of, at)
    return pairs
