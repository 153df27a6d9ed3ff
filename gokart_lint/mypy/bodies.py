"""Bodies of tasks without annotations, checked all the same: most gokart code writes `def run(self):`.

mypy skips a function that has no annotation. A type is given to those of task classes, in which everything is Any but `self`. What
overrides a method of gokart has its annotation there; a helper without one stays un-annotated under --strict.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    Decorator,
    FuncDef,
    IndexExpr,
    MemberExpr,
    NameExpr,
    Node,
    OverloadedFuncDef,
    Statement,
    StrExpr,
    SymbolTableNode,
    TypeInfo,
    Var,
)
from mypy.types import AnyType, CallableType, NoneType, Type, TypeOfAny, TypeType
from mypy.typevars import fill_typevars

from gokart_lint import vocabulary
from gokart_lint.mypy import undefined
from gokart_lint.mypy.collecting import statements
from gokart_lint.mypy.loosening import loosen_attributes, loosen_names
from gokart_lint.mypy.tree import walk

if TYPE_CHECKING:
    from gokart_lint.mypy.silencing import Silencing


def check(api: Any, info: TypeInfo, silencing: Silencing) -> None:
    """Let mypy check the bodies of a class that have no annotation."""
    known = [statement for statement, _ in statements(info.defn.defs)]
    own = [(each, function) for each in known for function in _functions(each) if function.info is info]
    found = [(each, function) for each, function in own if _is_bare(function)]
    others = [function for _, function in own if not _is_bare(function)]
    for _, function in found:
        function.type = function.unanalyzed_type = _signature(api, function, info)
        for inner in _inside(function):
            inner.type = inner.unanalyzed_type = _unsaid(api, inner)

    def find(fullname: str) -> TypeInfo | None:
        symbol: SymbolTableNode | None = api.lookup_fully_qualified_or_none(fullname)
        return symbol.node if symbol is not None and isinstance(symbol.node, TypeInfo) else None

    functions = [function for _, function in found]
    undefined.judge(api, functions)
    for function in functions:
        loosen_names(function, find)
    loosen_attributes(info, functions, others, [each for each in known if isinstance(each, AssignmentStmt)], find)
    silencing.keep(api.errors, info, [_lines(statement, function) for statement, function in found])


def used_of_self(info: TypeInfo) -> Iterator[str]:
    """The attributes of `self` that the methods of a class use."""
    for node, myself in _nodes(info):
        if isinstance(node, MemberExpr) and _is(node.expr, myself):
            yield node.name


def loaded_of_self(info: TypeInfo) -> Iterator[str]:
    """The keys that the methods of a class load or take from `self.input()`."""
    for node, myself in _nodes(info):
        if isinstance(node, IndexExpr) and isinstance(node.base, CallExpr):
            call, key = node.base, node.index
        elif isinstance(node, CallExpr) and node.args:
            call, key = node, node.args[0]
        else:
            continue
        is_load = isinstance(call.callee, MemberExpr) and call.callee.name in _LOADING and _is(call.callee.expr, myself)
        if is_load and isinstance(key, StrExpr):
            yield key.value


_LOADING = frozenset({'input', 'load', 'load_generator'})


def _nodes(info: TypeInfo) -> Iterator[tuple[Node, Var]]:
    """All nodes of the methods of a class, with what each method calls its instance."""
    for statement in info.defn.defs.body:
        for function in _functions(statement):
            if function.arguments and not function.is_static:
                for node in walk(function.body, into_scopes=True):
                    yield node, function.arguments[0].variable


def _is(value: Node, variable: Var) -> bool:
    return isinstance(value, NameExpr) and value.node is variable


def _is_bare(function: FuncDef) -> bool:
    return function.type is None and function.unanalyzed_type is None


def _functions(statement: Statement) -> Iterator[FuncDef]:
    if isinstance(statement, FuncDef):
        yield statement
    elif isinstance(statement, Decorator):
        yield statement.func
    elif isinstance(statement, OverloadedFuncDef):  # a property with a setter
        for item in statement.items:
            yield from _functions(item)


def _inside(function: FuncDef) -> Iterator[FuncDef]:
    """The functions without annotation inside another: nobody looks at them from outside."""
    for node in walk(function.body, into_scopes=True):
        if isinstance(node, FuncDef) and not node.info and _is_bare(node):
            yield node


def _lines(statement: Node, function: FuncDef) -> tuple[int, int, int]:
    last = function.end_line if function.end_line is not None else function.line
    return min(statement.line, function.line), function.line, max(last, function.line)


def _signature(api: Any, function: FuncDef, info: TypeInfo) -> CallableType:
    """The signature of a method; without annotation under --strict is what gokart does not know, and is said once."""
    nothing = AnyType(TypeOfAny.special_form)
    types: list[Type] = [nothing] * len(function.arg_names)
    if types and not function.is_static:
        myself = fill_typevars(info)
        types[0] = TypeType.make_normalized(myself) if function.is_class else myself
    if function.name in ('__init__', '__init_subclass__'):
        return _callable(api, function, types, NoneType())  # mypy wants it said
    is_known = function.name in vocabulary.TASK_MEMBERS
    return _callable(api, function, types, nothing if is_known else AnyType(TypeOfAny.unannotated))


def _unsaid(api: Any, function: FuncDef) -> CallableType:
    nothing = AnyType(TypeOfAny.special_form)
    return _callable(api, function, [nothing] * len(function.arg_names), nothing)


def _callable(api: Any, function: FuncDef, types: list[Type], nothing: Type) -> CallableType:
    fallback = api.named_type('builtins.function')
    return CallableType(types, list(function.arg_kinds), list(function.arg_names), nothing, fallback, name=function.name)


def open_up(api: Any, task_on_kart: TypeInfo) -> None:
    """Let `requires()` and `output()` be overridden with `-> list[A]` or `-> dict[str, A]`, and `clone` be called where all is typed.

    gokart declares the first two as `FlattenableItems`, whose containers are invariant, so that mypy refuses every precise annotation;
    the third has no annotation, and our own types for it are not what --strict complains of.
    """
    for name in ('requires', 'output', 'clone'):
        symbol = task_on_kart.names.get(name)
        function = symbol.node if symbol is not None else None
        if not isinstance(function, FuncDef):
            continue
        if isinstance(function.type, CallableType):
            function.type = function.type.copy_modified(ret_type=AnyType(TypeOfAny.special_form))
        elif name == 'clone' and _is_bare(function):
            nothing = AnyType(TypeOfAny.special_form)
            types: list[Type] = [fill_typevars(task_on_kart), *[nothing] * (len(function.arg_names) - 1)]
            function.type = function.unanalyzed_type = _callable(api, function, types, nothing)
