"""Draw docs/generated from the code and this database. Use it through bin/draw, which makes a fresh database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from earlyhelp import drawing_doors, drawing_jobs, drawings

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "generated"
DOCUMENTS = {
    "routes.md": drawings.routes,
    "lifecycles.md": drawings.lifecycles,
    "roles.md": drawings.roles,
    "doors.md": drawing_doors.doors,
    "jobs.md": drawing_jobs.jobs,
    "row_security.sql": drawings.row_security,
}


class Command(BaseCommand):
    """Write each document, or with --check say which is out of date."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """--check compares and writes nothing."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Raises CommandError when --check finds a document that is out of date."""
        with transaction.atomic():
            drawn = {name: document() for name, document in DOCUMENTS.items()}
        FOLDER.mkdir(parents=True, exist_ok=True)
        stale = [name for name, text in drawn.items() if _read(FOLDER / name) != text]
        if check and stale:
            raise CommandError(f"Out of date: {', '.join(stale)}. Run bin/draw and commit docs/generated.")
        for name in stale:
            (FOLDER / name).write_text(drawn[name], encoding="utf-8")
        self.stdout.write(f"{len(drawn)} documents are up to date." if not stale else f"Drawn: {', '.join(stale)}.")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
