"""Bodies of tasks without annotations, checked all the same: most gokart code writes `def run(self):`.

mypy skips a function that has no annotation. A type is given to those of task classes, in which everything is Any but `self`. What
overrides a method of gokart has its annotation there; a helper without one stays un-annotated under --strict.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mypy.nodes import (
    AssignmentStmt,
    Block,
    CallExpr,
    Decorator,
    DictExpr,
    Expression,
    FuncDef,
    ListExpr,
    MemberExpr,
    NameExpr,
    OverloadedFuncDef,
    RefExpr,
    SetExpr,
    TupleExpr,
    TypeInfo,
    Var,
)
from mypy.types import AnyType, CallableType, NoneType, Type, TypeOfAny, TypeType
from mypy.typevars import fill_typevars

from gokart_lint import vocabulary
from gokart_lint.mypy.tree import Assigned, walk

_CONTAINERS = frozenset({
    'builtins.dict', 'builtins.list', 'builtins.set', 'collections.Counter', 'collections.OrderedDict', 'collections.defaultdict',
    'collections.deque',
})  # fmt: skip


def check(api: Any, info: TypeInfo) -> None:
    """Let mypy check the bodies of a class that have no annotation."""
    for statement in info.defn.defs.body:
        for function in _functions(statement):
            if function.type is None and function.unanalyzed_type is None and function.info is info:
                function.type = function.unanalyzed_type = _signature(api, function, info)
                _ask_for_nothing(api, function)
                _free_rebound(function)


def used_of_self(info: TypeInfo) -> Iterator[str]:
    """The attributes of `self` that the methods of a class use."""
    for statement in info.defn.defs.body:
        for function in _functions(statement):
            myself = function.arguments[0].variable if function.arguments and not function.is_static else None
            for node in walk(function.body, into_scopes=True):
                if isinstance(node, MemberExpr) and isinstance(node.expr, NameExpr) and myself is not None and node.expr.node is myself:
                    yield node.name


def leave_open(info: TypeInfo) -> None:
    """Let an attribute that starts as None hold anything: `model = None` in the class, `self.model = None` in a body without annotations.

    mypy would take None for its type, and every later assignment in a body that it did not check before for a mistake.
    """
    for statement in walk(info.defn.defs, into_scopes=True):
        if isinstance(statement, AssignmentStmt) and statement.type is None and _is_none(statement.rvalue):
            for target in statement.lvalues:
                if isinstance(target, NameExpr | MemberExpr) and isinstance(target.node, Var) and target.node.info is info:
                    _open(target.node, target)


def _free_rebound(function: FuncDef) -> None:
    """Let a name that is assigned more than once hold anything: who annotates nothing uses one name for several types."""
    assigned = Assigned(function.body)
    rebound = {
        node for node, values in assigned.values.items() if len(values) > 1 and '.' not in node.fullname
    }  # local names have no more of a name
    for node in walk(function.body, into_scopes=True):
        if isinstance(node, NameExpr) and node.node in rebound and isinstance(node.node, Var):
            node.node.type, node.node.is_ready, node.is_inferred_def = AnyType(TypeOfAny.special_form), True, False


def _open(node: Var, target: NameExpr | MemberExpr) -> None:
    if node.type is None or target.is_inferred_def:
        node.type, node.is_ready, target.is_inferred_def = AnyType(TypeOfAny.special_form), True, False


def _is_none(value: Expression) -> bool:
    return isinstance(value, NameExpr) and value.fullname == 'builtins.None'


def _functions(statement: object) -> Iterator[FuncDef]:
    if isinstance(statement, FuncDef):
        yield statement
    elif isinstance(statement, Decorator):
        yield statement.func
    elif isinstance(statement, OverloadedFuncDef):  # a property with a setter
        for item in statement.items:
            yield from _functions(item)


def _signature(api: Any, function: FuncDef, info: TypeInfo) -> CallableType:
    is_known = function.name in vocabulary.TASK_MEMBERS and len(function.arg_names) == 1
    nothing = AnyType(TypeOfAny.special_form if is_known else TypeOfAny.unannotated)
    types: list[Type] = [nothing] * len(function.arg_names)
    if types and not function.is_static:
        myself = fill_typevars(info)
        types[0] = TypeType.make_normalized(myself) if function.is_class else myself
    returned = NoneType() if function.name in ('__init__', '__init_subclass__') else nothing  # mypy wants it said
    return CallableType(
        types, list(function.arg_kinds), list(function.arg_names), returned, api.named_type('builtins.function'), name=function.name
    )


def _ask_for_nothing(api: Any, function: FuncDef) -> None:
    """Let no empty list or dict in such a body ask for an annotation: its author wrote none."""
    tree, errors = api.cur_mod_node, api.errors
    for line in set(_empty_lines(function.body)):
        known = tree.ignored_lines.get(line)
        if known == []:
            continue
        tree.ignored_lines[line] = [*(known or []), 'var-annotated']
        errors.used_ignored_lines[errors.file][line].append('var-annotated')


def _empty_lines(body: Block) -> Iterator[int]:
    """The lines that assign an empty list, dict or set."""
    for statement in walk(body):
        if isinstance(statement, AssignmentStmt) and statement.type is None and _is_empty(statement.rvalue):
            yield statement.line


def _is_empty(value: Expression) -> bool:
    if isinstance(value, ListExpr | DictExpr | SetExpr | TupleExpr):
        return not value.items
    return isinstance(value, CallExpr) and isinstance(value.callee, RefExpr) and value.callee.fullname in _CONTAINERS


def widen(task_on_kart: TypeInfo) -> None:
    """Let `requires()` and `output()` be overridden with `-> list[A]` or `-> dict[str, A]`.

    gokart declares both as `FlattenableItems`, whose containers are invariant, so that mypy refuses every precise annotation.
    """
    for name in ('requires', 'output'):
        symbol = task_on_kart.names.get(name)
        if symbol is not None and isinstance(symbol.node, FuncDef):
            _widen(symbol.node)


def _widen(function: FuncDef) -> None:
    if isinstance(function.type, CallableType):
        function.type = function.type.copy_modified(ret_type=AnyType(TypeOfAny.special_form))
