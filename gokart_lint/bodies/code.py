"""A piece of code that is followed beyond its own file: a function, a method, or the value that a name is given."""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint import facts
from gokart_lint.bodies.frames import Frame
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.calls import Place
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.module import Module
from gokart_lint.project.parameters import may_be_parameter
from gokart_lint.project.scopes import Scope
from gokart_lint.project.symbols import Library, Symbol, Value
from gokart_lint.walking import dotted, statements


class Code:
    """Statements and what their names mean. Other files are looked into even if nothing in them can concern a task."""

    def __init__(self, place: Place, body: tuple[Statement, ...]) -> None:
        self.place = place
        self.body = body
        self._meanings: dict[str, Symbol] = {}

    @property
    def module(self) -> Module:
        return self.place.module

    @property
    def scope(self) -> Scope:
        """The function that the code is the body of."""
        assert self.place.scope is not None
        return self.place.scope

    @property
    def is_function(self) -> bool:
        return self.place.scope is not None

    def resolve(self, node: Expression) -> Symbol:
        """What an expression means: in a function the same wherever it stands."""
        name = dotted(node) if self.is_function else None
        if name is None:
            return self.module.project.beyond(self.place.resolve(node))
        if name not in self._meanings:
            self._meanings[name] = self.module.project.beyond(self.module.resolve_name(name, self.place.scope))
        return self._meanings[name]

    def library_name(self, node: Expression) -> str:
        """The qualified name of what an expression means in an installed package, else ''."""
        symbol = self.resolve(node)
        return symbol.name if isinstance(symbol, Library) else ''

    def own(self, node: Expression) -> str | None:
        """`x` for `self.x`, also in a function inside a method."""
        method = self.place.method
        if method is None or not isinstance(node, facts.Attribute) or not isinstance(node.value, facts.Name):
            return None
        return node.name if method.self_name and node.value.name == method.self_name else None

    def origin(self, node: Expression) -> tuple[Expression, Code] | None:
        """What a name was given, and where, if the text leaves no doubt: once in a function, by `with`, in a class body or a module."""
        if not isinstance(node, (facts.Name, facts.Attribute)):
            return None
        if isinstance(node, facts.Name) and self.place.is_local(node.name):
            found = self.place.assigned(node.name) or self._entered(node.name)
            return None if found is None or found == node else (found, self)
        if (name := self.own(node)) is not None:
            return self._of_class_body(name)
        symbol = self.resolve(node)
        if isinstance(symbol, Value):
            return symbol.expression, of_value(symbol.module, None, symbol.expression)
        giver = self.giver(node)
        value = None if giver is None or not isinstance(node, facts.Attribute) else giver.own_attributes[node.name].value
        return None if giver is None or value is None else (value, of_value(giver.module, giver, value))

    def giver(self, node: Expression) -> Class | None:
        """The class whose body gives `Settings.X` its value, if the class is named and no parameter is meant."""
        owner = self.resolve(node.value) if isinstance(node, facts.Attribute) else None
        if not isinstance(node, facts.Attribute) or not isinstance(owner, Class):
            return None
        for each in owner.ancestors:
            if not isinstance(each, Class) or node.name in each.own_methods:
                return None
            if node.name in each.own_attributes:
                return None if may_be_parameter(each, node.name) else each
        return None

    def of_own_body(self, node: facts.Name) -> Expression | None:
        """The value that the class body gave to a name before it says the name."""
        owner = self.place.owner
        if owner is None or self.is_function or node.name not in owner.own_attributes:
            return None
        assignment = owner.own_attributes[node.name]
        return (
            assignment.value if assignment.at < node.at and assignment.targets and isinstance(assignment.targets[0], facts.Name) else None
        )

    def _of_class_body(self, name: str) -> tuple[Expression, Code] | None:
        method = self.place.method
        if method is None:
            return None
        frame = Frame(method.owner, method)
        giver, value = frame.class_giver(name), frame.class_value(name)
        if giver is None or value is None or any(True for _ in frame.assigning(name)):
            return None
        return value, of_value(giver.module, giver, value)

    def _entered(self, name: str) -> Expression | None:
        """The one thing that `with ... as name` enters."""
        if not self.is_function or len(self.scope.assigned.get(name, ())) != 1:
            return None
        contexts = (context for each in statements(self.body) if isinstance(each, facts.With) for context in each.contexts)
        return next((each.value for each in contexts if isinstance(each.target, facts.Name) and each.target.name == name), None)

    def nested(self) -> Iterator[Code]:
        """The functions that are defined directly inside."""
        for each in statements(self.body):
            if isinstance(each, facts.Define):
                yield self.inside(each.function)

    def inside(self, function: facts.Function) -> Code:
        """A function that is defined inside."""
        place = self.place
        return Code(Place(place.module, place.module.scope(function, place.scope), place.owner, place.method), function.body)


def of_function(module: Module, function: facts.Function) -> Code:
    """The code of a function of a module, or of one inside another function."""
    return Code(Place(module, module.scope(function, module.scope_of(function.qualname))), function.body)


def of_method(method: Method) -> Code:
    return Code(Place(method.owner.module, method.scope, method.owner, method), method.function.body)


def of_value(module: Module, owner: Class | None, value: Expression) -> Code:
    """The code that gives a name of a module or class body its value."""
    return Code(Place(module, None, owner), (facts.Evaluate(value.at, value),))
