"""What some tests use that the oldest supported gokart and luigi lack: the one place that lets a test be skipped for a version.

It is decided by the version and never by trying the name, so that a name which goes from a later version fails its test."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

BROUGHT_BY = {
    'ChoiceListParameter': 'luigi>=3.6',
    'SerializableParameter': 'gokart>=1.8',
    'StrParameter': 'luigi>=3.8',
    'ZonedDateSecondParameter': 'gokart>=1.10',
    'a generic Parameter': 'luigi>=3.7',
    'a generic TaskInstanceParameter': 'gokart>=1.12',
    'gokart.in_memory': 'gokart>=1.9',
    'the default None of an Optional parameter': 'luigi>=3.8.1',
    'a dump() that asks for requires()': 'gokart>=1.10',
    'a parameter that knows its name': 'luigi>=3.8',
    'an error that asks for boto3': 'gokart>=1.12.1',
}
REASON = 'is installed, and this test needs'
"""Of every such skip, so that the compatibility matrix can tell that none is left with the newest versions."""


def lacks(feature: str) -> bool:
    """Whether the installed version came before it; never, for what every supported version has."""
    if feature not in BROUGHT_BY:
        return False
    needed = Requirement(BROUGHT_BY[feature])
    return version(needed.name) not in needed.specifier


def needs(feature: str) -> pytest.MarkDecorator:
    """The mark of a test, or of one case of it."""
    needed = Requirement(BROUGHT_BY[feature])
    return pytest.mark.skipif(lacks(feature), reason=f'{needed.name} {version(needed.name)} {REASON} {needed}: {feature}')


def cases(all_cases: Iterable[Hashable], newer: Mapping[Any, str]) -> list[ParameterSet]:
    """The cases of a test, those with the mark that need a feature."""
    return [pytest.param(each, marks=needs(newer[each]) if each in newer else ()) for each in all_cases]
