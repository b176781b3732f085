"""The Python environment in .venv, made from a lock file with hashes and remade when the lock changes."""

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from launch.process import refuse_small_disk, run_step, why_step_failed
from launch.say import Problem

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
_STAMP = VENV / "earlyhelp-lock"
_LOG = VENV / "install.log"
_HOLDS = {"run": ["run", "test"], "test": ["test"]}
"""A need -> the locks that fulfil it: what tests need includes what running needs, at the same versions."""


def has_embedded_servers() -> bool:
    """Do the server wheels exist for this machine?"""
    return sys.platform == "linux" and platform.machine() in {"x86_64", "AMD64"}


def _stamp(lock: str) -> str:
    text = (ROOT / "requirements" / f"{lock}.txt").read_bytes()
    return f"{lock} {hashlib.sha256(text).hexdigest()} {platform.python_version()} {platform.machine()}"


def is_ready(need: str) -> bool:
    """Does .venv hold what `need` ("run" or "test") asks for, as locked today?"""
    if not _STAMP.is_file() or not PYTHON.exists():
        return False
    made_from = _STAMP.read_text(encoding="utf-8").strip().rsplit(" ", 2)[0]
    return any(_stamp(lock).startswith(made_from + " ") for lock in _HOLDS[need])


def ensure(need: str) -> None:
    """Make .venv when it is missing or its lock changed. Raises Problem."""
    if is_ready(need):
        return
    refuse_small_disk(ROOT, 700)
    if _STAMP.exists():
        _STAMP.unlink()
    try:
        if not PYTHON.exists() or not _is_same_python():
            shutil.rmtree(VENV, ignore_errors=True)
            _make()
        _LOG.write_bytes(b"")
    except PermissionError:
        raise Problem(f"{VENV} belongs to another user: remove it, or run the command as that user.") from None
    _install(need)
    _STAMP.write_text(_stamp(need) + "\n", encoding="utf-8")


def go_on(need: str, module: str, words: list[str]) -> NoReturn:
    """Make .venv, then become `python -m module` in it: the same process with the packages. Raises Problem."""
    ensure(need)
    os.environ["PYTHONPATH"] = str(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", module, *words])


def _is_same_python() -> bool:
    """Was .venv made by the Python that runs us now?"""
    asked = [str(PYTHON), "-c", "import platform; print(platform.python_version())"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return answer.stdout.strip() == platform.python_version()


def _make() -> None:
    """The empty environment. Debian splits ensurepip off; an installed pip can then fill it from outside."""
    command = [sys.executable, "-m", "venv", str(VENV)]
    if importlib.util.find_spec("ensurepip") is None:
        if importlib.util.find_spec("pip") is None:
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            raise Problem(
                f"This Python has neither venv nor pip: install them (on Debian: apt-get install python{version}-venv)."
            )
        command.append("--without-pip")
    VENV.parent.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        why = (made.stderr or made.stdout).strip().splitlines() or ["no reason given"]
        raise Problem(f"The Python environment {VENV} could not be made: {why[-1]}")


def _install(need: str) -> None:
    own_pip = (VENV / "bin" / "pip").exists()
    pip = [str(PYTHON), "-m", "pip"] if own_pip else [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    lock = ROOT / "requirements" / f"{need}.txt"
    options = ["--require-hashes", "--only-binary", ":all:", "--disable-pip-version-check", "--no-input"]
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore", "PIP_ROOT_USER_ACTION": "ignore"}
    try:
        run_step(
            f"Installing the packages of requirements/{need}.txt",
            [*pip, "install", *options, "-r", str(lock)],
            log=_LOG,
            environment=quiet,
            mend="The packages could not be installed.",
        )
    except Problem:
        raise Problem(_why_pip_failed()) from None


def _why_pip_failed() -> str:
    tail = _LOG.read_text(encoding="utf-8", errors="replace")[-6000:]
    if "DO NOT MATCH THE HASHES" in tail:
        return (
            "A package is not the one this project was locked to, so nothing was installed: "
            f"check where this machine fetches packages from (details in {_LOG})."
        )
    away = ("No matching distribution", "Connection", "Temporary failure", "Network is unreachable", "timed out")
    if any(sign in tail for sign in away):
        return (
            "The packages could not be fetched: check this machine's way to its Python package index "
            f"and run the command again (details in {_LOG})."
        )
    return why_step_failed(_LOG, "The packages could not be installed.")
