"""A task that does work and builds its own dependencies.

## What it does

Reports each task that is built in the `requires()` of a task which is no pipeline task, or in a method that `requires()` calls. A
pipeline task is one whose name matches `pipeline-names` (default `*Pipeline*`), or that has no `run()`, or one that only dumps a constant.

The rule is off unless it is selected: it is a question of style.

## Why is this bad

In the pipeline form every task takes its dependencies as task parameters, and one pipeline task puts them together. The whole graph can
be read in one place, a task can be given another dependency without touching its code, and a test can hand it a small one. A task that
builds its dependencies in its own `requires()` hides a part of the graph, and has to pass on every parameter that they need.

## What is left alone

- Pipeline tasks.
- A `requires()` that only hands task parameters on.
- Abstract tasks; a base is judged by the concrete classes that use its `requires()`.

## Fix

Make the dependency a task parameter, and build it in the pipeline task.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from gokart_lint.bodies.dumping import dumps_constant_only
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.remembering import remembered
from gokart_lint.rules.registry import Report, rule
from gokart_lint.walking import everything, own_attribute
from gokart_lint.wiring.constructions import constructions

if TYPE_CHECKING:
    from gokart_lint.facts import Span
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class LoadWine(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['red', 'white'])


class CountWine(gokart.TaskOnKart[int]):
    def requires(self):
        return LoadWine()

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

    def run(self):
        self.dump(len(self.load(self.wine)))


class WinePipeline(gokart.TaskOnKart[str]):
    def requires(self):
        return CountWine(wine=LoadWine())

    def run(self):
        self.dump('done')
"""


@rule('GK501', 'nested-dependency', opt_in=True)
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The tasks that tasks of the module build as their own dependencies."""
    builders: dict[tuple[Class, str], Class] = {}
    for owner in module.classes:
        for heir in owner.downwards():
            if heir.is_task and not heir.is_abstract and _works(heir, settings):
                for method in _building(heir):
                    builders.setdefault((method.owner, method.function.name), heir)
    if not any(owner.module is module for owner, _ in builders):
        return
    seen: set[Span] = set()
    for found in constructions(module.project).in_module(module):
        place = found.view.place.method
        builder = None if place is None else builders.get((place.owner, place.function.name))
        if builder is None or found.call.at in seen:
            continue
        seen.add(found.call.at)
        built = found.cls.name.rpartition('.')[2]
        yield Report(
            found.call.at,
            f'{builder.name} does work and builds {built} for itself: take it as a task parameter, and build it in the pipeline task',
        )


@remembered
def _building(task: Class) -> tuple[Method, ...]:
    """`requires` of a task and the methods that it calls, but that `run` does not."""
    requires = _called(task, 'requires')
    working = _called(task, 'run', apart='requires')
    return tuple(method for name, method in requires.items() if name == 'requires' or name not in working)


def _called(task: Class, name: str, apart: str = '') -> dict[str, Method]:
    """A method and those that it calls through `self`, `apart` and what only that calls left out."""
    found: dict[str, Method] = {}
    pending = [name]
    while pending:
        name = pending.pop()
        method = task.project_method(name)
        if method is not None and name not in found and name != apart:
            found[name] = method
            pending += _mentioned(method)
    return found


def _mentioned(method: Method) -> Iterator[str]:
    names = (own_attribute(node, method.self_name) for node in everything(method.function.body))
    return (name for name in names if name is not None)


def _works(each: Class, settings: Settings) -> bool:
    if any(fnmatchcase(each.name, name) for name in settings.pipeline_names):
        return False
    run = each.method('run')
    return isinstance(run, Method) and not dumps_constant_only(run)
