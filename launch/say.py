"""What the commands say: plain lines, and one sentence when something is wrong."""

import contextlib
import re
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path


class Problem(Exception):
    """Something the person at the keyboard can mend. Its text is one clear sentence with the mend."""


class Stopped(BaseException):
    """Ctrl-C, SIGTERM or SIGHUP arrived: everything is to be stopped."""


def say(line: str) -> None:
    """One line for the person at the keyboard."""
    print(line, flush=True)


_TELLING = re.compile(r"^[\w.]*(Error|Configured|FATAL|DETAIL)\b.{0,3}:|FATAL:|Early Help does not start")


def last_line(log: Path) -> str:
    """a log that names an error, else the last that says anything."""
    tail = log.read_text(encoding="utf-8", errors="replace")[-6000:]
    lines = [line.strip() for line in tail.splitlines() if line.strip()]
    telling = [line for line in lines if _TELLING.search(line)]
    return (telling or lines or ["nothing"])[-1]


def why_died(title: str, log: Path) -> str:
    """One sentence about a process that did not come up."""
    return f"The {title} did not start; {log} says: {last_line(log)}"


class Progress:
    """One line about something that may take a while: a dot every two seconds, and the time it took."""

    def __init__(self, what: str) -> None:
        self._began = self._dotted = time.monotonic()
        sys.stdout.write(what)
        sys.stdout.flush()

    def tick(self) -> None:
        """Call often; writes a dot when two seconds have gone by."""
        if time.monotonic() - self._dotted >= 2:
            self._dotted = time.monotonic()
            sys.stdout.write(".")
            sys.stdout.flush()

    def done(self) -> None:
        """The thing is done."""
        say(f" done ({time.monotonic() - self._began:.0f} s)")

    def failed(self) -> None:
        """The thing failed; the reason follows."""
        say(" failed")


@contextlib.contextmanager
def shown(what: str) -> Iterator[None]:
    """Show progress while the block works. Only for processes that start no others: it uses a thread."""
    progress, over = Progress(what), threading.Event()

    def tick() -> None:
        while not over.wait(0.5):
            progress.tick()

    ticking = threading.Thread(target=tick, daemon=True)
    ticking.start()
    try:
        yield
    except BaseException:
        over.set()
        ticking.join()
        progress.failed()
        raise
    over.set()
    ticking.join()
    progress.done()
