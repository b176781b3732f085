"""Create the database roles and extensions, and give the login roles their passwords."""

import os
from pathlib import Path
from typing import Any

import psycopg2
from django.core.management.base import BaseCommand, CommandError
from psycopg2 import sql

LOGINS = {"eh_migrator": "MIGRATOR_PASSWORD", "eh_web": "WEB_PASSWORD", "eh_worker": "WORKER_PASSWORD"}


class Command(BaseCommand):
    """Run earlyhelp/sql/roles.sql as the administrator login in ADMIN_DATABASE_URL. Safe to run again."""

    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when the address is missing or the login may not create roles."""
        address = os.environ.get("ADMIN_DATABASE_URL")
        if not address:
            raise CommandError("Set ADMIN_DATABASE_URL to a login that may create roles in this database.")
        roles = Path(__file__).resolve().parents[2] / "sql" / "roles.sql"
        try:
            with psycopg2.connect(address) as connection, connection.cursor() as cursor:
                cursor.execute(roles.read_text(encoding="utf-8"))
                for login, variable in LOGINS.items():
                    if password := os.environ.get(variable):
                        cursor.execute(
                            sql.SQL("alter role {} password {}").format(sql.Identifier(login), sql.Literal(password))
                        )
        except psycopg2.Error as error:
            raise CommandError(f"The roles could not be created: {error.diag.message_primary or error}") from error
        self.stdout.write("Database roles are ready.")
