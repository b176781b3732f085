"""How fast and how well a typed child is found among a million people: eight clients at once ask what the product asks
(gate.find_child, as a manager of the agency that holds them) with name, date of birth and postcode.

    bench/known_child [--quick] [--people N] [--asks N]

What is typed has no slip or one, of two dozen kinds in equal parts (bench/made_up_people.py). The database is kept
between runs. The last line is one JSON object: p50_ms, p95_ms and p99_ms of one answer seen by its client, top10 and
first (share of asks whose child is among the ten, or first), and per_second.
"""

import argparse
import json
import os
import statistics
import time
from multiprocessing import get_context
from typing import Any

import psycopg2

from bench.database import prepared
from bench.made_up_people import CHANGES, Account, World
from bench.people_filling import fill, number_of

SEED = 23
CLIENTS = 8
POST = """
insert into sharing_agreements_practitioner (id, password, no, provider, subject, email, name, phone, is_active,
       is_demonstration)
select gen_random_uuid(), '!', 1, 'local', 'p1', 'p1@example.org', 'Hana', '', true, true
 where not exists (select from sharing_agreements_practitioner);
insert into sharing_agreements_post (id, practitioner_id, agency_id, role, title, starts_on)
select gen_random_uuid(), p.id, a.id, 'manager', '', '2020-01-01'
  from sharing_agreements_practitioner p, sharing_agreements_agency a
 where not exists (select from sharing_agreements_post)"""


def build(url: str, size: int) -> None:
    """One account of everybody, unless they are there."""
    owner = psycopg2.connect(url)
    with owner, owner.cursor() as cursor:
        cursor.execute(
            "set local earlyhelp.maintenance = 'on'; select exists (select from sharing_agreements_identity)"
        )
        if not cursor.fetchone()[0]:
            print(f"Filling the database with {size:,} people (kept for the next run).", flush=True)
            # Each its own dice: people are the same whoever writes of them.
            world, writer = World(SEED), World(SEED + 2)
            fill(cursor, (writer.account(one, 0) for one in world.people(size)))
        cursor.execute(POST)
        cursor.execute("select gate.holds('{1}'::smallint[])")
    owner.autocommit = True
    with owner.cursor() as cursor:
        cursor.execute("vacuum analyze")
    owner.close()


def typed(size: int, asks: int) -> list[Account]:
    """What is typed of some children: as they are, or with one slip."""
    world, other = World(SEED), World(SEED + 1)
    chosen = set(other.dice.sample(range(size), asks))
    kinds = [None, *CHANGES]
    found = []
    for at, one in enumerate(person for person in world.people(size) if person.no in chosen):
        account = other.account(one, 0)
        change = kinds[at % len(kinds)]
        found.append(change(other, one, account) if change else account)
    other.dice.shuffle(found)
    return found


def ask(work: tuple[str, list[Account]]) -> list[tuple[float, int]]:
    """One client: milliseconds of each answer, and the place of the right child in it (0: not in the ten)."""
    os.environ["DATABASE_URL"] = work[0]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.settings")
    import django

    django.setup()
    from django.db import connection, transaction

    from referrals.queries.finding import Asked, people_by_keys
    from referrals.rules.people import born_between
    from sharing_agreements.models import Post
    from sharing_agreements.row_security import Principal, identify

    connection.ensure_connection()
    post = Post.objects.select_related("practitioner", "agency", "team").get()
    principal = Principal.of(post, "oversight")
    answers = []
    for turn, one in enumerate([*work[1][:5], *work[1]]):
        first, last = born_between(one.born, one.how) if one.born else (None, None)
        asked = Asked(one.given, one.family, first, last, one.postcode, "")
        begun = time.perf_counter()
        with transaction.atomic():
            identify(principal)
            rows = people_by_keys(asked, most=10)
        spent = (time.perf_counter() - begun) * 1000
        found = [number_of(person) for person, _ in rows]
        if turn >= 5:
            answers.append((spent, found.index(one.of) + 1 if one.of in found else 0))
    return answers


def report(answers: list[tuple[float, int]], seconds: float) -> dict[str, Any]:
    """The figures of the last line."""
    cuts = statistics.quantiles([spent for spent, _ in answers], n=100)
    return {
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
        "top10": round(sum(place > 0 for _, place in answers) / len(answers), 4),
        "first": round(sum(place == 1 for _, place in answers) / len(answers), 4),
        "per_second": round(len(answers) / seconds, 1),
        "clients": CLIENTS,
    }


def main() -> None:
    """Fill once, ask, print."""
    parser = argparse.ArgumentParser(description="How fast and how well a typed child is found.")
    parser.add_argument("--quick", action="store_true", help="20,000 people and 400 asks")
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--asks", type=int, default=4_000)
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.people, chosen.asks = 20_000, 400
    with prepared(f"eh_bench_known_{chosen.people}") as address:
        build(address("eh_migrator"), chosen.people)
        asks = typed(chosen.people, chosen.asks)
        shares = [(address("eh_web"), asks[at::CLIENTS]) for at in range(CLIENTS)]
        with get_context("spawn").Pool(CLIENTS) as clients:
            clients.map(ask, [(url, share[:1]) for url, share in shares])
            begun = time.perf_counter()
            answers = [answer for client in clients.map(ask, shares, chunksize=1) for answer in client]
            seconds = time.perf_counter() - begun
    print(json.dumps({"people": chosen.people, "asks": len(answers), **report(answers, seconds)}))


if __name__ == "__main__":
    main()
