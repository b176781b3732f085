"""How long the pages take that a lead and a manager open all day, in a partnership with a million cases.

    bench/pages [--quick] [--cases N] [--asks N]

My work, a family's page and the flags, asked over HTTP of the web server as bin/start runs it, each lead with 25 cases:
first one user at a time; then twenty at once, each reading for one to three seconds before the next page; then the same
twenty without a pause, which is as much as the machine gives. The nightly watch has raised its flags. The database is
kept between runs. The last line is one JSON object: p95_ms_1_user, p95_ms_20_users and p95_ms_20_without_pause of the
worst page, which page that is, and the 95th percentile of each; pages_a_second is the throughput without a pause.
"""

import argparse
import datetime
import http.client
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2

from bench.database import prepared
from launch.environment import ROOT
from launch.process import signal_group, spawn
from launch.servers import free_port
from launch.service import web_command

SEED = 41
CASES_EACH = 25
AT_ONCE = 20
WARM = 24
"""So many visits before the clock runs: each process and thread of the server has then opened each page."""
MANAGERS = """
insert into sharing_agreements_practitioner (id, password, no, provider, subject, email, name, phone, is_active,
       is_demonstration)
select gen_random_uuid(), '!', 1000000 + a.no, 'local', 'm' || a.no, 'm' || a.no || '@example.org', 'M' || a.no, '',
       true, true
  from sharing_agreements_agency a
 where not exists (select from sharing_agreements_practitioner where no > 1000000);
insert into sharing_agreements_post (id, practitioner_id, agency_id, role, title, starts_on)
select gen_random_uuid(), p.id, a.id, 'manager', '', '2020-01-01'
  from sharing_agreements_practitioner p join sharing_agreements_agency a on a.no = p.no - 1000000
 where not exists (select from sharing_agreements_post where role = 'manager')"""
OPENED = """
select p.subject, f.family_id
  from sharing_agreements_practitioner p
  join sharing_agreements_post o on o.practitioner_id = p.id and o.ends_on is null and o.role = 'lead_practitioner'
  join lateral (select c.family_id from cases_case c where c.author_no = p.no limit 1) f on true
 where p.no <= %s"""


def fill(name: str, address: Any, cases: int) -> list[tuple[str, str]]:
    """Cases, managers and flags, unless they are there. Some leads, each with a family of theirs."""
    from bench.sweeps_data import AS_OF, build

    admin = urlsplit(os.environ["ADMIN_DATABASE_URL"])._replace(path=f"/{name}").geturl()
    build(admin, cases, max(cases // CASES_EACH, 1))
    owner = psycopg2.connect(address("eh_migrator"))
    with owner, owner.cursor() as cursor:
        cursor.execute("set local earlyhelp.maintenance = 'on'")
        cursor.execute("select gate.holds(array(select no from sharing_agreements_agency))")
    owner.close()
    connection = psycopg2.connect(admin)
    with connection, connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica; " + MANAGERS)
        cursor.execute("select exists (select from cases_flag)")
        (flagged,) = cursor.fetchone()
        cursor.execute(OPENED, [min(cases // CASES_EACH, 2000)])
        found = [(subject, str(family)) for subject, family in cursor.fetchall()]
    if not flagged:
        _raise_flags(address("eh_worker"), datetime.date.fromisoformat(AS_OF))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")
    connection.close()
    return found


def _raise_flags(url: str, as_of: datetime.date) -> None:
    with get_context("spawn").Pool(1) as pool:
        pool.apply(_sweep, (url, as_of))


def _sweep(url: str, as_of: datetime.date) -> None:
    _set_up(url)
    from cases.actions import watching
    from sharing_agreements.row_security import as_job

    with as_job(watching.JOB):
        watching.sweep(as_of=as_of, now=datetime.datetime.now(datetime.UTC))


def _set_up(url: str) -> None:
    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.settings")
    import django

    django.setup()


@dataclass(frozen=True)
class Served:
    """The web server as it is deployed, and one session each of some leads and their managers."""

    port: int
    keys: dict[str, str]


@contextmanager
def served(opened: list[tuple[str, str]], address: Any) -> Iterator[Served]:
    """Start the web server on the filled database, every user signed in; stopped at the end."""
    _set_up(address("eh_web"))
    people = {who for subject, _family in opened for who in (subject, manager_of(subject))}
    keys = dict(signed_in(people))
    with tempfile.TemporaryDirectory() as folder:
        words = {**os.environ, "STATIC_ROOT": folder, "DEBUG": "0", "HTTPS": "0", "ALLOWED_HOSTS": "127.0.0.1"}
        subprocess.run([sys.executable, "-m", "launch.static"], cwd=ROOT, env=words, check=True, capture_output=True)
        port = free_port()
        with (Path(folder) / "web.log").open("wb") as log:
            web = spawn(web_command(port), environment=words, log=log.fileno(), folder=ROOT)
            try:
                until = time.monotonic() + 60
                while not answers(port):
                    if time.monotonic() > until:
                        raise SystemExit((Path(folder) / "web.log").read_text(encoding="utf-8"))
                    time.sleep(0.2)
                yield Served(port, keys)
            finally:
                signal_group(web.pid, signal.SIGKILL)
                web.wait(20)


def answers(port: int) -> bool:
    """Whether the web server takes requests. /healthz would also ask for a worker, and none runs here."""
    try:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        line.request("GET", "/")
        return line.getresponse().status < 500
    except OSError:
        return False


def manager_of(subject: str) -> str:
    """The subject of the manager of a lead's agency: leads are dealt out to the 200 agencies in turn."""
    return f"m{1 + int(subject[1:]) % 200}"


def signed_in(subjects: set[str]) -> Iterator[tuple[str, str]]:
    """Each of these with the key of a session of theirs, as after signing in."""
    from django.conf import settings
    from django.test import Client

    from sharing_agreements.models import Practitioner

    for one in Practitioner.objects.filter(subject__in=subjects):
        client = Client()
        client.force_login(one)
        yield one.subject, client.cookies[settings.SESSION_COOKIE_NAME].value


def visit(site: Served, opened: list[tuple[str, str]], *, reads: bool = False) -> list[tuple[str, float]]:
    """One user opens each page as each of these leads, or their agency's manager. Page and milliseconds.

    `reads`: they pause for one to three seconds before each page.
    """
    from django.conf import settings
    from django.urls import reverse

    spent, pause = [], random.Random(opened[0][0])
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
    for subject, family in opened:
        for page, who, address in (
            ("my work", subject, reverse("cases:my_work")),
            ("my work of a manager", manager_of(subject), reverse("cases:my_work")),
            ("family", subject, reverse("cases:show_family", args=[family])),
            ("flags of a lead", subject, reverse("cases:flags")),
            ("flags of a manager", manager_of(subject), reverse("cases:flags")),
        ):
            cookie = f"{settings.SESSION_COOKIE_NAME}={site.keys[who]}"
            if reads:
                line.close()  # the server keeps an idle connection for two seconds; the next request opens another
                time.sleep(pause.uniform(1, 3))
            begun = time.perf_counter()
            line.request("GET", address, headers={"Cookie": cookie})
            answer = line.getresponse()
            answer.read()
            took = (time.perf_counter() - begun) * 1000
            if answer.status != 200:
                raise SystemExit(f"{page} of {who}: {answer.status}")
            spent.append((page, took))
    line.close()
    return spent


def report(measured: dict[str, list[tuple[str, float]]]) -> dict[str, Any]:
    """The figures of the last line."""
    figures: dict[str, Any] = {}
    for users, spent in measured.items():
        pages = sorted({page for page, _ in spent})
        p95 = {page: statistics.quantiles([ms for name, ms in spent if name == page], n=20)[18] for page in pages}
        worst = max(p95, key=lambda page: p95[page])
        figures[f"p95_ms_{users}"] = round(p95[worst], 1)
        figures[f"worst_page_{users}"] = worst
        figures[f"pages_{users}"] = {page: round(ms, 1) for page, ms in p95.items()}
    return figures


def main() -> None:
    """Fill once, visit alone, visit together, print."""
    parser = argparse.ArgumentParser(description="How long pages take among a million cases.")
    parser.add_argument("--quick", action="store_true", help="20,000 cases, 10 asks of each page alone, 40 together")
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--asks", type=int, default=200, help="of each page: alone, and by each of the twenty a fifth")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.cases, chosen.asks = 20_000, 10
    name = f"eh_bench_pages_{chosen.cases}"
    with prepared(name) as address:
        found = fill(name, address, chosen.cases)
        random.Random(SEED).shuffle(found)
        each = max(chosen.asks // 5, 1)
        opened = (found * AT_ONCE)[: max(chosen.asks, AT_ONCE * each)]
        with served(opened, address) as site, ThreadPoolExecutor(AT_ONCE) as users:
            list(users.map(lambda one: visit(site, [one]), opened[:WARM]))
            alone = visit(site, opened[: chosen.asks])
            shares = [opened[at * each : (at + 1) * each] for at in range(AT_ONCE)]

            def together(*, reads: bool) -> list[tuple[str, float]]:
                return [
                    one for spent in users.map(lambda share: visit(site, share, reads=reads), shares) for one in spent
                ]

            reading = together(reads=True)
            begun = time.perf_counter()
            at_most = together(reads=False)
            a_second = len(at_most) / (time.perf_counter() - begun)
    measured = {"1_user": alone, "20_users": reading, "20_without_pause": at_most}
    print(json.dumps({"cases": chosen.cases, **report(measured), "pages_a_second": round(a_second, 1)}))


if __name__ == "__main__":
    main()
