"""An annotation and an expected type that have nothing to do with each other.

## What it does

Reports a task parameter whose annotation names a task class that is neither a base nor a subclass of its `expected_type`
(`expected_elements_type` for the list form). The annotation may be written as `gokart.TaskInstanceParameter[A]`, as `A`, for the list
form as `list[A]`, `tuple[A, ...]` or `Sequence[A]`, in quotes, or inside `Optional` and unions.

## Why is this bad

Type checkers and readers believe the annotation, gokart (1.12, `TaskInstanceParameter._warn_on_wrong_param_type`) the expected type. What
one of them accepts, the other refuses: the pipeline that mypy passes raises `TypeError` as soon as the task is built.

## What is left alone

- An annotation that is wider or narrower than the expected type: `gokart.TaskOnKart[pd.DataFrame]` beside `expected_type=LoadWine`.
- A union of which one member fits.
- A class whose bases are not all known, and an annotation that names no task class, such as a protocol or a mixin.

## See also

`GK101` for a task parameter without an expected type.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint.project.classes import Class
from gokart_lint.project.symbols import Library
from gokart_lint.rules.registry import Report, rule
from gokart_lint.vocabulary import EXPECTED_TYPE_KEYWORD
from gokart_lint.wiring.alternatives import is_task_class
from gokart_lint.wiring.annotations import is_unrelated, named_in

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.project.parameters import Parameter
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class LoadWine(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['red', 'white'])


class LoadBeer(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['stout', 'lager'])


class CountWine(gokart.TaskOnKart[int]):
    wine: gokart.TaskInstanceParameter[LoadBeer] = gokart.TaskInstanceParameter(expected_type=LoadWine)

    def run(self):
        self.dump(len(self.load(self.wine)))
"""

GOOD = """\
import gokart


class LoadWine(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['red', 'white'])


class LoadBeer(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['stout', 'lager'])


class CountWine(gokart.TaskOnKart[int]):
    wine: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter(expected_type=LoadWine)

    def run(self):
        self.dump(len(self.load(self.wine)))
"""


@rule('GK102', 'expected-type-mismatch')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The annotations of task parameters that contradict the expected type."""
    for each in module.classes:
        for parameter in each.own_parameters.values():
            if parameter.holds_tasks and (report := _mismatch(parameter)) is not None:
                yield report


def _mismatch(parameter: Parameter) -> Report | None:
    expected = parameter.expected_class()
    if not isinstance(expected, (Class, Library)) or not is_task_class(expected):
        return None
    names = []
    for named in named_in(parameter):
        if not isinstance(named.symbol, (Class, Library)) or not is_unrelated(named.symbol, expected):
            return None
        names.append(_name(named.symbol))
    if not names:
        return None
    at = parameter.annotation.at if parameter.annotation is not None else parameter.call.function.at
    said = ' or '.join(dict.fromkeys(names))
    keyword = EXPECTED_TYPE_KEYWORD[parameter.library_class]
    return Report(
        at,
        f'{parameter.owner.name}.{parameter.name} is annotated as {said}, but its {keyword} is {_name(expected)}, which is neither a base '
        f'nor a subclass of it: gokart refuses what type checkers ask for, so make the two agree',
    )


def _name(symbol: Class | Library) -> str:
    return symbol.name.rpartition('.')[2]
