"""What row security costs and saves: the same ORM querysets on a governed table, on its policy-free twin, by
django-guardian and by a plain ORM filter with the same rules, interleaved in one run.

    bench/visibility [--quick] [--rounds N] [--records N]

Four viewers: a hub practitioner whose post receives from 15 agencies, a post for a whole police force, one school,
and a post with no rights at all. The floor is the same queryset on the twin with a condition that is never true: what
Django and PostgreSQL take to find nothing without any rule. The database is kept between runs. Reads
ADMIN_DATABASE_URL, or starts the embedded servers. The last line is one JSON object; times are medians in milliseconds,
ratios compare medians of the same run.
"""

import argparse
import json
import os
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench.database import prepared

Operations = dict[str, dict[str, Callable[[], Any]]]
SELDOM = {"guardian": 4, "orm": 2}
"""Slow contenders run in every fourth or second round only."""
SLOWEST = 60.0
"""A contender that has taken so many seconds for one operation is not run again."""


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="100,000 records and fewer rounds: under 45 seconds")
    parser.add_argument("--records", type=int, default=1_500_000)
    parser.add_argument("--rounds", type=int, default=101)
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.records, chosen.rounds = 100_000, min(chosen.rounds, 21)
    return chosen


def contenders(viewer: Any, sample: Any) -> Operations:
    """Each operation as (name, {contender: callable}); every callable runs one queryset to its rows."""
    from django.db.models import BooleanField
    from django.db.models.expressions import RawSQL

    from bench.visibility_models import TwinEvent, orm_rules, visible_by_guardian, visible_by_orm
    from cases.models import Event

    def newest(queryset):
        return lambda: list(queryset().filter(recorded_at__gte=sample.since).order_by("-recorded_at", "-id")[:25])

    def page_200(queryset):
        return lambda: list(queryset().filter(sample.after).order_by("-recorded_at", "-id")[:25])

    def chronology(queryset):
        return lambda: list(
            queryset().filter(family_id=sample.family).select_related("detail").order_by("-happened_on", "-id")[:50]
        )

    def capped(queryset):
        return lambda: queryset().filter(recorded_at__gte=sample.since).values("pk")[:1001].count()

    def fetch(queryset):
        return lambda: list(queryset().filter(pk=sample.one))

    rules = orm_rules(viewer.principal)
    events = {
        "bare": TwinEvent.objects.all,
        "rls": Event.objects.visible,
        "floor": lambda: TwinEvent.objects.filter(RawSQL("(select false)", (), output_field=BooleanField())),
        "guardian": lambda: visible_by_guardian(viewer.practitioner),
        "orm": lambda: visible_by_orm(TwinEvent, viewer.principal, rules),
    }
    operations: Operations = {
        name: {contender: make(queryset) for contender, queryset in events.items()}
        for name, make in [
            ("list", newest),
            ("page_200", page_200),
            ("chronology", chronology),
            ("count", capped),
            ("fetch", fetch),
        ]
    }
    return {**operations, **questions(viewer, sample)}


def questions(viewer: Any, sample: Any) -> Operations:
    """What is asked through the gate's own functions, beside the same functions with the rules taken out."""
    from django.db import connection

    from bench.visibility_models import TwinIdentity, orm_rules, visible_by_guardian, visible_by_orm
    from cases.models import Event
    from sharing_agreements.queries import who_holds
    from sharing_agreements.queries.explaining import explain

    def asked(call: str, *arguments: Any) -> Callable[[], Any]:
        def run() -> Any:
            with connection.cursor() as cursor:
                cursor.execute(f"select * from gate.{call}", arguments)
                return cursor.fetchall()

        return run

    find = (sample.name, sample.born, sample.born, "", "", 100)
    rules = orm_rules(viewer.principal, ("existence", "summary", "full"))

    def named(queryset):
        born = {"born_on": sample.born, "search_text__trigram_word_similar": sample.name}
        return lambda: list(queryset().filter(**born)[:100])

    page = list(Event.objects.visible().filter(recorded_at__gte=sample.since).order_by("-recorded_at", "-id")[:25])
    return {
        "search": {
            "bare": asked("bench_find_people(%s, %s, %s, %s, %s, %s)", *find),
            "rls": asked("find_people(%s, %s, %s, %s, %s, %s)", *find),
            "guardian": named(lambda: visible_by_guardian(viewer.practitioner, TwinIdentity)),
            "orm": named(lambda: visible_by_orm(TwinIdentity, viewer.principal, rules)),
        },
        "known_to": {
            "bare": asked("bench_who_holds(%s::uuid[])", sample.people),
            "rls": lambda: who_holds(sample.people),
        },
        "explain": {"rls": lambda: explain(page)},
    }


def measure(viewer: Any, sample: Any, rounds: int) -> tuple[dict[str, dict[str, float]], dict[tuple[str, str], int]]:
    """Median milliseconds and number of rows per operation and contender; contenders shuffled in every round."""
    from django.db import transaction

    from sharing_agreements.row_security import identify

    with transaction.atomic():
        identify(viewer.principal)
        operations = contenders(viewer, sample)
        taken: dict[str, dict[str, list[float]]] = {name: {c: [] for c in by} for name, by in operations.items()}
        sizes = {}
        for turn in range(rounds + 2):
            for name, by in operations.items():
                for contender in random.sample(list(by), len(by)):
                    if turn % SELDOM.get(contender, 1) or sum(taken[name][contender]) > SLOWEST * 1000:
                        continue
                    begun = time.perf_counter()
                    result = by[contender]()
                    spent = (time.perf_counter() - begun) * 1000
                    sizes[name, contender] = result if isinstance(result, int) else len(result)
                    if turn >= 2 or contender in SELDOM:
                        taken[name][contender].append(spent)
    medians = {n: {c: statistics.median(t) for c, t in by.items() if t} for n, by in taken.items()}
    return medians, sizes


def report(viewer: Any, medians: dict[str, dict[str, float]], sizes: dict[tuple[str, str], int]) -> dict[str, float]:
    """Print one viewer's table; give the figures of the last line."""
    print(f"\n{viewer.name}: {viewer.what}")
    for name, by in medians.items():
        row = "  ".join(f"{c} {ms:.2f} ms ({sizes[name, c]} rows)" for c, ms in by.items())
        print(f"  {name:<11} {row}" + (f"  x{by['rls'] / by['bare']:.2f}" if "bare" in by else ""))
    if viewer.name == "none":
        return {
            "norights_ms": round(max(by["rls"] for by in medians.values()), 2),
            "norights_floor_ms": round(max(by["floor"] for by in medians.values() if "floor" in by), 2),
        }
    suffix = "" if viewer.name == "hub" else f"_{viewer.name}"
    figures = {f"{n}_x_bare{suffix}": round(by["rls"] / by["bare"], 2) for n, by in medians.items() if "bare" in by}
    for other in ("guardian", "orm"):
        figures |= {
            f"{n}_x_{other}{suffix}": round(by[other] / by["rls"], 1)
            for n, by in medians.items()
            if other in by and (viewer.name == "hub" or n == "list")
        }
    figures[f"explain_25_ms{suffix}"] = round(medians["explain"]["rls"], 2)
    figures[f"known_to_ms{suffix}"] = round(medians["known_to"]["rls"], 2)
    return figures


def main() -> None:
    """Fill the database once, measure every viewer, print the figures."""
    chosen = options()
    with prepared(f"eh_bench_visibility_{chosen.records}") as address:
        os.environ["DATABASE_URL"] = address("eh_web")
        os.environ["BENCH_OWNER_URL"] = address("eh_migrator")
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.settings")
        django.setup()
        from bench.looks import build_looks
        from bench.visibility_changes import changes
        from bench.visibility_data import build, samples, viewers
        from bench.visibility_questions import questions_of_governance

        build(chosen.records)
        build_looks(chosen.records, min(chosen.records, 1_000_000))
        figures: dict[str, float] = {"records": chosen.records}
        for viewer in viewers():
            figures |= report(viewer, *measure(viewer, samples(viewer), chosen.rounds))
        figures |= changes(min(chosen.rounds, 21))
        figures |= questions_of_governance(min(chosen.rounds, 5))
        print()
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
