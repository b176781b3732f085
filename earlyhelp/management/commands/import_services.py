"""Bring a file of services in the shape of Open Referral UK 3 into the directory. Run in maintenance."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from cases.actions.directory import import_services
from cases.rules.directory import read_file
from earlyhelp.maintenance import become_maintenance


class Command(BaseCommand):
    """The same file twice changes nothing; what is left out is said entry by entry."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read it whole, bring in what is right, in one transaction."""
        try:
            text = options["file"].read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as wrong:
            raise CommandError(f"The file cannot be read: {wrong}") from None
        found = read_file(text)
        if found.unreadable:
            raise CommandError(found.unreadable)
        with transaction.atomic():
            become_maintenance("Nothing was imported")
            did = import_services(entries=found.entries, by=None, now=timezone.now())
        for one in found.rejected:
            self.stderr.write(f"Line {one.line}, entry {one.place} {one.reason}.")
        self.stdout.write(
            f"{did.added} added, {did.changed} changed, {did.same} the same, {len(found.rejected)} left out."
        )
