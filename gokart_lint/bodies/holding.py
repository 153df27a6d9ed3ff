"""What the values in a method of a task are: loaded data, targets, objects made on the spot, or nothing of interest."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.symbols import UNKNOWN, FunctionSymbol, Library, Symbol, Unread
from gokart_lint.walking import children, everything, own_attribute, statements

_DISPLAYS = frozenset({'builtins.dict', 'builtins.list', 'builtins.set', 'builtins.tuple'})
_TARGETS = frozenset({'input', 'output', 'requires', *vocabulary.TARGET_MAKERS})
_OF_MANY_TARGETS = frozenset({'get', 'values', 'items', 'pop'})


class Role(Enum):
    """What a value is to the method that holds it."""

    PLAIN = auto()
    """A parameter, a constant, a result of the standard library: nothing of interest."""
    DATA = auto()
    """What was loaded, or what some function made."""
    DISPLAY = auto()
    """A list, tuple, set or dict that the method puts together itself."""
    TARGET = auto()
    """What `self.input()` and `self.output()` give, before it is loaded."""
    LOADER = auto()
    """`self.load` itself, not called."""
    LIBRARY = auto()
    """An instance of a class of an installed package."""
    PROJECT = auto()
    """An instance of a class of the project, or of one that the text does not show."""


class Held(NamedTuple):
    """The role of a value, and whether something that was loaded is in it."""

    role: Role = Role.PLAIN
    loaded: bool = False


PLAIN = Held()
DATA = Held(Role.DATA, True)


class Values:
    """The values of one method. `names` changes as the reader goes through its statements."""

    def __init__(self, owner: Class, method: Method) -> None:
        self.owner = owner
        self.scope = method.scope
        self.selves = {method.self_name} - {''}
        self.names: dict[str, Held] = {}

    def resolve(self, node: Expression) -> Symbol:
        """What an expression of the method means."""
        return self.owner.module.resolve(node, self.scope)

    def own(self, node: Expression) -> str | None:
        """`x` for `self.x`, else None."""
        found = (own_attribute(node, name) for name in self.selves)
        return next((name for name in found if name is not None), None)

    # --- binding ---

    def bind(self, target: Expression, held: Held) -> None:
        """Remember what an assignment target holds from now on."""
        if isinstance(target, facts.Name):
            self.names[target.name] = held
        elif isinstance(target, facts.Star):
            self.bind(target.value, held)
        elif isinstance(target, facts.Collection):
            for item in target.items:
                self.bind(item, held if held.role is Role.TARGET else _part(held))
        elif (name := self.own(target)) is not None:
            self.names[f'self.{name}'] = held

    def fill(self, container: Expression, held: Held) -> None:
        """Remember that something was put into a container that the method puts together."""
        key = container.name if isinstance(container, facts.Name) else None
        if key is not None and held.loaded and self.of(container).role in (Role.PLAIN, Role.DISPLAY):
            self.names[key] = Held(Role.DISPLAY, True)

    def join(self, other: dict[str, Held]) -> None:
        """Let every name hold what it may hold at the end of one branch or of the other."""
        self.names = {name: joined([self.names.get(name, PLAIN), other.get(name, PLAIN)]) for name in {*self.names, *other}}

    # --- looking ---

    def of(self, node: Expression) -> Held:
        """What an expression holds."""
        if isinstance(node, facts.Name):
            return self.names.get(node.name, PLAIN)
        if isinstance(node, facts.Attribute):
            return self._attribute(node)
        if isinstance(node, facts.Call):
            return self._result(node)
        if isinstance(node, facts.Subscript):
            held = self.of(node.value)
            return held if held.role in (Role.TARGET, Role.PROJECT) else _part(held)
        if isinstance(node, (facts.Walrus, facts.Await, facts.Star)):
            return self.of(node.value)
        if isinstance(node, facts.Conditional):
            return joined([self.of(node.then), self.of(node.otherwise)])
        if isinstance(node, facts.Operation) and node.kind == 'boolean':
            return joined([self.of(operand) for operand in node.operands])
        loaded = any(self.of(each).loaded for each in children(node))
        if isinstance(node, (facts.Collection, facts.Mapping)):
            return Held(Role.DISPLAY, loaded)
        if isinstance(node, facts.Lambda):
            return Held(Role.PLAIN, loaded)
        return DATA if loaded else PLAIN

    def given(self, call: facts.Call) -> bool:
        """Whether something loaded is among the arguments of a call."""
        return any(self.of(argument.value).loaded for argument in call.arguments)

    def _attribute(self, node: facts.Attribute) -> Held:
        name = self.own(node)
        if name is None:
            held = self.of(node.value)
            return _part(held) if held.role in (Role.DATA, Role.DISPLAY) else held if held.role in (Role.LIBRARY, Role.PROJECT) else PLAIN
        if name in vocabulary.LOADS:
            return Held(Role.LOADER, True)
        if f'self.{name}' in self.names:
            return self.names[f'self.{name}']
        method = self.owner.project_method(name)
        return DATA if method is not None and method.kind == 'property' and loads(method) else PLAIN

    def _result(self, call: facts.Call) -> Held:
        function, given = call.function, self.given(call)
        if self._is_loader(function):
            return DATA
        if isinstance(function, facts.Attribute):
            if (method := self._method(function)) is not None:
                return self._made_by(method, method.owner.resolve, given or loads(method))
            if (held := self._of_method_call(function, given)) is not None:
                return held
        return self._of_symbol(self._called(function), call, given)

    def _is_loader(self, function: Expression) -> bool:
        name = self.own(function)
        return name in vocabulary.LOADS or (isinstance(function, facts.Name) and self.of(function).role is Role.LOADER)

    def _method(self, function: facts.Attribute) -> Method | None:
        """The project's own method that a call means: `self.m()`, `super().m()`, `type(self).m()`, `ThisClass.m()`."""
        if self.own(function) is not None or is_super(function.value) or self._is_own_class(function.value):
            return self.owner.project_method(function.name) if function.name not in (*vocabulary.LOADS, *_TARGETS) else None
        return None

    def _is_own_class(self, node: Expression) -> bool:
        if isinstance(node, facts.Attribute) and node.name == '__class__':
            return isinstance(node.value, facts.Name) and node.value.name in self.selves
        if isinstance(node, facts.Call) and isinstance(node.function, facts.Name) and node.function.name == 'type':
            return (
                len(node.arguments) == 1 and isinstance(node.arguments[0].value, facts.Name) and node.arguments[0].value.name in self.selves
            )
        return isinstance(node, facts.Name) and self.resolve(node) in self.owner.ancestors

    def _of_method_call(self, function: facts.Attribute, given: bool) -> Held | None:
        """What a method call gives that is known by what it is called on; None if that says nothing."""
        own, held = self.own(function), self.of(function.value)
        if is_super(function.value) and function.name in vocabulary.LOADS:
            return DATA
        if held.role is Role.TARGET:
            if function.name == 'load':
                return DATA
            return held if function.name in _OF_MANY_TARGETS else PLAIN
        if (own in _TARGETS) or (own is None and function.name in ('input', 'output') and held.role is Role.PLAIN):
            return Held(Role.TARGET)
        if held.role is Role.DATA:
            return Held(Role.DATA, held.loaded or given)
        if held.role is Role.DISPLAY:
            return _part(Held(Role.DISPLAY, held.loaded or given))
        if held.role in (Role.LIBRARY, Role.PROJECT):
            return DATA if held.loaded or given else held
        return None

    def _called(self, function: Expression) -> Symbol:
        name = self.own(function)
        if name is None:
            return self.resolve(function)
        for each in self.owner.ancestors:
            if isinstance(each, Class) and name in each.own_attributes:
                value = each.own_attributes[name].value
                return UNKNOWN if value is None else each.resolve(value)
        return UNKNOWN

    def _of_symbol(self, symbol: Symbol, call: facts.Call, given: bool) -> Held:
        if isinstance(symbol, Class):
            return Held(Role.PROJECT, given)
        if isinstance(symbol, FunctionSymbol):
            return self._made_by(symbol, symbol.module.resolve, given)
        if isinstance(symbol, Library):
            return self._of_library(symbol.name, call, given)
        name = call.function.name if isinstance(call.function, (facts.Name, facts.Attribute)) else ''
        if _is_class_name(name):
            return Held(Role.PROJECT, given)
        if isinstance(symbol, Unread):
            found = self.owner.module.project.beyond(symbol)
            return self._made_by(found, found.module.resolve, given) if isinstance(found, FunctionSymbol) else Held(Role.DATA, given)
        return DATA if given else Held(Role.PROJECT)

    def _made_by(self, made: Method | FunctionSymbol, resolve: Callable[[Expression], Symbol], given: bool) -> Held:
        returns = made.function.returns
        is_object = _builds(made.function, resolve) if returns is None else isinstance(resolve(returns), (Class, Unread))
        return Held(Role.PROJECT if is_object else Role.DATA, given)

    def _of_library(self, name: str, call: facts.Call, given: bool) -> Held:
        if name in _DISPLAYS and call.positional(0) is None:
            return Held(Role.DISPLAY, given)
        if name in vocabulary.CASTS and (cast := call.positional(1)) is not None:
            return self.of(cast.value)
        if name == 'builtins.open':
            return Held(Role.DATA, given)
        package, *rest = name.split('.')
        if package in sys.stdlib_module_names or package in ('gokart', 'luigi'):
            return DATA if given else PLAIN
        if any(_is_class_name(part) for part in rest[-2:]):  # an alternative constructor, `Frame.from_dict`, makes an instance too
            return DATA if given else Held(Role.LIBRARY)
        return Held(Role.DATA, given)


def _builds(function: facts.Function, resolve: Callable[[Expression], Symbol]) -> bool:
    """Whether all that a function returns is built there, of classes of the project."""
    returned = [each.value for each in statements(function.body) if isinstance(each, facts.Return)]
    return bool(returned) and all(isinstance(value, facts.Call) and _is_own_class(resolve(value.function)) for value in returned)


def _is_own_class(symbol: Symbol) -> bool:
    return isinstance(symbol, Class) or (isinstance(symbol, Unread) and _is_class_name(symbol.name.rpartition('.')[2]))


def joined(held: list[Held]) -> Held:
    """What a value holds that is one of several."""
    roles = [each.role for each in held]
    role = Role.DATA if Role.DATA in roles else next((role for role in roles if role is not Role.PLAIN), Role.PLAIN)
    return Held(role, any(each.loaded for each in held))


def loads(method: Method) -> bool:
    """Whether a method loads by itself."""
    return any(isinstance(node, facts.Attribute) and node.name in vocabulary.LOADS for node in everything(method.function.body))


def is_super(node: Expression) -> bool:
    """Whether an expression is a call of `super`."""
    return isinstance(node, facts.Call) and isinstance(node.function, facts.Name) and node.function.name == 'super'


def _part(held: Held) -> Held:
    """What an item or attribute of a value holds."""
    return DATA if held.loaded else held if held.role is Role.DATA else PLAIN


def _is_class_name(name: str) -> bool:
    return name.lstrip('_')[:1].isupper()
