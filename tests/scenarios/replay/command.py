"""`bin/replay`: replays Craig's case in a database of its own and draws docs/generated/craigs-case.md."""

import os
import sys

import django

from tests import database

os.environ["DJANGO_SETTINGS_MODULE"] = "earlyhelp.settings"


def main() -> int:
    """Draws the page."""
    django.setup()
    from django.db import connection, transaction

    from tests.scenarios.replay import page
    from tests.scenarios.replay.tale import tell

    name = f"eh_replay_{os.getpid()}"
    database.clone(name)
    connection.settings_dict["NAME"] = name
    try:
        with transaction.atomic():
            page.PATH.write_text(page.drawn(tell()), encoding="utf-8")
            transaction.set_rollback(True)
    finally:
        connection.close()
        database.drop(name)
    sys.stdout.write(f"Drawn: {page.PATH.name}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
