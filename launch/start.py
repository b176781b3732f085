"""`bin/start`, first half: needs Python only. Checks what can be known, makes .venv, goes on in launch/service.py."""

import argparse
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from launch import environment
from launch.folder import DataFolder, choose
from launch.process import is_disk_full
from launch.say import Problem, Stopped, say
from launch.servers import server_files


def main() -> int:
    """The command. Only comes back when something is wrong; then with exit code 1 and one sentence said."""
    return guarded(lambda: _begin(read_wishes()))


def guarded(work: Callable[[], None]) -> int:
    """Do the work; every foreseen failure becomes one sentence and exit code 1. Signals raise Stopped inside."""

    def stop(_number: int, _frame: Any) -> None:
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        work()
    except Problem as problem:
        say(str(problem))
        return 1
    except Stopped:
        return 0
    except OSError as error:
        if not is_disk_full(error):
            raise
        say("The disk is full: free at least 1 GB and run the command again.")
        return 1
    return 0


def read_wishes() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="bin/start", description="Run Early Help on this machine.")
    parser.add_argument("--port", type=int, default=8000, help="where the web server listens (default 8000)")
    parser.add_argument("--data", type=Path, default=environment.ROOT / ".data", help="where data is kept (.data)")
    parser.add_argument("--reset", action="store_true", help="forget all data and begin afresh")
    parser.add_argument("--families", type=int, default=2000, help="size of the demonstration district, when loaded")
    wishes = parser.parse_args()
    if wishes.families < 1:
        parser.error("--families must be 1 or more")
    if not 1 <= wishes.port <= 65535:
        parser.error("--port must be from 1 to 65535")
    return wishes


def refuse_taken_port(port: int) -> None:
    """Raises Problem when the port cannot be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Problem(f"Port {port} needs an administrator: choose another, as in bin/start --port 8000.") from None
        except OSError:
            other = port + 1 if port < 65535 else 8000
            raise Problem(f"Port {port} is taken: choose another, as in bin/start --port {other}.") from None


def _begin(wishes: argparse.Namespace) -> None:
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        server_files()
    if wishes.reset and os.environ.get("DATABASE_URL"):
        raise Problem("--reset leaves a database server of yours alone: drop the database earlyhelp there yourself.")
    folder = DataFolder(choose(wishes.data))
    folder.make()
    folder.hold()
    folder.stop_orphans()
    refuse_taken_port(wishes.port)
    # the lock on the folder goes with this half of the process and is taken anew by the next
    words = ["--port", str(wishes.port), "--data", str(folder.path), "--families", str(wishes.families)]
    words += ["--reset"] if wishes.reset else []
    environment.go_on("run", "launch.service", words)
