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


def _exists(database: str) -> bool:
    connection = psycopg2.connect(urlsplit(ADMIN)._replace(path="/postgres").geturl())
    with connection.cursor() as cursor:
        cursor.execute("select from pg_database where datname = %s", [database])
        found = cursor.rowcount == 1
    connection.close()
    return found


def _fingerprint() -> str:
    digest = hashlib.sha256(os.environ["IDENTITY_KEY"].encode())
    for path in sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/sql/*.sql")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


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
    name = f"eh_template_{_fingerprint()}"
    if _exists(name):
        return name
    making = f"{name}_making_{os.getpid()}"
    _admin(f'create database "{making}"')
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
        """
    )
    _admin(f'grant connect on database "{making}" to eh_tester', making)
    _manage("migrate", "-v0", DATABASE_URL=address("eh_migrator", making))
    _manage("set_identity_key", DATABASE_URL=address("eh_migrator", making))
    _admin(f'alter database "{making}" rename to "{name}"')
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
