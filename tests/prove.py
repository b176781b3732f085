"""Judges many random worlds, each once with PostgreSQL and once with the oracle, in one process per core.

With `--doors` each world is judged through every route of the site and the API instead of statement by statement
(tests/every_door), which takes some ten seconds a world.

World number n is the same on every machine on the same day, so a disagreement can be looked at again with
`--first n --worlds 1`. The last line of output is JSON: worlds, decisions, disagreements.
"""

import argparse
import datetime
import json
import logging
import multiprocessing
import os
import sys
import time

import django
from django.conf import settings

from tests import database

os.environ["DJANGO_SETTINGS_MODULE"] = "earlyhelp.settings"
SHOWN = 5
CHUNK = 100


def judge_some(chunk: tuple[int, int, datetime.date]) -> tuple[int, int, list[str]]:
    """Worlds `first` up to `end`: how many decisions and disagreements, and the first few in words."""
    import psycopg2

    from tests import proving, worlds

    first, end, today = chunk
    decisions, wrong = 0, []
    connection = psycopg2.connect(database.address("eh_tester", database_name(os.getppid())))
    try:
        with connection.cursor() as cursor:
            for number in range(first, end):
                made, found = proving.judge(cursor, worlds.make(proving.seeded(number), today))
                connection.rollback()
                decisions += made
                wrong += [f"world {number}, {one}" for one in found]
    finally:
        connection.close()
    return decisions, len(wrong), wrong[:SHOWN]


def judge_doors(chunk: tuple[int, int, datetime.date]) -> tuple[int, int, list[str]]:
    """The same, through every route."""
    from django.db import connection, transaction
    from django.test import override_settings
    from django.test.utils import setup_test_environment, teardown_test_environment

    from tests.every_door import knocking, planting
    from tests.proving import seeded

    first, end, _today = chunk
    decisions, wrong = 0, []
    connection.settings_dict["NAME"] = database_name(os.getppid())
    logging.disable(logging.CRITICAL)
    setup_test_environment()
    static = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(REFUSAL_BEAT=0, STORAGES=settings.STORAGES | static):
        for number in range(first, end):
            with transaction.atomic():
                found = knocking.go_round(planting.plant(seeded(number)))
                transaction.set_rollback(True)
            decisions += found.decisions
            wrong += [f"world {number}, {one}" for one in found.wrong]
    teardown_test_environment()
    connection.close()
    return decisions, len(wrong), wrong[:SHOWN]


def database_name(parent: int) -> str:
    """The database all processes of one run share; every world is rolled back in its own transaction."""
    return f"eh_prove_{parent}"


def prove(worlds: int, first: int, processes: int, today: datetime.date, *, doors: bool) -> tuple[int, int]:
    """Judge the worlds, telling how far it is. Decisions and disagreements."""
    import psycopg2

    from tests import proving

    name = database_name(os.getpid())
    database.clone(name)
    decisions = disagreements = done = 0
    began = time.monotonic()
    try:
        with psycopg2.connect(database.address("eh_tester", name)) as connection, connection.cursor() as cursor:
            if doors:
                proving.forget_checks(cursor)
            else:
                proving.prepare(cursor)
        connection.close()
        step = 1 if doors else CHUNK
        chunks = [(at, min(at + step, first + worlds), today) for at in range(first, first + worlds, step)]
        with multiprocessing.Pool(processes) as pool:
            for (at, end, _), answer in zip(
                chunks, pool.imap(judge_doors if doors else judge_some, chunks), strict=True
            ):
                decisions += answer[0]
                disagreements += answer[1]
                done += end - at
                sys.stdout.write("".join(f"{line}\n" for line in answer[2]))
                speed = done / (time.monotonic() - began)
                sys.stdout.write(f"{done} of {worlds} worlds, {disagreements} disagreements, {speed:.1f} worlds/s\n")
                sys.stdout.flush()
    finally:
        database.drop(name)
    return decisions, disagreements


def main() -> int:
    """Reads the command line. Exit status 1 when database and oracle disagree anywhere."""
    parser = argparse.ArgumentParser(
        prog="bin/prove", description="Judge random worlds with PostgreSQL and the oracle."
    )
    parser.add_argument("--worlds", type=int, default=500, help="how many worlds (500)")
    parser.add_argument("--first", type=int, default=0, help="number of the first world (0)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="as many as there are cores")
    parser.add_argument("--doors", action="store_true", help="through every route, instead of statement by statement")
    asked = parser.parse_args()
    if asked.worlds < 1 or asked.processes < 1 or asked.first < 0:
        parser.error("--worlds and --processes must be 1 or more, --first 0 or more")
    django.setup()
    from tests import cast

    decisions, disagreements = prove(asked.worlds, asked.first, asked.processes, cast.today(), doors=asked.doors)
    answer = {"worlds": asked.worlds, "decisions": decisions, "disagreements": disagreements}
    sys.stdout.write(json.dumps(answer) + "\n")
    return 1 if disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
