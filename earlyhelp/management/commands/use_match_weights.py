"""Put a file of learned weights of matching into use, in the name of whoever decided it. Run in maintenance."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from earlyhelp.maintenance import become_maintenance
from sharing_agreements.actions.weighing import use_weights
from sharing_agreements.refusals import Refused
from sharing_agreements.rules.weights_file import Unreadable, read


class Command(BaseCommand):
    """The file counts for pairs compared from now on. The version before stays in the database, unused."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file and a name."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="name and post of whoever decided it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file whole, then put it into use."""
        try:
            said = read(options["file"].read_text(encoding="utf-8"))
            with transaction.atomic():
                become_maintenance("Nothing was put into use")
                used = use_weights(said=said, by=options["by"], now=timezone.now())
        except (OSError, UnicodeDecodeError, Unreadable) as wrong:
            raise CommandError(f"The file cannot be read: {wrong}") from None
        except Refused as refused:
            raise CommandError(refused.refusal.sentence) from None
        self.stdout.write(f"Version {used.version} is in use. {used.how_learned}")
