"""Which functions each test calls: a mutant of a function is asked only of the tests that call it.

PostgreSQL counts calls itself (track_functions), inside triggers and policies too. It cannot count a function that
it writes into the query that calls it, and a function whose words became policies acts without being called: mutants
of these, of policies, grants and values are asked of every test they aim at.
"""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

from tests.database import ROOT
from tests.mutation import applying, targets
from tests.mutation.mutants import Mutant
from tests.mutation.python_changes import MODULE

Run = Callable[[str, str], list[tuple[str, ...]]]

_ACTS_UNCALLED = applying.MAKERS | applying.SENTENCES | applying.EXPLAINED_WITH | applying.WRITERS
_COUNTED = "select schemaname || '.' || funcname, sum(calls)::integer from pg_stat_user_functions group by 1"
_COUNTABLE = """
select n.nspname || '.' || p.proname
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
 where n.nspname = 'gate' group by 1
having bool_and(l.lanname <> 'sql' or p.prosecdef or p.proconfig is not null)
"""
_OTHERS = """
select count(*) from pg_stat_activity
 where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
"""
_LONGEST_WAIT = 1.0


class Calls:
    """Counts in one process what the tests call, in the standing database `place` and in those a test makes.

    `python`: the targets' Python functions too, not only those of the database.
    """

    def __init__(self, place: str, run: Run, *, python: bool) -> None:
        self.place, self.run, self.python = place, run, python
        self.before = Counter[str]()
        self.here: set[str] = set()
        self.files = {str(path): path.relative_to(ROOT).as_posix() for p in targets.PYTHON for path in ROOT.glob(p)}

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count inside this block."""
        self.follow(self.place)
        if self.python:  # every call of every function is looked at, so a test takes twice as long
            sys.setprofile(self._enter)
            threading.setprofile(self._enter)
        try:
            yield
        finally:
            sys.setprofile(None)
            threading.setprofile(None)  # type: ignore[arg-type]
            self.run(self.place, f'alter database "{self.place}" reset track_functions')

    def _enter(self, frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and (file := self.files.get(frame.f_code.co_filename)):
            self.here.add(f"{file}:{frame.f_code.co_qualname}")

    def follow(self, name: str) -> None:
        """Let every connection to this database that begins from now on be counted."""
        self.run(name, f"alter database \"{name}\" set track_functions = 'all'")

    def collect(self, name: str) -> None:
        """A database that a test made is about to go."""
        self._wait(name)
        self.here |= {function for function, _ in self.run(name, _COUNTED)}

    def since(self) -> list[str]:
        """What was called since the last time this was asked. Connections must be closed by then."""
        self._wait(self.place)
        now = Counter({function: int(calls) for function, calls in self.run(self.place, _COUNTED)})
        called, self.here = self.here | set(now - self.before), set()
        self.before = now
        return sorted(called)

    def _wait(self, name: str) -> None:
        until = time.monotonic() + _LONGEST_WAIT
        while self.run(name, _OTHERS) != [(0,)] and time.monotonic() < until:
            time.sleep(0.01)


def countable(name: str, run: Run) -> list[str]:
    """The functions whose calls PostgreSQL counts."""
    return [function for (function,) in run(name, _COUNTABLE)]


def askable(
    mutant: Mutant, tests: Iterable[str], calls: dict[str, Collection[str]], countable: Collection[str]
) -> list[str]:
    """Of these tests, those that call what the mutant changes, where that can be known; the census always."""
    within = mutant.change.within
    if mutant.file.endswith(".sql"):
        known, name = within in countable and within not in _ACTS_UNCALLED, within
    else:
        known, name = within != MODULE, f"{mutant.file}:{within}"
    if not known:
        return list(tests)
    return [test for test in tests if test.startswith(targets.CENSUS) or name in calls[test]]
