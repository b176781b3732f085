"""How long it takes to count what a change of an agreement would do, over the benchmarks' district (bench/district.py).

    bench/simulate [--quick] [--records N] [--rounds N]

The changes supposed reach from one local agreement suspended to everybody's records opened to every school. Each is
counted as the worker counts it: part by part, every part in a transaction of its own. The database is kept between
runs, the same as that of bench/visibility. The last line is one JSON object: seconds from the first part to the last,
the median of the rounds, and the longest part, which is how often the page's progress moves; `seconds` is the slowest.
"""

import argparse
import json
import os
import statistics
import time

from bench.database import prepared

DRAFTS = {
    "sign_five": ("A police force, the council and three schools sign", "g.no in (2, 3, 100, 101, 102)", True),
    "sign_every_school": ("Everybody signs that schools see what is about their children", "g.no <= 200", True),
    "sign_openly": ("Twenty agencies sign that four schools see whatever they hold", "g.no <= 16 or g.no > 196", False),
}
"""A draft that would come into force: in words, whose it is, whether the recipient must work with the person."""


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="100,000 records, one round: under 45 s")
    parser.add_argument("--records", type=int, default=1_500_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.records, chosen.rounds = 100_000, 1
    return chosen


def write_drafts(cursor) -> None:
    """The drafts, unless they are there: schools would see five kinds of record of every other party, in full."""
    from bench.district import agreement_id

    for number, (title, parties, involvement) in enumerate(DRAFTS.values(), start=1001):
        own = agreement_id(str(number))
        cursor.execute(f"select exists (select from sharing_agreements_agreement where id = {own})")
        if cursor.fetchone()[0]:
            continue
        cursor.execute(
            f"""insert into sharing_agreements_agreement
                  (id, reference, version, title, overarching, purposes, aim, lawful_basis, state, starts_on, ends_on,
                   review_on)
                values ({own}, 'D{number}', 1, %s, false, '{{early_help}}', 'a', 'b', 'draft', '2020-01-01',
                        '2099-01-01', '2099-01-01')""",
            [title],
        )
        cursor.execute(
            f"""insert into sharing_agreements_party (id, agreement_id, agency_id, signatory_name, signatory_post)
                select gen_random_uuid(), {own}, g.id, '', '' from sharing_agreements_agency g where {parties}"""
        )
        cursor.execute(
            f"""insert into sharing_agreements_clause
                  (id, agreement_id, number, provider_type, recipient_type, recipient_roles, kind, level,
                   needs_involvement, needs_consent, stages, how_far_back)
                select gen_random_uuid(), {own}, row_number() over (), t, 'school', '{{team_member}}', k, 'full',
                       {involvement}, k = 8, '{{}}', case k when 3 then 36 else 0 end
                  from (select distinct type as t from sharing_agreements_agency) t,
                       unnest('{{3,6,8,14,18}}'::int[]) k"""
        )


def suppositions() -> dict[str, tuple[str, str, str]]:
    """What is supposed: its name -> in words, of which agreement (SQL for its id), and the verb."""
    from bench import district

    standing = {
        "suspend_local": ("A local agreement of fifteen agencies is suspended", district.LOCAL + 5, "suspend"),
        "end_encompass": ("What the police tell every school ends", district.ENCOMPASS, "end"),
        "end_force": ("What council, care and health tell the police force ends", district.FORCE, "end"),
        "end_triage": ("What fifteen agencies tell the hub ends", district.TRIAGE, "end"),
    }
    found = {name: (words, str(no), verb) for name, (words, no, verb) in standing.items()}
    for number, (name, (words, _, _)) in enumerate(DRAFTS.items(), start=1001):
        found[name] = (words, str(number), "sign")
    return {name: (words, district.agreement_id(no), verb) for name, (words, no, verb) in found.items()}


def begin(owner, agreement: str, verb: str) -> str:
    """Write down a run, as gate.start_simulation does for a governance lead. Its id."""
    with owner, owner.cursor() as cursor:
        cursor.execute("set local earlyhelp.maintenance = 'on'")
        cursor.execute(
            f"""insert into sharing_agreements_simulationrun
                  (id, agreement_id, supposed, asked_by_id, asked_at, day, from_day, rules_version, revision,
                   parts_total, parts_done)
                select gen_random_uuid(), {agreement}, %s, p.id, now(), gate.today(), gate.today(), 0, 0, 0,
                       0
                  from sharing_agreements_practitioner p where p.no = 1
                returning id""",
            [verb],
        )
        return str(cursor.fetchone()[0])


def count(run: str) -> list[float]:
    """Count a run as the worker does. Seconds of each part."""
    from django.db import connection

    from sharing_agreements.actions.simulating import JOB
    from sharing_agreements.row_security import as_job

    spent, left = [], 1
    while left:
        begun = time.perf_counter()
        with as_job(JOB), connection.cursor() as cursor:
            cursor.execute("select gate.simulate_next(%s)", [run])
            left = cursor.fetchone()[0]
        spent.append(time.perf_counter() - begun)
    return spent


def counted(owner, run: str) -> tuple[int, int]:
    """How many lines a finished run has, and how many records they count."""
    with owner, owner.cursor() as cursor:
        cursor.execute("set local earlyhelp.maintenance = 'on'")
        cursor.execute(
            "select count(*), coalesce(sum(records), 0) from sharing_agreements_simulationline where run_id = %s", [run]
        )
        return cursor.fetchone()


def main() -> None:
    chosen = options()
    with prepared(f"eh_bench_visibility_{chosen.records}") as address:
        os.environ["DATABASE_URL"] = address("eh_worker")
        os.environ["BENCH_OWNER_URL"] = address("eh_migrator")
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.settings")
        django.setup()
        import psycopg2

        from bench.district import build

        build(chosen.records)
        owner = psycopg2.connect(os.environ["BENCH_OWNER_URL"])
        with owner, owner.cursor() as cursor:
            cursor.execute("set local earlyhelp.maintenance = 'on'")
            write_drafts(cursor)
        figures: dict[str, object] = {"records": chosen.records}
        for name, (words, agreement, verb) in suppositions().items():
            rounds = []
            for _ in range(chosen.rounds):
                run = begin(owner, agreement, verb)
                rounds.append(count(run))
            lines, records = counted(owner, run)
            seconds = statistics.median(sum(parts) for parts in rounds)
            longest = max(part for parts in rounds for part in parts)
            print(
                f"{words}: {seconds:.2f} s in {len(rounds[0])} parts, the longest {longest:.2f} s;"
                f" {lines:,} lines, {records:,} records",
                flush=True,
            )
            figures[f"{name}_s"] = round(seconds, 2)
            figures["longest_part_s"] = round(max(longest, figures.get("longest_part_s", 0)), 2)
        figures["seconds"] = max(
            value for name, value in figures.items() if name.endswith("_s") and name != "longest_part_s"
        )
        owner.close()
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
