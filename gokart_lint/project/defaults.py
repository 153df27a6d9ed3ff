"""What luigi and gokart make of a default: nothing parses it or checks its type, so that most of what is wrong shows much later.

Read off luigi 3.8.1 and gokart 1.12.2 by running them; `tests/project/test_defaults.py` does that again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.project.calls import Place
from gokart_lint.project.classes import Class
from gokart_lint.project.literals import NUMBERS, Literal, literal
from gokart_lint.project.ranges import choices_of, is_inside, range_of, value_type
from gokart_lint.project.symbols import Library

if TYPE_CHECKING:
    from gokart_lint.project.parameters import Parameter

_PLACES = {**dict.fromkeys(vocabulary.EXPECTED_TYPE_KEYWORD, 1), 'gokart.SerializableParameter': 1, 'gokart.ZonedDateSecondParameter': None}
"""Where the default stands among the positional arguments, if it is not the first one."""

_HELD = {
    'str': ({'str'}, 'a str'),
    'int': ({'int', 'bool'}, 'an int'),
    'float': (NUMBERS, 'a float'),
    'list': ({'list', 'tuple', 'set', 'frozenset'}, 'a list or tuple'),
    'dict': ({'dict'}, 'a dict'),
    'path': ({'str'}, 'a path'),
    'date': ((), 'a datetime.date'),
    'datetime': ((), 'a datetime.datetime'),
    'date interval': ((), 'an interval of luigi.date_interval'),
    'timedelta': ((), 'a datetime.timedelta'),
    'enum': ((), 'a member of the enum'),
    'task class': ((), 'a task class'),
    'serializable': ((), 'an object of its type'),
    'task': ((), 'a task'),
}
"""Which literals are values of a kind of parameter, and what to give."""

_SEQUENCES = frozenset({'list', 'tuple', 'set', 'frozenset'})
_OPTIONAL = frozenset(name for name in vocabulary.PARAMETERS if name.startswith('luigi.Optional'))
_WORDS = frozenset({'true', 'false'})
_JUDGES = frozenset({
    '__get__', '__init__', '__new__', '_warn_on_wrong_param_type', 'normalize', 'parse', 'serialize', 'task_value', '_get_value',
    '_value_iterator', 'expected_type', '_default',
})  # fmt: skip
"""What a subclass of a parameter class may define so that other values are right."""


class Fault(msgspec.Struct, frozen=True):
    """A default that is none: where it stands, what it is, why it is wrong ("which ..."), and what to give instead."""

    at: facts.Span
    said: str
    why: str
    instead: str


def default_of(parameter: Parameter) -> facts.Argument | None:
    """The argument that gives the default, by keyword or by position."""
    place = _PLACES.get(parameter.library_class, 0)
    given = parameter.call.keyword('default')
    return given or (None if place is None else parameter.call.positional(place))


def fault_of(parameter: Parameter) -> Fault | None:
    """What is wrong with the default of a parameter, if the text shows it."""
    given = default_of(parameter)
    kind = vocabulary.PARAMETERS.get(parameter.library_class)
    if given is None or kind is None or _judges_itself(parameter):
        return None
    place = Place(parameter.owner.module, None, parameter.owner)
    value = literal(given.value, place)
    is_optional = parameter.library_class in _OPTIONAL
    if value is None or (is_optional and value.kind == 'NoneType'):
        return None
    found = _found(parameter, kind, value, place, is_optional)
    return None if found is None else Fault(given.value.at, str(value), *found)


def _judges_itself(parameter: Parameter) -> bool:
    """Whether the project's own parameter class may take what the library's does not."""
    if parameter.custom is None:
        return False
    for each in parameter.custom.ancestors:
        if isinstance(each, Class):
            is_library = each.full_name in vocabulary.PARAMETERS
            if not is_library and not _JUDGES.isdisjoint((*each.own_methods, *each.own_attributes)):
                return True
        elif not (isinstance(each, Library) and (each.name in vocabulary.PARAMETERS or each.name in vocabulary.INERT_BASES)):
            return True
    return False


def _found(parameter: Parameter, kind: str, value: Literal, place: Place, is_optional: bool) -> tuple[str, str] | None:
    if kind == 'any':
        wrong = is_optional and value.kind != 'str'  # luigi.Parameter itself is used for everything
        return (_kept(parameter, value), 'give a str or None') if wrong else None
    if kind == 'bool':
        return _no_bool(parameter, value, is_optional)
    if kind in ('choice', 'choice list'):
        return _no_choice(parameter, value, place, many=kind == 'choice list')
    if kind == 'number':
        return _no_number(parameter, value, place, is_optional)
    if kind in ('enum list', 'task list'):
        return _no_list(parameter, value, 'members of the enum' if kind == 'enum list' else 'tasks')
    held, give = _HELD[kind]
    if kind == 'float' and is_optional:
        held = frozenset({'float'})  # luigi warns of an int
    return None if value.kind in held else (_kept(parameter, value), _instead(parameter, value, give))


def _no_bool(parameter: Parameter, value: Literal, is_optional: bool) -> tuple[str, str] | None:
    is_word = value.kind == 'str' and (not value.exact or str(value.scalar).lower() in _WORDS)
    if value.kind == 'bool' or is_word or (is_optional and value.scalar == '' and value.exact):
        return None
    if is_optional and value.kind != 'str':
        return _kept(parameter, value), 'give True, False or None'
    why = f"which {parameter.library_class} turns into None ('true' and 'false' are all that it reads)"
    return why, 'give True or False' if value.kind != 'NoneType' else _instead(parameter, value, 'True or False')


def _no_number(parameter: Parameter, value: Literal, place: Place, is_optional: bool) -> tuple[str, str] | None:
    wanted = value_type(parameter, place)
    if value.kind not in NUMBERS:
        return _kept(parameter, value), _instead(parameter, value, 'a number')
    if value.kind == 'float' and wanted == 'int':
        return _kept(parameter, value), 'give an int'
    if value.kind != 'float' and wanted == 'float' and is_optional:
        return _kept(parameter, value), 'give a float'
    limits = range_of(parameter, place)
    if limits is None or is_inside(value, limits) is not False:
        return None
    return f'which {parameter.library_class} takes although its range is {limits}', 'give a value of the range'


def _no_choice(parameter: Parameter, value: Literal, place: Place, *, many: bool) -> tuple[str, str] | None:
    wanted = value_type(parameter, place)
    raises = f'so that {parameter.library_class} raises when a task is built without it'
    if many and value.kind not in (*_SEQUENCES, 'dict', 'str'):
        return f'which is no list, {raises}', 'give a tuple of its choices'
    choices = choices_of(parameter, place)
    for each in _elements(value) if many else (value,):
        if each is not None and _is_other(each, wanted):
            return f'which is of another type than its choices, {raises}', f'give a choice of type {wanted}'
        if each is not None and each.exact and choices is not None and each.scalar not in choices:
            which = 'which' if each is value else f'where {each}'
            return f'{which} is none of its choices {", ".join(map(repr, choices))}, {raises}', 'give one of them, or add it'
    return None


def _elements(value: Literal) -> tuple[Literal | None, ...]:
    if value.kind == 'str' and value.exact:  # luigi goes through its letters
        return tuple(Literal('str', True, letter) for letter in str(value.scalar))
    return value.items or ()


def _is_other(value: Literal, wanted: str | None) -> bool:
    """Whether a value cannot be equal to one of a type."""
    kinds = {wanted} if wanted not in NUMBERS else NUMBERS
    return wanted is not None and value.kind not in kinds


def _no_list(parameter: Parameter, value: Literal, what: str) -> tuple[str, str] | None:
    is_list = value.kind in _SEQUENCES
    if is_list and all(each is None for each in value.items or ()):
        return None
    why = f'{"whose items" if is_list else "which"} {parameter.library_class} does not take: it raises when a task is built without it'
    return why, f'give a tuple of {what}'


# --- what happens ---

_KEEPING = frozenset({'str', 'int', 'float', 'list', 'dict', 'date interval', 'number'})
"""Kinds of parameters that take any value without a word."""


def _kept(parameter: Parameter, value: Literal) -> str:
    name, kind = parameter.library_class, vocabulary.PARAMETERS[parameter.library_class]
    if name in _OPTIONAL and kind not in ('path', 'choice'):
        return f'which {name} keeps and warns of'
    if value.kind == 'NoneType' and kind in (*_KEEPING, 'date', 'datetime') and name != 'gokart.ZonedDateSecondParameter':
        return f'which {name} keeps as it is'
    if kind in _KEEPING:
        return f'which {name} keeps as the {value.kind} that it is'
    return f'on which {name} raises when a task is built without it'


def _instead(parameter: Parameter, value: Literal, give: str) -> str:
    if value.kind != 'NoneType':
        return f'give {give}'
    optional = parameter.library_class.replace('luigi.', 'luigi.Optional')
    if optional in vocabulary.PARAMETERS and optional != parameter.library_class and parameter.library_class != 'luigi.Parameter':
        return f'use {optional}, or give {give}'
    return f'give {give}, or leave the default out'
