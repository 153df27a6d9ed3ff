"""What the names in one piece of code mean: a local value, by its number so that its name does not matter, or another piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

import msgspec

from gokart_lint import facts
from gokart_lint.bodies.frames import Frame
from gokart_lint.facts import Expression
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.module import Module, names_in
from gokart_lint.project.parameters import may_be_parameter
from gokart_lint.project.scopes import Scope
from gokart_lint.project.symbols import UNKNOWN, FunctionSymbol, Library, ModuleSymbol, Symbol, Unread, Value
from gokart_lint.staleness.factories import fillings
from gokart_lint.staleness.targets import Code, Default, External, Global, Held, Member, Target, Task, Whole
from gokart_lint.vocabulary import PLAIN_ATTRIBUTES
from gokart_lint.walking import dotted, statements


class Local(msgspec.Struct, frozen=True):
    """The number of a local value; 0 is the instance (or class) that a method is called on."""

    number: int


Meaning: TypeAlias = Local | Target
SELF = Local(0)


class Surroundings:
    """The names around one piece of code: those of a function, of a class body, or of a module."""

    def __init__(self, module: Module, scope: Scope | None = None, *, owner: Class | None = None, frame: Frame | None = None) -> None:
        self.module = module
        self.scope = scope
        self.owner = owner
        self.frame = frame
        self._numbers: dict[tuple[int, str], Local] = {}
        self._inner: list[dict[str, Local]] = []
        self._count = 0

    # --- the interface that bodies.logs reads ---

    def resolve(self, node: Expression) -> Symbol:
        """What an expression means, as the project tells it."""
        if self.owner is not None and self.scope is None:
            return self.owner.resolve(node)
        return self.module.resolve(node, self.scope)

    def own(self, node: Expression) -> str | None:
        """`x` for `self.x`."""
        return None if self.frame is None else self.frame.own(node)

    # --- names ---

    @contextmanager
    def binding(self, names: Iterable[str]) -> Iterator[None]:
        """While the names of a comprehension or a lambda hold."""
        self._inner.append({name: self._next() for name in names})
        try:
            yield
        finally:
            self._inner.pop()

    @contextmanager
    def inside(self, function: facts.Function) -> Iterator[None]:
        """While the body of a nested function is read."""
        outer = self.scope
        self.scope = Scope(self.module, function, outer)
        try:
            yield
        finally:
            self.scope = outer

    def name(self, name: str) -> Meaning:
        """What a plain name means here."""
        for inner in reversed(self._inner):
            if name in inner:
                return inner[name]
        scope = self.scope
        while scope is not None:
            symbol = scope.resolve(name)
            if symbol is not None:
                is_value = name in scope.assigned or (isinstance(symbol, FunctionSymbol) and '<locals>' in symbol.function.qualname)
                return self._local(scope, name) if is_value else of_symbol(symbol, name)
            scope = scope.outer
        if self.owner is not None and self.scope is None and name in self.owner.own_attributes:
            return Member(self.owner, name)
        return of_module(self.module, name)

    def _local(self, scope: Scope, name: str) -> Local:
        frame = self.frame
        is_self = frame is not None and name == frame.method.self_name and scope.function is frame.method.function
        if is_self:
            return SELF
        key = (id(scope.function), name)
        if key not in self._numbers:
            self._numbers[key] = self._next()
        return self._numbers[key]

    def _next(self) -> Local:
        self._count += 1
        return Local(self._count)

    def chain(self, node: facts.Attribute) -> tuple[Meaning, tuple[str, ...]] | None:
        """What a chain of attributes on a name means, and the attributes that are left; None if it does not start at a name."""
        name = dotted(node)
        if name is None:
            return None
        head, *rest = name.split('.')
        meaning = self.name(head)
        if isinstance(meaning, Local):
            return meaning, tuple(rest)
        for count in range(len(rest), 0, -1):
            found = self._dotted('.'.join([head, *rest[:count]]))
            if found is not None:
                return found, tuple(rest[count:])
        return meaning, tuple(rest)

    def _dotted(self, name: str) -> Target | None:
        """The piece that a whole dotted name means."""
        node = _node(name)
        symbol = self.resolve(node)
        last = name.rpartition('.')[2]
        if symbol is not UNKNOWN:
            found = of_symbol(symbol, last)
            return found if not isinstance(found, External) or isinstance(symbol, (Library, ModuleSymbol, Unread)) else None
        around = self.resolve(_node(name.rpartition('.')[0])) if '.' in name else UNKNOWN
        if isinstance(around, ModuleSymbol) and around.module is not None and around.module.binds(last):
            return of_module(around.module, last)
        return of_class(around, last) if isinstance(around, Class) else None

    # --- self ---

    def own_member(self, name: str) -> Target | tuple[Target, ...] | None:
        """The piece behind `self.x`; None if it is gokart's own, or given to the instance as the program runs."""
        frame = self.frame
        if frame is None:
            return None
        if (parameter := frame.concrete.parameters.get(name)) is not None:
            default = Default(parameter)
            return default if parameter.significant is False and default.value is not None else None
        if name in fillings(frame.concrete):
            return Held(frame.concrete, name)
        at = frame.method.function.at
        found = frame.find(facts.Attribute(at, facts.Name(at, frame.method.self_name), name))
        return self._of_frame(found, name)

    def above(self, node: facts.Attribute) -> Target | tuple[Target, ...] | None:
        """The piece behind `super().x`."""
        found = None if self.frame is None else self.frame.find(node)
        return self._of_frame(found, node.name)

    def _of_frame(self, found: object, name: str) -> Target | tuple[Target, ...] | None:
        frame = self.frame
        if frame is None or name in PLAIN_ATTRIBUTES:
            return None
        if isinstance(found, Frame):
            return Code(found.method.owner.module, found.method.function, found.method, frame.concrete)
        giver = frame.class_giver(name)
        if giver is not None:
            return None if may_be_parameter(giver, name) else Member(giver, name)
        if found is UNKNOWN:
            return all_named(frame.concrete, name)
        return None


def all_named(concrete: Class, name: str) -> tuple[Target, ...]:
    """Every method of a name in the nearest class that has one: of several under an `if`, either may be the one that counts."""
    for each in concrete.ancestors:
        if isinstance(each, Class):
            named = [function for function in each.facts.methods if function.name == name]
            if named:
                return tuple(Code(each.module, function, Method(each, function), concrete) for function in named)
    return ()


def of_symbol(symbol: Symbol, name: str) -> Target:
    """The piece that a symbol stands for, which the code calls `name`."""
    if isinstance(symbol, Class):
        return Task(symbol) if symbol.is_luigi_task else Whole(symbol)
    if isinstance(symbol, FunctionSymbol):
        return Code(symbol.module, symbol.function)
    if isinstance(symbol, Value):
        return _value(symbol, name)
    if isinstance(symbol, (Library, Unread)):
        return External(symbol.name)
    if isinstance(symbol, ModuleSymbol):
        return External(f'module {symbol.module.name if symbol.module is not None else symbol.file}')
    return External(f'? {name}')


def _value(symbol: Value, name: str) -> Target:
    """The name of its module that a value stands under."""
    for assignment in symbol.module.facts.assignments:
        if assignment.value is symbol.expression:
            named = next((target.name for target in assignment.targets if isinstance(target, facts.Name)), name)
            return Global(symbol.module, named)
    return Global(symbol.module, name)


def of_module(module: Module, name: str) -> Target:
    """The piece that a name of a module means, also one that is bound in several ways."""
    symbol = module.global_name(name)
    if symbol is not UNKNOWN:
        return of_symbol(symbol, name)
    if binds_itself(module, name):
        return Global(module, name)
    for found in module.facts.imports:
        if found.bound == name and found.name is not None:
            file = module.project.modules.of_import(found, module.path)
            home = module.project.module(file) if file else None
            if home is not None and home is not module:
                return of_module(home, found.name)
    return External(f'? {name}')


def binds_itself(module: Module, name: str) -> bool:
    """Whether statements of a module other than imports give a name its value."""
    said = module.facts
    if any(name in names_in(target) for each in said.assignments for target in each.targets):
        return True
    if any(function.name == name for function in said.functions) or any(each.qualname == name for each in said.classes):
        return True
    return any(isinstance(each, facts.Import) and each.bound == name for each in statements(said.body))


def of_class(cls: Class, name: str) -> Target | None:
    """The piece behind `A.x`, for a class of the project."""
    found = cls.method(name)
    if isinstance(found, Method):
        return Code(found.owner.module, found.function, found, cls)
    giver = next((each for each in cls.ancestors if isinstance(each, Class) and name in each.own_attributes), None)
    return None if giver is None or name in cls.parameters else Member(giver, name)


def _node(name: str) -> Expression:
    at = facts.Span(2**31, 1, 2**31, 1)  # behind everything: a class body is read as it is when it has run
    head, *rest = name.split('.')
    node: Expression = facts.Name(at, head)
    for part in rest:
        node = facts.Attribute(at, node, part)
    return node
