"""Tries mutants of SQL: collects the tests once, then for each mutant forks, weakens a database and runs them.

A plugin of pytest that takes the place of its loop. A child stops at the first failure and tells its parent which test
it was; it never comes back. The first child has no mutant: tests that fail by themselves kill nothing.
"""

import contextlib
import ctypes
import gc
import itertools
import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest
from django.db import connections
from hypothesis import Phase, settings

from tests import database
from tests.mutation import calling, weakened
from tests.mutation.mutants import Mutant
from tests.mutation.verdicts import INVALID, KILLED, SURVIVED, Ledger, Verdict

CLOCK = "the clock"
PATIENCE = 4
LEAST_PATIENCE = 30.0
EXAMPLES = 8
_PR_SET_PDEATHSIG = 1


@dataclass
class _Running:
    mutant: Mutant
    pid: int
    place: str
    began: float
    until: float
    heard: bytes = b""


class Trial:
    """One run over some mutants. `aims(mutant, tests)` says which tests may kill it; `tell` hears each verdict.

    `until`: no mutant is begun later than this (monotonic seconds). `longest`: seconds after which a mutant's remaining
    tests are not asked; it has survived until then, and its verdict says so.
    """

    def __init__(
        self,
        mutants: list[Mutant],
        ledger: Ledger,
        aims: Callable[[Mutant, Iterable[str]], list[str]],
        tell: Callable[[Mutant, Verdict], None],
        jobs: int = 1,
        until: float = float("inf"),
        longest: float = float("inf"),
    ) -> None:
        self.waiting = list(reversed(mutants))
        self.ledger = ledger
        self.aims = aims
        self.tell = tell
        self.jobs = jobs
        self.until = until
        self.longest = longest
        self.red: list[str] = []
        self.items: dict[str, pytest.Item] = {}
        self.failure = ""
        self.unasked = ""
        self.durations: dict[str, float] = {}
        self.counting: calling.Calls | None = None
        self.calls: dict[str, list[str]] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Hypothesis tries fewer examples, always the same ones, and does not look for the smallest that fails."""
        for item in items:
            own = getattr(getattr(item, "obj", None), "_hypothesis_internal_use_settings", None)
            if own:
                fewer = settings(own, max_examples=EXAMPLES, derandomize=True, phases=(Phase.explicit, Phase.generate))
                item.obj._hypothesis_internal_use_settings = fewer

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of running the tests once: run them for nobody, then for every mutant."""
        if session.testsfailed:
            self.red = ["the tests cannot be collected"]
            return True
        self.items = {item.nodeid: item for item in session.items}
        made = database.template()
        database.template = lambda: made
        places = [f"eh_mutant_{os.getpid()}_{number}" for number in range(self.jobs)]
        try:
            if self._is_green(places[0]):
                gc.freeze()  # children share what is here as long as nobody touches it
                self._try_all(places)
        finally:
            for place in places:
                weakened.forget(place)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """In a child: remember what failed, and how long each test took."""
        self.durations[report.nodeid] = self.durations.get(report.nodeid, 0) + report.duration
        if report.failed and not self.failure:
            self.failure = report.nodeid

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """In the child without a mutant: remember what the test called."""
        if self.counting:
            connections.close_all()
            self.calls[nodeid] = self.counting.since()

    def _is_green(self, place: str) -> bool:
        asked = dict.fromkeys(test for m in self.waiting for test in self.aims(m, self.items))
        python = any(m.file.endswith(".py") for m in self.waiting)
        green = self.ledger.green
        wanted = [test for test in asked if test not in green or (python and not green[test]["python"])]
        self.counting = calling.Calls(place, weakened.run, python=python)
        weakened.found(place)
        if not wanted:
            self.counting = None
            return True
        reader, pid = self._fork(None, wanted, place)
        heard = b""
        while part := os.read(reader, 65536):
            heard += part
        os.close(reader)
        os.waitpid(pid, 0)
        answer = json.loads(heard)
        if answer["outcome"] == SURVIVED:
            countable = calling.countable(place, weakened.run)
            self.ledger.write_green(answer["durations"], answer["calls"], countable, python=python)
        else:
            self.red = [answer["by"]]
        self.counting = None
        return not self.red

    def _try_all(self, places: list[str]) -> None:
        running: dict[int, _Running] = {}
        while running or (self.waiting and time.monotonic() < self.until):
            while self.waiting and places and time.monotonic() < self.until:
                mutant, place = self.waiting.pop(), places.pop()
                order = self.ledger.likeliest(mutant, self.aims(mutant, self.items))
                reader, pid = self._fork(mutant, order, place)
                running[reader] = _Running(mutant, pid, place, now := time.monotonic(), now + self._patience(order))
            ready, _, _ = select.select(list(running), [], [], 0.5)
            for reader in ready:
                if part := os.read(reader, 65536):
                    running[reader].heard += part
                else:
                    os.close(reader)
                    places.append(self._ended(running.pop(reader)))
            for one in [r for r in running.values() if time.monotonic() > r.until]:
                os.killpg(one.pid, signal.SIGKILL)

    def _patience(self, tests: list[str]) -> float:
        """Seconds that a mutant is given: several times what its tests take without it."""
        return LEAST_PATIENCE + PATIENCE * sum(self.ledger.green[test]["took"] for test in tests)

    def _ended(self, one: _Running) -> str:
        """Write down what a child found. Gives the database's name, which is free again."""
        os.waitpid(one.pid, 0)
        if one.heard:
            answer = json.loads(one.heard)
        else:
            answer = {"outcome": KILLED, "by": CLOCK}
            weakened.forget(one.place)
        took = round(time.monotonic() - one.began, 2)
        verdict = Verdict(one.mutant.key, one.mutant.words, answer["outcome"], answer["by"], took)
        self.ledger.write(verdict)
        self.tell(one.mutant, verdict)
        return one.place

    def _fork(self, mutant: Mutant | None, tests: list[str], place: str) -> tuple[int, int]:
        sys.stdout.flush()
        reader, writer = os.pipe()
        pid = os.fork()
        if pid:
            os.close(writer)
            return reader, pid
        os.setsid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # nobody is left over when the command is stopped
        os.close(reader)
        try:
            answer = self._live(mutant, tests, place)
        except BaseException as error:
            answer = {"outcome": INVALID, "by": f"the trial itself failed: {error!r}"[:300]}
        os.write(writer, json.dumps(answer).encode())
        os._exit(0)

    def _live(self, mutant: Mutant | None, tests: list[str], place: str) -> dict[str, object]:
        """A child's whole life: a weakened database or function, and the tests until one fails."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        try:
            counted = self.counting.counted() if self.counting else contextlib.nullcontext()
            with weakened.database_of(mutant, place, self.counting), counted:
                self._run([self.items[test] for test in tests])
        except weakened.DoesNotLoad as error:
            return {"outcome": INVALID, "by": str(error).partition("\n")[0]}
        outcome = KILLED if self.failure else SURVIVED
        return {
            "outcome": outcome,
            "by": self.failure or self.unasked,
            "durations": self.durations,
            "calls": self.calls,
        }

    def _run(self, items: list[pytest.Item]) -> None:
        began = time.monotonic()
        for item, following in itertools.pairwise([*items, None]):
            if not self.counting and time.monotonic() - began > self.longest:
                self.unasked = f"{len(items) - items.index(item)} of {len(items)} tests were not asked"
                break
            if not self.counting:
                # Ends this child even while it waits for the database; its parent says that the clock killed it.
                signal.setitimer(signal.ITIMER_REAL, LEAST_PATIENCE + 10 * self.ledger.green[item.nodeid]["took"])
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failure:
                break
        signal.setitimer(signal.ITIMER_REAL, 0)
