"""Gives the test run its databases on a real PostgreSQL: one template per set of migrations, cloned as needed.

Loaded as a plugin before Django reads its settings. Needs ADMIN_DATABASE_URL (a login that may create roles
and databases), as `bin/test` provides. The tests' own login, eh_tester, is neither superuser nor owner: it
may become eh_owner (maintenance), eh_web or eh_worker, and each test says which it is.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
if process := os.environ.get("PYTEST_XDIST_WORKER"):  # gw0, gw1 ...: each has servers of its own
    os.environ.update(json.loads(os.environ["SERVERS_SIDE_BY_SIDE"])[int(process.removeprefix("gw"))])
ADMIN = os.environ["ADMIN_DATABASE_URL"]
NAME = f"eh_test_{os.getpid()}"
PASSWORDS = {"eh_migrator": "migrator", "eh_web": "web", "eh_worker": "worker", "eh_tester": "tester"}

os.environ.setdefault("SECRET_KEY", "tests-only-" + "s" * 50)
os.environ["IDENTITY_KEY"] = "tests-only-" + "i" * 50  # the template keeps it, so every run must have the same
os.environ.setdefault("HTTPS", "0")


def address(login: str, database: str) -> str:
    """Database address of one of the project's logins."""
    place = urlsplit(ADMIN)
    query = f"?{place.query}" if place.query else ""
    return f"postgresql://{login}:{PASSWORDS[login]}@{place.hostname or ''}:{place.port or 5432}/{database}{query}"


def admin_address(database: str) -> str:
    """Database address of the administrator, for the few tests that are about it."""
    return urlsplit(ADMIN)._replace(path=f"/{database}").geturl()


os.environ["DATABASE_URL"] = address("eh_tester", NAME)


def _admin(statement: str, database: str = "postgres") -> None:
    connection = psycopg2.connect(urlsplit(ADMIN)._replace(path=f"/{database}").geturl())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def _ask(question: str, *given: object) -> list[tuple[Any, ...]]:
    connection = psycopg2.connect(urlsplit(ADMIN)._replace(path="/postgres").geturl())
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        rows = cursor.fetchall()
    connection.close()
    return rows


def _digests() -> dict[str, str]:
    """What the database is made from: each file of the migrations, and the key it keeps."""
    files = sorted(
        [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/sql/*.sql"), *ROOT.glob("sharing_agreements/matching/*")]
    )
    made_from = {str(file.relative_to(ROOT)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    return made_from | {"key": hashlib.sha256(os.environ["IDENTITY_KEY"].encode()).hexdigest()}


def _beginning(made_from: dict[str, str]) -> str:
    """The template that has come furthest on the way to this one, by the note each carries; empty when none has.

    Whoever works on the last migration waits for that one alone.
    """
    notes = _ask(
        "select datname, shobj_description(oid, 'pg_database') from pg_database where datname ~ '^eh_template_'"
    )
    done = {name: json.loads(note) for name, note in notes if note}
    fitting = {name: len(note) for name, note in done.items() if note.items() <= made_from.items()}
    return max(fitting, key=fitting.__getitem__, default="")


def _manage(*words: str, **extra: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env={**os.environ, **extra},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")


def template() -> str:
    """Name of the migrated template database, made when the migrations have changed since the last run."""
    made_from = _digests()
    note = json.dumps(made_from, sort_keys=True)
    name = f"eh_template_{hashlib.sha256(note.encode()).hexdigest()[:12]}"
    if _ask("select from pg_database where datname = %s", name):
        return name
    making = f"{name}_making_{os.getpid()}"
    _admin(f'create database "{making}" template "{_beginning(made_from) or "template1"}"')
    prepared = urlsplit(ADMIN)._replace(path=f"/{making}").geturl()
    passwords = {f"{login[3:].upper()}_PASSWORD": word for login, word in PASSWORDS.items()}
    _manage("prepare_database", ADMIN_DATABASE_URL=prepared, **passwords)
    _admin(
        """
        do $$ begin
            if not exists (select from pg_roles where rolname = 'eh_tester') then
                create role eh_tester login noinherit nosuperuser nobypassrls password 'tester';
            end if;
        end $$;
        grant eh_owner, eh_web, eh_worker to eh_tester;
        alter role eh_tester set role = 'eh_owner';
        alter role eh_tester set earlyhelp.maintenance = 'on';
        alter role eh_tester set jit = off;
        alter role eh_tester set max_parallel_workers_per_gather = 0;
        grant set on parameter track_functions to eh_tester;
        """
    )
    _admin(f'grant connect on database "{making}" to eh_tester', making)
    _manage("migrate", "-v0", DATABASE_URL=address("eh_migrator", making))
    _manage("set_identity_key", DATABASE_URL=address("eh_migrator", making))
    _admin(f'alter database "{making}" rename to "{name}"')
    _admin(f"comment on database \"{name}\" is '{note}'")
    return name


def clone(name: str) -> None:
    """Make database `name` a fresh copy of the template (some hundredths of a second)."""
    drop(name)
    _admin(f'create database "{name}" template "{template()}"')
    _admin(f'revoke all on database "{name}" from public')  # a clone does not copy what was revoked
    _admin(f'grant connect on database "{name}" to eh_tester, eh_web, eh_worker, eh_migrator')
    _admin(f'grant temporary on database "{name}" to eh_owner')


def drop(name: str) -> None:
    """Remove a database and whoever is still connected to it."""
    _admin(f'drop database if exists "{name}" with (force)')
