"""Under which keys a method asks for its inputs: `self.load('key')`, `self.input()['key']`, also in loops over literal keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression, Span, Statement
from gokart_lint.project.calls import Place
from gokart_lint.project.constants import constant
from gokart_lint.project.module import names_in
from gokart_lint.project.remembering import remembered
from gokart_lint.walking import blocks, children, everything, own_attribute, own_expressions, statements, walk

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class, Method

_INPUTS = vocabulary.LOADS | {'input'}
_WORDS = tuple(word.encode() for word in _INPUTS)
_SWALLOWING = frozenset({'suppress', 'raises', 'assertRaises', 'assertRaisesRegex', 'assertRaisesRegexp'})
_LEAVING = (facts.Return, facts.Raise)


class KeyUse(msgspec.Struct, frozen=True):
    """A literal key that a method asks for. `how` is the method that takes it; `tested` are the attributes of `self` that decide
    whether it is asked for at all."""

    key: str
    at: Span
    how: str
    tested: frozenset[str]


@remembered
def key_uses(owner: Class) -> tuple[tuple[Method, tuple[KeyUse, ...]], ...]:
    """The keys that each method of a class body asks for, those of a method that asks for none left out."""
    found = ((method, tuple(_uses(method))) for method in owner.own_methods.values())
    return tuple((method, uses) for method, uses in found if uses)


def _uses(method: Method) -> Iterator[KeyUse]:
    if not method.self_name or method.kind == 'class' or not any(word in method.function.code for word in _WORDS):
        return
    body = method.function.body
    reader = _Reader(method)
    if b'isinstance' in method.function.code and _asks_for_kind(body, reader.place):
        return
    guarded = set(_looked_up(body, reader.place))
    yield from (use for use in reader.block(body, frozenset()) if use.key not in guarded)


def _asks_for_kind(body: Iterable[Statement], place: Place) -> bool:
    """Whether code asks what its input is before it takes a part of it."""
    calls = (node for node in everything(body) if isinstance(node, facts.Call))
    return any(
        isinstance(node.function, facts.Name) and node.function.name == 'isinstance' and _mentions_input(node, place) for node in calls
    )


def _mentions_input(call: facts.Call, place: Place) -> bool:
    first = call.positional(0)
    return first is not None and _may_be_input(first.value, place, set())


def _may_be_input(value: Expression, place: Place, asked: set[str]) -> bool:
    """Whether a value may be all that a task requires, or a part of it; what `load` gives for one key is no such thing."""
    if isinstance(value, facts.Call) and isinstance(value.function, facts.Attribute) and value.function.name in vocabulary.LOADS:
        return not value.arguments
    if isinstance(value, (facts.Name, facts.Attribute)) and value.name in ('input', 'requires'):
        return True
    if place.method is not None and (own := own_attribute(value, place.method.self_name)) is not None:
        return place.owner is None or own not in place.owner.parameters
    if not isinstance(value, facts.Name):
        return any(_may_be_input(each, place, asked) for each in children(value))
    if value.name in asked or place.scope is None or value.name not in place.scope.assigned:
        return False
    asked.add(value.name)
    return any(each is None or _may_be_input(each, place, asked) for each in place.scope.assigned[value.name])


def _looked_up(body: Iterable[Statement], place: Place) -> Iterator[object]:
    """The literals that code looks for with `in` and `not in`."""
    for node in everything(body):
        if isinstance(node, facts.Operation) and not {'in', 'not in'}.isdisjoint(node.operators):
            for part in walk(node.operands[0]):
                if (found := constant(part, place)) is not None:
                    yield found.value


class _Reader:
    """Goes through a method; `loops` are the names that a loop over literals binds."""

    def __init__(self, method: Method) -> None:
        self.self_name = method.self_name
        self.place = Place(method.owner.module, method.scope, method.owner, method)
        self.loops: dict[str, tuple[facts.Constant, ...]] = {}

    def block(self, block: Sequence[Statement], tested: frozenset[str]) -> Iterator[KeyUse]:
        for statement in block:
            yield from self.statement(statement, tested)
            if isinstance(statement, (facts.Branch, facts.Match)):
                inner = (each for part in blocks(statement) for each in statements(part))
                if any(isinstance(each, _LEAVING) or getattr(each, 'word', '') in ('continue', 'break') for each in inner):
                    tested |= self.attributes(statement)

    def statement(self, statement: Statement, tested: frozenset[str]) -> Iterator[KeyUse]:
        if isinstance(statement, facts.Try) and statement.handlers:
            for part in blocks(statement)[1:]:
                yield from self.block(part, tested)
            return
        if isinstance(statement, facts.With) and any(_swallows(context.value) for context in statement.contexts):
            return
        if isinstance(statement, facts.Define):
            yield from self.nested(statement.function, tested)
            return
        for node in own_expressions(statement):
            yield from self.expression(node, tested)
        if isinstance(statement, (facts.Branch, facts.Match)) or (isinstance(statement, facts.Loop) and statement.target is None):
            tested |= self.attributes(statement)
        before = dict(self.loops)
        if isinstance(statement, facts.Loop) and statement.target is not None:
            self.bind(statement.target, None if _is_tested(statement) else statement.subject)
        for part in blocks(statement):
            yield from self.block(part, tested)
        self.loops = before

    def nested(self, function: facts.Function, tested: frozenset[str]) -> Iterator[KeyUse]:
        """A function inside, unless it calls something else `self`."""
        formals = {formal.name for formal in function.formals}
        if self.self_name not in formals:
            before = dict(self.loops)
            self.loops = {name: values for name, values in before.items() if name not in formals}
            yield from self.block(function.body, tested)
            self.loops = before

    def attributes(self, statement: Statement) -> frozenset[str]:
        """The attributes of `self` that a statement tests."""
        return self.attributes_in(own_expressions(statement))

    def attributes_in(self, nodes: Iterable[Expression]) -> frozenset[str]:
        found = (own_attribute(each, self.self_name) for node in nodes for each in walk(node))
        return frozenset(name for name in found if name is not None and name not in _INPUTS)

    def bind(self, target: Expression, iterable: Expression | None) -> None:
        for name in names_in(target):
            self.loops.pop(name, None)
        if isinstance(target, facts.Name) and isinstance(iterable, facts.Collection):
            items = iterable.items
            constants = tuple(item for item in items if isinstance(item, facts.Constant))
            if len(constants) == len(items):
                self.loops[target.name] = constants

    def expression(self, node: Expression, tested: frozenset[str]) -> Iterator[KeyUse]:
        if isinstance(node, facts.Lambda) and self.self_name in node.parameters:
            return
        if isinstance(node, facts.Conditional):
            tested |= self.attributes_in([node.test])
        elif isinstance(node, facts.Operation) and node.kind == 'boolean':
            tested |= self.attributes_in(node.operands)
        before = dict(self.loops)
        if isinstance(node, facts.Comprehension):
            for clause in node.clauses:
                self.bind(clause.target, None if clause.conditions else clause.iterable)
        how, key = self.asked(node)
        if key is not None:
            yield from (KeyUse(str(each.value), each.at, how, tested) for each in self.literals(key) if isinstance(each.value, str))
        for part in children(node):
            yield from self.expression(part, tested)
        self.loops = before

    def asked(self, node: Expression) -> tuple[str, Expression | None]:
        """The method and the key, if an expression takes a part of the input."""
        if isinstance(node, facts.Call):
            name = own_attribute(node.function, self.self_name)
            given = node.keyword('target') or node.positional(0)
            return (name, given.value) if name in vocabulary.LOADS and given is not None else ('', None)
        if isinstance(node, facts.Subscript) and self.is_input(node.value):
            return 'input', node.index
        return '', None

    def is_input(self, node: Expression) -> bool:
        if isinstance(node, facts.Name) and self.place.scope is not None:
            value = self.place.scope.single_value(node.name)
            return isinstance(value, facts.Call) and self.is_input(value)
        return isinstance(node, facts.Call) and not node.arguments and own_attribute(node.function, self.self_name) == 'input'

    def literals(self, key: Expression) -> tuple[facts.Constant, ...]:
        """The literals that a key may be; the one that stands for a name is where the name is."""
        if isinstance(key, facts.Name) and key.name in self.loops:
            return self.loops[key.name]
        if isinstance(key, facts.Conditional):
            return (*self.literals(key.then), *self.literals(key.otherwise))
        found = constant(key, self.place)
        return () if found is None else (facts.Constant(key.at, found.value),)


def _swallows(node: Expression) -> bool:
    return isinstance(node, facts.Call) and getattr(node.function, 'name', '') in _SWALLOWING


def _is_tested(loop: facts.Loop) -> bool:
    """Whether a loop looks at what it goes through, so that not every round need come to the same code."""
    bound = set(names_in(loop.target)) if loop.target is not None else set()
    tests = [each.test for each in statements(loop.body) if isinstance(each, facts.Branch)]
    tests += [node.test for node in everything(loop.body) if isinstance(node, facts.Conditional)]
    return any(isinstance(node, facts.Name) and node.name in bound for test in tests for node in walk(test))
