"""`bin/prove` and `bin/mutate`: throw-away servers, then a program of tests/ with the same words, then all down."""

import os
import signal
import sys

from launch import environment
from launch.process import signal_group, spawn
from launch.start import guarded
from launch.throwaway import servers


def main(module: str) -> int:
    """First half, before anything is installed: make .venv, go on in it. Comes back only when something is wrong."""
    return guarded(lambda: environment.go_on("test", "launch.proving", [module, *sys.argv[1:]]))


def run() -> None:
    """Second half: servers up, the program, all down. Exits with the program's own code."""
    with servers() as found:
        words = {**os.environ, **found, "PYTHONPATH": str(environment.ROOT)}
        child = spawn([sys.executable, "-m", *sys.argv[1:]], environment=words, folder=environment.ROOT)
        try:
            code = child.wait()
        finally:
            signal_group(child.pid, signal.SIGKILL)
    sys.exit(code)


if __name__ == "__main__":
    sys.exit(guarded(run))
