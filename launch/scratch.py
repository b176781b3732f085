"""A migrated database on whatever servers there are, for benchmarks and drawings."""

import os
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from launch.environment import ROOT

_PASSWORDS = {"eh_migrator": "migrator", "eh_web": "web", "eh_worker": "worker"}


def migrated(admin_url: str, name: str) -> Callable[[str], str]:
    """Make and migrate database `name` unless it is there; gives a function from login name to its address."""
    admin = urlsplit(admin_url)

    def address(login: str) -> str:
        place = f"{login}:{_PASSWORDS[login]}@{admin.netloc.rpartition('@')[2]}"
        return urlunsplit((admin.scheme, place, f"/{name}", admin.query, ""))

    here = admin._replace(path=f"/{name}").geturl()
    _create(admin_url, name)
    words = {f"{login[3:].upper()}_PASSWORD": password for login, password in _PASSWORDS.items()}
    manage("prepare_database", ADMIN_DATABASE_URL=here, DATABASE_URL=here, **words)
    manage("migrate", "-v0", DATABASE_URL=address("eh_migrator"))
    manage("set_identity_key", DATABASE_URL=address("eh_migrator"))
    return address


def _create(admin_url: str, name: str) -> None:
    connection = psycopg2.connect(admin_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("select from pg_database where datname = %s", [name])
        if not cursor.rowcount:
            cursor.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    connection.close()


def manage(*words: str, **extra: str) -> None:
    """Run one management command; its output is shown only when it fails, by the error it raises."""
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    subprocess.run(command, env={**os.environ, **extra}, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
