"""`requires()` that returns or yields what is no task, and annotations of `requires()` and `output()` that say so.

gokart itself finds out only while a pipeline runs ("Task.requires method returns ...", TaskOnKart._make_hash_id of gokart 1.12.2). The
text of the method is judged: what it does not show by itself is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from mypy import errorcodes
from mypy.errorcodes import ErrorCode
from mypy.nodes import (
    AssignmentExpr,
    AssignmentStmt,
    BytesExpr,
    CallExpr,
    ConditionalExpr,
    DictExpr,
    DictionaryComprehension,
    Expression,
    FloatExpr,
    FuncDef,
    GeneratorExpr,
    IndexExpr,
    IntExpr,
    ListComprehension,
    ListExpr,
    MemberExpr,
    NameExpr,
    OpExpr,
    RefExpr,
    ReturnStmt,
    SetExpr,
    StarExpr,
    StrExpr,
    TupleExpr,
    TypeInfo,
    Var,
    YieldExpr,
)
from mypy.types import AnyType, CallableType, Instance, TupleType, Type, UnionType, get_proper_type

from gokart_lint.mypy import names
from gokart_lint.mypy.shapes import TARGET_MAKERS
from gokart_lint.mypy.tree import Assigned, walk
from gokart_lint.mypy.types import Types, element, printed, seen_as

if TYPE_CHECKING:
    from gokart_lint.mypy.collecting import Collector

NO_TASK = ErrorCode('gokart-requires', 'requires() with what is no task', 'gokart')
_INSTEAD = 'return a task, a list or dict of tasks, or []'
_PLAIN = frozenset({
    'builtins.str', 'builtins.bytes', 'builtins.int', 'builtins.float', 'builtins.bool', 'builtins.complex', 'datetime.date',
    'datetime.datetime', 'datetime.timedelta', 'pathlib.Path', 'decimal.Decimal',
})  # fmt: skip
_CONTAINERS = frozenset({'builtins.dict', 'builtins.list', 'builtins.tuple', 'builtins.set'})


def judge(api: Any, info: TypeInfo, collector: Collector, types: Types) -> None:
    """Judge `requires()` and `output()` of one class."""
    for name in ('requires', 'output'):
        symbol = info.names.get(name)
        function = symbol.node if symbol is not None else None
        if isinstance(function, FuncDef) and function.info is info and not function.is_static and not function.is_class:
            if isinstance(function.type, CallableType) and not isinstance(get_proper_type(function.type.ret_type), AnyType):
                _judge_annotation(api, function, function.type.ret_type, types)
            elif name == 'requires' and isinstance(function.type, CallableType):
                for place, message in Requirements(info, function, collector).faults():
                    api.fail(message, place, code=NO_TASK)


class Requirements:
    """What one `requires()` returns and yields."""

    def __init__(self, info: TypeInfo, function: FuncDef, collector: Collector) -> None:
        self._info = info
        self._function = function
        self._collector = collector
        self._self = function.arguments[0].variable if function.arguments else None
        self._nodes = tuple(walk(function.body))
        self._assigned = Assigned(function.body)
        self._seen: set[Expression] = set()

    def faults(self) -> Iterator[tuple[Expression, str]]:
        """Each place with what is wrong there."""
        for node in self._nodes:
            if isinstance(node, ReturnStmt | YieldExpr) and node.expr is not None:
                verb = 'returns' if isinstance(node, ReturnStmt) else 'yields'
                for place, reason in self._parts(node.expr):
                    yield place, f'"{self._info.name}.requires" {verb} {reason}'

    def _parts(self, value: Expression) -> Iterator[tuple[Expression, str]]:
        """The faults in an expression, each once."""
        if value in self._seen:
            return
        self._seen.add(value)
        inner = _INNER.get(type(value))
        if inner is not None:
            for each in inner(value):
                yield from self._parts(each)
        elif isinstance(value, CallExpr) and isinstance(value.callee, RefExpr) and value.callee.fullname in _CONTAINERS:
            for each in value.args:
                yield from self._parts(each)
        elif isinstance(value, NameExpr) and isinstance(value.node, Var):
            yield from self._of_name(value, value.node)
        elif (reason := self._reason(value)) is not None:
            yield value, reason

    def _of_name(self, name: NameExpr, variable: Var) -> Iterator[tuple[Expression, str]]:
        value = self._assigned.single(name)
        if value is None:
            return
        if type(value) not in _INNER and not (isinstance(value, CallExpr) and isinstance(value.callee, RefExpr)):
            reason = self._reason(value)
            if reason is not None:
                yield name, reason
            return
        yield from self._parts(value)
        for node in self._nodes:
            for each in _put_into(node, variable):
                yield from self._parts(each)

    # --- one value ---

    def _reason(self, value: Expression) -> str | None:
        """Why a value is no task."""
        if isinstance(value, StrExpr | BytesExpr | IntExpr | FloatExpr):
            return f'{_shown(value.value)}, which is no task: {_INSTEAD}'
        if isinstance(value, NameExpr) and value.fullname in ('builtins.True', 'builtins.False'):
            return f'{value.name}, which is no task: {_INSTEAD}'
        if isinstance(value, RefExpr) and isinstance(value.node, TypeInfo):
            shown = value.node.name
            if names.is_task(value.node):
                return f'the class "{shown}" and not a task: build it, {shown}(...)'
            return None if value.node.is_enum else f'the class "{shown}", which is no task: {_INSTEAD}'
        if isinstance(value, CallExpr):
            return self._reason_of_call(value)
        if isinstance(value, MemberExpr) and self._is_self(value.expr):
            return self._reason_of_attribute(value.name)
        return None

    def _reason_of_call(self, call: CallExpr) -> str | None:
        callee = call.callee
        if isinstance(callee, MemberExpr) and self._is_self(callee.expr):
            is_target = callee.name in TARGET_MAKERS or (callee.name == 'output' and self._is_gokarts('output'))
            return f'a target of its own, which is no task: {_INSTEAD}' if is_target else None
        if isinstance(callee, MemberExpr) and callee.name == 'output' and (owner := self._task(callee.expr)) is not None:
            return f'the output of {owner}, which is no task: require the task itself'
        node = callee.node if isinstance(callee, RefExpr) else None
        if isinstance(node, TypeInfo):
            return f'a "{node.name}", which is no task: {_INSTEAD}' if _is_known_to_be_none(node) else None
        if isinstance(node, FuncDef) and not node.is_coroutine and isinstance(node.type, CallableType):
            result = get_proper_type(node.type.ret_type)
            if isinstance(result, Instance) and _is_plain(result.type):
                return f'a "{result.type.name}", which is no task: {_INSTEAD}'
        return None

    def _task(self, value: Expression) -> str | None:
        """What a task is called that an expression names or builds."""
        if isinstance(value, NameExpr) and isinstance(value.node, Var):
            assigned = self._assigned.single(value)
            return self._task(assigned) if isinstance(assigned, CallExpr) else None
        if isinstance(value, MemberExpr) and self._is_self(value.expr):
            parameter = self._collector.parameters(self._info).by_name.get(names.mangled(value.name, self._info))
            return f'"{value.name}"' if parameter is not None and parameter.kind == 'task' else None
        made = value.callee.node if isinstance(value, CallExpr) and isinstance(value.callee, RefExpr) else None
        return f'"{made.name}"' if isinstance(made, TypeInfo) and names.is_task(made) else None

    def _reason_of_attribute(self, name: str) -> str | None:
        parameter = self._collector.parameters(self._info).by_name.get(names.mangled(name, self._info))
        held = get_proper_type(parameter.value) if parameter is not None else None
        if not isinstance(held, Instance) or not _is_plain(held.type) or self._is_assigned(name):
            return None
        return f'the parameter "{name}", which holds "{held.type.name}" and no task: {_INSTEAD}'

    def _is_assigned(self, name: str) -> bool:
        """Whether a method of the class puts something else into a parameter."""
        return any(
            isinstance(target, MemberExpr) and target.name == name
            for node in walk(self._info.defn.defs, into_scopes=True)
            if isinstance(node, AssignmentStmt)
            for target in node.lvalues
        )

    def _is_gokarts(self, method: str) -> bool:
        symbol = self._info.get(method)
        return symbol is not None and symbol.node is not None and symbol.node.fullname == f'{names.TASK_ON_KART}.{method}'

    def _is_self(self, value: Expression) -> bool:
        return isinstance(value, NameExpr) and value.node is not None and value.node is self._self


_INNER: dict[type, Callable[[Any], list[Expression]]] = {
    AssignmentExpr: lambda value: [value.value],
    ConditionalExpr: lambda value: [value.if_expr, value.else_expr],
    DictExpr: lambda value: [each for _, each in value.items],
    DictionaryComprehension: lambda value: [value.value],
    GeneratorExpr: lambda value: [value.left_expr],
    ListComprehension: lambda value: [value.generator],
    ListExpr: lambda value: list(value.items),
    OpExpr: lambda value: [each for each in (value.left, value.right) if isinstance(each, DictExpr | ListExpr | TupleExpr)],
    SetExpr: lambda value: list(value.items),
    StarExpr: lambda value: [value.expr] if isinstance(value.expr, ListExpr | TupleExpr | ListComprehension) else [],
    TupleExpr: lambda value: list(value.items),
}


def _put_into(node: object, variable: Var) -> Iterator[Expression]:
    """What is put into the list or dict that a name holds."""
    if isinstance(node, AssignmentStmt):
        for target in node.lvalues:
            if isinstance(target, IndexExpr) and isinstance(target.base, NameExpr) and target.base.node is variable:
                yield node.rvalue
    elif isinstance(node, CallExpr) and isinstance(node.callee, MemberExpr) and node.callee.name in ('append', 'update'):
        base = node.callee.expr
        if isinstance(base, NameExpr) and base.node is variable:
            yield from node.args


def _is_plain(info: TypeInfo) -> bool:
    return info.fullname in _PLAIN or info.is_enum or info.has_base('luigi.target.Target') or names.is_parameter(info)


def _is_known_to_be_none(info: TypeInfo) -> bool:
    """Whether an instance of exactly this class is no task, and holds none either."""
    if (
        names.is_task(info)
        or info.fallback_to_any
        or info.is_protocol
        or info.typeddict_type is not None
        or info.metaclass_type is not None
    ):
        return False
    if info.fullname in _PLAIN:
        return True
    has_constructor = any('__new__' in base.names and base.fullname != 'builtins.object' for base in info.mro)
    return not has_constructor and not info.has_base('typing.Iterable') and info.fullname not in ('builtins.type', 'builtins.object')


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f'{text[:37]}...'


# --- annotations ------------------------------------------------------------------------------------------------------


def _judge_annotation(api: Any, function: FuncDef, annotation: Type, types: Types) -> None:
    """gokart's own annotation refuses lists and dicts of one class, since both are invariant; so they are judged here."""
    is_right = names.is_task if function.name == 'requires' else _is_target
    if not _may_be(annotation, is_right, types, depth=0):
        inside = 'TaskOnKart[Any]' if function.name == 'requires' else 'TargetOnKart'
        message = f'Return type {printed(annotation)} of "{function.name}" incompatible with return type "FlattenableItems[{inside}]"'
        api.fail(f'{message} in supertype "gokart.task.TaskOnKart"', function, code=errorcodes.OVERRIDE)


def _is_target(info: TypeInfo) -> bool:
    return info.has_base('luigi.target.Target')


def _may_be(annotation: Type, is_right: Callable[[TypeInfo], bool], types: Types, depth: int) -> bool:
    found = get_proper_type(annotation)
    if isinstance(found, UnionType):
        return any(_may_be(each, is_right, types, depth) for each in found.items)
    if isinstance(found, TupleType):
        return all(_may_be(each, is_right, types, depth + 1) for each in found.items)
    if not isinstance(found, Instance):
        return True
    info = found.type
    is_open = info.fallback_to_any or info.fullname == 'builtins.object' or (info.is_protocol and not info.has_base('typing.Iterable'))
    if is_right(info) or is_open:
        return True
    if info.fullname in _PLAIN or depth > 4:
        return depth > 4
    mapping = seen_as(found, types.info('typing.Mapping'))
    held = mapping.args[1] if mapping is not None else element(found, types)
    return held is not None and _may_be(held, is_right, types, depth + 1)
