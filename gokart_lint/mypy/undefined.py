"""Names that nothing binds, in bodies without annotations.

mypy binds names before it checks types, and says nothing of a name that it does not find where a function has no annotation
(`SemanticAnalyzer.in_checked_function` of mypy 2.4.1). By the time that such a body gets its type, that is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mypy import errorcodes
from mypy.nodes import AssignmentStmt, Block, CallExpr, FuncDef, GlobalDecl, ImportAll, NameExpr, Node, OpExpr

from gokart_lint.mypy.tree import children


def judge(api: Any, functions: Iterable[FuncDef]) -> None:
    """Report the names of some functions that nothing binds. The file must be the current one."""
    if any(isinstance(each, ImportAll) and not _is_known(api, each) for each in api.cur_mod_node.imports):
        return  # they may come from there
    for function in functions:
        nodes = list(_reached(function.body))
        elsewhere = {name for node in nodes if isinstance(node, GlobalDecl) for name in node.names}
        bound = {target for node in nodes if isinstance(node, AssignmentStmt) for target in node.lvalues}  # an alias has no node there
        for node in nodes:
            if not isinstance(node, NameExpr) or node.node is not None or node in bound:
                continue
            if node.name not in elsewhere and not _is_dunder(node.name):
                api.fail(f'Name "{node.name}" is not defined', node, code=errorcodes.NAME_DEFINED)


def _is_known(api: Any, statement: ImportAll) -> bool:
    return api.correct_relative_import(statement) in api.modules


def _is_dunder(name: str) -> bool:
    return name.startswith('__') and name.endswith('__')


def _reached(node: Node) -> Iterator[Node]:
    """The nodes of a body that mypy has bound names in: it leaves out what this platform and version never run."""
    if isinstance(node, Block) and node.is_unreachable:
        return
    yield node
    analyzed = getattr(node, 'analyzed', None)
    if analyzed is not None:  # a cast, a generic class with its arguments: types, in which mypy binds no names of expressions
        parts = [getattr(analyzed, 'expr', None)] if isinstance(node, CallExpr) else [getattr(node, 'base', None)]
    elif isinstance(node, OpExpr) and node.right_unreachable:
        parts = [node.left]
    else:
        parts = children(node)
    for each in parts:
        if each is not None:
            yield from _reached(each)
