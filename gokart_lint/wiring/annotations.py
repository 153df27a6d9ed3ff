"""Which task classes the annotation of a task parameter names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression
from gokart_lint.project.classes import Class
from gokart_lint.project.parameters import parameter_class
from gokart_lint.project.symbols import UNKNOWN, Library, Symbol, Unknown
from gokart_lint.wiring.alternatives import is_task_class

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.project.parameters import Parameter

_WRAPPERS = frozenset({'typing.Annotated', 'typing.ClassVar', 'typing.Final', 'typing.Optional', 'typing.Union'})
_LISTS = frozenset({
    'builtins.list', 'builtins.tuple', 'builtins.set', 'builtins.frozenset', 'typing.List', 'typing.Tuple', 'typing.Set',
    'typing.FrozenSet', 'typing.Sequence', 'typing.MutableSequence', 'typing.Iterable', 'typing.Collection',
    'collections.abc.Sequence', 'collections.abc.MutableSequence', 'collections.abc.Iterable', 'collections.abc.Collection',
})  # fmt: skip
_MOST_ALIASES = 5


class _Place(msgspec.Struct, frozen=True, eq=False):
    """Where an annotation stands, and through how many aliases it was reached."""

    module: Module
    resolve: Callable[[Expression], Symbol]
    depth: int = 0


class Named(msgspec.Struct, frozen=True):
    """A class that an annotation names. `many`: as what a list holds. `node` is how it is written there, None behind an alias."""

    symbol: Class | Library | Unknown
    many: bool = False
    node: Expression | None = None


def named_in(parameter: Parameter) -> tuple[Named, ...]:
    """The task classes that a parameter's annotation names, also inside `gokart.TaskInstanceParameter[...]`, lists and unions.

    UNKNOWN stands for a name that may be a task class or not. A call such as `gokart.TaskInstanceParameter[A]()` counts as one.
    """
    place = _Place(parameter.owner.module, parameter.owner.resolve)
    found = [] if parameter.annotation is None else list(_named(parameter.annotation, place))
    if not found and isinstance(parameter.call.function, facts.Subscript):
        found += _named(parameter.call.function, place)
    return tuple(found)


def _named(node: Expression, place: _Place) -> Iterator[Named]:
    if isinstance(node, facts.Constant) and node.value is None:
        return
    if isinstance(node, facts.Operation) and node.operators == ('|',):
        for operand in node.operands:
            yield from _named(operand, place)
    elif isinstance(node, facts.Subscript):
        yield from _subscripted(node, place)
    elif isinstance(node, (facts.Name, facts.Attribute)):
        alias = _alias(node.name, place.module, place.depth) if isinstance(node, facts.Name) else None
        if alias is not None:
            yield from (Named(found.symbol, found.many) for found in _named(*alias))
        else:
            yield from _of_symbol(place.resolve(node), node)
    else:
        yield Named(UNKNOWN)


def _alias(name: str, module: Module, depth: int) -> tuple[Expression, _Place] | None:
    """The type that `Name = list[A]` or `Name = A | B` gives a name, in this module or in the one that it is imported from."""
    if depth >= _MOST_ALIASES:
        return None
    for assignment in module.facts.assignments:
        if isinstance(assignment.value, (facts.Subscript, facts.Operation)) and [
            getattr(each, 'name', '') for each in assignment.targets
        ] == [name]:
            return assignment.value, _Place(module, module.resolve, depth + 1)
    for found in module.facts.imports:
        if found.bound == name and found.name is not None:
            file = module.project.modules.of_import(found, module.path)
            home = module.project.module(file) if file else None
            if home is not None:
                return _alias(found.name, home, depth + 1)
    return None


def _subscripted(node: facts.Subscript, place: _Place) -> Iterator[Named]:
    symbol = place.resolve(node.value)
    name = symbol.name.replace('typing_extensions.', 'typing.') if isinstance(symbol, Library) else ''
    parts = node.index.items if isinstance(node.index, facts.Collection) else (node.index,)
    held_class, _ = parameter_class(symbol)
    if held_class in vocabulary.EXPECTED_TYPE_KEYWORD:
        for found in _named(parts[0], place):
            yield Named(found.symbol, held_class == vocabulary.TASK_LIST_PARAMETER, found.node)
    elif name in _WRAPPERS:
        for part in parts[:1] if name == 'typing.Annotated' else parts:
            yield from _named(part, place)
    elif name in _LISTS:
        for part in parts:
            if not isinstance(part, facts.Opaque):  # the dots of `tuple[A, ...]`
                yield from (Named(found.symbol, True, found.node) for found in _named(part, place))
    else:
        yield from _of_symbol(symbol, node.value)


def _of_symbol(symbol: Symbol, node: Expression) -> Iterator[Named]:
    if isinstance(symbol, (Class, Library)):
        if is_task_class(symbol):
            yield Named(symbol, node=node)
        elif not parameter_class(symbol)[0] and not _is_no_task(symbol):
            yield Named(UNKNOWN)
    else:
        yield Named(UNKNOWN)


def _is_no_task(symbol: Class | Library) -> bool:
    return isinstance(symbol, Library) and (symbol.name in _LISTS or symbol.name == 'typing.Any' or symbol.name.startswith('builtins.'))


def is_unrelated(one: Class | Library, other: Class | Library) -> bool:
    """Whether neither of two task classes can be, or derive from, the other."""
    return one != other and derives(one, other) is False and derives(other, one) is False


def derives(one: Class | Library, other: Class | Library) -> bool | None:
    """Whether a task class is another or derives from it; None where the text does not show it."""
    if isinstance(one, Class):
        return one.derives_from(other)
    if isinstance(other, Class):
        return False  # a library does not know the project
    base = vocabulary.library_base(one.name)
    return True if other.name in (base, vocabulary.LUIGI_TASK) else False if base == one.name else None
