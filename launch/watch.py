"""The watch over our processes: start in order, restart what dies, stop all in order with nothing left."""

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from launch.process import signal_group
from launch.say import Problem, Stopped, say, why_died

_FIRST_DELAY, _LONGEST_DELAY, _CALM = 0.5, 10.0, 60.0
_BIGGEST_LOG = 5_000_000


@dataclass
class Member:
    """One process that is to be there: how it is started, when it counts as up, how it is told to stop."""

    name: str
    title: str
    start: Callable[[IO[bytes]], "subprocess.Popen[bytes]"]
    is_ready: Callable[[], bool] = lambda: True
    stop_signal: int = signal.SIGTERM
    patience: float = 25.0
    process: "subprocess.Popen[bytes] | None" = None
    delay: float = _FIRST_DELAY
    began: float = 0.0
    due: float | None = None
    log: Path = field(default_factory=Path)

    def is_running(self) -> bool:
        """Is its process alive?"""
        return self.process is not None and self.process.poll() is None


class Watch:
    """Holds the members in the order they were started."""

    def __init__(self, logs: Path, note: Callable[[dict[str, int]], None]) -> None:
        self._members: list[Member] = []
        self._logs = logs
        self._note = note
        self.hurry = False

    def start(self, member: Member, *, within: float = 30.0) -> None:
        """Start one and wait until it is ready. Raises Problem with the last line of its log when it does not come."""
        member.log = self._logs / f"{member.name}.log"
        if member.log.exists() and member.log.stat().st_size > _BIGGEST_LOG:
            member.log.replace(member.log.with_suffix(".log.1"))
        self._members.append(member)
        self._launch(member)
        deadline = time.monotonic() + within
        while not member.is_ready():
            if not member.is_running() or time.monotonic() > deadline:
                raise Problem(why_died(member.title, member.log))
            time.sleep(0.05)

    def keep(self) -> None:
        """Restart whatever died and is due. Call often."""
        now = time.monotonic()
        for member in self._members:
            if member.due is not None and now >= member.due:
                self._launch(member)
            elif member.due is None and not member.is_running():
                self._mourn(member, now)

    def first_dead(self) -> Member | None:
        """A member whose process is gone, if any."""
        return next((member for member in self._members if not member.is_running()), None)

    def member(self, name: str) -> Member:
        """The member of this name."""
        return next(member for member in self._members if member.name == name)

    def stop_all(self) -> None:
        """Stop in the reverse order, then make sure that no group has a process left."""
        for layer in self._layers():
            for member in layer:
                if member.is_running() and member.process:
                    member.process.send_signal(member.stop_signal)
            deadline = time.monotonic() + max(member.patience for member in layer)
            while any(member.is_running() for member in layer) and time.monotonic() < deadline and not self.hurry:
                with contextlib.suppress(Stopped):
                    time.sleep(0.05)
            for member in layer:
                self._clear_group(member)
        self._note({})

    def _layers(self) -> list[list[Member]]:
        """Those that use the servers go first and together, then each server."""
        servers = [member for member in self._members if member.name in {"postgres", "redis"}]
        users = [member for member in self._members if member not in servers]
        return [layer for layer in [users, *[[server] for server in reversed(servers)]] if layer]

    def _launch(self, member: Member) -> None:
        member.due = None
        member.began = time.monotonic()
        with member.log.open("ab") as log:
            member.process = member.start(log)
        self._note({other.name: other.process.pid for other in self._members if other.process})

    def _mourn(self, member: Member, now: float) -> None:
        self._clear_group(member)
        if now - member.began > _CALM:
            member.delay = _FIRST_DELAY
        member.due = now + member.delay
        say(f"The {member.title} stopped by itself; it is started again in {member.delay:.0f} s (see {member.log}).")
        member.delay = min(member.delay * 2, _LONGEST_DELAY)

    def _clear_group(self, member: Member) -> None:
        """Nobody of its group outlives it: a killed worker leaves pool processes, a killed server its backends."""
        if member.process is None:
            return
        while signal_group(member.process.pid, signal.SIGKILL):
            member.process.poll()
            time.sleep(0.02)
        member.process.wait()
