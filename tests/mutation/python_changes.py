"""The changes that are tried on Python that decides: comparisons, conditions, members of sets, calls that guard."""

import ast
import itertools
from collections.abc import Callable, Iterator
from typing import Any

from tests.mutation.mutants import Change

_COMPARED = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.In: "not in",
    ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
MODULE = "(module)"


def changes(source: str) -> Iterator[Change]:
    """Every change of one module: inside its functions, and in the values at its top."""
    reader = _Reader(source)
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            yield from reader.under(node.value, MODULE)
        for name, function in _functions(node):
            for statement in function.body:
                yield from reader.under(statement, name)


def _functions(node: ast.stmt) -> Iterator[tuple[str, ast.FunctionDef]]:
    if isinstance(node, ast.FunctionDef):
        yield node.name, node
    elif isinstance(node, ast.ClassDef):
        for inner in node.body:
            if isinstance(inner, ast.FunctionDef):
                yield f"{node.name}.{inner.name}", inner


class _Reader:
    """Knows where each piece of the source stands."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines = source.splitlines(keepends=True)
        self.starts = [0, *itertools.accumulate(map(len, self.lines))]

    def _at(self, line: int, column: int) -> int:
        return self.starts[line - 1] + len(self.lines[line - 1].encode()[:column].decode())

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Where it begins and ends."""
        return self._at(node.lineno, node.col_offset), self._at(node.end_lineno, node.end_col_offset)

    def text(self, node: ast.expr) -> str:
        """As written."""
        return self.source[slice(*self.span(node))]

    def under(self, top: ast.expr | ast.stmt, within: str) -> Iterator[Change]:
        """The changes of everything below a node."""
        for node in _evaluated(top):
            if changed := _BY_NODE.get(type(node)):
                for operator, where, new in changed(self, node):
                    yield Change(within, operator, *self.span(where), new)


def _evaluated(top: ast.AST) -> Iterator[ast.AST]:
    """All below a node but the types of local names, which Python never looks at."""
    yield top
    for child in ast.iter_child_nodes(top):
        if child is not getattr(top, "annotation", None):
            yield from _evaluated(child)


_Changed = Iterator[tuple[str, ast.expr | ast.stmt, str]]


def _compare(reader: _Reader, node: ast.Compare) -> _Changed:
    if len(node.ops) == 1:
        sign = _COMPARED[type(node.ops[0])]
        yield "other comparison", node, f"{reader.text(node.left)} {sign} {reader.text(node.comparators[0])}"


def _either(reader: _Reader, node: ast.BoolOp) -> _Changed:
    word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    parts = [f"({reader.text(value)})" for value in node.values]
    yield f"swap {word}", node, "(" + f" {other} ".join(parts) + ")"
    for at in range(len(parts)):
        yield f"drop part of {word}", node, "(" + f" {word} ".join(parts[:at] + parts[at + 1 :]) + ")"


def _not(reader: _Reader, node: ast.UnaryOp) -> _Changed:
    if isinstance(node.op, ast.Not):
        yield "drop not", node, f"({reader.text(node.operand)})"


def _if(_reader: _Reader, node: ast.If) -> _Changed:
    yield "never", node.test, "False"


def _choice(reader: _Reader, node: ast.IfExp) -> _Changed:
    yield "first branch", node, f"({reader.text(node.body)})"
    yield "second branch", node, f"({reader.text(node.orelse)})"


def _together(reader: _Reader, node: ast.BinOp) -> _Changed:
    if isinstance(node.op, ast.BitOr | ast.BitAnd):
        yield "left alone", node, f"({reader.text(node.left)})"
        yield "right alone", node, f"({reader.text(node.right)})"


def _members(reader: _Reader, node: ast.Set) -> _Changed:
    for member in node.elts if len(node.elts) > 1 else []:
        yield "drop member", node, "{" + ", ".join(reader.text(one) for one in node.elts if one is not member) + "}"


def _constant(_reader: _Reader, node: ast.Constant) -> _Changed:
    if isinstance(node.value, bool):
        yield "other truth", node, str(not node.value)
    elif isinstance(node.value, int):
        yield "next number", node, str(node.value + 1)


def _return(_reader: _Reader, node: ast.Return) -> _Changed:
    if node.value and not isinstance(node.value, ast.Constant):
        yield "return nothing", node, "return None"


def _guard(_reader: _Reader, node: ast.Expr | ast.Raise) -> _Changed:
    if isinstance(node, ast.Raise) or isinstance(node.value, ast.Call):
        yield "drop statement", node, "pass"


_BY_NODE: dict[type, Callable[[_Reader, Any], _Changed]] = {
    ast.Compare: _compare,
    ast.BoolOp: _either,
    ast.UnaryOp: _not,
    ast.If: _if,
    ast.IfExp: _choice,
    ast.BinOp: _together,
    ast.Set: _members,
    ast.Constant: _constant,
    ast.Return: _return,
    ast.Raise: _guard,
    ast.Expr: _guard,
}
