"""What the launcher itself asks of PostgreSQL: an empty database to begin with, and addresses for each login."""

from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from launch.say import Problem

DATABASE = "earlyhelp"


def address(admin_url: str, *, login: str | None = None, password: str = "") -> str:
    """The address of our database on the administrator's server, for the administrator or another login."""
    url = urlsplit(admin_url)
    place = url.netloc
    if login:
        place = f"{login}:{quote(password, safe='')}@{place.rpartition('@')[2]}"
    return urlunsplit((url.scheme, place, f"/{DATABASE}", url.query, ""))


def ensure_database(admin_url: str) -> None:
    """Create our database when it is missing. Raises Problem with the server's own reason."""
    try:
        connection = psycopg2.connect(admin_url, connect_timeout=10)
    except psycopg2.Error as error:
        reason = str(error).strip().splitlines()[-1]
        raise Problem(f"PostgreSQL cannot be reached; check DATABASE_URL: {reason}") from None
    connection.autocommit = True
    name = sql.Identifier(DATABASE)
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1 from pg_database where datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("create database {} template template0 encoding 'UTF8'").format(name))
    except psycopg2.Error as error:
        reason = (error.diag.message_primary or str(error)).strip()
        raise Problem(f"The login in DATABASE_URL must be allowed to create databases and roles: {reason}.") from None
    finally:
        connection.close()
