"""The class that a declaration names for its tasks: whether the name is bound when the class body runs, and whether a task can be one.

mypy takes every name of a module as bound everywhere in it, and knows a subscripted class as the class; Python and gokart do not
(`isinstance(expected_type, type)` in gokart.parameter of gokart 1.12.2).
"""

from __future__ import annotations

from mypy import errorcodes
from mypy.errorcodes import ErrorCode
from mypy.nodes import CallExpr, Expression, IndexExpr, RefExpr, TypeInfo
from mypy.plugin import CheckerPluginInterface

from gokart_lint.mypy import compat, names, parameters
from gokart_lint.mypy.declarations import Declared, arguments, named_class

DECLARATION = ErrorCode('gokart-declaration', 'A declaration that fails when its module is imported', 'gokart')
_OF_NO_TASK = frozenset({'builtins', 'collections', 'datetime', 'decimal', 'pathlib', 'uuid'})


def judge(api: CheckerPluginInterface, owner: TypeInfo, call: CallExpr, found: Declared) -> None:
    """Report what is wrong with the class that a declaration of a class body names."""
    keyword = parameters.TYPE_ARGUMENTS.get(found.kind, '') if names.of_library(found.info) else ''
    value = arguments(call, found.info).get(keyword)
    if value is None:
        return
    shown = f'"{keyword}" of "{owner.name}.{found.name}"'
    if found.kind in ('task', 'task list'):
        _judge_class(api, found, value, keyword)
        if isinstance(value, IndexExpr) and named_class(value) is not None:
            message = f'{shown} must be a class, and a subscripted class is none: leave out the brackets and write them in the annotation'
            api.fail(message, value, code=DECLARATION)
            return
    if isinstance(value, RefExpr) and isinstance(value.node, TypeInfo) and _is_later(api, owner, call, value.node):
        message = (
            f'{shown} is not defined yet when the class body runs: define "{value.node.name}" above "{owner.name}", or annotate instead'
        )
        api.fail(message, value, code=DECLARATION)


def _judge_class(api: CheckerPluginInterface, found: Declared, value: Expression, keyword: str) -> None:
    named = value.node if isinstance(value, RefExpr) else None
    if not isinstance(named, TypeInfo) or (named.module_name not in _OF_NO_TASK and not named.is_enum):
        return
    message = f'Argument "{keyword}" to "{found.info.name}" has incompatible type "type[{named.name}]"; no task is one'
    api.fail(message, value, code=errorcodes.TYPE_VAR)


def _is_later(api: CheckerPluginInterface, owner: TypeInfo, call: CallExpr, named: TypeInfo) -> bool:
    """Whether a class of the same module is bound after the call; what stands in a function runs when everything is bound."""
    if named.module_name != owner.module_name or compat.enclosing_function(api) is not None:
        return False
    if named is owner or owner.fullname.startswith(f'{named.fullname}.'):
        return True
    is_of_module = named.fullname == f'{named.module_name}.{named.name}'
    return is_of_module and named.defn.line > call.line
