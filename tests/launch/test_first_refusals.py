"""What the commands say on a machine that cannot run them: one sentence with the mend, and exit code 1."""

import subprocess
import sys

import pytest

from tests.launch.running import ROOT, clean_environment


def _run(preparation: str, command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in a Python that pretends something about its machine."""
    program = f"import sys, platform, runpy\n{preparation}\nsys.argv = ['{command}']\nrunpy.run_path('{command}')"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, env=clean_environment(), check=False
    )


@pytest.mark.parametrize("command", ["bin/start", "bin/test", "bin/check", "bin/lock"])
def test_an_old_python_is_told_which_one_is_needed(command: str) -> None:
    done = _run("sys.version_info = (3, 9, 18)", command)
    assert done.returncode == 1
    assert done.stderr == (
        f"Early Help needs Python 3.11 or newer and this is 3.9: install one and run it as python3.11 {command}.\n"
    )


def test_another_machine_is_asked_for_servers_of_its_own() -> None:
    done = _run("platform.machine = lambda: 'aarch64'", "bin/start")
    assert done.returncode == 1
    assert done.stdout == (
        "PostgreSQL and Redis come along only on Linux x86_64: "
        "here set DATABASE_URL (a login that may create roles) and REDIS_URL to servers of your own.\n"
    )
    assert done.stderr == ""
