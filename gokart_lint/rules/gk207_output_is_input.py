"""A task with a `run()` whose output is its input.

## What it does

Reports an `output()` that on every path returns `self.input()` or a part of it (`self.input()['model']`, `self.dep.output()`, a list of
such parts), in a task class that has a `run()`, its own or inherited from a class of the project, that does something.

## Why is this bad

gokart takes a task for complete when its output exists (`TaskOnKart.complete()`, gokart 1.12). Here that is so as soon as the dependency
is complete, so `run()` is skipped. If it did run, it would write over the result of the dependency.

## What is left alone

- A task without a `run()`: it is an alias for its dependency, and right.
- A `run()` that does nothing (`pass`, logging) or only raises.
- An `output()` that has a target of its own beside the input, or that returns something else on some path.
- A class with a `complete()` or `input()` of its own, or with a base that may have one.

## Fix

Give the task a target of its own (`return self.make_target('model.pkl')`, or no `output()` at all), or remove `run()` if the task is
meant as an alias.

## See also

`GK203` for a `run()` that never dumps.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint.bodies.idling import always_raises, does_nothing
from gokart_lint.bodies.outputs import INPUT, given_output
from gokart_lint.rules.registry import Report, rule

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class LoadWine(gokart.TaskOnKart[str]):
    def run(self):
        self.dump('wine')


class Clean(gokart.TaskOnKart[str]):
    wine: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter(expected_type=LoadWine)

    def requires(self):
        return self.wine

    def output(self):
        return self.input()

    def run(self):
        self.dump(self.load())
"""

GOOD = """\
import gokart


class LoadWine(gokart.TaskOnKart[str]):
    def run(self):
        self.dump('wine')


class Clean(gokart.TaskOnKart[str]):
    wine: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter(expected_type=LoadWine)

    def requires(self):
        return self.wine

    def output(self):
        return self.make_target('clean.pkl')

    def run(self):
        self.dump(self.load())
"""


@rule('GK207', 'output-is-input')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Each `output()` of the module that makes a run be skipped."""
    for owner in module.classes:
        output = owner.own_methods.get('output')
        if output is None:
            continue
        heirs = (each for each in owner.downwards() if each.is_task and each.method('output') is output)
        skipped = next((each for each in heirs if _is_skipped(each)), None)
        if skipped is not None:
            whose = f'{owner.name}.output' if skipped is owner else f'{owner.name}.output, which {skipped.name} inherits,'
            yield Report(
                output.function.name_at,
                f'{whose} is the input: {skipped.name} is complete as soon as its dependency is, so its run() is skipped; '
                'return self.make_target(...), or remove run()',
            )


def _is_skipped(each: Class) -> bool:
    run = each.project_method('run')
    if run is None or each.is_abstract or always_raises(run) or does_nothing(run):
        return False
    return each.method('complete') is None and each.method('input') is None and given_output(each) == INPUT
