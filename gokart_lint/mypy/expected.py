"""The class that a declaration names for its values: whether the name is bound when the class body runs, and whether a value can be one.

mypy takes every name of a module as bound everywhere in it, and knows a subscripted class as the class; Python and gokart do not
(`isinstance(expected_type, type)` in gokart.parameter of gokart 1.12.2).
"""

from __future__ import annotations

from mypy import errorcodes
from mypy.errorcodes import ErrorCode
from mypy.nodes import CallExpr, Expression, FuncDef, IndexExpr, RefExpr, TypeInfo
from mypy.plugin import CheckerPluginInterface
from mypy.subtypes import is_subtype

from gokart_lint.mypy import compat, names, parameters
from gokart_lint.mypy.declarations import Declared, arguments, named_class
from gokart_lint.mypy.types import printed

DECLARATION = ErrorCode('gokart-declaration', 'A declaration that fails when its module is imported', 'gokart')
_NEEDED = {
    'enum': ('enum',),
    'enum list': ('enum',),
    'choice': ('choices',),
    'choice list': ('choices',),
    'number': ('var_type', 'min_value', 'max_value'),
}
"""What luigi's constructors ask for although their signatures give it a default (luigi.parameter of luigi 3.8.1)."""
_OF_NO_TASK = frozenset({'builtins', 'collections', 'datetime', 'decimal', 'pathlib', 'uuid'})


def judge(api: CheckerPluginInterface, owner: TypeInfo, call: CallExpr, found: Declared) -> None:
    """Report what is wrong with the class that a declaration of a class body names."""
    if not names.of_library(found.info):
        return
    given, keyword = arguments(call, found.info), parameters.TYPE_ARGUMENTS.get(found.kind, '')
    _judge_missing(api, owner, call, found, given)
    value = given.get(keyword)
    if value is None:
        return
    shown = f'"{keyword}" of "{owner.name}.{found.name}"'
    if found.kind in ('task', 'task list'):
        _judge_class(api, found, value, keyword)
        if isinstance(value, IndexExpr) and named_class(value) is not None:
            message = f'{shown} must be a class, and a subscripted class is none: leave out the brackets and write them in the annotation'
            api.fail(message, value, code=DECLARATION)
            return
    if found.kind == 'serializable':
        _judge_serializable(api, found, value)
    if isinstance(value, RefExpr) and isinstance(value.node, TypeInfo) and _is_later(api, owner, call, value.node):
        message = (
            f'{shown} is not defined yet when the class body runs: define "{value.node.name}" above "{owner.name}", or annotate instead'
        )
        api.fail(message, value, code=DECLARATION)


def _judge_missing(api: CheckerPluginInterface, owner: TypeInfo, call: CallExpr, found: Declared, given: dict[str, Expression]) -> None:
    missing = [name for name in _NEEDED.get(found.kind, ()) if name not in given]
    if missing and given.keys() <= _keywords(found.info):  # what is unpacked may hold it, and a misspelt one is reported as that
        listed = ', '.join(f'{name}=...' for name in missing)
        message = f'"{owner.name}.{found.name}" is declared without {listed}: luigi refuses that when the module is imported'
        api.fail(message, call, code=DECLARATION)


def _keywords(made: TypeInfo) -> set[str | None]:
    constructors = (base.names['__init__'].node for base in made.mro if '__init__' in base.names)
    return {name for each in constructors if isinstance(each, FuncDef) for name in each.arg_names}


def _judge_serializable(api: CheckerPluginInterface, found: Declared, value: Expression) -> None:
    """The bound of the type variable, which is filled before mypy can hold the class against it."""
    named, variable = named_class(value), next(iter(found.info.defn.type_vars), None)
    if named is None or variable is None or is_subtype(named, variable.upper_bound):
        return
    message = (
        f'Value of type variable "{variable.name}" of "{found.info.name}" cannot be {printed(named)}; '
        'it needs gokart_serialize() and the class method gokart_deserialize()'
    )
    api.fail(message, value, code=errorcodes.TYPE_VAR)


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
