"""`bin/test`: everything the tests need, then the tests. Further words go to pytest."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from launch import environment
from launch.browser import chromium
from launch.process import run_shown, signal_group, spawn
from launch.say import Stopped, say
from launch.start import guarded
from launch.throwaway import servers

_INSTALLED_SERVERS = ("postgres", "psql", "pg_ctl", "initdb", "redis-server", "redis-cli", "valkey-server")


def main() -> int:
    """First half, before anything is installed: make .venv, go on in it. Comes back only when something is wrong."""
    return guarded(lambda: environment.go_on("test", "launch.testing", sys.argv[1:]))


def run() -> None:
    """Second half: browser and servers up, tests, all down. Exits with pytest's own code."""
    began = time.monotonic()
    browser = chromium()
    words = sys.argv[1:]
    with ExitStack() as up:
        found = [up.enter_context(servers()) for _ in range(processes(words))]
        links = up.enter_context(tempfile.TemporaryDirectory(prefix="earlyhelp-path-"))
        tests = {**os.environ, **found[0], "CHROMIUM": browser, "PYTHONPATH": str(environment.ROOT)}
        tests["PATH"] = path_without_servers(tests.get("PATH", ""), Path(links))
        if len(found) > 1:
            tests["SERVERS_SIDE_BY_SIDE"] = json.dumps(found)
            words = [f"--numprocesses={len(found)}", "--dist=loadfile", *words]
        _collect_static_files(tests)
        code = _pytest(tests, words)
    say(f"bin/test took {time.monotonic() - began:.0f} s.")
    sys.exit(code)


def processes(words: list[str]) -> int:
    """How many processes test side by side, file by file: one for each core when everything is run.

    Each has a server of its own, for a transaction held open in one database is seen in all databases of a server.
    A part of the tests starts quicker alone, and servers that were given are one.
    """
    part = any(not word.startswith("-") for word in words)
    given = os.environ.get("ADMIN_DATABASE_URL") and os.environ.get("REDIS_URL")
    return 1 if part or given else os.cpu_count() or 1


def path_without_servers(path: str, links: Path) -> str:
    """A PATH on which no installed PostgreSQL or Redis can be found, so that the wheels are what is tested.

    A folder that has one is replaced by a folder of links to everything else in it.
    """
    folders = [str(environment.VENV / "bin")]
    for number, name in enumerate(dict.fromkeys(path.split(os.pathsep))):
        folder = Path(name)
        if not name or not folder.is_dir():
            continue
        if not any((folder / server).exists() for server in _INSTALLED_SERVERS):
            folders.append(name)
            continue
        copy = links / str(number)
        copy.mkdir()
        for program in folder.iterdir():
            if not program.name.startswith(("pg_", *_INSTALLED_SERVERS)):
                (copy / program.name).symlink_to(program)
        folders.append(str(copy))
    return os.pathsep.join(folders)


def _collect_static_files(tests: dict[str, str]) -> None:
    """The browser tests see what users see: hashed and compressed files."""
    needs = {**tests, "DATABASE_URL": tests["ADMIN_DATABASE_URL"]}
    with tempfile.TemporaryDirectory() as logs:
        command = [sys.executable, "-m", "launch.static"]
        mend = "The static files could not be collected."
        run_shown(command, log=Path(logs) / "log", mend=mend, environment=needs, folder=environment.ROOT)


def _pytest(tests: dict[str, str], words: list[str]) -> int:
    child = spawn([sys.executable, "-m", "pytest", *words], environment=tests, folder=environment.ROOT)
    try:
        return child.wait()
    except Stopped:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            say("The tests did not end when asked; they are killed.")
        raise
    finally:
        signal_group(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(guarded(run))
