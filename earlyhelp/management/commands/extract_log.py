"""Write an agency's extract of the disclosure log: what it needs to check the log without seeing others' rows."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sharing_agreements.models import Agency
from sharing_agreements.queries.log import extract


class Command(BaseCommand):
    """JSON lines: the agency's own rows, and digests of all others. Run as eh_migrator; check with verify_log."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The agency by its full name; the file, which must not exist yet."""
        parser.add_argument("--agency", required=True)
        parser.add_argument("--out", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Says how many lines were written."""
        agency = Agency.objects.filter(name=options["agency"]).first()
        if agency is None:
            raise CommandError(f"There is no agency called {options['agency']}.")
        try:
            with options["out"].open("x", encoding="utf-8") as file:
                written = sum(1 for text in extract(agency, now=timezone.now()) if file.write(f"{text}\n"))
        except OSError as error:
            raise CommandError(f"Cannot write {options['out']}: {error.strerror}.") from None
        self.stdout.write(f"{written} lines written to {options['out']}.")
