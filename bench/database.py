"""A migrated database that stays between runs of a benchmark, on the servers given or on embedded ones."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2 import sql

from launch.environment import ROOT
from launch.scratch import migrated
from launch.throwaway import servers


@contextmanager
def prepared(name: str) -> Iterator[Callable[[str], str]]:
    """Make and migrate database `name` unless it is there; give a function from login name to address.

    One that was made by other migrations than today's is made afresh: kept data must not outlive its tables.
    """
    with servers(keep="bench") as found:
        os.environ.update(found)
        _forget_unless_made_by(found["ADMIN_DATABASE_URL"], name, _migrations())
        yield migrated(found["ADMIN_DATABASE_URL"], name)


def _migrations() -> str:
    """A digest of every migration and every file of SQL that one of them runs."""
    digest = hashlib.sha256()
    for file in sorted(
        [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/sql/*.sql"), *ROOT.glob("sharing_agreements/matching/*")]
    ):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _forget_unless_made_by(admin_url: str, name: str, migrations: str) -> None:
    connection = psycopg2.connect(admin_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [name])
        made_by = cursor.fetchone()
        if made_by != (migrations,):
            database = sql.Identifier(name)
            cursor.execute(sql.SQL("drop database if exists {} with (force)").format(database))
            cursor.execute(sql.SQL("create database {}").format(database))
            cursor.execute(sql.SQL("comment on database {} is {}").format(database, sql.Literal(migrations)))
    connection.close()
