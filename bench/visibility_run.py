"""What row security costs and saves: the same ORM querysets on a governed table, on its policy-free twin, and by
django-guardian, interleaved in one run.

    bench/visibility [--quick] [--rounds N] [--records N]

Three viewers: a small agency, a hub practitioner whose post receives from 15 agencies, and a post with no rights
at all. The database is kept between runs. Reads ADMIN_DATABASE_URL, or starts the embedded servers. The last line
is one JSON object; times are medians in milliseconds, ratios compare medians of the same run.
"""

import argparse
import json
import os
import random
import statistics
import time

from bench.database import prepared


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="100,000 records and fewer rounds: under 45 seconds")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=41)
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.records, chosen.rounds = 100_000, min(chosen.rounds, 21)
    return chosen


def contenders(viewer, sample):
    """Each operation as (name, {contender: callable}); every callable runs one queryset to its rows."""
    from bench.visibility_models import TwinEvent, visible_by_guardian
    from cases.models import Event

    def newest(queryset):
        return lambda: list(queryset().filter(recorded_at__gte=sample["since"]).order_by("-recorded_at")[:25])

    def chronology(queryset):
        return lambda: list(
            queryset().filter(family_id=sample["family"]).select_related("detail").order_by("-happened_on", "-id")[:50]
        )

    def capped(queryset):
        return lambda: queryset().filter(recorded_at__gte=sample["since"]).values("pk")[:1001].count()

    def fetch(queryset):
        return lambda: list(queryset().filter(pk=sample["one"]))

    bare, governed = TwinEvent.objects.all, Event.objects.visible
    operations = {
        name: {"bare": make(bare), "rls": make(governed)}
        for name, make in [("list", newest), ("chronology", chronology), ("count", capped), ("fetch", fetch)]
    }
    if viewer.name == "hub":
        operations["list"]["guardian"] = newest(lambda: visible_by_guardian(viewer.practitioner))
    return operations


def measure(viewer, sample, rounds):
    """Median milliseconds per operation and contender, contenders shuffled in every round."""
    from django.db import transaction

    from sharing_agreements.row_security import identify

    operations = contenders(viewer, sample)
    taken = {name: {c: [] for c in by} for name, by in operations.items()}
    sizes = {}
    with transaction.atomic():
        identify(viewer.principal)
        for turn in range(rounds + 2):
            for name, by in operations.items():
                order = list(by)
                random.shuffle(order)
                for contender in order:
                    if contender == "guardian" and turn % 4:
                        continue
                    begun = time.perf_counter()
                    result = by[contender]()
                    spent = (time.perf_counter() - begun) * 1000
                    sizes[name, contender] = result if isinstance(result, int) else len(result)
                    if turn >= 2:
                        taken[name][contender].append(spent)
    medians = {n: {c: statistics.median(t) for c, t in by.items() if t} for n, by in taken.items()}
    return medians, sizes


def main() -> None:
    chosen = options()
    with prepared(f"eh_bench_visibility_{chosen.records}") as address:
        os.environ["DATABASE_URL"] = address("eh_web")
        os.environ["BENCH_OWNER_URL"] = address("eh_migrator")
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.settings")
        django.setup()
        from bench.visibility_data import build, samples, viewers

        build(chosen.records)
        figures = {"records": chosen.records}
        for viewer in viewers():
            medians, sizes = measure(viewer, samples(viewer), chosen.rounds)
            print(f"\n{viewer.name}: {viewer.what}")
            for name, by in medians.items():
                row = "  ".join(f"{c} {ms:.2f} ms ({sizes[name, c]} rows)" for c, ms in by.items())
                print(f"  {name:<11} {row}  x{by['rls'] / by['bare']:.2f}")
            if viewer.name == "none":
                figures["norights_ms"] = round(medians["list"]["rls"], 2)
                continue
            suffix = "" if viewer.name == "hub" else "_small"
            figures |= {f"{n}_x_bare{suffix}": round(by["rls"] / by["bare"], 2) for n, by in medians.items()}
            if viewer.name == "hub":
                figures["list_x_guardian"] = round(medians["list"]["guardian"] / medians["list"]["rls"], 1)
        print()
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
