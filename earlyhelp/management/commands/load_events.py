"""Load a family's history from agencies.csv, people.csv and events.csv into the chronology (docs/importing.md)."""

import argparse
import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError, connection, transaction
from django.utils import timezone

from earlyhelp.importing.agencies import district_or_none, importer_or_none, match_agencies
from earlyhelp.importing.files import Problems
from earlyhelp.importing.history import History, read_history
from earlyhelp.importing.writing import Writing, family_of
from sharing_agreements.models import Agency, Family

LONGEST_DISTRICT = 80


def day(text: str) -> datetime.date:
    """A day as typed on the command line."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no date; write it as 2014-05-14") from None


class Command(BaseCommand):
    """Run as eh_migrator. Loads all of a folder or nothing; a second load of the same files changes nothing."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the files are, whose they become, and how far they are moved in time."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--district", default="", help="needed where agencies of several districts are here")
        parser.add_argument("--importer", default="", help="code or name of the agency that imports (else: the hub)")
        parser.add_argument("--born", type=day, help="move the history as if its child had been born on this day")
        parser.add_argument("--dry-run", action="store_true", help="check everything and keep nothing")

    def handle(self, *args: Any, folder: Path, dry_run: bool, **options: Any) -> None:
        """Raises CommandError, naming every bad row, when anything is wrong; then nothing was loaded."""
        try:
            with transaction.atomic():
                told = self._load(folder, **options)
                transaction.set_rollback(dry_run)
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(
                f"Nothing was loaded: the database is not ready for it ({type(error).__name__})."
            ) from error
        self.stdout.write(f"Nothing is kept, as asked. {told}" if dry_run else told)

    def _load(self, folder: Path, *, district: str, importer: str, born: datetime.date | None, **options: Any) -> str:
        _keep_others_out()
        problems = Problems()
        history = read_history(folder, born=born, today=timezone.localdate(), problems=problems)
        place = district_or_none(district)
        agencies = match_agencies(history.agencies, place, problems) if place else {}
        if problems.found:
            raise CommandError(_listed(problems, folder))
        if place is None:
            raise CommandError("Say which district this is for: --district NAME. Nothing was loaded.")
        if len(place) > LONGEST_DISTRICT:
            raise CommandError(f"A district's name has at most {LONGEST_DISTRICT} characters. Nothing was loaded.")
        owner = importer_or_none(importer, place, agencies)
        if owner is None:
            raise CommandError(_no_importer(importer, place))
        family = family_of(history, place)
        if Family.objects.filter(pk=family).exists():
            return f"These files were loaded into {place} before, as family {family}. Nothing has changed."
        return _write(history, family, agencies, owner)


def _keep_others_out() -> None:
    """Become maintenance for this transaction, one load at a time."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('role')")
        if cursor.fetchone()[0] != "eh_owner":
            raise CommandError("Nothing was loaded: run this with the migrator's login (eh_migrator) in DATABASE_URL.")
        cursor.execute("set local earlyhelp.maintenance = 'on'")
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('load_events', 0))")


def _write(history: History, family: Any, agencies: dict[str, Agency], importer: Agency) -> str:
    for agency in agencies.values():
        if agency._state.adding:
            agency.save()
    writing = Writing(history, family=family, agencies=agencies, importer=importer, now=timezone.now())
    writing.write()
    if wrong := writing.wrong_facts():
        raise CommandError(f"Nothing was loaded: {wrong} rows would carry facts that do not hold. Please report it.")
    accounts = sum(len(writing.knowers(event)) for event in history.events.values())
    return (
        f"Loaded {len(history.events)} events as {accounts} accounts, about {len(history.people)} people, "
        f"as family {family}."
    )


def _listed(problems: Problems, folder: Path) -> str:
    lines = problems.lines()
    count = "1 thing is" if len(lines) == 1 else f"{len(lines)} things are"
    return "\n".join([f"Nothing was loaded from {folder}: {count} wrong.", *lines])


def _no_importer(typed: str, district: str) -> str:
    if typed:
        return f"There is no agency {typed} in {district}, by name or by its code in the files. Nothing was loaded."
    return f"{district} has no hub, or several: say which agency imports with --importer. Nothing was loaded."
