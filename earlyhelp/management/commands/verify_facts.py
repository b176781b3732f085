"""Recompute what every governed row should carry, and name each row that differs. None should."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sharing_agreements.actions import keeping

SHOWN = 50


class Command(BaseCommand):
    """Compare the facts on every governed row with the base rows (decision 0013).

    Facts that only ran out of time are refreshed first: until then they count as nobody involved, which is late
    but not wrong. Run as eh_worker or eh_migrator.
    """

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints one line per difference. Exit status 1 when there is any."""
        refreshed, wrong = keeping.refresh_expired(), keeping.wrong_facts()
        if refreshed:
            self.stdout.write(f"Refreshed {refreshed} people whose facts had run out.")
        for table, row in wrong[:SHOWN]:
            self.stdout.write(f"{table} {row}")
        if len(wrong) > SHOWN:
            self.stdout.write(f"and {len(wrong) - SHOWN} more")
        if wrong:
            raise CommandError(f"{len(wrong)} rows carry facts that are not true.", returncode=1)
        self.stdout.write("Every row carries the facts as they are: 0 differences.")
