"""What happens when a file is imported: the calls of `gokart.run()` and its like, and the parts that only a program has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.calls import Place
from gokart_lint.project.classes import Class
from gokart_lint.project.symbols import is_library
from gokart_lint.reading.definitions import is_type_checking
from gokart_lint.walking import blocks, children, own_expressions, statements, walk

if TYPE_CHECKING:
    from gokart_lint.project.module import Module

_MAIN = '__main__'
_ENDINGS = ('sys.exit', 'os._exit', 'builtins.exit', 'builtins.quit')
_LIKE_MAIN = frozenset({_MAIN, '__mp_main__'})

Verdict: TypeAlias = bool | None
"""Whether a test holds while the file is imported; None for one that says nothing about it."""


def runs_at_import(module: Module) -> list[facts.Call]:
    """The calls that run a pipeline outside functions and `if __name__ == '__main__':`, in order."""
    if not any(name.rpartition('.')[2] in module.facts.called for name in vocabulary.RUNNERS):
        return []
    found = {node.at: node for node, place in _Import(module).calls() if is_library(place.resolve(node.function), *vocabulary.RUNNERS)}
    return [found[at] for at in sorted(found)]


def main_classes(module: Module) -> frozenset[str]:
    """The qualified names of the classes that only a module which is run itself has, not one that is imported."""
    tests = _Tests(module)
    guards = (each for each in statements(module.facts.body) if isinstance(each, facts.Branch) and tests.at_import(each.test) is False)
    inside = (inner for guard in guards for inner in statements(guard.then))
    return frozenset(each.qualname for each in inside if isinstance(each, facts.DefineClass))


class _Import:
    """Goes through what Python runs of a file that is imported."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.tests = _Tests(module)

    def calls(self) -> Iterator[tuple[facts.Call, Place]]:
        said, top = self.module.facts, Place(self.module)
        yield from self.block(said.body, top)
        inside = {each.at for each in statements(said.body)}
        for function in said.functions:
            if function.at not in inside:
                yield from self.header(function, top)
        for each in self.module.classes:
            if not each.facts.scope and each.facts.at not in inside:
                yield from self.of_class(each)

    def of_class(self, found: Class) -> Iterator[tuple[facts.Call, Place]]:
        around, within = Place(self.module, found.outer_scope), Place(self.module, None, found)
        for node in (*found.facts.decorators, *(base.value for base in found.facts.bases)):
            yield from self.expression(node, around)
        inside = {each.at for each in statements(found.facts.body)}
        yield from self.block([each for each in found.facts.assignments if each.at not in inside], within)
        yield from self.block(found.facts.body, within)
        for method in found.facts.methods:
            if method.at not in inside:
                yield from self.header(method, within)
        for each in self.module.classes:
            if each.facts.scope == found.qualname and '<locals>' not in each.qualname and each.facts.at not in inside:
                yield from self.of_class(each)

    def header(self, function: facts.Function, place: Place) -> Iterator[tuple[facts.Call, Place]]:
        for node in (*function.decorators, *(formal.default for formal in function.formals if formal.default is not None)):
            yield from self.expression(node, place)

    def block(self, block: Iterable[Statement], place: Place) -> Iterator[tuple[facts.Call, Place]]:
        for statement in block:
            yield from self.statement(statement, place)
            if self.leaves(statement, place):
                return

    def statement(self, statement: Statement, place: Place) -> Iterator[tuple[facts.Call, Place]]:
        if isinstance(statement, facts.DefineClass):
            for each in self.module.classes:
                if each.facts.at == statement.at:
                    yield from self.of_class(each)
            return
        for node in own_expressions(statement):
            yield from self.expression(node, place)
        for block in self.entered(statement):
            yield from self.block(block, place)

    def entered(self, statement: Statement) -> Iterable[tuple[Statement, ...]]:
        """The blocks of a statement that an import may run."""
        if isinstance(statement, facts.Branch):
            verdict = self.tests.at_import(statement.test)
            return [each for each, never in ((statement.then, False), (statement.otherwise, True)) if verdict is not never]
        if isinstance(statement, facts.Loop) and statement.target is None and self.tests.at_import(statement.subject) is False:
            return [statement.otherwise]
        if isinstance(statement, facts.Match) and _is_name(statement.subject):
            return [case.body for case in statement.cases if not any(_is_main(value) for value in case.values)]
        return blocks(statement)

    def leaves(self, statement: Statement, place: Place) -> bool:
        """Whether an import comes no further than `if __name__ != '__main__': sys.exit()`, or than a `raise`."""
        if isinstance(statement, facts.Raise):
            return True
        if isinstance(statement, facts.Evaluate) and isinstance(statement.value, facts.Call):
            return is_library(place.resolve(statement.value.function), *_ENDINGS)
        if isinstance(statement, facts.Branch) and (verdict := self.tests.at_import(statement.test)) is not None:
            return any(self.leaves(each, place) for each in (statement.then if verdict else statement.otherwise))
        return False

    def expression(self, node: Expression, place: Place) -> Iterator[tuple[facts.Call, Place]]:
        if isinstance(node, facts.Lambda):
            return
        parts: Iterable[Expression] = children(node)
        if isinstance(node, facts.Conditional):
            verdict = self.tests.at_import(node.test)
            parts = [node.test, *(each for each, never in ((node.then, False), (node.otherwise, True)) if verdict is not never)]
        elif isinstance(node, facts.Operation) and node.kind == 'boolean' and node.operators:
            ends = node.operators[0] == 'or'
            stop = next((i for i, each in enumerate(node.operands) if self.tests.at_import(each) is ends), len(node.operands))
            parts = node.operands[:stop]
        elif isinstance(node, facts.Call):
            yield node, place
        for part in parts:
            yield from self.expression(part, place)


class _Tests:
    """Judges the tests of branches by what `__name__` is in a file that is imported."""

    def __init__(self, module: Module) -> None:
        self.module = module

    def at_import(self, node: Expression, depth: int = 0) -> Verdict:
        if isinstance(node, facts.Constant):
            return bool(node.value)
        if is_type_checking(node):
            return False
        if isinstance(node, facts.Name) and depth == 0:
            given = [each.value for each in self.module.facts.assignments if _binds(each, node.name)]
            return self.at_import(given[0], 1) if len(given) == 1 and given[0] is not None else None
        if not isinstance(node, facts.Operation):
            return self._unknown(node)
        if node.operators == ('not',):
            inner = self.at_import(node.operands[0], depth)
            return None if inner is None else not inner
        if node.kind == 'boolean':
            stops = 'or' in node.operators
            verdicts = [self.at_import(each, depth) for each in node.operands]
            return stops if stops in verdicts else None if None in verdicts else not stops
        return self._compared(node) if len(node.operands) == 2 else self._unknown(node)

    def _compared(self, node: facts.Operation) -> Verdict:
        left, right = node.operands
        operator = node.operators[0]
        if operator in ('==', 'is', '!=', 'is not') and (_is_name(left) or _is_name(right)):
            other = right if _is_name(left) else left
            if isinstance(other, facts.Constant) and isinstance(other.value, str):
                is_own = other.value == self.module.name
                return is_own if operator in ('==', 'is') else not is_own
        if operator in ('in', 'not in') and _is_name(left) and isinstance(right, facts.Collection):
            values = [each.value if isinstance(each, facts.Constant) else None for each in right.items]
            if _LIKE_MAIN.issuperset(values):
                return operator == 'not in'
        return self._unknown(node)

    def _unknown(self, node: Expression) -> Verdict:
        """What looks at `__name__` in any other way is thought to be a guard."""
        return False if any(_is_name(each) for each in walk(node)) else None


def _is_name(node: Expression) -> bool:
    return isinstance(node, facts.Name) and node.name == '__name__'


def _is_main(node: Expression) -> bool:
    return isinstance(node, facts.Constant) and node.value == _MAIN


def _binds(statement: facts.Assign, name: str) -> bool:
    return any(isinstance(target, facts.Name) and target.name == name for target in statement.targets)
