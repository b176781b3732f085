"""No file asks the clock when it is read: a worker, or a run of these tests, goes on past midnight."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FOLDERS = ("sharing_agreements", "cases", "referrals", "earlyhelp", "launch", "bench", "tests")
CLOCKS = {"today", "yesterday", "tomorrow", "in_days", "now", "utcnow", "localdate", "localtime"}


def asked_when_read(tree: ast.AST) -> Iterator[int]:
    """The lines of calls of a clock that run as the file is imported, which what functions do does not."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            given = [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults]
            yield from asked_when_read(ast.Module([one for one in given if one], []))
        elif not isinstance(node, ast.Lambda):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in CLOCKS:
                    yield node.lineno
            yield from asked_when_read(node)


def test_nothing_asks_the_clock_when_it_is_read():
    found = []
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += [f"{path.relative_to(ROOT)}:{line}" for line in asked_when_read(tree)]
    assert found == [], "ask in the function; a parameter may be `cast.today` itself, see cast.said_today"


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("DAY = cast.today()", [1]),
        ("DAYS = {'a': [cast.in_days(3)]}", [1]),
        ("@given(worlds(today()))\ndef test(): pass", [1]),
        ("def sweep(\n    on=today(),\n    *,\n    at=timezone.now(),\n): pass", [2, 4]),
        ("class One:\n    made = timezone.now()\n    def it(self, at=now()): pass", [2, 3]),
        ("def sweep():\n    return today()", []),
        ("DAY = lambda: cast.today()", []),
        ("@pytest.mark.parametrize('day', [cast.today])\ndef test(day): day()", []),
    ],
)
def test_what_counts_as_asking(written, lines):
    assert list(asked_when_read(ast.parse(written))) == lines
