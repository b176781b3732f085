"""Everything between an empty database and a first page, in one process: `python -m launch.prepare`.

Runs as the migrator login. Says what it does, one line each.
"""

import os
import sys

import django
from django.apps import apps
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError


def prepare() -> None:
    """Migrate, give the gate its key, collect static files, and load the demonstration into an empty database."""
    print("Updating the database.", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    commands = get_commands()
    if "set_identity_key" in commands:
        call_command("set_identity_key", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if "load_demo" in commands and not _has_agencies():
        print("Loading the demonstration district...", flush=True)
        call_command("load_demo")


def _has_agencies() -> bool:
    return bool(apps.get_model("sharing_agreements", "Agency").objects.exists())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.settings")
    django.setup()
    try:
        prepare()
    except CommandError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
