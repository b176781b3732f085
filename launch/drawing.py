"""`bin/draw`: a fresh database, then `manage.py draw`. With --check it fails when a document is out of date."""

import os
import subprocess
import sys

from launch import environment
from launch.start import guarded
from launch.throwaway import servers

_NAME = "eh_draw"


def main() -> int:
    """First half, before anything is installed: make .venv, go on in it."""
    return guarded(lambda: environment.go_on("test", "launch.drawing", sys.argv[1:]))


def run() -> None:
    """Second half: migrate a fresh database and draw from it as the migrator."""
    from launch.scratch import migrated  # noqa: PLC0415  the first half runs before anything is installed

    with servers() as found:
        os.environ.update(found)
        _drop(found["ADMIN_DATABASE_URL"])
        address = migrated(found["ADMIN_DATABASE_URL"], _NAME)
        command = [sys.executable, str(environment.ROOT / "manage.py"), "draw", *sys.argv[1:]]
        done = subprocess.run(
            command, env={**os.environ, "DATABASE_URL": address("eh_migrator")}, cwd=environment.ROOT, check=False
        )
        _drop(found["ADMIN_DATABASE_URL"])
    sys.exit(done.returncode)


def _drop(admin_url: str) -> None:
    import psycopg2  # noqa: PLC0415  the same

    connection = psycopg2.connect(admin_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"drop database if exists {_NAME} with (force)")
    connection.close()


if __name__ == "__main__":
    sys.exit(guarded(run))
