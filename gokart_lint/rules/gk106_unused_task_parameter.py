"""A task parameter that nothing reads.

## What it does

Reports a `gokart.TaskInstanceParameter(...)` or `gokart.ListTaskInstanceParameter(...)` that no method of the class, of its bases or of
its subclasses reads, where the class has a `requires()` of its own or from a base of the project.

## Why is this bad

Whoever builds the task has to hand over another one that is neither run nor loaded: `requires()` leaves it out. Yet it is part of the
key (gokart 1.12, `TaskOnKart._make_hash_id`), so every change of it computes the same result again.

## What is left alone

- A class whose `requires()` is gokart's own: that requires every task parameter by itself. So do `super().requires()` and
  `self.make_task_instance_dictionary()`.
- A class that hands `self` on, uses `getattr`, `param_kwargs`, `vars(self)` or `self.clone(...)`, or that holds a class inside a method:
  each of them may read any parameter.
- A parameter that code elsewhere may read (`self.model.data`, `task.data`), or that a class copies with `@inherits` and reads.
- A class with a decorator (`@requires` hands parameters on by their names) or a base that is not known, also in a subclass, and an
  abstract one without concrete subclasses.

## Fix

Add the task to `requires()`, or remove the parameter.

## See also

`GK108` for a task that is loaded without being required.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint.bodies.reading_parameters import may_be_read
from gokart_lint.rules.registry import Report, rule
from gokart_lint.wiring.requirements import giver

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class LoadWine(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['red', 'white'])


class CountWine(gokart.TaskOnKart[int]):
    wine: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter(expected_type=LoadWine)
    names: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter(expected_type=LoadWine)

    def requires(self):
        return self.wine

    def run(self):
        self.dump(len(self.load()))
"""

GOOD = """\
import gokart


class LoadWine(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['red', 'white'])


class CountWine(gokart.TaskOnKart[int]):
    wine: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter(expected_type=LoadWine)

    def requires(self):
        return self.wine

    def run(self):
        self.dump(len(self.load()))
"""


@rule('GK106', 'unused-task-parameter')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The task parameters of the module that nothing reads."""
    for each in module.classes:
        parameters = [parameter for parameter in each.own_parameters.values() if parameter.holds_tasks]
        if not parameters or not each.is_task or not _has_requires(each):
            continue
        for parameter in parameters:
            if not may_be_read(parameter):
                yield Report(
                    parameter.name_at,
                    f'{each.name}.{parameter.name} is required by nothing and read by nothing, but changes the cache key: '
                    f'add self.{parameter.name} to requires(), or remove the parameter',
                )


def _has_requires(each: Class) -> bool:
    """Whether the class, and every class below it, has a `requires()` of the project."""
    if each.is_abstract and all(heir.is_abstract for heir in each.subclasses):
        return False
    return all(giver(heir) is not None for heir in each.downwards())
