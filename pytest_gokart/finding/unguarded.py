"""The calls of `gokart.run()` and its like that importing a file would make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.project.calls import Place as Where
from gokart_lint.project.symbols import Library
from gokart_lint.walking import blocks, own_expressions, statements, walk
from pytest_gokart.values import Place

if TYPE_CHECKING:
    from gokart_lint.project.module import Module


def unguarded_runs(module: Module) -> Iterator[Place]:
    """The calls that run a pipeline outside functions and `if __name__ == '__main__':`, in order."""
    if not any(name.rpartition('.')[2] in module.facts.called for name in vocabulary.RUNNERS):
        return
    for statement in _at_import(module.facts.body):
        yield from _runs(statement, module, Where(module))
    for each in module.classes:
        if '<locals>' not in each.qualname:
            for statement in (*each.facts.assignments, *_at_import(each.facts.body)):
                yield from _runs(statement, module, Where(module, None, each))


def main_classes(module: Module) -> frozenset[str]:
    """The qualified names of the classes that only a module which is run itself has, not one that is imported."""
    guards = (each for each in statements(module.facts.body) if isinstance(each, facts.Branch) and _tests_main(each.test))
    inside = (inner for guard in guards for inner in statements(guard.then))
    return frozenset(each.qualname for each in inside if isinstance(each, facts.DefineClass))


def _tests_main(node: facts.Expression) -> bool:
    """Whether an expression is `__name__ == '__main__'`, on whichever side the name stands, alone or with more behind `and`."""
    if not isinstance(node, facts.Operation):
        return False
    if node.operators == ('==',):
        names = [each.name for each in node.operands if isinstance(each, facts.Name)]
        values = [each.value for each in node.operands if isinstance(each, facts.Constant)]
        return names == ['__name__'] and values == ['__main__']
    return node.kind == 'boolean' and 'and' in node.operators and any(_tests_main(each) for each in node.operands)


def _at_import(block: Iterable[facts.Statement]) -> Iterator[facts.Statement]:
    for statement in block:
        if isinstance(statement, facts.Branch) and _tests_main(statement.test):
            yield from _at_import(statement.otherwise)
            continue
        yield statement
        for inner in blocks(statement):
            yield from _at_import(inner)


def _runs(statement: facts.Statement, module: Module, where: Where) -> Iterator[Place]:
    if isinstance(statement, facts.Define):
        return
    for expression in own_expressions(statement):
        for node in walk(expression):
            if isinstance(node, facts.Call):
                symbol = where.resolve(node.function)
                if isinstance(symbol, Library) and symbol.name in vocabulary.RUNNERS:
                    yield Place(module.path, node.at.line)
