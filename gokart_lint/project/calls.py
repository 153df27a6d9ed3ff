"""Every call that a module makes, with what the names around it mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from gokart_lint import facts
from gokart_lint.facts import Expression
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import Symbol
from gokart_lint.walking import own_expressions, statements, walk

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.project.scopes import Scope


class Place(msgspec.Struct, frozen=True, eq=False):
    """Where code stands: the function around it, the class whose body or method holds it, and that method."""

    module: Module
    scope: Scope | None = None
    owner: Class | None = None
    method: Method | None = None

    def resolve(self, node: Expression) -> Symbol:
        """What an expression means here."""
        if self.owner is not None and self.scope is None:
            return self.owner.resolve(node)
        return self.module.resolve(node, self.scope)

    def assigned(self, name: str) -> Expression | None:
        """The one expression that a name is assigned in the functions around, if the innermost that binds it does so once."""
        scope = self.scope
        while scope is not None:
            if name in scope.assigned:
                return scope.single_value(name)
            scope = scope.outer
        return None

    def is_local(self, name: str) -> bool:
        """Whether a function around binds a name."""
        scope = self.scope
        while scope is not None and name not in scope.assigned:
            scope = scope.outer
        return scope is not None


class Site(msgspec.Struct, frozen=True, eq=False):
    """A call and its place."""

    call: facts.Call
    place: Place


@remembered
def calls(module: Module) -> tuple[Site, ...]:
    """All calls of a module, once each: at module level, in class bodies, and in functions at any depth."""
    return _sites(expressions(module))


def calls_near(module: Module, word: str) -> tuple[Site, ...]:
    """The calls of those functions and bodies of a module that hold a word, as a name or in a text: the others are not even decoded."""
    return _sites(expressions(module, word.encode()))


def _sites(found_in: Iterable[tuple[Expression, Place]]) -> tuple[Site, ...]:
    found: dict[facts.Span, Site] = {}  # what stands under an `if` is seen in its block and on its own
    for node, place in found_in:
        for each in walk(node):
            if isinstance(each, facts.Call):
                found.setdefault(each.at, Site(each, place))
    return tuple(sorted(found.values(), key=lambda site: site.call.at))


def expressions(module: Module, word: bytes = b'') -> Iterator[tuple[Expression, Place]]:
    """The expressions of all statements of a module, each with its place; what stands under an `if` of a body may come twice.

    The bodies of functions that do not hold `word` are left out.
    """
    top = Place(module)
    for function in module.facts.functions:
        yield from _of_function(function, top, word)
    for each in module.classes:
        yield from _of_class(each, word)
    yield from _of_block(module.facts.body, top, word)


def _of_class(each: Class, word: bytes) -> Iterator[tuple[Expression, Place]]:
    around, inside = Place(each.module, each.outer_scope), Place(each.module, None, each)
    for node in (*each.facts.decorators, *(base.value for base in each.facts.bases)):
        yield node, around
    yield from _of_block((*each.facts.assignments, *each.facts.body), inside, word)
    for function in each.facts.methods:
        yield from _of_function(function, inside, word, Method(each, function))


def _of_function(function: facts.Function, around: Place, word: bytes, method: Method | None = None) -> Iterator[tuple[Expression, Place]]:
    for node in (*function.decorators, *(formal.default for formal in function.formals if formal.default is not None)):
        yield node, around
    if word not in function.code:
        return
    scope = method.scope if method else around.module.scope(function, around.scope)
    yield from _of_block(function.body, Place(around.module, scope, around.owner, method or around.method), word)


def _of_block(block: Iterable[facts.Statement], place: Place, word: bytes) -> Iterator[tuple[Expression, Place]]:
    for statement in statements(block):
        for node in own_expressions(statement):
            yield node, place
        if isinstance(statement, facts.Define) and place.scope is not None:
            yield from _of_function(statement.function, place, word)
