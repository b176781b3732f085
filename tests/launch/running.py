"""Runs `bin/start` for real in a copy of the checkout, and looks at what it left."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from launch.process import Account, started_at

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = (".git", ".venv", ".data", "*_cache", ".hypothesis", "__pycache__", "staticfiles")
OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "IDENTITY_KEY", "HTTPS", "PYTHONPATH", "DJANGO_SETTINGS_MODULE")
FIRST_START = 300.0


@contextmanager
def open_folder(prefix: str) -> Iterator[Path]:
    """A folder every account can reach, unlike pytest's own, which is root's alone when root runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix=f"earlyhelp-{prefix}-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def copy_of_checkout(folder: Path, *, with_environment: bool) -> Path:
    """A copy of this checkout under `folder`; with our own .venv, or with none as on a fresh machine."""
    copy = folder / "early-help"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    if with_environment:
        (copy / ".venv").symlink_to(sys.prefix)
    return copy


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment(**more: str) -> dict[str, str]:
    """This environment without what the test run itself set for the project."""
    return {name: value for name, value in os.environ.items() if name not in OURS} | more


def python_for(account: Account | None) -> str:
    """A Python 3.11 or newer, outside any environment, that this account can run: root's own may be hidden from it."""
    asked = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
    beside_ours = str(Path(sys.base_prefix) / "bin" / "python3")
    for python in [beside_ours, "/usr/local/bin/python3", "/usr/bin/python3"]:
        with contextlib.suppress(OSError):
            tried = subprocess.run(
                [python, "-c", asked],
                capture_output=True,
                check=False,
                **(account.popen_arguments if account else {}),  # type: ignore[call-overload]
            )
            if tried.returncode == 0:
                return python
    raise AssertionError("No Python 3.11 that the account nobody can run: install one in /usr, with its venv module.")


def descendants(of: int) -> dict[int, str | None]:
    """Every process below `of`, with the time it began."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found, waiting = {}, [of]
    while waiting:
        above = waiting.pop()
        for pid, parent in parents.items():
            if parent == above:
                found[pid] = started_at(pid)
                waiting.append(pid)
    return found


def until(is_so: Callable[[], bool], *, within: float, what: str) -> None:
    """Wait for something, or fail naming it."""
    deadline = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < deadline, f"{what} did not come about within {within:.0f} s"
        time.sleep(0.1)


@dataclass
class Running:
    """One `bin/start`."""

    process: "subprocess.Popen[bytes]"
    port: int
    data: Path
    output: Path

    def health(self) -> tuple[int, str]:
        """Status and body of /healthz; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()
        except OSError:
            return 0, ""

    def is_well(self) -> bool:
        """Is everything up?"""
        return self.health()[0] == 200

    def said(self) -> str:
        """All it has printed."""
        return self.output.read_text(encoding="utf-8")

    def is_up(self) -> bool:
        """Has it said where to go? Fails at once when it has given up."""
        assert self.process.poll() is None, self.said()
        return "Open http://localhost" in self.said()

    def pid_of(self, name: str) -> int:
        """The process it watches under this name."""
        return int(json.loads((self.data / "processes.json").read_text())[name][0])

    def secret(self, name: str) -> str:
        """One of the keys it made."""
        return str(json.loads((self.data / "secrets.json").read_text())[name])

    def stop(self) -> int:
        """SIGTERM; gives the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


FEW = ("--families", "20")
"""The tests are about the launcher: a small district does."""


@contextmanager
def started(
    checkout: Path, data: Path, *, account: Account | None = None, python: str = sys.executable, **more: str
) -> Iterator[Running]:
    """`bin/start` on a free port, up and well; killed at the end if the test did not stop it."""
    port = free_port()
    output = data.parent / f"output-{port}"
    with output.open("wb") as out:
        process = subprocess.Popen(
            [python, str(checkout / "bin" / "start"), "--port", str(port), "--data", str(data), *FEW],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=clean_environment(**more),
            **(account.popen_arguments if account else {}),  # type: ignore[call-overload]
        )
    running = Running(process, port, data, output)
    below: dict[int, str | None] = {}
    try:
        until(running.is_up, within=FIRST_START, what="a start")
        below = descendants(process.pid)
        yield running
    finally:
        if process.poll() is None:
            running.stop()
        for pid, began in below.items():
            if began and started_at(pid) == began:
                os.kill(pid, signal.SIGKILL)


def run_start(checkout: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """`bin/start` that is expected to refuse."""
    return subprocess.run(
        [sys.executable, str(checkout / "bin" / "start"), *words],
        capture_output=True,
        text=True,
        timeout=120,
        env=clean_environment(**more),
        check=False,
    )
