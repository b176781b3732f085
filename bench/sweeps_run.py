"""What the nightly watch costs: the set-based sweeps of cases/actions/watching.py against an ORM loop of its rules.

    bench/sweeps [--quick] [--rounds N] [--cases N]

Every round sweeps all cases from no flags at all (the worst night: each flag is raised), sweeps again (an ordinary
night: nothing changes), and loops over 10,000 cases through the ORM, one transaction per 1,000, in shuffled order;
the loop's time is scaled to all cases. Both write the same flags under the same row security as the worker login.
The database is kept between runs. The last line is one JSON object: `seconds` is the first sweep's median, `x_loop`
how many times longer the scaled loop takes.
"""

import argparse
import datetime
import json
import os
import random
import statistics
import time
from urllib.parse import urlsplit

from bench.database import prepared


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="100,000 cases, one round, a loop over 1,000: under 45 s")
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--loop", type=int, default=10_000)
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.cases, chosen.rounds, chosen.loop = 100_000, 1, 1_000
    return chosen


class Bench:
    """The two contenders over one database, each timed with its own transactions."""

    def __init__(self, admin_url: str, loop: int) -> None:
        from bench.sweeps_data import AS_OF

        self.admin_url, self.loop_size = admin_url, loop
        self.as_of = datetime.date.fromisoformat(AS_OF)
        self.now = datetime.datetime.now(datetime.UTC)
        self.flags: dict[str, int] = {}

    def forget_flags(self) -> None:
        """Begin a round without flags, with a table and indexes of normal size."""
        import psycopg2

        connection = psycopg2.connect(self.admin_url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("truncate cases_flag cascade")
            cursor.execute("analyze cases_flag")
        connection.close()

    def sweep(self) -> float:
        """One set-based sweep of every rule, as the worker runs it. Seconds."""
        from cases.actions import watching
        from sharing_agreements.row_security import as_job

        begun = time.perf_counter()
        with as_job(watching.JOB):
            swept = watching.sweep(as_of=self.as_of, now=self.now)
        spent = time.perf_counter() - begun
        self.swept = {one.rule.value: one.raised for one in swept}
        return spent

    def loop(self) -> float:
        """The same rules case by case through the ORM, one transaction per 1,000 cases. Seconds."""
        from bench.sweeps_loop import sweep_by_loop

        begun = time.perf_counter()
        sweep_by_loop(as_of=self.as_of, now=self.now, cases=self.loop_size)
        return time.perf_counter() - begun

    def loop_flags(self) -> set[tuple[str, str]]:
        """Rule and reference of every flag there is on the cases the loop goes through."""
        from bench.sweeps_loop import case_ids
        from cases.actions import watching
        from cases.models import Flag
        from sharing_agreements.row_security import as_job

        with as_job(watching.JOB):
            ids = case_ids(self.loop_size)
            return set(Flag.objects.filter(case_id__in=ids, cleared_at=None).values_list("rule", "case_id", "episode"))


def main() -> None:
    chosen = options()
    name = f"eh_bench_sweeps_{chosen.cases}"
    with prepared(name) as address:
        os.environ["DATABASE_URL"] = address("eh_worker")
        admin = urlsplit(os.environ["ADMIN_DATABASE_URL"])._replace(path=f"/{name}").geturl()
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.settings")
        django.setup()
        from bench.sweeps_data import build

        build(admin, chosen.cases)
        print(json.dumps(_rounds(Bench(admin, min(chosen.loop, chosen.cases)), chosen)))


def _rounds(bench: Bench, chosen: argparse.Namespace) -> dict[str, object]:
    first: list[float] = []
    again: list[float] = []
    looped: list[float] = []
    for number in range(chosen.rounds):
        found = {}
        for contender in random.sample(["sweep", "loop"], 2):
            bench.forget_flags()
            if contender == "sweep":
                first.append(bench.sweep())
                by_rule = bench.swept
                again.append(bench.sweep())
            else:
                looped.append(bench.loop())
            found[contender] = bench.loop_flags()
        if found["sweep"] != found["loop"]:
            raise SystemExit(f"The loop and the sweep disagree: {list(found['sweep'] ^ found['loop'])[:5]}")
        print(
            f"round {number + 1}: sweep {first[-1]:.2f} s, again {again[-1]:.2f} s, loop {looped[-1]:.2f} s", flush=True
        )
    for rule, raised in by_rule.items():
        print(f"  {rule:<20} {raised:>9,} raised")
    seconds = statistics.median(first)
    scaled = statistics.median(looped) * chosen.cases / bench.loop_size
    return {
        "cases": chosen.cases,
        "flags": sum(by_rule.values()),
        "seconds": round(seconds, 2),
        "seconds_again": round(statistics.median(again), 2),
        "loop_seconds": round(statistics.median(looped), 2),
        "loop_cases": bench.loop_size,
        "x_loop": round(scaled / seconds, 1),
        "x_loop_again": round(scaled / statistics.median(again), 1),
    }


if __name__ == "__main__":
    main()
