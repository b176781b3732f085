"""Everything between an empty database and a first page, in one process: `python -m launch.prepare FAMILIES`.

Runs as the migrator login. Says what it does, one line each.
"""

import io
import os
import sys

import django
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from launch import static
from launch.say import say, shown


def prepare(families: int) -> None:
    """Migrate, give the gate its key, collect static files, and load the demonstration into an empty database."""
    with shown("Updating the database"):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("set_identity_key", stdout=io.StringIO())
    static.collect()
    if not _has_agencies():
        say("Loading the demonstration district...")
        with shown("This takes a minute or two"):
            call_command("load_demo", families=families)


def _has_agencies() -> bool:
    return bool(apps.get_model("sharing_agreements", "Agency").objects.exists())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.settings")
    django.setup()
    try:
        prepare(int(sys.argv[1]))
    except CommandError as error:
        sys.exit(f"Error: {error}")
