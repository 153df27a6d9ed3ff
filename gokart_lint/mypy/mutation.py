"""`self.xs.append(...)`, `self.d['a'] = ...`: luigi hands lists over as tuples and dicts frozen, whatever their annotation says.

`luigi.ListParameter.normalize` and `luigi.DictParameter.normalize` of luigi 3.8.1 freeze every value. The attribute keeps its annotation:
handing `self.xs` to a function that takes a list is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy import errorcodes
from mypy.nodes import CallExpr, Context, Expression, IndexExpr, MemberExpr, OperatorAssignmentStmt, OpExpr
from mypy.plugin import CheckerPluginInterface, MethodContext, MethodSigContext
from mypy.types import AnyType, CallableType, Instance, TupleType, Type, get_proper_type

from gokart_lint.mypy import names, parameters
from gokart_lint.mypy.types import unknown

if TYPE_CHECKING:
    from gokart_lint.mypy.collecting import Collector
    from gokart_lint.mypy.declarations import Declared

_OF_LISTS = (
    'append', 'extend', 'insert', 'remove', 'pop', 'clear', 'sort', 'reverse', 'copy', '__setitem__', '__delitem__', '__add__', '__iadd__',
)  # fmt: skip
_OF_DICTS = ('update', 'pop', 'popitem', 'clear', 'setdefault', '__setitem__', '__delitem__', '__ior__')
MUTATORS = frozenset({*(f'builtins.list.{name}' for name in _OF_LISTS), *(f'builtins.dict.{name}' for name in _OF_DICTS)})


class Mutation:
    """Reports what changes the value of a parameter."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector

    def added(self, context: MethodSigContext) -> CallableType:
        """`self.xs + (1,)`: a list for mypy, which adds no tuple."""
        signature, place = context.default_signature, context.context
        if not isinstance(place, OpExpr) or not isinstance(place.left, MemberExpr) or self._parameter(context.api, place.left) is None:
            return signature
        return signature.copy_modified(arg_types=[unknown() for _ in signature.arg_types])

    def result(self, context: MethodContext) -> Type:
        """The hook for every method that changes a list or a dict."""
        place = context.context
        changed = _receiver(place)
        if isinstance(changed, MemberExpr):
            self._judge(context.api, place, changed)
        return context.default_return_type

    def _parameter(self, api: CheckerPluginInterface, changed: MemberExpr) -> tuple[Instance, Declared] | None:
        """The task and its parameter, a list or a dict, that an expression names."""
        task = get_proper_type(api.get_expression_type(changed.expr))
        if not isinstance(task, Instance) or not names.is_task(task.type):
            return None
        found = self._collector.parameters(task.type).by_name.get(names.mangled(changed.name, task.type))
        return None if found is None or found.kind not in (*parameters.SEVERAL, 'dict') else (task, found)

    def _is_tuple(self, api: CheckerPluginInterface, value: Expression) -> bool:
        """Whether a value is a tuple at run time, as a list parameter is."""
        found = get_proper_type(api.get_expression_type(value))
        if isinstance(found, TupleType | AnyType) or (isinstance(found, Instance) and found.type.fullname == 'builtins.tuple'):
            return True
        return isinstance(value, MemberExpr) and self._parameter(api, value) is not None

    def _judge(self, api: CheckerPluginInterface, place: Context, changed: MemberExpr) -> None:
        named = self._parameter(api, changed)
        if named is None:
            return
        task, found = named
        if isinstance(place, OpExpr) and self._is_tuple(api, place.right):
            return
        shown = f'"{task.type.name}.{changed.name}"'
        if found.kind == 'dict':
            held, instead = '"FrozenOrderedDict"', f'{{**self.{changed.name}, ...}}'
        else:
            held, instead = '"tuple"', f'[*self.{changed.name}, ...]'
        reason = f': luigi freezes the value of {shown}; make a new one, {instead}'
        if isinstance(place, CallExpr) and isinstance(place.callee, MemberExpr):
            api.fail(f'{held} has no attribute "{place.callee.name}"{reason}', place, code=errorcodes.ATTR_DEFINED)
        elif isinstance(place, OpExpr | OperatorAssignmentStmt):
            api.fail(f'Unsupported left operand type for {place.op} ({held}){reason}', place, code=errorcodes.OPERATOR)
        else:
            api.fail(f'Unsupported target for indexed assignment ({held}){reason}', place, code=errorcodes.INDEX)


def _receiver(place: Context) -> Expression | None:
    if isinstance(place, CallExpr) and isinstance(place.callee, MemberExpr):
        return place.callee.expr
    if isinstance(place, IndexExpr):
        return place.base
    if isinstance(place, OpExpr):
        return place.left
    return place.lvalue if isinstance(place, OperatorAssignmentStmt) else None
