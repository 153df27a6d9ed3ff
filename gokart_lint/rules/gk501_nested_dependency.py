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
    judged = {each: _working_heir(each, settings) for each in module.classes if 'requires' in each.own_methods}
    if not any(judged.values()):
        return
    seen: set[Span] = set()
    for found in constructions(module.project).in_module(module):
        method, owner = found.view.place.method, found.view.place.owner
        heir = None if owner is None else judged.get(owner)
        if heir is None or owner is None or method is None or found.call.at in seen:
            continue
        if method.function.name in _building(owner):
            seen.add(found.call.at)
            built = found.cls.name.rpartition('.')[2]
            yield Report(
                found.call.at,
                f'{heir.name} does work and builds {built} for itself: take it as a task parameter, and build it in the pipeline task',
            )


def _building(owner: Class) -> set[str]:
    """The names of `requires` and of the methods of the same class that it calls, but that `run` does not."""
    return {'requires'} | (_called(owner, 'requires') - _called(owner, 'run', apart='requires'))


def _called(owner: Class, name: str, apart: str = '') -> set[str]:
    """The names of a method and of those that it calls through `self`, `apart` and what only that calls left out."""
    found: set[str] = set()
    pending = [name]
    while pending:
        name = pending.pop()
        method = owner.own_methods.get(name)
        if method is not None and name not in found and name != apart:
            found.add(name)
            pending += _mentioned(method)
    return found


def _mentioned(method: Method) -> Iterator[str]:
    names = (own_attribute(node, method.self_name) for node in everything(method.function.body))
    return (name for name in names if name is not None)


def _working_heir(owner: Class, settings: Settings) -> Class | None:
    """The first concrete class with the `requires()` of a class body that is no pipeline task."""
    requires = owner.own_methods['requires']
    heirs = (each for each in (owner, *owner.subclasses) if each.is_task and each.method('requires') is requires)
    return next((each for each in heirs if not each.is_abstract and _works(each, settings)), None)


def _works(each: Class, settings: Settings) -> bool:
    if any(fnmatchcase(each.name, name) for name in settings.pipeline_names):
        return False
    run = each.method('run')
    return isinstance(run, Method) and not dumps_constant_only(run)
