"""`bin/lock`: remake requirements/*.txt from pyproject.toml. For maintainers; the only command that needs uv."""

import os
import shutil
import subprocess
import sys

from launch.environment import ROOT
from launch.say import say

LOCKS = {
    "test": ["servers", "test"],  # first, for the others take their versions from it
    "run": ["servers"],  # with the server wheels: what bin/start needs
    "deploy": [],  # the app alone: what a container image holds
    "pdf": ["pdf"],  # the app and what makes PDFs of it
}


def main() -> int:
    """Exit code 0 when every lock is made; further words (such as `--upgrade-package django`) go to uv."""
    beside = os.path.join(os.path.dirname(sys.executable), "uv")
    uv = beside if os.path.exists(beside) else shutil.which("uv")
    if not uv:
        say("bin/lock needs uv: install it (pip install uv) and run bin/lock again.")
        return 1
    for name, extras in LOCKS.items():
        target = f"requirements/{name}.txt"
        command = [uv, "pip", "compile", "--quiet", "--generate-hashes", "--no-emit-index-url", "--universal"]
        command += ["--python-version", "3.11", "--custom-compile-command", "bin/lock"]
        for extra in extras:
            command += ["--extra", extra]
        if name != "test":
            command += ["--constraint", "requirements/test.txt"]
        made = subprocess.run([*command, *sys.argv[1:], "pyproject.toml", "-o", target], cwd=ROOT, check=False)
        if made.returncode:
            return 1
        say(f"{target} is made.")
    return 0
