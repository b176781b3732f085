"""Which mutants are of the policy: of what policies, triggers and the statements that make them are, and reach.

The rest of the SQL are verbs and questions, which act or ask under those policies.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from tests.database import ROOT
from tests.mutation.mutants import Mutant
from tests.mutation.targets import SQL, made_again
from tests.mutation.tokens import Statement, statements

ENTRANCES = {"begin", "set_key"}
"""Functions that nothing in SQL calls and on which each policy rests: who acts is proved there."""
_NAMED = re.compile(r"gate\.(\w+)")


def of_policy(mutants: Iterable[Mutant]) -> list[Mutant]:
    """Those of Python, of whole statements outside functions, and of functions that such statements reach."""
    functions: dict[str, list[str]] = defaultdict(list)
    named: dict[str, str] = {}
    todo = set(ENTRANCES)
    for one in _standing():
        text = one.source[one.start : one.end]
        if is_function(one):
            name = _NAMED.findall(text)[0]
            functions[name].append(text)
            named[one.name] = name
        elif one.text.startswith(("create policy", "create trigger", "call", "do $$ begin perform gate.write_")):
            todo |= set(_NAMED.findall(text))
    reached = set()
    while todo:
        name = todo.pop()
        if name not in reached and name in functions:
            reached.add(name)
            todo |= {found for text in functions[name] for found in _NAMED.findall(text)}
    return [m for m in mutants if named.get(m.change.within) in reached | {None}]


def is_function(one: Statement) -> bool:
    """Whether this statement makes a function or procedure."""
    return bool(re.match(r"create( or replace)? (function|procedure)\b", one.text))


def _standing() -> Iterable[Statement]:
    gone = made_again()
    for pattern in SQL:
        for path in sorted(ROOT.glob(pattern)):
            file = path.relative_to(ROOT).as_posix()
            yield from (s for s in statements(path.read_text(encoding="utf-8")) if (file, s.start) not in gone)
