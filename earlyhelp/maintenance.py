"""Commands that see every row run as the migrator, and say so before they read or write anything."""

from django.core.management.base import CommandError
from django.db import connection


def become_maintenance(otherwise: str) -> None:
    """Be in maintenance until the transaction ends; refuses with `otherwise` under any login but the migrator's."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('role')")
        if cursor.fetchone()[0] != "eh_owner":
            raise CommandError(f"{otherwise}: run this with the migrator's login in DATABASE_URL.")
        cursor.execute("set local earlyhelp.maintenance = 'on'")
