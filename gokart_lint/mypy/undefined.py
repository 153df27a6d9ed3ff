"""Names that nothing binds, in bodies without annotations.

mypy binds names before it checks types, and says nothing of a name that it does not find where a function has no annotation
(`SemanticAnalyzer.in_checked_function` of mypy 2.4.1). By the time that such a body gets its type, that is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mypy import errorcodes
from mypy.nodes import AssignmentStmt, Block, CallExpr, FuncDef, GlobalDecl, ImportAll, IndexExpr, NameExpr, Node, OpExpr

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


def _reached(body: Node) -> Iterator[Node]:
    """The nodes of a body that mypy has bound names in: it leaves out what this platform and version never run."""
    pending = [body]
    while pending:
        node = pending.pop()
        if isinstance(node, Block) and node.is_unreachable:
            continue
        yield node
        if isinstance(node, OpExpr) and node.right_unreachable:
            pending.append(node.left)
        elif isinstance(node, CallExpr | IndexExpr | OpExpr) and node.analyzed is not None:
            # a cast, a generic class with its arguments: types, in which mypy binds no names of expressions
            inner = node.base if isinstance(node, IndexExpr) else getattr(node.analyzed, 'expr', None)
            pending += [inner] if isinstance(inner, Node) else []
        else:
            pending += children(node)
