"""Walks over mypy's tree.

mypy's own visitors are compiled, and Python code cannot derive from them; so the children of each kind of node are listed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from mypy import nodes
from mypy.nodes import AssignmentStmt, Expression, NameExpr, Node, TupleExpr, Var

_CHILDREN: dict[type, tuple[str, ...]] = {
    nodes.AssertStmt: ('expr', 'msg'),
    nodes.AssignmentExpr: ('target', 'value'),
    nodes.AssignmentStmt: ('lvalues', 'rvalue'),
    nodes.AwaitExpr: ('expr',),
    nodes.Block: ('body',),
    nodes.CallExpr: ('callee', 'args'),
    nodes.CastExpr: ('expr',),
    nodes.ClassDef: ('defs',),
    nodes.ComparisonExpr: ('operands',),
    nodes.ConditionalExpr: ('cond', 'if_expr', 'else_expr'),
    nodes.Decorator: ('func',),
    nodes.DelStmt: ('expr',),
    nodes.DictExpr: ('items',),
    nodes.DictionaryComprehension: ('key', 'value', 'indices', 'sequences', 'condlists'),
    nodes.ExpressionStmt: ('expr',),
    nodes.ForStmt: ('index', 'expr', 'body', 'else_body'),
    nodes.FuncDef: ('body',),
    nodes.GeneratorExpr: ('left_expr', 'indices', 'sequences', 'condlists'),
    nodes.IfStmt: ('expr', 'body', 'else_body'),
    nodes.IndexExpr: ('base', 'index'),
    nodes.LambdaExpr: ('body',),
    nodes.ListComprehension: ('generator',),
    nodes.ListExpr: ('items',),
    nodes.MatchStmt: ('subject', 'guards', 'bodies'),
    nodes.MemberExpr: ('expr',),
    nodes.MypyFile: ('defs',),
    nodes.OperatorAssignmentStmt: ('lvalue', 'rvalue'),
    nodes.OpExpr: ('left', 'right'),
    nodes.OverloadedFuncDef: ('items',),
    nodes.RaiseStmt: ('expr', 'from_expr'),
    nodes.ReturnStmt: ('expr',),
    nodes.SetComprehension: ('generator',),
    nodes.SetExpr: ('items',),
    nodes.SliceExpr: ('begin_index', 'end_index', 'stride'),
    nodes.StarExpr: ('expr',),
    nodes.TryStmt: ('body', 'vars', 'types', 'handlers', 'else_body', 'finally_body'),
    nodes.TupleExpr: ('items',),
    nodes.UnaryExpr: ('expr',),
    nodes.WhileStmt: ('expr', 'body', 'else_body'),
    nodes.WithStmt: ('expr', 'target', 'body'),
    nodes.YieldExpr: ('expr',),
    nodes.YieldFromExpr: ('expr',),
}

_SCOPES = (nodes.FuncDef, nodes.LambdaExpr, nodes.ClassDef)


def children(node: Node) -> Iterator[Node]:
    """The nodes right below one."""
    return iter(_below(node))


def _below(node: Node) -> list[Node]:
    found: list[Node] = []
    for name in _CHILDREN.get(type(node), ()):
        value = getattr(node, name)
        if value is None:
            continue
        if isinstance(value, list):
            for each in value:
                if isinstance(each, Node):
                    found.append(each)
                else:
                    found += _flat(each)
        else:
            found += _flat(value)
    return found


def _flat(found: Any) -> Iterator[Node]:
    if isinstance(found, Node):
        yield found
    elif isinstance(found, list | tuple):
        for each in found:
            yield from _flat(each)


def walk(node: Node, *, into_scopes: bool = False) -> Iterator[Node]:
    """A node and all nodes below it in the order of the text; nested functions and classes only if asked for."""
    return iter(_all_below(node)) if into_scopes else _walk(node)


def _walk(node: Node) -> Iterator[Node]:
    pending = [node]
    while pending:
        found = pending.pop()
        yield found
        if found is node or not isinstance(found, _SCOPES):
            pending += reversed(_below(found))


@lru_cache(maxsize=32)  # the features go over one body after another, each of them more than once
def _all_below(node: Node) -> tuple[Node, ...]:
    made, pending = [], [node]
    while pending:
        found = pending.pop()
        made.append(found)
        if type(found) in _CHILDREN:
            pending += reversed(_below(found))
    return tuple(made)


def pairs(target: Expression, value: Expression) -> Iterator[tuple[Expression, Expression]]:
    """Each target of an assignment with its own value: two for `a, b = 1, 2`."""
    if isinstance(target, TupleExpr) and isinstance(value, TupleExpr) and len(target.items) == len(value.items):
        for left, right in zip(target.items, value.items, strict=True):
            yield from pairs(left, right)
    else:
        yield target, value


class Assigned:
    """The names of a function or module: what each is assigned, and where it stands. None is a value that no expression shows."""

    def __init__(self, body: Node) -> None:
        self.values: dict[Var, list[Expression | None]] = {}
        self.uses: dict[Var, list[NameExpr]] = {}
        shown: set[NameExpr] = set()
        for node in walk(body, into_scopes=True):
            if isinstance(node, AssignmentStmt):
                for target in node.lvalues:
                    for name, value in pairs(target, node.rvalue):
                        if isinstance(name, NameExpr) and isinstance(name.node, Var):
                            self.values.setdefault(name.node, []).append(value)
                            shown.add(name)
            elif isinstance(node, NameExpr) and isinstance(node.node, Var) and node not in shown:
                self.uses.setdefault(node.node, []).append(node)
        for bound in _bound_otherwise(body):
            self.values.setdefault(bound, []).append(None)

    def single(self, name: Expression) -> Expression | None:
        """What a name is assigned, once and for all."""
        if not isinstance(name, NameExpr) or not isinstance(name.node, Var):
            return None
        found = self.values.get(name.node, [])
        return found[0] if len(found) == 1 else None


def _bound_otherwise(body: Node) -> Iterator[Var]:
    """The names that loops, `with`, `except`, `del` and augmented assignments bind."""
    fields = {
        nodes.ForStmt: 'index',
        nodes.WithStmt: 'target',
        nodes.TryStmt: 'vars',
        nodes.DelStmt: 'expr',
        nodes.OperatorAssignmentStmt: 'lvalue',
    }
    for node in walk(body, into_scopes=True):
        targets: list[Node] = []
        if type(node) in fields:
            targets = list(_flat(getattr(node, fields[type(node)])))
        elif isinstance(node, AssignmentStmt):
            targets = [each for each in node.lvalues if isinstance(each, TupleExpr) and not isinstance(node.rvalue, TupleExpr)]
        elif isinstance(node, nodes.AssignmentExpr):
            targets = [node.target]
        for target in targets:
            for each in walk(target):
                if isinstance(each, NameExpr) and isinstance(each.node, Var):
                    yield each.node
