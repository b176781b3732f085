"""`bin/check`: the one list of checks. Runs them all, shows what failed, sums up."""

import os
import subprocess
import sys
import time

from launch import environment
from launch.say import say
from launch.start import guarded
from launch.throwaway import servers

_MODULE = [sys.executable, "-m"]
_MANAGE = [sys.executable, "manage.py"]
CHECKS: dict[str, list[str]] = {
    "ruff check": [*_MODULE, "ruff", "check", "."],
    "ruff format": [*_MODULE, "ruff", "format", "--check", "."],
    "mypy": [*_MODULE, "mypy"],
    "import-linter": [str(environment.VENV / "bin" / "lint-imports")],
    "djlint format": [*_MODULE, "djlint", "templates", "--check"],
    "djlint lint": [*_MODULE, "djlint", "templates", "--lint"],
    "migrations are made": [*_MANAGE, "makemigrations", "--check", "--dry-run"],
    "deployment settings": [*_MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    "drawn documents": [sys.executable, "bin/draw", "--check"],
}


def main() -> int:
    """First half, before anything is installed: make .venv, go on in it."""
    return guarded(lambda: environment.go_on("test", "launch.checking", sys.argv[1:]))


def run() -> None:
    """Second half: every check, or those whose name holds a word of the command line. Exits 1 when one fails."""
    wanted = {name: command for name, command in CHECKS.items() if _is_wanted(name)}
    with servers() as found:
        needs = {
            **os.environ,
            **found,
            "DATABASE_URL": found["ADMIN_DATABASE_URL"],
            "ALLOWED_HOSTS": "early-help.example",
            "PYTHONPATH": str(environment.ROOT),
        }
        failed = [name for name, command in wanted.items() if not _passes(name, command, needs)]
    if failed:
        say(f"{len(failed)} of {len(wanted)} checks failed: {', '.join(failed)}.")
        sys.exit(1)
    say(f"All {len(wanted)} checks passed.")


def _is_wanted(name: str) -> bool:
    exists = name != "drawn documents" or (environment.ROOT / "bin" / "draw").exists()
    words = sys.argv[1:]
    return exists and (not words or any(word in name for word in words))


def _passes(name: str, command: list[str], needs: dict[str, str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(command, cwd=environment.ROOT, env=needs, capture_output=True, text=True, check=False)
    took = time.monotonic() - began
    say(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({took:.1f} s)")
    if done.returncode:
        say((done.stdout + done.stderr).rstrip())
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(guarded(run))
