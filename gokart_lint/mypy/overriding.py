"""A constant or a property in the place of an inherited parameter: the gokart way to fix a value, and a mistake for mypy.

Both are right at run time: `Task.get_params` of luigi 3.8.1 looks at the attribute that the class has in the end.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from mypy.nodes import AssignmentStmt, Decorator, NameExpr, OverloadedFuncDef, TypeInfo

from gokart_lint.mypy.declarations import is_none


def allow(api: Any, info: TypeInfo, inherited: Collection[str]) -> None:
    """Let a class put a property or None in the place of parameters that it inherits. The file of the class must be the current one."""
    for statement in info.defn.defs.body:
        if isinstance(statement, Decorator | OverloadedFuncDef) and statement.name in inherited and _is_property(statement):
            lines = {statement.line, statement.func.line} if isinstance(statement, Decorator) else {statement.line}
            for line in lines:
                _ignore(api, line, 'override')
        elif isinstance(statement, AssignmentStmt) and _is_none(statement, inherited):
            _ignore(api, statement.line, 'assignment')


def _is_none(statement: AssignmentStmt, inherited: Collection[str]) -> bool:
    targets = (target.name for target in statement.lvalues if isinstance(target, NameExpr))
    return statement.type is None and is_none(statement.rvalue) and any(name in inherited for name in targets)


def _is_property(statement: Decorator | OverloadedFuncDef) -> bool:
    if isinstance(statement, OverloadedFuncDef):
        return statement.is_property
    return statement.var.is_property


def _ignore(api: Any, line: int, code: str) -> None:
    tree, errors = api.cur_mod_node, api.errors
    known = tree.ignored_lines.get(line)
    if known == [] or (known is not None and code in known):
        return
    tree.ignored_lines[line] = [*(known or []), code]
    errors.used_ignored_lines[errors.file][line].append(code)
