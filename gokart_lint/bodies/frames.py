"""A method as it runs for the instances of one concrete class: what `self.x` and `super().x` are there."""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint import facts
from gokart_lint.facts import Expression
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.symbols import UNKNOWN, Symbol, Unknown, is_library
from gokart_lint.walking import flattened


class Frame:
    """A method, its own or inherited, and the concrete class for whose instances it runs."""

    def __init__(self, concrete: Class, method: Method) -> None:
        self.concrete = concrete
        self.method = method
        self.scope = method.scope
        self.kind = method.kind

    @property
    def key(self) -> tuple[str, facts.Span]:
        """The same for the same method."""
        return self.method.owner.module.path, self.method.function.at

    def resolve(self, node: Expression) -> Symbol:
        """What an expression of the method means."""
        return self.method.owner.module.resolve(node, self.scope)

    def is_self(self, node: Expression) -> bool:
        return isinstance(node, facts.Name) and node.name == self.method.self_name and self.kind != 'class'

    def own(self, node: Expression) -> str | None:
        """`x` for `self.x`."""
        return node.name if isinstance(node, facts.Attribute) and self.is_self(node.value) else None

    def is_super(self, node: Expression) -> bool:
        """Whether an expression is `super()` or `super(Owner, self)`."""
        if not isinstance(node, facts.Call) or not is_library(self.resolve(node.function), 'builtins.super'):
            return False
        given = node.arguments
        return not given or (len(given) == 2 and self.resolve(given[0].value) is self.method.owner and self.is_self(given[1].value))

    def above(self, node: Expression) -> str | None:
        """`x` for `super().x`."""
        return node.name if isinstance(node, facts.Attribute) and self.is_super(node.value) else None

    def find(self, node: Expression) -> Frame | Unknown | None:
        """The method behind `self.x` or `super().x`: UNKNOWN if the text does not show it, None if it is gokart's own or missing."""
        name = self.own(node)
        if name is None:
            name = self.above(node)
            found = UNKNOWN if name is None else self.concrete.method(name, self.method.owner)
        elif _is_private(name):
            owner = self.method.owner
            found = owner.own_methods.get(name) or (UNKNOWN if name in owner.own_attributes else None)
        else:
            found = self.concrete.method(name)
        if not isinstance(found, Method):
            return found
        return Frame(self.concrete, found) if is_defined_once(found) else UNKNOWN

    def assigning(self, name: str) -> Iterator[tuple[Frame, facts.Assign]]:
        """Every assignment `self.x = ...` in a method of the concrete class, with the frame that it stands in."""
        for method in self.concrete.methods():
            frame = Frame(self.concrete, method)
            for statement in flattened(method.function.body):
                if isinstance(statement, facts.Assign) and any(_targets(frame, target, name) for target in statement.targets):
                    yield frame, statement

    def class_value(self, name: str) -> Expression | None:
        """The value that a class body of the project gives to `self.x`."""
        giver = self.class_giver(name)
        return None if giver is None else giver.own_attributes[name].value

    def class_giver(self, name: str) -> Class | None:
        """The class of the project whose body assigns `self.x`."""
        givers = (self.method.owner,) if _is_private(name) else self.concrete.ancestors
        return next((each for each in givers if isinstance(each, Class) and name in each.own_attributes), None)


def is_defined_once(method: Method) -> bool:
    """Whether the class body gives a method one definition."""
    return method.is_defined_once


def _is_private(name: str) -> bool:
    return name.startswith('__') and not name.endswith('__')


def _targets(frame: Frame, target: Expression, name: str) -> bool:
    if isinstance(target, facts.Collection):
        return any(_targets(frame, item, name) for item in target.items)
    if isinstance(target, facts.Star):
        return _targets(frame, target.value, name)
    return frame.own(target) == name
