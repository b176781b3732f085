"""Load Marlbeck, the made-up district, into an empty database: the same seed and date give the same district."""

import datetime
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from earlyhelp.demonstration import history
from earlyhelp.demonstration.world import World
from sharing_agreements.models import Agency
from sharing_agreements.queries import calendar


class Command(BaseCommand):
    """Run as eh_migrator. Refuses a database that already holds an agency."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """How large, which dice, which day is today."""
        parser.add_argument("--families", type=int, default=2000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--date", type=datetime.date.fromisoformat, default=None)

    def handle(self, *args: Any, families: int, seed: int, date: datetime.date | None, **options: Any) -> None:
        """Raises CommandError when the database is not empty or facts come out wrong."""
        if Agency.objects.exists():
            raise CommandError("This database already holds agencies; the demonstration needs an empty one.")
        if families < 1:
            raise CommandError("--families must be 1 or more.")
        began = time.monotonic()
        world = World(seed=seed, today=date or timezone.localdate())
        history.tell(world, calendar(), families)
        self.stdout.write(f"Copying {sum(map(len, world.load.rows.values())):,} rows...")
        world.load.copy()
        _go_on_counting()
        self._verify()
        self.stdout.write(f"Marlbeck is loaded: {families:,} families, {time.monotonic() - began:.0f} s.")

    @staticmethod
    def _verify() -> None:
        with connection.cursor() as cursor:
            cursor.execute("analyze")
            cursor.execute("select count(*) from gate.wrong_facts()")
            wrong = cursor.fetchone()[0]
        if wrong:
            raise CommandError(f"{wrong} rows carry facts that do not hold. This is a fault: please report it.")


def _go_on_counting() -> None:
    """New cases and reports are numbered after the loaded ones."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local earlyhelp.maintenance = 'on'")
        cursor.execute("select setval('cases_reference', max(substring(reference from 4)::int)) from cases_case")
        cursor.execute(
            "select setval('referrals_report_number', max(substring(reference from 7)::int)) from referrals_report"
        )
