"""Hand the gate its half of the identity secret, so that it can check what the web process signs."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from sharing_agreements.row_security import key_halves


class Command(BaseCommand):
    """Store settings.IDENTITY_KEY, split and padded, where only the gate role reads it. Run as eh_migrator."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to run again; a changed key takes effect at once."""
        with connection.cursor() as cursor:
            cursor.execute("select gate.set_key(%s, %s)", list(key_halves()))
        self.stdout.write("The identity key is set.")
