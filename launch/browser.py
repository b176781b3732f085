"""Finds a Chromium for the browser tests, or has the package manager fetch one, or says how to."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from launch.process import run_step
from launch.say import Problem

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_FETCH = "apt-get install --yes --no-install-recommends chromium"


def chromium() -> str:
    """Path of a Chromium that runs. Raises Problem with the exact command to install one."""
    found = _find()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
        found = _find()
    if not found:
        raise Problem(
            f"The browser tests need Chromium: run `{_FETCH}` as an administrator, or set CHROMIUM to its path."
        )
    return found


def _find() -> str | None:
    for name in [os.environ.get("CHROMIUM", ""), *_NAMES]:
        path = shutil.which(name) if name else None
        if path and _runs(path):
            return path
    return None


def _runs(path: str) -> bool:
    """Does it start? Some systems put a stub in its place."""
    try:
        tried = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0


def _install() -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "apt.log"
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        mend = f"Chromium could not be fetched: run `{_FETCH}` by hand."
        run_step("Reading the package lists", ["apt-get", "update"], log=log, environment=quiet, mend=mend)
        run_step("Installing Chromium", _FETCH.split(), log=log, environment=quiet, mend=mend)
