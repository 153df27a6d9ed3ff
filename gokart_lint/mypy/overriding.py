"""A constant or a property in the place of an inherited parameter: the gokart way to fix a value, and a mistake for mypy.

Both are right at run time: `Task.get_params` of luigi 3.8.1 looks at the attribute that the class has in the end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from mypy.nodes import AssignmentStmt, Decorator, NameExpr, OverloadedFuncDef, Statement, TypeInfo

from gokart_lint.mypy.declarations import is_none

if TYPE_CHECKING:
    from gokart_lint.mypy.silencing import Silencing


def silence(api: Any, info: TypeInfo, inherited: Collection[str], silencing: Silencing) -> None:
    """Let a class put a property or None in the place of parameters that it inherits. The file of the class must be the current one."""
    lines = {line: code for statement in info.defn.defs.body for line, code in _errors(statement, inherited)}
    ignored = api.cur_mod_node.ignored_lines
    silencing.allow(api.errors, info, {line: code for line, code in lines.items() if line not in ignored})  # or the mark counts as unused


def _errors(statement: Statement, inherited: Collection[str]) -> Iterator[tuple[int, str]]:
    if isinstance(statement, Decorator | OverloadedFuncDef) and statement.name in inherited and _is_property(statement):
        yield statement.line, 'override'
        if isinstance(statement, Decorator):
            yield statement.func.line, 'override'
    elif isinstance(statement, AssignmentStmt) and _is_none(statement, inherited):
        yield statement.line, 'assignment'


def _is_none(statement: AssignmentStmt, inherited: Collection[str]) -> bool:
    targets = (target.name for target in statement.lvalues if isinstance(target, NameExpr))
    return statement.type is None and is_none(statement.rvalue) and any(name in inherited for name in targets)


def _is_property(statement: Decorator | OverloadedFuncDef) -> bool:
    if isinstance(statement, OverloadedFuncDef):
        return statement.is_property
    return statement.var.is_property
