"""`self.dump(x)` against the T of `TaskOnKart[T]`, also where it names one of several outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import CallExpr, Expression, MemberExpr, StrExpr
from mypy.plugin import MethodSigContext
from mypy.types import CallableType, Instance, NoneType, Type, TypedDictType, get_proper_type

from gokart_lint.mypy.types import Types, is_unknown, seen_as, union

if TYPE_CHECKING:
    from gokart_lint.mypy.wiring import Wiring


class Dumping:
    """Gives `dump` with a target the type that the task produces; gokart declares Any there."""

    def __init__(self, wiring: Wiring, types: Types) -> None:
        self._wiring = wiring
        self._types = types

    def signature(self, context: MethodSigContext) -> CallableType:
        """One overload of `dump` as a receiver has it."""
        signature = context.default_signature
        receiver = get_proper_type(context.type)
        if not isinstance(receiver, Instance) or signature.arg_names[:2] != ['obj', 'target']:
            return signature
        if isinstance(get_proper_type(signature.arg_types[1]), NoneType):
            return signature
        target = context.args[1][0] if len(context.args) > 1 and context.args[1] else None
        produced = self._wiring.output(receiver)
        if is_unknown(produced) or target is None or not self._is_its_own(context, target):
            return signature
        key = target.value if isinstance(target, StrExpr) else None
        return signature.copy_modified(arg_types=[self._part(produced, key), *signature.arg_types[1:]])

    @staticmethod
    def _is_its_own(context: MethodSigContext, target: Expression) -> bool:
        """Whether a target is an output of the task: a key, or `self.output()`. Another file may hold anything."""
        if isinstance(target, CallExpr):
            return isinstance(target.callee, MemberExpr) and target.callee.name == 'output'
        found = get_proper_type(context.api.get_expression_type(target))
        return isinstance(found, Instance) and found.type.fullname == 'builtins.str'

    def _part(self, produced: Type, key: str | None) -> Type:
        """What one output of a task may hold: the whole of T, or one value where T is a mapping of all outputs."""
        proper = get_proper_type(produced)
        if isinstance(proper, TypedDictType):
            values = [proper.items[key]] if key in proper.items else list(proper.items.values())
            return union([produced, *values])
        mapping = seen_as(proper, self._types.info('typing.Mapping'))
        return produced if mapping is None else union([produced, mapping.args[1]])
