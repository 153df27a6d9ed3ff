"""What `requires()` or `output()` of a class returns, read off its tree: one task, a dict of them, a list or a tuple.

Shapes are plain data, since they outlive the tree in the metadata of the class:

    ['type', data]             an instance of a type (as `serialize()` gives it)
    ['self', 'dep']            the attribute of the task itself
    ['dict', {'a': shape}]     a dict whose keys are all known
    ['each', shape]            a list of any length, or a comprehension
    ['items', [shape, ...]]    a list or tuple of known length
    ['unknown']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from mypy.nodes import (
    ARG_NAMED,
    ARG_POS,
    AssignmentStmt,
    CallExpr,
    ConditionalExpr,
    DictExpr,
    Expression,
    ExpressionStmt,
    FuncDef,
    GeneratorExpr,
    IndexExpr,
    ListComprehension,
    ListExpr,
    MemberExpr,
    NameExpr,
    OpExpr,
    RaiseStmt,
    RefExpr,
    ReturnStmt,
    StrExpr,
    TupleExpr,
    TypeInfo,
    Var,
    YieldExpr,
    YieldFromExpr,
)

from gokart_lint.mypy import names
from gokart_lint.mypy.declarations import named_class
from gokart_lint.mypy.tree import Assigned, walk

Shape = list[Any]
UNKNOWN: Shape = ['unknown']


def returned(function: FuncDef, info: TypeInfo) -> Shape:
    """The shape of what a method returns, if all its returns agree."""
    body = function.body
    if any(isinstance(node, YieldExpr | YieldFromExpr) for node in walk(body)):
        return UNKNOWN
    reader = ShapeReader(function, info)
    shapes = [reader.shape(node.expr) for node in walk(body) if isinstance(node, ReturnStmt) and node.expr is not None]
    only_raises = not shapes and any(isinstance(node, RaiseStmt) for node in walk(body))
    if not shapes or only_raises:
        return UNKNOWN
    return merged(shapes)


def merged(shapes: list[Shape]) -> Shape:
    """One shape for several branches: what is known in all of them. A dict has the keys of all."""
    first = shapes[0]
    if all(shape == first for shape in shapes):
        return first
    if all(shape[0] == 'dict' for shape in shapes):
        keys = dict.fromkeys(key for shape in shapes for key in shape[1])
        return ['dict', {key: merged([shape[1][key] for shape in shapes if key in shape[1]]) for key in keys}]
    return UNKNOWN


class ShapeReader:
    """Reads expressions of one method; names of the method are followed where they are assigned once."""

    def __init__(self, function: FuncDef, info: TypeInfo) -> None:
        self._info = info
        self._function = function
        self._self = function.arguments[0].variable if function.arguments and not function.is_static else None
        self._assigned = Assigned(function.body)
        self._following: list[Var] = []

    def shape(self, value: Expression) -> Shape:
        """The shape of an expression."""
        reader = _READERS.get(type(value))
        return reader(self, value) if reader is not None else UNKNOWN

    def _call(self, value: CallExpr) -> Shape:
        callee = value.callee
        if isinstance(callee, RefExpr) and isinstance(callee.node, TypeInfo):
            if callee.node.fullname == 'builtins.dict':
                return self._dict_call(value)
            if callee.node.fullname in ('builtins.list', 'builtins.tuple') and len(value.args) == 1:
                return self.shape(value.args[0])
        if isinstance(callee, MemberExpr) and callee.name == 'clone' and self._is_self(callee.expr):
            target = value.args[0] if value.args and value.arg_kinds[0] == ARG_POS else None
            if target is None and 'cls' in value.arg_names:
                target = value.args[value.arg_names.index('cls')]
            return self._instance(target) if target is not None else ['type', _own(self._info)]
        return self._instance(callee)

    def _instance(self, named: Expression) -> Shape:
        found = named_class(named)
        info = getattr(found, 'type', None)
        if found is None or not isinstance(info, TypeInfo) or not names.is_task(info):
            return UNKNOWN
        return ['type', found.serialize()]

    def _dict_call(self, value: CallExpr) -> Shape:
        found: dict[str, Shape] = {}
        for kind, name, each in zip(value.arg_kinds, value.arg_names, value.args, strict=True):
            if kind == ARG_NAMED and name is not None:
                found[name] = self.shape(each)
            elif (inner := self.shape(each))[0] == 'dict':
                found.update(inner[1])
            else:
                return UNKNOWN
        return ['dict', found]

    def _dict(self, value: DictExpr) -> Shape:
        found: dict[str, Shape] = {}
        for key, each in value.items:
            if key is None:
                inner = self.shape(each)
                if inner[0] != 'dict':
                    return UNKNOWN
                found.update(inner[1])
            elif isinstance(key, StrExpr):
                found[key.value] = self.shape(each)
            else:
                return UNKNOWN
        return ['dict', found]

    def _items(self, value: ListExpr | TupleExpr) -> Shape:
        return ['items', [self.shape(each) for each in value.items]]

    def _comprehension(self, value: ListComprehension) -> Shape:
        return self._generator(value.generator)

    def _generator(self, value: GeneratorExpr) -> Shape:
        return ['each', self.shape(value.left_expr)]

    def _conditional(self, value: ConditionalExpr) -> Shape:
        return merged([self.shape(value.if_expr), self.shape(value.else_expr)])

    def _operation(self, value: OpExpr) -> Shape:
        left, right = self.shape(value.left), self.shape(value.right)
        if value.op == '|' and left[0] == right[0] == 'dict':
            return ['dict', {**left[1], **right[1]}]
        if value.op == '+' and left[0] == right[0] == 'items':
            return ['items', [*left[1], *right[1]]]
        return UNKNOWN

    def _member(self, value: MemberExpr) -> Shape:
        return ['self', value.name] if self._is_self(value.expr) else UNKNOWN

    def _is_self(self, value: Expression) -> bool:
        return isinstance(value, NameExpr) and value.node is not None and value.node is self._self

    # --- names ---

    def _name(self, value: NameExpr) -> Shape:
        node = value.node
        if not isinstance(node, Var) or node in self._following:
            return UNKNOWN
        assigned = self._assigned.single(value)
        if assigned is None:
            return UNKNOWN
        self._following.append(node)
        found = self.shape(assigned)
        if found[0] in ('dict', 'items', 'each'):
            found = self._with_additions(node, found)
        self._following.pop()
        return found

    def _with_additions(self, node: Var, found: Shape) -> Shape:
        """A dict that gets further literal keys; anything else that is done with it makes it unknown."""
        explained = 0
        for statement in walk(self._function.body):
            if isinstance(statement, ReturnStmt) and isinstance(statement.expr, NameExpr) and statement.expr.node is node:
                explained += 1
            elif isinstance(statement, AssignmentStmt) and (key := _item_of(statement, node)) is not None:
                if found[0] != 'dict':
                    return UNKNOWN
                found = ['dict', {**found[1], key: self.shape(statement.rvalue)}]
                explained += 1
            elif isinstance(statement, ExpressionStmt) and (call := _update_of(statement, node)) is not None:
                more = self._dict_call(call)
                if found[0] != 'dict' or more[0] != 'dict':
                    return UNKNOWN
                found = ['dict', {**found[1], **more[1]}]
                explained += 1
        return found if explained == len(self._assigned.uses.get(node, ())) else UNKNOWN


def _item_of(statement: AssignmentStmt, node: Var) -> str | None:
    """The literal key of `name['key'] = ...`."""
    target = statement.lvalues[0]
    is_item = (
        len(statement.lvalues) == 1 and isinstance(target, IndexExpr) and isinstance(target.base, NameExpr) and target.base.node is node
    )
    return target.index.value if is_item and isinstance(target, IndexExpr) and isinstance(target.index, StrExpr) else None


def _update_of(statement: ExpressionStmt, node: Var) -> CallExpr | None:
    call = statement.expr
    if isinstance(call, CallExpr) and isinstance(call.callee, MemberExpr) and call.callee.name == 'update':
        return call if isinstance(call.callee.expr, NameExpr) and call.callee.expr.node is node else None
    return None


def _own(info: TypeInfo) -> Any:
    from mypy.typevars import fill_typevars_with_any

    return fill_typevars_with_any(info).serialize()


_READERS: dict[type, Callable[[ShapeReader, Any], Shape]] = {
    CallExpr: ShapeReader._call,
    ConditionalExpr: ShapeReader._conditional,
    DictExpr: ShapeReader._dict,
    GeneratorExpr: ShapeReader._generator,
    ListComprehension: ShapeReader._comprehension,
    ListExpr: ShapeReader._items,
    MemberExpr: ShapeReader._member,
    NameExpr: ShapeReader._name,
    OpExpr: ShapeReader._operation,
    TupleExpr: ShapeReader._items,
}


def leaves(shape: Shape) -> Iterator[Shape]:
    """The tasks of a shape: 'type', 'self' and 'unknown'."""
    if shape[0] == 'dict':
        for each in shape[1].values():
            yield from leaves(each)
    elif shape[0] == 'items':
        for each in shape[1]:
            yield from leaves(each)
    elif shape[0] == 'each':
        yield from leaves(shape[1])
    else:
        yield shape
