"""Which values luigi.ChoiceParameter, luigi.NumericalParameter and their like are declared to take, as far as the text shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.project.calls import calls
from gokart_lint.project.constants import definition
from gokart_lint.project.literals import Literal, Scalar, literal
from gokart_lint.project.symbols import Library

if TYPE_CHECKING:
    from gokart_lint.project.calls import Place
    from gokart_lint.project.parameters import Parameter

_CHANGING = frozenset({
    'add', 'append', 'clear', 'discard', 'extend', 'insert', 'pop', 'popitem', 'remove', 'setdefault', 'update',
})  # fmt: skip
"""Methods that change a list, set or dict."""

_MANY = 'luigi.ChoiceListParameter'
_IMPLICIT_TYPE = {'choice': 'str', 'choice list': 'str'}


class Range(msgspec.Struct, frozen=True):
    """`least left value right most`, with `<` or `<=` on each side."""

    least: int | float
    left: str
    right: str
    most: int | float

    def __str__(self) -> str:
        return f'{self.least!r} {self.left} value {self.right} {self.most!r}'


def value_type(parameter: Parameter, place: Place) -> str | None:
    """The built-in type that `var_type` names, None if it is another one or not known."""
    given = parameter.call.keyword('var_type') or (parameter.call.positional(1) if parameter.library_class == _MANY else None)
    if given is None:
        kind = vocabulary.PARAMETERS[parameter.library_class]
        return None if parameter.call.unpacks else _IMPLICIT_TYPE.get(kind)
    symbol = place.resolve(given.value)
    name = symbol.name if isinstance(symbol, Library) else ''
    return name.removeprefix('builtins.') if name in ('builtins.bool', 'builtins.float', 'builtins.int', 'builtins.str') else None


def choices_of(parameter: Parameter, place: Place) -> tuple[Scalar, ...] | None:
    """The choices of a parameter, if all of them are shown."""
    given = parameter.call.keyword('choices') or (parameter.call.positional(2) if parameter.library_class == _MANY else None)
    if given is None:
        return None
    node, home = definition(given.value, place)
    if node is None or (node is not given.value and not isinstance(node, facts.Constant) and _is_changed(given.value, place, home)):
        return None
    found = literal(node, home)
    if found is None:
        return None
    if found.kind == 'str' and found.exact:
        return tuple(str(found.scalar))
    if found.items is None or not all(each is not None and each.exact for each in found.items):
        return None
    return tuple(each.scalar for each in found.items if each is not None)


def _is_changed(name: facts.Expression, place: Place, home: Place) -> bool:
    """Whether a module calls a method that changes the value behind a name."""
    last = name.name if isinstance(name, (facts.Name, facts.Attribute)) else ''
    return any(
        isinstance(site.call.function, facts.Attribute)
        and site.call.function.name in _CHANGING
        and isinstance(site.call.function.value, (facts.Name, facts.Attribute))
        and site.call.function.value.name == last
        for module in {place.module, home.module}
        if not module.facts.called.isdisjoint(_CHANGING)
        for site in calls(module)
    )


def range_of(parameter: Parameter, place: Place) -> Range | None:
    """The range of a numerical parameter, if the whole of it is shown."""
    least, most = (_number(parameter.call.keyword(name), place) for name in ('min_value', 'max_value'))
    left, right = (_sign(parameter, name, usual, place) for name, usual in (('left_op', '<='), ('right_op', '<')))
    if parameter.call.unpacks or least is None or most is None or left is None or right is None:
        return None
    return Range(least, left, right, most)


def is_inside(value: Literal, limits: Range) -> bool | None:
    """Whether a value lies in a range; None if it is not shown."""
    number = value.scalar
    if not value.exact or not isinstance(number, (int, float)):
        return None
    above = limits.least <= number if limits.left == '<=' else limits.least < number
    below = number <= limits.most if limits.right == '<=' else number < limits.most
    return above and below


def _number(given: facts.Argument | None, place: Place) -> int | float | None:
    found = None if given is None else literal(given.value, place)
    return found.scalar if found is not None and found.exact and isinstance(found.scalar, (int, float)) else None


def _sign(parameter: Parameter, name: str, usual: str, place: Place) -> str | None:
    given = parameter.call.keyword(name)
    if given is None:
        return usual
    symbol = place.resolve(given.value)
    return {'operator.le': '<=', 'operator.lt': '<'}.get(symbol.name) if isinstance(symbol, Library) else None
