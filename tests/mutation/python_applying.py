"""Makes one mutant of a Python module true in this process, where everything is imported already.

A function gets the mutated code, wherever it has been imported to. A value at the top of a module is computed again,
with those after it, and put in the place of the old one in every module that holds it. A value that another module
computed from it when it was imported stays: such a mutant can survive wrongly, never be killed wrongly.
"""

import ast
import sys
from types import CodeType, FunctionType, ModuleType

from tests.mutation.mutants import Mutant
from tests.mutation.python_changes import MODULE


def apply(mutant: Mutant) -> None:
    """Raises SyntaxError or LookupError where the mutant cannot be."""
    module = sys.modules[mutant.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")]
    if mutant.change.within == MODULE:
        _values(module, mutant)
    else:
        function = _live(module, mutant.change.within)
        function.__code__ = _code(compile(mutant.mutated, mutant.file, "exec"), mutant.change.within)


def _live(module: ModuleType, name: str) -> FunctionType:
    """The function as it lives, below whatever wraps it."""
    holder: object = module
    for part in name.split("."):
        holder = vars(holder)[part]
        holder = getattr(holder, "fget", None) or getattr(holder, "__func__", None) or holder
        while hasattr(holder, "__wrapped__"):
            holder = holder.__wrapped__
    if not isinstance(holder, FunctionType):
        raise LookupError(f"{name} is no function")
    return holder


def _code(code: CodeType, name: str) -> CodeType:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_qualname == name:
                return inner
            if name.startswith(f"{inner.co_qualname}."):
                return _code(inner, name)
    raise LookupError(name)


def _values(module: ModuleType, mutant: Mutant) -> None:
    line = mutant.line
    space = dict(vars(module))
    for node in ast.parse(mutant.mutated).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.end_lineno >= line:
            exec(compile(ast.Module([node], []), mutant.file, "exec"), space)
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    _replace(getattr(module, target.id), space[target.id])


def _replace(old: object, new: object) -> None:
    if old == new:
        return
    for module in list(sys.modules.values()):
        for name, value in list(vars(module).items()) if isinstance(module, ModuleType) else []:
            if value is old:
                setattr(module, name, new)
