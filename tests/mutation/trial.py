"""Tries mutants of SQL: collects the tests once, then for each mutant forks, weakens a database and runs them.

A plugin of pytest that takes the place of its loop. A child stops at the first failure and tells its parent which test
it was; it never comes back. The first child has no mutant: tests that fail by themselves kill nothing.
"""

import ctypes
import itertools
import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import psycopg2
import pytest
from hypothesis import Phase, settings

from tests import database
from tests.mutation import applying, python_applying
from tests.mutation.mutants import Mutant
from tests.mutation.verdicts import INVALID, KILLED, SURVIVED, Ledger, Verdict

CLOCK = "the clock"
MOST_SECONDS = 300.0
EXAMPLES = 8
_PR_SET_PDEATHSIG = 1


@dataclass
class _Running:
    mutant: Mutant
    reader: int
    began: float
    heard: bytes = b""


class Trial:
    """One run over some mutants. `aims(mutant, tests)` says which tests may kill it; `tell` hears each verdict."""

    def __init__(
        self,
        mutants: list[Mutant],
        ledger: Ledger,
        aims: Callable[[Mutant, Iterable[str]], list[str]],
        tell: Callable[[Mutant, Verdict], None],
        jobs: int = 1,
        until: float = float("inf"),
    ) -> None:
        self.waiting = list(reversed(mutants))
        self.ledger = ledger
        self.aims = aims
        self.tell = tell
        self.jobs = jobs
        self.until = until
        self.red: list[str] = []
        self.items: dict[str, pytest.Item] = {}
        self.failure = ""
        self.durations: dict[str, float] = {}

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
        database.template()
        if self._is_green():
            self._try_all()
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """In a child: remember what failed, and how long each test took."""
        self.durations[report.nodeid] = self.durations.get(report.nodeid, 0) + report.duration
        if report.failed and not self.failure:
            self.failure = report.nodeid

    def _is_green(self) -> bool:
        wanted = list(dict.fromkeys(test for m in self.waiting for test in self.aims(m, self.items)))
        if set(wanted) <= set(self.ledger.took):
            return True
        reader = self._fork(None, wanted)
        heard = b""
        while part := os.read(reader, 65536):
            heard += part
        os.close(reader)
        os.wait()
        answer = json.loads(heard)
        if answer["outcome"] == SURVIVED:
            self.ledger.write_green(answer["durations"])
        else:
            self.red = [answer["by"]]
        return not self.red

    def _try_all(self) -> None:
        running: dict[int, _Running] = {}
        while running or (self.waiting and time.monotonic() < self.until):
            while self.waiting and len(running) < self.jobs and time.monotonic() < self.until:
                mutant = self.waiting.pop()
                order = self.ledger.likeliest(mutant, self.aims(mutant, self.items))
                reader = self._fork(mutant, order)
                running[reader] = _Running(mutant, reader, time.monotonic())
            ready, _, _ = select.select(list(running), [], [], 0.5)
            for reader in ready:
                if part := os.read(reader, 65536):
                    running[reader].heard += part
                else:
                    self._ended(running.pop(reader))
            for one in [r for r in running.values() if time.monotonic() - r.began > MOST_SECONDS]:
                os.killpg(self.pids[one.reader], signal.SIGKILL)

    pids: dict[int, int] = {}

    def _ended(self, one: _Running) -> None:
        os.close(one.reader)
        pid = self.pids.pop(one.reader)
        os.waitpid(pid, 0)
        if one.heard:
            answer = json.loads(one.heard)
        else:
            answer = {"outcome": KILLED, "by": CLOCK}
            for name in _names(pid):
                database.drop(name)
        took = round(time.monotonic() - one.began, 2)
        verdict = Verdict(one.mutant.key, one.mutant.words, answer["outcome"], answer["by"], took)
        self.ledger.write(verdict)
        self.tell(one.mutant, verdict)

    def _fork(self, mutant: Mutant | None, tests: list[str]) -> int:
        sys.stdout.flush()
        reader, writer = os.pipe()
        pid = os.fork()
        if pid:
            os.close(writer)
            self.pids[reader] = pid
            return reader
        os.setsid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # nobody is left over when the command is stopped
        os.close(reader)
        try:
            answer = self._live(mutant, tests)
        except BaseException as error:
            answer = {"outcome": INVALID, "by": f"the trial itself failed: {error!r}"[:300], "durations": {}}
        os.write(writer, json.dumps(answer).encode())
        os._exit(0)

    def _live(self, mutant: Mutant | None, tests: list[str]) -> dict[str, object]:
        """A child's whole life: a weakened database, the tests until one fails, and nothing left behind."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        is_python = mutant is not None and mutant.file.endswith(".py")
        _be_somewhere_else(applying.script(mutant) if mutant and not is_python else "")
        try:
            if is_python:
                python_applying.apply(mutant)
            database.clone(database.NAME)
        except (psycopg2.Error, SyntaxError, LookupError) as error:
            self.failure = str(error).splitlines()[0]
            return {"outcome": INVALID, "by": self.failure, "durations": {}}
        else:
            self._run([self.items[test] for test in tests])
            outcome = KILLED if self.failure else SURVIVED
            return {"outcome": outcome, "by": self.failure, "durations": self.durations}
        finally:
            for name in _names(os.getpid()):
                database.drop(name)

    def _run(self, items: list[pytest.Item]) -> None:
        for item, following in itertools.pairwise([*items, None]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failure:
                return


def _names(pid: int) -> list[str]:
    return [f"eh_mutant_{pid}", f"eh_mutant_{pid}_own"]


def _be_somewhere_else(script: str) -> None:
    """Every database this process makes from now on is the mutant, under names of its own."""
    from django.db import connection

    made = database.clone
    before: list[str] = []

    def clone(name: str) -> None:
        if name == database.NAME and name in before:
            return  # made already, to see whether the mutant loads
        before.append(name)
        made(name)
        if script:
            weakened = psycopg2.connect(database.admin_address(name))
            with weakened, weakened.cursor() as cursor:
                cursor.execute(script)
            weakened.close()

    database.clone = clone
    database.NAME = _names(os.getpid())[0]
    os.environ["DATABASE_URL"] = database.address("eh_tester", database.NAME)
    connection.settings_dict["NAME"] = database.NAME
