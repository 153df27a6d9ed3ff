"""A value for a type annotation, and an instance of a plain class, for parameters that hold more than luigi knows of."""

from __future__ import annotations

import datetime
import decimal
import enum
import inspect
import pathlib
import types
import typing
from collections import abc
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from pytest_gokart.sampling.names import is_later, text_for
from pytest_gokart.sampling.schemas import values_for

_DEPTH = 8
_DAY = datetime.datetime(2020, 1, 1)
_PLAIN: dict[Any, Callable[[str], object]] = {
    str: text_for,
    int: lambda name: 2 if is_later(name) else 1,
    float: lambda name: 0.5,
    bool: lambda name: False,
    bytes: lambda name: b'sample',
    complex: lambda name: 1j,
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
_TUPLES = (tuple,)
_LISTS = (list, abc.Sequence, abc.Iterable, abc.Collection, abc.MutableSequence)
_SETS = (set, frozenset, abc.Set)
_DICTS = (dict, abc.Mapping, abc.MutableMapping)


class NoValue(Exception):
    """Why no value of a type can be made."""


class Field(NamedTuple):
    """What a constructor must be given."""

    name: str
    hint: Any


def value_of(hint: Any, name: str = '', depth: int = 0) -> object:
    """A value of a type, made from the type alone. `name` is what it stands for. Raises NoValue."""
    if depth > _DEPTH:
        raise NoValue('it would go on without end')
    plain = _PLAIN.get(hint) if isinstance(hint, abc.Hashable) else None
    if plain is not None:
        return plain(name)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return arguments[0]
    if origin in (typing.Union, types.UnionType):
        return _first(arguments, name, depth)
    if origin in (typing.Annotated, typing.Final, typing.Required, typing.NotRequired) if hasattr(typing, 'Required') else origin is typing.Annotated:
        return value_of(arguments[0], name, depth + 1)
    if isinstance(hint, typing.NewType):
        return value_of(hint.__supertype__, name, depth + 1)
    if isinstance(hint, typing.TypeVar):
        return _first(hint.__constraints__ or (hint.__bound__ or Any,), name, depth)
    return _container(origin or hint, arguments, name, depth)
