"""The command as an operator runs it: with the migrator's real login, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from cases.models import Event
from tests import database
from tests.scenarios import histories


def command(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "load_events", *words],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_migrators_real_login_loads_and_a_bad_file_ends_in_words_and_no_trace(committed: str, tmp_path: Path):
    folder = histories.copy(tmp_path / "craig", until=9)
    address = database.address("eh_migrator", committed)
    words = (str(folder), "--district", "Fenland", "--importer", "CSC")
    done = command(address, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Loaded 9 events as " in done.stdout
    loaded = Event.objects.count()
    assert loaded > 9
    histories.change(folder, "events.csv", lambda lines: [line.replace("1997-05,", "May,") for line in lines])
    bad = command(address, *words)
    assert bad.returncode == 1
    assert "events.csv line 6: month is May" in bad.stderr
    assert "Traceback" not in bad.stderr
    wrong = command(address, *words, "--born", "yesterday")
    assert wrong.returncode == 2
    assert "yesterday is no date; write it as 2014-05-14" in wrong.stderr
    assert Event.objects.count() == loaded
