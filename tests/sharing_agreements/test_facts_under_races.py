"""Inserts, changes and merges at the same time leave no row with facts that are not true (decision 0013)."""

import datetime
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg2
from django.db import connection
from psycopg2.extensions import cursor as Cursor

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
        """A row about one or two of the people."""
        cursor.execute(
            "insert into sharing_agreements_address (id, owner_id, author_id, person_id, about, happened_on, "
            "recorded_at, hidden_from, version, line, town, postcode, uprn, folded, reason) values "
            "(gen_random_uuid(), %s, %s, %s, %s::uuid[], now(), now(), '{}', 1, '', '', '', '', '', '')",
            [
                str(self.everybody.police.pk),
                str(self.everybody.cleo.practitioner_id),
                source.choice([None, source.choice(self.people)]),
                source.sample(self.people, 2),
            ],
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
