"""The values that a parameter is tried with: all of a flag, a choice or an enumeration, and what an optional parameter may also be."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

from pytest_gokart.parameters import declared
from pytest_gokart.parameters.reads import may_read
from pytest_gokart.parameters.samples import Sampler, Unsampled
from pytest_gokart.parameters.sampling.acceptance import Refused, is_same, taken
from pytest_gokart.parameters.sampling.kinds import choices, library_class
from pytest_gokart.parameters.sources import Given

_BOOL = 'luigi.parameter.BoolParameter'
_CHOICE = 'luigi.parameter.ChoiceParameter'
_CHOICES = 'luigi.parameter.ChoiceListParameter'
_ENUM = 'luigi.parameter.EnumParameter'
_ENUMS = 'luigi.parameter.EnumListParameter'
_OPTIONAL = 'luigi.parameter.OptionalParameterMixin'
_CLOSED = frozenset({_BOOL, _CHOICE, _CHOICES, _ENUM, _ENUMS})


def domains(task_class: Any, given: Given, sampler: Sampler) -> dict[str, tuple[object, ...]]:
    """For each parameter that may make branches its values, two at least, the one that a task built with `given` holds first."""
    branching = {name: each for name, each in declared.own_parameters(task_class).items() if _branches(each)}
    if not branching or (read := may_read(task_class)) is None:
        names = set(branching)
    else:
        names = branching.keys() & read
    held = declared.held_values(task_class, names, given.values)
    found = {}
    for name, value in held.items():
        others = _others(task_class, name, branching[name], sampler)
        found[name] = _distinct([value, *_taken(branching[name], name, others)])
    return {name: values for name, values in found.items() if len(values) > 1}


def _branches(parameter: Any) -> bool:
    return bool(library_class(parameter, _CLOSED)) or _is_optional(parameter)


def is_made_up(parameter: Any, value: object) -> bool:
    """Whether a value beyond a parameter's own is a sample, and none that the parameter's class names."""
    return value is not None and not library_class(parameter, _CLOSED)


def _is_optional(parameter: Any) -> bool:
    return bool(library_class(parameter, {_OPTIONAL}))


def _others(task_class: type, name: str, parameter: Any, sampler: Sampler) -> list[object]:
    """All values of a closed type. Of a list of choices one value holds them all: what each one leads to is built."""
    kind = library_class(parameter, _CLOSED)
    found: list[object] = [None] if _is_optional(parameter) else []
    if kind == _BOOL:
        return [*found, False, True]
    if kind in (_CHOICE, _CHOICES):
        every = choices(parameter)
        return [*found, tuple(every)] if kind == _CHOICES else [*found, *every]
    if kind in (_ENUM, _ENUMS):
        members = list(parameter._enum)
        return [*found, tuple(members)] if kind == _ENUMS else [*found, *members]
    try:
        return [*found, sampler.sample(task_class, name, parameter)]
    except Unsampled:
        return found


def _taken(parameter: Any, name: str, values: Iterable[object]) -> list[object]:
    found = []
    for value in values:
        try:
            found.append(taken(parameter, name, value))
        except Refused:  # a choice that cannot be part of a task's id
            continue
    return found


def _distinct(values: Iterable[object]) -> tuple[object, ...]:
    found: list[object] = []
    for value in values:
        if not any(type(value) is type(each) and is_same(value, each) for each in found):
            found.append(value)
    return tuple(found)


def told(parameter: Any, value: object) -> str:
    """A value in a label: as Python writes plain ones, as its parameter writes the others, never with an address in memory."""
    if value is None or type(value) in (bool, int, float, str):
        text = repr(value)
    elif isinstance(value, Enum):
        text = value.name
    else:
        text = parameter.serialize(value)
    return text if len(text) <= _LONGEST else f'{text[:_LONGEST]}...'


_LONGEST = 40
