"""Try the examples of every agreement in force, after a change of code. All should hold."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sharing_agreements.actions.exampling import JOB, check_standing_examples
from sharing_agreements.row_security import as_job


class Command(BaseCommand):
    """Ask the gate about each example (decision 0059). Opens and ends alarms as the job does. Run as eh_worker."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints each example that does not hold, and why. Exit status 1 when there is any."""
        with as_job(JOB):
            wrong = check_standing_examples(now=timezone.now(), today=timezone.localdate())
        for one in wrong:
            self.stdout.write(f"{one.example.agreement} example {one.example.number}: {one.words} {one.fails}")
        if wrong:
            raise CommandError(f"{len(wrong)} examples do not hold.", returncode=1)
        self.stdout.write("Every example of the agreements in force holds.")
