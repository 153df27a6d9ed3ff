"""Which attributes of a task the resolving of it can read: a parameter that only `run()` reads makes no branches.

Read off the source of the class's own methods, and not seen while they run: rows are made when tests are collected, where no project code
shall run, and they must be the same on every xdist worker.
"""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
from collections.abc import Iterator
from types import FunctionType
from typing import Any

from pytest_gokart.parameters.sampling.acceptance import is_library

_CALLED = ('__init__', 'requires', 'output')
"""What resolving calls: the constructor, and what gokart.task.TaskOnKart.make_unique_id and the checks of paths need."""

_WHOLE = frozenset({
    'clone', 'clone_parent', 'clone_parents', 'param_kwargs', 'param_args', 'to_str_params', 'get_param_values', '__dict__',
})  # fmt: skip
"""Members of luigi.Task that hand every parameter on."""

_HARMLESS = frozenset({'super', 'isinstance', 'type', 'id', 'repr', 'str'})
"""Functions that a method may hand `self` to without reading a parameter for a branch."""


_PLAIN = frozenset({'builtins', 'abc', 'typing', 'typing_extensions'})
"""Modules whose classes add no parameter and read none."""


class ReadsAll(Exception):
    """The whole task is handed on, or the source is not there: any parameter may be read."""


def may_read(task_class: type) -> frozenset[str] | None:
    """The names of all attributes that resolving a task of a class can read; None if they may be any."""
    try:
        return frozenset(_reached(task_class))
    except ReadsAll:
        return None


def _reached(task_class: type) -> set[str]:
    seen: set[str] = set()
    pending = list(_CALLED)
    while pending:
        name = pending.pop()
        if name in _WHOLE:
            raise ReadsAll
        if name not in seen:
            seen.add(name)
            for function in _functions(task_class, name):
                pending += _read_by(function)
    return seen


def _functions(task_class: type, name: str) -> Iterator[FunctionType]:
    """The project's functions behind a name: of all classes, as `super()` may call them."""
    import luigi

    for each in task_class.__mro__:
        if is_library(each) or each.__module__ in _PLAIN or name not in vars(each):
            continue
        found: Any = vars(each)[name]
        if isinstance(found, staticmethod | classmethod):
            continue  # without the task in hand
        if isinstance(found, property | functools.cached_property):
            found = getattr(found, 'fget', None) or getattr(found, 'func', None)
        found = inspect.unwrap(found) if callable(found) else found
        if isinstance(found, FunctionType):
            if found.__module__ == 'luigi.util':
                raise ReadsAll  # clones the parent task (luigi.util.requires of luigi 3.8.1)
            if not is_library(found):
                yield found
        elif (callable(found) or hasattr(found, '__get__')) and not isinstance(found, type | luigi.Parameter):
            raise ReadsAll  # a partial method, or a descriptor of the project's own


def _read_by(function: FunctionType) -> list[str]:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, SyntaxError, TypeError, ValueError) as error:
        raise ReadsAll from error
    made = tree.body[0]
    if not isinstance(made, ast.FunctionDef) or not (formals := [*made.args.posonlyargs, *made.args.args]):
        raise ReadsAll
    reads = _Reads(formals[0].arg)
    for statement in made.body:
        reads.visit(statement)
    return reads.names


class _Reads(ast.NodeVisitor):
    """Collects the attributes that a method reads from its task. Raises ReadsAll where the task itself is used in another way."""

    def __init__(self, task: str) -> None:
        self._task = task
        self.names: list[str] = []

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Call) and getattr(node.value.func, 'id', '') == 'super':
            self.names.append(node.attr)
        if isinstance(node.value, ast.Name) and node.value.id == self._task:
            self.names.append(node.attr)
        else:
            self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        called = getattr(node.func, 'id', '')
        rest = node.args
        if rest and isinstance(rest[0], ast.Name) and rest[0].id == self._task:
            if called in ('getattr', 'hasattr') and len(rest) > 1 and isinstance(rest[1], ast.Constant):
                self.names.append(str(rest[1].value))
                rest = rest[2:]
            elif called in _HARMLESS:
                rest = rest[1:]
        elif called == 'super':
            rest = [each for each in rest if not isinstance(each, ast.Name)]
        for each in (node.func, *rest, *(keyword.value for keyword in node.keywords)):
            self.visit(each)

    def visit_FormattedValue(self, node: ast.FormattedValue) -> None:
        if not isinstance(node.value, ast.Name):  # the text of the whole task makes no branch
            self.visit(node.value)

    def visit_Name(self, node: ast.Name) -> None:
        if node.id == self._task:
            raise ReadsAll
