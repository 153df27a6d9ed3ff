"""Names of un-annotated bodies that hold several sorts of values: they are Any, since nobody said that they hold one.

mypy gives a name the type of its first value and refuses the next. Who writes `tasks = {'a': A()}` and then `tasks['b'] = B()`, or
`self.model = None` and later a model, wrote no annotation and is right; so such a name gets the declaration that its author left out.
A name with values of one sort stays as mypy infers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mypy.nodes import (
    AssignmentExpr,
    AssignmentStmt,
    BytesExpr,
    CallExpr,
    DictExpr,
    DictionaryComprehension,
    Expression,
    FloatExpr,
    ForStmt,
    FuncDef,
    IndexExpr,
    IntExpr,
    ListComprehension,
    ListExpr,
    MemberExpr,
    NameExpr,
    Node,
    RefExpr,
    SetComprehension,
    SetExpr,
    StarExpr,
    StrExpr,
    TupleExpr,
    TypeInfo,
    Var,
)
from mypy.types import Instance, Type

from gokart_lint.mypy import names
from gokart_lint.mypy.declarations import is_none
from gokart_lint.mypy.tree import Assigned, pairs, walk
from gokart_lint.mypy.types import unknown

_CONTAINERS = frozenset({
    'builtins.dict', 'builtins.list', 'builtins.set', 'collections.Counter', 'collections.OrderedDict', 'collections.defaultdict',
    'collections.deque',
})  # fmt: skip
_DISPLAYS = {
    ListExpr: 'builtins.list', ListComprehension: 'builtins.list', DictExpr: 'builtins.dict', DictionaryComprehension: 'builtins.dict',
    SetExpr: 'builtins.set', SetComprehension: 'builtins.set',
}  # fmt: skip
_FILLING = frozenset({'append', 'extend', 'insert', 'add', 'update', 'setdefault', 'appendleft'})

Find = Callable[[str], TypeInfo | None]


def loosen_names(function: FuncDef, find: Find) -> None:
    """Declare the local names of one un-annotated function, with those of the functions inside it."""
    body = function.body
    assigned = Assigned(body)
    filled = set(_filled(body))
    for node in walk(body, into_scopes=True):
        for name in _defined_by(node):
            if isinstance(name, NameExpr) and isinstance(name.node, Var) and (_is_inferred(name) or _has_comment(node)):
                values = assigned.values.get(name.node, [])
                found = _declaration(values, name.node in filled, find)
                if found is not None and (len(values) > 1 or not _has_comment(node)):
                    _declare(node, name, name.node, found)


def loosen_attributes(
    info: TypeInfo, functions: list[FuncDef], others: list[FuncDef], class_body: list[AssignmentStmt], find: Find
) -> None:
    """Declare the attributes that un-annotated methods give `self`, be they defined there, in the class body or in `others`."""
    values: dict[str, list[Expression | None]] = {}
    definitions: list[tuple[Node, NameExpr | MemberExpr, Var]] = []
    for statement in class_body:
        for target in statement.lvalues:
            if isinstance(target, NameExpr) and isinstance(target.node, Var) and _is_open(statement, target.node):
                values.setdefault(target.name, []).append(statement.rvalue)
                definitions.append((statement, target, target.node))
    touched: set[str] = set()
    for function in [*functions, *others]:
        for node in walk(function.body, into_scopes=True):
            for target in _defined_by(node):
                if isinstance(target, MemberExpr) and _is_self(target.expr):
                    if function in functions:
                        touched.add(target.name)
                    values.setdefault(target.name, []).append(_value_of(node, target))
                    if target.is_inferred_def and isinstance(target.node, Var) and target.node.info is info:
                        definitions.append((node, target, target.node))
    for node, target, variable in definitions:
        is_none_of_class = isinstance(target, NameExpr) and is_none(values[target.name][0])
        found = _declaration(values[target.name], True, find) if target.name in touched or is_none_of_class else None
        if found is not None:
            _declare(node, target, variable, found)


def _is_open(statement: AssignmentStmt, variable: Var) -> bool:
    """Whether nobody gave an attribute a type: mypy takes that of a literal at once, and the plugin that of a parameter."""
    if statement.unanalyzed_type is not None or variable.is_final:
        return False
    return variable.type is None or statement.type is variable.type


def _is_self(value: Expression) -> bool:
    return isinstance(value, NameExpr) and isinstance(value.node, Var) and value.node.is_self


def _defined_by(node: Node) -> Iterator[Expression]:
    if isinstance(node, AssignmentStmt) and (node.type is None or _has_comment(node)):
        for target in node.lvalues:
            yield from _flat(target)
    elif isinstance(node, ForStmt) and node.index_type is None:
        yield from _flat(node.index)
    elif isinstance(node, AssignmentExpr):
        yield node.target


def _has_comment(node: Node) -> bool:
    """Whether an assignment has a type in a comment, which people write for readers and editors."""
    return isinstance(node, AssignmentStmt) and node.unanalyzed_type is not None and not node.new_syntax


def _flat(target: Expression) -> Iterator[Expression]:
    if isinstance(target, TupleExpr | ListExpr):
        for each in target.items:
            yield from _flat(each)
    elif isinstance(target, StarExpr):
        return
    else:
        yield target


def _value_of(node: Node, target: Expression) -> Expression | None:
    if not isinstance(node, AssignmentStmt):
        return None
    return next((value for lvalue in node.lvalues for left, value in pairs(lvalue, node.rvalue) if left is target), None)


def _is_inferred(name: NameExpr) -> bool:
    return name.is_inferred_def and isinstance(name.node, Var) and name.node.type is None and not name.node.is_final


def _declare(node: Node, target: NameExpr | MemberExpr, variable: Var, found: Type) -> None:
    variable.type, variable.is_ready, variable.is_inferred = found, True, False
    target.is_inferred_def = False
    if isinstance(node, AssignmentStmt) and node.lvalues == [target]:
        node.type = node.unanalyzed_type = found  # so that the daemon sees it when it analyses this function alone
    elif isinstance(node, ForStmt) and node.index is target:
        node.index_type = node.unanalyzed_index_type = found


# --- what a name holds ------------------------------------------------------------------------------------------------


def _declaration(values: list[Expression | None], is_filled: bool, find: Find) -> Type | None:
    """The declaration that a name needs, or None if mypy's own inference says it."""
    sorts = {_sort(value) for value in values}
    if len(sorts) > 1 or (None in sorts and len(values) > 1):
        return unknown()
    if len(values) != 1 or values[0] is None:
        return None
    value = values[0]
    if is_none(value):
        return unknown() if is_filled else None
    container = _container(value, find)
    if container is None or not (is_filled or _is_empty(value) or _is_mixed(value)):
        return None
    return Instance(container, [unknown()] * len(container.type_vars))


def _sort(value: Expression | None) -> object:
    """What a value is an instance of, as far as its text alone shows it; None if that is not known."""
    if isinstance(value, StrExpr | BytesExpr | IntExpr | FloatExpr):
        return type(value)
    if isinstance(value, NameExpr) and value.fullname in ('builtins.True', 'builtins.False'):
        return bool
    if is_none(value):
        return 'None'
    if type(value) in _DISPLAYS:
        return None
    if isinstance(value, CallExpr) and isinstance(value.callee, RefExpr) and isinstance(value.callee.node, TypeInfo):
        made = value.callee.node
        return made.fullname if not made.type_vars and made.fullname not in _CONTAINERS else None
    return None


def _container(value: Expression, find: Find) -> TypeInfo | None:
    if isinstance(value, CallExpr):
        is_known = isinstance(value.callee, RefExpr) and value.callee.fullname in _CONTAINERS
        node = value.callee.node if is_known and isinstance(value.callee, RefExpr) else None
        return node if isinstance(node, TypeInfo) else None
    shown = _DISPLAYS.get(type(value))
    return None if shown is None else find(shown)


def _is_empty(value: Expression) -> bool:
    if isinstance(value, ListExpr | DictExpr | SetExpr):
        return not value.items
    if not isinstance(value, CallExpr):
        return False
    return not value.args or (isinstance(value.callee, RefExpr) and value.callee.fullname == 'collections.defaultdict')


def _is_mixed(value: Expression) -> bool:
    """Whether a display holds values of several sorts, or calls that may make any."""
    if isinstance(value, DictExpr):
        held = [each for _, each in value.items]
    elif isinstance(value, ListExpr | SetExpr):
        held = list(value.items)
    elif isinstance(value, CallExpr):
        held = list(value.args)
    else:
        return False
    sorts = {_sort(each) for each in held}
    return len(sorts) > 1 or (None in sorts and len(held) > 1)


def _filled(body: Node) -> Iterator[Var]:
    """The names whose values something is put into, or that are handed to a call which may do so."""
    for node in walk(body, into_scopes=True):
        if isinstance(node, AssignmentStmt):
            for target in node.lvalues:
                if isinstance(target, IndexExpr):
                    yield from _variable(target.base)
        elif isinstance(node, CallExpr):
            if isinstance(node.callee, MemberExpr) and node.callee.name in _FILLING:
                yield from _variable(node.callee.expr)
            if not _only_reads(node):
                for given in node.args:
                    yield from _variable(given)


def _variable(name: Expression) -> Iterator[Var]:
    if isinstance(name, NameExpr) and isinstance(name.node, Var):
        yield name.node


def _only_reads(call: CallExpr) -> bool:
    """Whether a call is known to put nothing into its arguments: it builds or dumps."""
    callee = call.callee
    if isinstance(callee, MemberExpr):
        return callee.name == 'dump'
    return isinstance(callee, RefExpr) and isinstance(callee.node, TypeInfo) and names.is_task(callee.node)
