"""`self.clone(Task, x=...)`: built from the caller's own parameters where they have the same names (TaskOnKart.clone of gokart 1.12.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.errorcodes import ErrorCode
from mypy.nodes import ARG_NAMED, ARG_NAMED_OPT, ARG_OPT, ARG_POS, ARG_STAR2, CallExpr, Expression, FuncDef, RefExpr, TypeInfo
from mypy.plugin import MethodContext, MethodSigContext
from mypy.types import CallableType, Instance, ProperType, TypeType, get_proper_type

from gokart_lint.mypy import names
from gokart_lint.mypy.declarations import named_class
from gokart_lint.mypy.types import Types, unknown

if TYPE_CHECKING:
    from gokart_lint.mypy.collecting import Collector

NOT_A_TASK = ErrorCode('gokart-clone', 'A clone of what is no task class', 'gokart')
_NEVER_PASSED_ON = frozenset({'rerun', 'strict_check', 'modification_time_check'})


class Cloning:
    """Types `clone`, which gokart leaves without annotations."""

    def __init__(self, collector: Collector, types: Types) -> None:
        self._collector = collector
        self._types = types

    def signature(self, context: MethodSigContext) -> CallableType:
        """What a clone of a class takes: every parameter, required only where the caller has no attribute of that name."""
        signature = context.default_signature
        target = _target(context.context)
        caller = get_proper_type(context.type)
        made = caller if target is None else get_proper_type(named_class(target))
        if not isinstance(made, Instance) or not isinstance(caller, Instance) or not names.is_task(made.type):
            return signature
        parameters = self._collector.parameters(made.type)
        if parameters.is_open or (isinstance(context.context, CallExpr) and ARG_STAR2 in context.context.arg_kinds):
            return signature
        constructor = made.type.get('__init__')
        needed = _required(constructor.node if constructor is not None else None)
        types, kinds, keywords = [unknown()], [ARG_OPT], ['cls']
        for name, each in parameters.by_name.items():
            required = name in needed and caller.type.get(name) is None
            types.append(each.accepts)  # type: ignore[arg-type]
            kinds.append(ARG_NAMED if required else ARG_NAMED_OPT)
            keywords.append(name)
        return signature.copy_modified(
            arg_types=types, arg_kinds=kinds, arg_names=keywords, ret_type=made, name=f'clone of {made.type.name}', implicit=False
        )

    def result(self, context: MethodContext) -> ProperType:
        """The task that is cloned; a class that is no task is reported."""
        target = _target(context.context)
        given = get_proper_type(context.arg_types[0][0]) if context.arg_types and context.arg_types[0] else None
        if target is not None and given is not None and (reason := _reason(target, given)) is not None:
            context.api.fail(f'clone() builds a task of a class, and {reason}', target, code=NOT_A_TASK)
        if isinstance(given, TypeType) and isinstance(given.item, Instance):
            return given.item
        return get_proper_type(context.default_return_type)


def _reason(target: Expression, given: ProperType) -> str | None:
    """Why an argument is no task class."""
    if isinstance(target, RefExpr) and isinstance(target.node, TypeInfo):
        is_wrong = not names.is_task(target.node) and not target.node.fallback_to_any and not target.node.is_protocol
        return f'"{target.node.name}" is no task class' if is_wrong else None
    if isinstance(given, Instance) and names.is_task(given.type):
        return f'"{given.type.name}" is given as a task: name the class'
    if isinstance(given, Instance) and given.type.fullname in ('builtins.str', 'builtins.int'):
        return f'"{given.type.name}" is no class'
    return None


def _target(call: object) -> Expression | None:
    if not isinstance(call, CallExpr):
        return None
    for kind, name, value in zip(call.arg_kinds, call.arg_names, call.args, strict=True):
        if kind == ARG_POS or name == 'cls':
            return value
    return None


def _required(constructor: object) -> frozenset[str]:
    if not isinstance(constructor, FuncDef):
        return frozenset()
    found = zip(constructor.arg_names, constructor.arg_kinds, strict=True)
    return frozenset(name for name, kind in found if name is not None and kind in (ARG_NAMED, ARG_POS) and name != 'self')
