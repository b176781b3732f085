"""What a night costs: every job of the census (earlyhelp/jobs.py) and the trial of examples, one after the other, among
a million cases.

    bench/night [--quick] [--verify] [--cases N]

The first night raises every flag and lists every case; the second finds that nothing changed. The cases are those of
bench/sweeps: no report is among them, so the hub's jobs find nothing to do. Each job runs as the worker runs it, in
one transaction under its own name. --verify adds the look at every governed row (about 0.1 ms a row), which runs
beside the others. The database is kept between runs. The last line is one JSON object: seconds of the first night and
of the second, and of each job.
"""

import argparse
import json
import os
import time
from urllib.parse import urlsplit

import psycopg2

from bench.database import prepared

FORGOTTEN = "truncate cases_flag, cases_retentionreview cascade"


def main() -> None:
    """Fill once, forget what an earlier run raised, and let two nights pass."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="50,000 cases: under 45 s")
    parser.add_argument("--verify", action="store_true", help="verify the facts of every row, too")
    parser.add_argument("--cases", type=int, default=1_000_000)
    chosen = parser.parse_args()
    cases = 50_000 if chosen.quick else chosen.cases
    name = f"eh_bench_sweeps_{cases}"
    with prepared(name) as address:
        os.environ["DATABASE_URL"] = address("eh_worker")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.settings")
        import django

        django.setup()
        from bench.sweeps_data import AS_OF, build

        admin = urlsplit(os.environ["ADMIN_DATABASE_URL"])._replace(path=f"/{name}").geturl()
        build(admin, cases)
        forget(admin)
        nights = [night(AS_OF, verify=chosen.verify) for _ in range(2)]
    for job in sorted(nights[0], key=lambda job: -nights[0][job]):
        print(f"  {job:<24} {nights[0][job]:8.2f} s {nights[1][job]:8.2f} s")
    seconds, again = (round(sum(one.values()), 1) for one in nights)
    by_job = {job: round(spent, 2) for job, spent in nights[0].items()}
    print(json.dumps({"cases": cases, "seconds": seconds, "seconds_again": again, "jobs": by_job}))


def forget(admin: str) -> None:
    """Begin without flags and lists, with tables of normal size."""
    connection = psycopg2.connect(admin)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(FORGOTTEN)
        cursor.execute("vacuum analyze")
    connection.close()


def night(as_of: str, *, verify: bool) -> dict[str, float]:
    """Each job once, as on the evening of that day. Seconds by job."""
    from django.db import transaction

    from earlyhelp.celery import app
    from earlyhelp.jobs import CENSUS
    from sharing_agreements.actions import exampling
    from sharing_agreements.row_security import as_job
    from sharing_agreements.tasks import VERIFY, jobs

    app.loader.import_default_modules()
    spent = {}
    wanted = [*(line.job for line in CENSUS), exampling.JOB, *([VERIFY] if verify else [])]
    for job in dict.fromkeys(wanted):
        begun = time.perf_counter()
        with transaction.atomic(), as_job(job):
            jobs()[job]({"as_of": as_of})
        spent[job] = time.perf_counter() - begun
    return spent


if __name__ == "__main__":
    main()
