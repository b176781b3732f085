"""Say whether the worker or beat is alive: what their containers' health checks call."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from earlyhelp.health import has_heartbeat


class Command(BaseCommand):
    """Exit code 0 when the heartbeat is under 15 seconds old, else 1."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`worker` or `beat`."""
        parser.add_argument("of", choices=["worker", "beat"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when there is no heartbeat."""
        if not has_heartbeat(options["of"]):
            raise CommandError(f"No heartbeat of the {options['of']} in the last 15 seconds.")
        self.stdout.write("ok")
