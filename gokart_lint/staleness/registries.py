"""Dicts and lists that functions of a module fill while it is imported: what stands under `@register('small')` is an entry of `MODELS`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from gokart_lint import facts
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.module import Module
from gokart_lint.project.remembering import remembered
from gokart_lint.walking import statements


class Registered(msgspec.Struct, frozen=True):
    """A function or class that a decorator puts into a registry; `key` is what the decorator is given, None if that is no constant."""

    registry: str
    definition: facts.Function | facts.Class
    decorator: Expression
    key: str | None

    @property
    def value(self) -> Expression:
        """The name of what is registered."""
        return facts.Name(self.definition.name_at, self.definition.name)


@remembered
def registered(module: Module) -> tuple[Registered, ...]:
    """What the functions of a module, used as decorators in it, put into its dicts and lists, in the order of the text."""
    definitions: list[facts.Function | facts.Class] = [*module.facts.functions, *module.facts.classes]
    decorated = [(each, decorator) for each in definitions if '.' not in each.qualname for decorator in each.decorators]
    functions = {function.name: function for function in module.facts.functions} if decorated else {}
    found = []
    for definition, decorator in decorated:
        called = decorator.function if isinstance(decorator, facts.Call) else decorator
        function = functions.get(called.name) if isinstance(called, facts.Name) else None
        if function is not None:
            key = _key(definition, decorator)
            found += [Registered(name, definition, decorator, key) for name in sorted(_filled(module, function))]
    return tuple(sorted(found, key=lambda each: each.definition.at))


def _key(definition: facts.Function | facts.Class, decorator: Expression) -> str | None:
    if not isinstance(decorator, facts.Call):
        return repr(definition.name)
    first = decorator.arguments[0].value if decorator.arguments else None
    return repr(first.value) if isinstance(first, facts.Constant) else None


def _filled(module: Module, function: facts.Function) -> set[str]:
    """The names of a module whose dict or list a function adds to."""
    found = {name for each in _inner(function.body) if (name := _added_to(each)) is not None}
    own = {formal.name for formal in function.formals}
    return {name for name in found - own if module.binds(name)}


def _added_to(statement: Statement) -> str | None:
    """`X` of `X[key] = value` and of `X.append(value)`."""
    node: Expression | None = None
    if isinstance(statement, facts.Assign) and isinstance(statement.targets[0], facts.Subscript):
        node = statement.targets[0].value
    elif isinstance(statement, facts.Evaluate) and isinstance(statement.value, facts.Call):
        function = statement.value.function
        node = function.value if isinstance(function, facts.Attribute) else None
    return node.name if isinstance(node, facts.Name) else None


def _inner(block: Iterable[Statement]) -> Iterator[Statement]:
    for statement in statements(block):
        yield statement
        if isinstance(statement, facts.Define):
            yield from _inner(statement.function.body)
