"""Everything between an empty database and a first page, in one process: `python -m launch.prepare`.

Runs as the migrator login. Says what it does, one line each.
"""

import hashlib
import io
import os
import sys
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError

from launch.say import say, shown


def prepare() -> None:
    """Migrate, give the gate its key, collect static files, and load the demonstration into an empty database."""
    commands = get_commands()
    with shown("Updating the database"):
        call_command("migrate", interactive=False, verbosity=0)
        if "set_identity_key" in commands:
            call_command("set_identity_key", stdout=io.StringIO())
    _collect_static_files()
    if "load_demo" in commands and not _has_agencies():
        say("Loading the demonstration district...")
        with shown("This takes a minute or two"):
            call_command("load_demo")


def _collect_static_files() -> None:
    """Collect and compress them, unless nothing has changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / "collected-from"
    fingerprint = _static_fingerprint()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint:
        return
    with shown("Collecting static files"):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(fingerprint, encoding="utf-8")


def _static_fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            facts = os.stat(storage.path(name))
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _has_agencies() -> bool:
    return bool(apps.get_model("sharing_agreements", "Agency").objects.exists())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.settings")
    django.setup()
    try:
        prepare()
    except CommandError as error:
        sys.exit(f"Error: {error}")
