"""How fast old reports come in from a file: the command itself, from its start to its end, over an empty database.

    bench/importing [--quick] [--reports N]

One line in a hundred is no report and is rejected; every third report has a second child. The last line is one JSON
object: reports (accepted), rejected, seconds, per_second, rows (governed rows written), and again_seconds: the same
command once more, which finds that all is done.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

from bench.database import prepared
from launch.environment import ROOT

NAME, RUN = "eh_bench_importing", "eh_bench_importing_run"
MAPPING = {
    "reference": "Occurrence",
    "sent": "Reported",
    "happened": "When",
    "account": "Narrative",
    "concern": {"column": "Type", "codes": {"DA": "domestic_abuse", "NEG": "neglect"}},
    "writer": "Officer",
    "home_line": "Address",
    "home_postcode": "Postcode",
    "children": [{"name": "Child 1", "born": "DOB 1"}, {"name": "Child 2", "born": "DOB 2"}],
}
AGENCIES = """
set earlyhelp.maintenance = 'on';
insert into sharing_agreements_agency (id, no, name, short_name, type, district, phone, out_of_hours_phone, email,
    controller, sensitive, host_id)
values (gen_random_uuid(), 1, 'Bench Constabulary', 'Bench Police', 'police', 'Bench', '', '', '', '', false, null),
       ('00000000-0000-4000-8000-000000000002', 2, 'Bench MASH', 'Bench MASH', 'hub', 'Bench', '', '', '', 'Bench',
        false, '00000000-0000-4000-8000-000000000002');
insert into sharing_agreements_practitioner (id, no, provider, subject, email, name, phone, password, is_active,
    is_demonstration)
values (gen_random_uuid(), 1, 'system', 'bench', '', 'Archive', '', '!', false, true);
insert into sharing_agreements_post (id, practitioner_id, agency_id, role, title, starts_on)
select gen_random_uuid(), p.id, a.id, 'reporter', 'Record system', '2020-01-01'
  from sharing_agreements_practitioner p, sharing_agreements_agency a where a.no = 1;
insert into sharing_agreements_recordsystem (id, agency_id, post_id, name, added_by_id, added_at)
select gen_random_uuid(), agency_id, id, 'Archive', practitioner_id, now() from sharing_agreements_post
"""
COUNTS = """
set earlyhelp.maintenance = 'on';
select (select count(*) from referrals_report),
       (select count(*) from sharing_agreements_identity) + (select count(*) from sharing_agreements_address)
       + (select count(*) from referrals_report) + (select count(*) from referrals_reportdetail)
       + (select count(*) from referrals_reportplace) + (select count(*) from referrals_reportedchild)
       + (select count(*) from cases_event) + (select count(*) from cases_eventdetail)
"""


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="How fast old reports come in from a file.")
    parser.add_argument("--quick", action="store_true", help="5,000 lines")
    parser.add_argument("--reports", type=int, default=100_000, help="lines in the file")
    chosen = parser.parse_args()
    chosen.reports = min(chosen.reports, 5000) if chosen.quick else chosen.reports
    return chosen


def write_file(path: Path, lines: int) -> None:
    """A file of made-up reports, the same for the same size."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([*"Occurrence Reported When Type Narrative Officer Address Postcode".split(), *CHILDREN])
        for n in range(lines):
            day = f"{1 + n % 28:02}/{1 + n % 12:02}/{2012 + n % 12}"
            text = f"Call {n}. " + "Neighbours heard shouting and a child crying. " * (1 + n % 8)
            second = [f"Sam Row{n % 900}", str(2010 + n % 9)] if n % 3 == 0 else ["", ""]
            child = [f"Kay Row{n % 900}", f"{1 + n % 28:02}/0{1 + n % 9}/{2008 + n % 9}", *second]
            when = [f"{day} 21:40" if n % 100 else "soon", day]
            told = ["DA" if n % 2 else "NEG", text, "PC 4471", f"{n % 700} Fen Lane", "ZZ1 1ZZ"]
            writer.writerow([f"BC/{n:07}", *when, *told, *child])


CHILDREN = ["Child 1", "DOB 1", "Child 2", "DOB 2"]


def fresh(admin_url: str) -> None:
    """An empty copy of the migrated database, with a police force, a hub and a record system in it."""
    drop(admin_url)
    _administer(admin_url, "create database {} template {}", RUN, NAME)
    _administer(admin_url, "grant temporary on database {} to eh_owner", RUN)


def drop(admin_url: str) -> None:
    """Take the copy away."""
    _administer(admin_url, "drop database if exists {} with (force)", RUN)


def _administer(admin_url: str, statement: str, *names: str) -> None:
    connection = psycopg2.connect(admin_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
    connection.close()


def ask(url: str, statement: str) -> tuple[int, ...]:
    """Run a statement as the owner; the last result's row when it has one."""
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone() if cursor.description else ()
    connection.close()
    return row or ()


def run(url: str, folder: Path) -> float:
    """Seconds that the command takes."""
    command = [sys.executable, "manage.py", "import_reports", str(folder / "old.csv"), "--system", "Archive"]
    command += ["--agency", "Bench Constabulary", "--mapping", str(folder / "mapping.json")]
    began = time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=True, capture_output=True, text=True
    )
    print("\n".join(done.stdout.splitlines()[-3:]))
    return time.perf_counter() - began


def main() -> None:
    """Prepare, measure, print."""
    chosen = options()
    with prepared(NAME) as address, tempfile.TemporaryDirectory() as place:
        admin, url = os.environ["ADMIN_DATABASE_URL"], address("eh_migrator")
        url = urlsplit(url)._replace(path=f"/{RUN}").geturl()
        fresh(admin)
        ask(url, AGENCIES)
        folder = Path(place)
        write_file(folder / "old.csv", chosen.reports)
        (folder / "mapping.json").write_text(json.dumps(MAPPING), encoding="utf-8")
        seconds, again = run(url, folder), run(url, folder)
        accepted, rows = ask(url, COUNTS)
        drop(admin)
    rejected = len(range(0, chosen.reports, 100))
    if accepted != chosen.reports - rejected:
        sys.exit(f"{accepted} reports are there, and {chosen.reports - rejected} should be")
    told = {"reports": accepted, "rejected": rejected, "seconds": round(seconds, 1)}
    told |= {"per_second": round(chosen.reports / seconds), "rows": rows, "again_seconds": round(again, 1)}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
