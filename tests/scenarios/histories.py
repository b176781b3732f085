"""Histories to load: the one that ships with the project, a part of it, and small ones made for a test."""

import csv
import datetime
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.management import call_command

from cases.models import Event

CRAIG = Path(settings.BASE_DIR) / "scenarios" / "craig"


def read(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of one of a folder's files."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def copy(folder: Path, *, until: int = 47) -> Path:
    """Craig's history up to an event, in a folder of the test's own."""
    folder.mkdir(exist_ok=True)
    for name in ("agencies.csv", "people.csv", "events.csv"):
        shutil.copy(CRAIG / name, folder / name)
    change(folder, "events.csv", lambda lines: lines[: until + 1])
    return folder


def change(folder: Path, name: str, how: Callable[[list[str]], list[str]]) -> None:
    """Rewrite a file of the folder, line by line."""
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    (folder / name).write_text("\n".join(how(lines)) + "\n", encoding="utf-8")


def load(folder: Path, **options: object) -> str:
    """Run the command; gives what it says."""
    said = StringIO()
    call_command("load_events", str(folder), stdout=said, **options)
    return said.getvalue()


def day(month: str) -> datetime.date:
    """The first day of a month as the files write it."""
    return datetime.date.fromisoformat(f"{month}-01")


def family() -> UUID:
    """The one family that was loaded."""
    found = set(Event.objects.values_list("family_id", flat=True))
    assert len(found) == 1
    return found.pop()


def numbered() -> list[tuple[int, Event]]:
    """Every account with the number its event has in the file, which nothing but the order of ids tells."""
    return [(event.pk.int >> 32 & 0xFFFFFFFF, event) for event in Event.objects.all()]
