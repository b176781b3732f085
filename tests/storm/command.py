"""The long form of the storm, on a PostgreSQL of its own that is crashed and started again.

    bin/storm [--seconds 600] [--seed N]

Prints what it found; the last line is one JSON object. Exit code 1 when anything was lost or done twice.
"""

import argparse
import dataclasses
import json
import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from launch.folder import server_account
from launch.process import signal_group
from launch.servers import Broker, Postgres, server_files
from launch.throwaway import scratch_folder


class CrashingPostgres:
    """A cluster that can be killed as by a power cut and comes back with what it had confirmed."""

    def __init__(self, folder: Path) -> None:
        account = server_account()
        programs, self.redis_server = server_files(folder, account)
        self.server = Postgres(folder, programs, secrets.token_urlsafe(24), folder, account)
        self.server.make()
        self.log = (folder / "postgres.log").open("ab")
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Up, or an error after a minute."""
        self.process = self.server.start(self.log)
        deadline = time.monotonic() + 60
        while not self.server.is_ready():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise SystemExit("PostgreSQL did not come back after a crash.")
            time.sleep(0.05)

    def crash(self) -> None:
        """kill -9 of the server and all its children, then start it again on what it left."""
        self.stop(signal.SIGKILL)
        self.start()

    def stop(self, which: int = signal.SIGINT) -> None:
        """End it with this signal."""
        pids = [self.process.pid, *_descendants(self.process.pid)] if which == signal.SIGKILL else []
        signal_group(self.process.pid, which)
        for pid in pids:
            _kill(pid)
        self.process.wait(60)


def _descendants(pid: int) -> list[int]:
    """Backends make process groups of their own, so they are killed one by one."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [found for child in children for found in (int(child), *_descendants(int(child)))]


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def main() -> None:
    """Servers of its own, the storm, the figures."""
    parser = argparse.ArgumentParser(prog="bin/storm", description="Kill everything at random; count what was lost.")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    chosen = parser.parse_args()
    folder = scratch_folder()
    postgres = CrashingPostgres(folder)
    try:
        os.environ["ADMIN_DATABASE_URL"] = postgres.server.url
        figures = _storm(chosen.seconds, chosen.seed, folder, postgres.redis_server, postgres.crash)
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps({"seed": chosen.seed, **dataclasses.asdict(figures)}))  # noqa: T201
    sys.exit(0 if figures.is_good else 1)


def _storm(seconds: int, seed: int, folder: Path, redis_server: Path, crash: Callable[[], None]):
    broker = Broker(redis_server, secrets.token_urlsafe(24), server_account())
    os.environ["REDIS_URL"] = broker.url
    from tests import database  # reads ADMIN_DATABASE_URL when it is imported
    from tests.storm.storm import Storm

    database.clone("eh_storm")
    owner = database.ADMIN.rpartition("/")[0] + "/eh_storm"
    print(f"The storm blows for {seconds} s (seed {seed}).", flush=True)  # noqa: T201
    return Storm(
        seconds=seconds,
        folder=folder,
        address=lambda login: database.address(login, "eh_storm"),
        owner=owner,
        broker=broker,
        seed=seed,
        crash=crash,
    ).run()


if __name__ == "__main__":
    main()
