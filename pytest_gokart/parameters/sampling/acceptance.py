"""Whether a parameter takes a value: asked of the parameter itself, in the order in which luigi would find out."""

from __future__ import annotations

import warnings
from typing import Any

from pytest_gokart.resolution.text_values import refusal

_LIBRARIES = ('luigi', 'gokart')


class Refused(Exception):
    """Why a parameter takes no such value."""


def taken(parameter: Any, name: str, value: object) -> object:
    """The value as the task would hold it. Raises Refused for one that building the task, or its id, would stumble over.

    As luigi.task.Task.__init__ of luigi 3.8.1: normalised, its type judged, written out as text. What luigi lets pass with a warning, or
    turns into None (BoolParameter.normalize), is refused too.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        try:
            normal = parameter.normalize(value)
            parameter._warn_on_wrong_param_type(name, normal)
            text = parameter.serialize(normal)
        except Exception as error:
            raise Refused(refusal(parameter, error)) from error
    for each in caught:
        if issubclass(each.category, UserWarning):
            raise Refused(str(each.message))
    if not isinstance(text, str):
        raise Refused(f'it is written out as {type(text).__name__}, not as text')
    if normal is None and value is not None:
        raise Refused('luigi would turn it into None')
    return normal


def read_back(parameter: Any, value: object) -> object:
    """What the parameter reads from the text that it writes for a value. Raises Refused if it cannot read it."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        try:
            return parameter.normalize(parameter.parse(parameter.serialize(value)))
        except Exception as error:
            raise Refused(refusal(parameter, error)) from error


def is_stable(parameter: Any, value: object) -> bool:
    """Whether a value comes back from its own text as what it was, as it must on luigi's command line and in a task parameter."""
    try:
        return is_same(read_back(parameter, value), value)
    except Refused:
        return False


def is_same(one: object, other: object) -> bool:
    """Whether two values are equal; False if they cannot be compared, as luigi.date_interval's of two kinds."""
    try:
        return bool(one == other)
    except Exception:
        return False


def is_library(made: object) -> bool:
    """Whether a class or a function is luigi's or gokart's own."""
    module = str(getattr(made, '__module__', ''))
    return module.partition('.')[0] in _LIBRARIES


def defined_by(parameter: Any, method: str) -> type:
    """The class that a method of a parameter comes from."""
    return next(each for each in type(parameter).__mro__ if method in vars(each))
