"""What the annotation of a parameter says of its value: `xs: list[int] = luigi.ListParameter()`, `dep: A = TaskInstanceParameter()`."""

from __future__ import annotations

import inspect
import sys
import typing
from collections.abc import Iterator
from typing import Any

from pytest_gokart.parameters.sampling.acceptance import is_library
from pytest_gokart.parameters.sampling.annotations import NoValue, value_of
from pytest_gokart.parameters.sampling.kinds import Wanted, library_class
from pytest_gokart.parameters.sampling.texts import reads_its_own

_OPEN = frozenset({'luigi.parameter.ListParameter', 'luigi.parameter.DictParameter'})
"""Classes whose values hold what luigi does not know: for others, a value by the class is the better one."""


def annotation(owner: type, name: str) -> Any:
    """The annotation of a parameter, evaluated; None if there is none, or one that only a type checker understands.

    `luigi.Parameter[list[int]]` stands for `list[int]`, as luigi.parameter.Parameter.__get__ of luigi 3.8.1 says.
    """
    import luigi

    for each in owner.__mro__:
        try:
            found = inspect.get_annotations(each).get(name)
            if isinstance(found, str):
                found = eval(found, vars(sys.modules[each.__module__]), dict(vars(each)))
        except Exception:
            return None
        if found is not None:
            made: Any = typing.get_origin(found)
            made = found if made is None else made
            if isinstance(made, type) and issubclass(made, luigi.Parameter):
                return next(iter(typing.get_args(found)), None)
            return found
    return None


def from_hint(wanted: Wanted) -> Iterator[object]:
    """A value of the annotated type, where that says more than the parameter class."""
    hint = annotation(wanted.owner, wanted.name)
    is_open = library_class(wanted.parameter, _OPEN) or reads_its_own(wanted.parameter) or typing.get_origin(hint) is typing.Literal
    if hint is not None and is_open and getattr(wanted.parameter, 'schema', None) is None:
        try:
            yield value_of(hint, wanted.name)
        except NoValue:  # the class knows
            return


def hinted_task(wanted: Wanted, expected: type) -> type:
    """The type of a task that a task parameter takes: the annotated class, if it is narrower than the expected type."""
    hint = annotation(wanted.owner, wanted.name)
    arguments = typing.get_args(hint)
    made = typing.get_origin(hint) or hint
    if made in (list, tuple) and arguments:
        made = typing.get_origin(arguments[0]) or arguments[0]
    narrower = isinstance(made, type) and issubclass(made, expected) and not is_library(made)
    return made if narrower else expected
