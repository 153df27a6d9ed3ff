"""A value for a type annotation, for parameters that hold more than luigi knows of: typed lists, dataclasses, pydantic models."""

from __future__ import annotations

import datetime
import decimal
import enum
import pathlib
import types
import typing
from collections import abc
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from pytest_gokart.parameters.sampling.names import is_later, text_for
from pytest_gokart.resolution.labels import text_of

_DEPTH = 8
_DAY = datetime.datetime(2020, 1, 1)
_PLAIN: dict[Any, Callable[[str], object]] = {
    str: text_for,
    int: lambda name: 2 if is_later(name) else 1,
    float: lambda name: 0.5,
    bool: lambda name: False,
    bytes: lambda name: b'sample',
    type(None): lambda name: None,
    Any: text_for,
    object: text_for,
    datetime.datetime: lambda name: _DAY + datetime.timedelta(days=is_later(name)),
    datetime.date: lambda name: _DAY.date() + datetime.timedelta(days=is_later(name)),
    datetime.time: lambda name: datetime.time(),
    datetime.timedelta: lambda name: datetime.timedelta(days=1),
    decimal.Decimal: lambda name: decimal.Decimal('0.5'),
    pathlib.Path: lambda name: pathlib.Path('sample'),
}
_LISTS = (list, abc.Sequence, abc.Iterable, abc.Collection, abc.MutableSequence)
_SETS = (set, frozenset, abc.Set)
_DICTS = (dict, abc.Mapping, abc.MutableMapping)
_WRAPPINGS = frozenset({'Annotated', 'Required', 'NotRequired', 'ReadOnly', 'Final', 'ClassVar'})
_NOT_GIVEN = object()


class NoValue(Exception):
    """Why no value of a type can be made."""


def value_of(hint: Any, name: str = '', depth: int = 0) -> object:
    """A value of a type, made from the type alone. `name` is what it stands for. Raises NoValue."""
    if depth > _DEPTH:
        raise NoValue('it would go on without end')
    plain = _PLAIN.get(hint) if isinstance(hint, Hashable) else None
    if plain is not None:
        return plain(name)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return arguments[0]
    if origin in (typing.Union, types.UnionType):
        return _first(arguments, name, depth)
    if getattr(origin, '_name', getattr(origin, '__name__', '')) in _WRAPPINGS and arguments:
        return value_of(arguments[0], name, depth + 1)
    if isinstance(hint, typing.NewType):
        return value_of(hint.__supertype__, name, depth + 1)
    if isinstance(hint, typing.TypeVar):
        return _first(hint.__constraints__ or (hint.__bound__ or Any,), name, depth)
    return _container(hint if origin is None else origin, arguments, name, depth)


def instance_of(made: type, depth: int = 0) -> object:
    """An instance of a class, its fields at their defaults or made from their annotations. Raises NoValue, saying what is missing.

    A pydantic model is made from its JSON schema, so that its constraints hold.
    """
    if issubclass(made, enum.Enum):
        return _member(made)
    if callable(getattr(made, 'model_validate', None)) and callable(getattr(made, 'model_json_schema', None)):
        return _model(made)
    values = {}
    for field, hint in _required(made):
        if hint is _NOT_GIVEN:
            raise NoValue(f'{made.__name__} needs {field}, which has no default and no annotation')
        try:
            values[field] = value_of(hint, field, depth + 1)
        except NoValue as error:
            raise NoValue(f'{made.__name__} needs {field}: {error}') from error
    try:
        return made(**values)
    except Exception as error:
        given = ', '.join(f'{field}={value!r}' for field, value in values.items())
        raise NoValue(f'{made.__name__}({given}) raises {text_of(error)}') from error


def _first(hints: Sequence[Any], name: str, depth: int) -> object:
    """A value of the first type of several that one can be made of; None only if there is no other."""
    why = 'no type is named'
    for hint in sorted(hints, key=lambda each: each is type(None)):
        try:
            return value_of(hint, name, depth + 1)
        except NoValue as error:
            why = str(error)
    raise NoValue(why)


def _container(origin: Any, arguments: tuple[Any, ...], name: str, depth: int) -> object:
    def element(place: int) -> object:
        return value_of(arguments[place] if place < len(arguments) else str, name, depth + 1)

    if origin is tuple:
        inner = arguments[:-1] if arguments[-1:] == (...,) else arguments
        return tuple(value_of(each, name, depth + 1) for each in inner) if arguments else (element(0),)
    if origin in _LISTS:
        return [element(0)]
    if origin in _SETS:
        return frozenset([element(0)]) if origin is not set else {element(0)}
    if origin in _DICTS:
        return {element(0): element(1)}
    if typing.is_typeddict(origin):
        hints = typing.get_type_hints(origin)
        return {key: value_of(hints[key], key, depth + 1) for key in sorted(origin.__required_keys__)}
    if isinstance(origin, type):
        return instance_of(origin, depth)
    raise NoValue(f'{origin!r} names no type')


def _member(made: type[enum.Enum]) -> object:
    member = next(iter(made), None)
    if member is None:
        raise NoValue(f'{made.__name__} has no members')
    return member


def _required(made: type) -> list[tuple[str, Any]]:
    """What the constructor must be given, each with its type."""
    import inspect

    try:
        parameters = inspect.signature(made).parameters.values()
    except (TypeError, ValueError) as error:
        raise NoValue(f'{made.__name__} does not say what it is made from') from error
    hints: dict[str, Any] = {}
    for source in (made, vars(made).get('__init__', made)):
        try:
            hints.update(typing.get_type_hints(source))
        except Exception:  # a name that only a type checker knows
            continue
    needed = [each for each in parameters if each.default is each.empty and each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)]
    if any(each.kind is each.POSITIONAL_ONLY for each in needed):
        raise NoValue(f'{made.__name__} does not say what it is made from')
    return [(each.name, hints.get(each.name, _NOT_GIVEN)) for each in needed]


def _model(made: Any) -> object:
    from itertools import islice

    from pytest_gokart.parameters.sampling.schemas import values_for

    why = f'{made.__name__} has a JSON schema that no value was found for'
    try:
        for document in islice(values_for(made.model_json_schema()), 20):
            try:
                return made.model_validate(document)
            except ValueError as error:
                why = f'{made.__name__} refuses {document!r}: {text_of(error)}'
    except Exception as error:  # no JSON schema: arbitrary types
        why = f'{made.__name__} has no JSON schema: {text_of(error)}'
    raise NoValue(why)
