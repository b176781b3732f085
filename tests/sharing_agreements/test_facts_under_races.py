"""Inserts, changes and merges at the same time leave no row with facts that are not true (decision 0013)."""

import datetime
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg2
import pytest
from django.db import connection
from psycopg2.extensions import cursor as Cursor

from sharing_agreements.models import Person
from tests import cast
from tests.doors import login

SECONDS = 5
PEOPLE = 8
"""Few, so that they are always in each other's way."""


@dataclass
class Race:
    """What the threads share."""

    everybody: cast.Cast
    people: list[str]
    database: str
    end: float
    failures: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    def insert(self, cursor: Cursor, source: random.Random) -> None:
        """A row about two of the people, one of them its main person or neither."""
        main = source.choice([None, source.choice(self.people)])
        self.write(cursor, main, source.sample(self.people, 2))

    def write(self, cursor: Cursor, main: str | None, about: list[str]) -> None:
        """An address of these people."""
        cursor.execute(
            "insert into sharing_agreements_address (id, owner_id, author_id, person_id, about, happened_on, "
            "recorded_at, hidden_from, version, line, town, postcode, uprn, folded, reason) values "
            "(gen_random_uuid(), %s, %s, %s, %s::uuid[], now(), now(), '{}', 1, '', '', '', '', '', '')",
            [str(self.everybody.police.pk), str(self.everybody.cleo.practitioner_id), main, about],
        )

    def change(self, cursor: Cursor, source: random.Random) -> None:
        """One verb that changes facts."""
        one, other = source.sample(self.people, 2)
        health, today = str(self.everybody.health.pk), cast.today()
        verbs = [
            ("set_stage(%s::uuid[], %s)", [[one, other], source.randrange(7)]),
            ("involve(%s::uuid[], %s, null, 'team', %s, null)", [[one], health, today]),
            ("end_involvement(%s::uuid[], %s, null, 'team', %s)", [[one], health, today - datetime.timedelta(1)]),
            ("link_person(%s, %s)", [one, other]),
            ("unlink_person(%s)", [one]),
            ("restrict_person(%s, 'race')", [one]),
            ("lift(%s, 'restricted')", [one]),
        ]
        verb, arguments = source.choice(verbs)
        cursor.execute(f"select gate.{verb}", arguments)

    def run(self, work: Callable[[Cursor, random.Random], None], seed: int) -> None:
        """Work until the end. A deadlock is refused work, not wrong work."""
        source = random.Random(seed)
        with login("eh_tester", self.database) as own:
            while time.monotonic() < self.end and not self.failures:
                try:
                    with own.cursor() as cursor:
                        work(cursor, source)
                    own.commit()
                    self.done[work.__name__] += 1
                except psycopg2.errors.DeadlockDetected:
                    own.rollback()
                except psycopg2.Error as error:
                    self.failures.append(str(error))


def test_inserts_changes_and_merges_at_once_leave_no_row_untrue(committed):
    people = [str(cast.person().pk) for _ in range(PEOPLE)]
    race = Race(cast.assemble(), people, committed, time.monotonic() + SECONDS)
    threads = [threading.Thread(target=race.run, args=(race.insert, n)) for n in range(3)]
    threads += [threading.Thread(target=race.run, args=(race.change, 10 + n)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert race.failures == []
    assert min(race.done["insert"], race.done["change"]) > 20
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.wrong_facts()")
        assert cursor.fetchall() == []


@pytest.mark.parametrize("has_a_double", [False, True])
def test_a_row_about_two_people_whose_facts_change_at_once_ends_with_both_changes(committed, has_a_double):
    """Each change locks its own person only: the row both of them are in is where the two meet."""
    everybody = cast.assemble()
    one, other = (str(cast.person().pk) for _ in range(2))
    if has_a_double:
        Person.objects.create(merged_into_id=other)
    health, today = str(everybody.health.pk), cast.today()
    involve = "select gate.involve(%s::uuid[], %s, null, 'team', %s, null)"
    with login("eh_tester", committed) as first, login("eh_tester", committed) as second:
        race = Race(everybody, [one, other], committed, 0)
        with first.cursor() as cursor:
            race.write(cursor, None, race.people)
            first.commit()
            cursor.execute(involve, [[one], health, today])
        with second.cursor() as waiting:
            late = threading.Thread(target=waiting.execute, args=(involve, [[other], str(everybody.police.pk), today]))
            late.start()
            _until_somebody_waits()
            first.commit()
            late.join()
        second.commit()
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.wrong_facts()")
        assert cursor.fetchall() == []


@contextmanager
def other_login_holds(database: str, query: str, *given: object) -> Iterator[None]:
    """What this query finds is locked by somebody else's transaction for the length of the block."""
    with login("eh_tester", database) as own, own.cursor() as cursor:
        cursor.execute(query, given)
        assert cursor.rowcount >= 1
        yield
        own.rollback()


def test_a_change_waits_for_no_row_that_it_leaves_as_it_is(committed):
    """Nor for rows about others, where several people are in them."""
    everybody = cast.assemble()
    one, other, third = (str(cast.person().pk) for _ in range(3))
    stage = "select gate.set_stage(%s::uuid[], %s)"
    held = "select from sharing_agreements_address where about = %s::uuid[] for update"
    with login("eh_tester", committed) as own, own.cursor() as cursor:
        race = Race(everybody, [one, other, third], committed, 0)
        race.write(cursor, one, [one])
        race.write(cursor, None, sorted([other, third]))
        cursor.execute(stage, [[one], 3])
        own.commit()
        cursor.execute("set lock_timeout = '1s'")
        own.commit()
        with other_login_holds(committed, held, [one]):
            cursor.execute(stage, [[one], 3])
            own.commit()
            with pytest.raises(psycopg2.errors.LockNotAvailable):
                cursor.execute(stage, [[one], 4])
            own.rollback()
        with other_login_holds(committed, held, sorted([other, third])):
            cursor.execute(stage, [[one], 4])
            own.commit()


def test_whoever_writes_a_row_holds_the_facts_of_whom_it_is_about_against_changes_alone(committed):
    everybody = cast.assemble()
    one, other, third = (str(cast.person().pk) for _ in range(3))
    held = "select from sharing_agreements_personfacts where person_id = %s for {} nowait"
    with login("eh_tester", committed) as first, login("eh_tester", committed) as second:
        with first.cursor() as cursor:
            Race(everybody, [one, other], committed, 0).write(cursor, None, [one, other])
        for person, lock, is_free in (
            (one, "share", True), (one, "update", False), (other, "update", False), (third, "update", True),
        ):  # fmt: skip
            with second.cursor() as cursor:
                cursor.execute("set local role eh_gate")
                try:
                    cursor.execute(held.format(lock), [person])
                    assert is_free and cursor.rowcount == 1
                except psycopg2.errors.LockNotAvailable:
                    assert not is_free
            second.rollback()
        first.rollback()


def test_a_change_holds_the_facts_of_whom_it_is_about_and_of_nobody_else(committed):
    one, other = (str(cast.person().pk) for _ in range(2))
    held = "select from sharing_agreements_personfacts where person_id = %s for update nowait"
    with login("eh_tester", committed) as first, login("eh_tester", committed) as second:
        with first.cursor() as cursor:
            cursor.execute("set local role eh_gate")
            cursor.execute("select gate.lock_people('{}'), gate.lock_people(array[%s]::uuid[])", [one])
            nobody, somebody = cursor.fetchone()
            assert (nobody, [str(person) for person in somebody]) == ([], [one])
        with second.cursor() as cursor:
            cursor.execute("set local role eh_gate")
            cursor.execute(held, [other])
            assert cursor.rowcount == 1
            with pytest.raises(psycopg2.errors.LockNotAvailable):
                cursor.execute(held, [one])
        first.rollback()
        second.rollback()


def _until_somebody_waits() -> None:
    """The second change has come to the row that the first holds."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_locks where not granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("the two changes never met")


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_rows_and_facts_are_written_under_read_committed_only(committed, level):
    """A snapshot from before a change would stamp a row with facts that are over."""
    everybody, who = cast.assemble(), str(cast.person().pk)
    race = Race(everybody, [who], committed, 0)
    with login("eh_tester", committed) as own:
        own.set_session(isolation_level=level)
        with own.cursor() as cursor, pytest.raises(psycopg2.Error, match="governed rows are written under READ COMMIT"):
            race.write(cursor, None, [who])
        own.rollback()
        involve = "select gate.involve(%s::uuid[], %s, null, 'team', %s, null)"
        with own.cursor() as cursor, pytest.raises(psycopg2.Error, match="facts are changed under READ COMMITTED only"):
            cursor.execute(involve, [[who], str(everybody.health.pk), cast.today()])
        own.rollback()
