"""A pipeline that does work of its own.

## What it does

Reports the `run()` of a class that is named like a pipeline (`pipeline-names` in the settings, `*Pipeline*`), whose `requires()` builds
tasks, and whose `run()`, its own or inherited, does more than dump a constant or what it loads, and log. The message says what comes
first.

## Why is this bad

A pipeline says which tasks there are and how they hang together. What it computes by itself has no name, no cache of its own and no type:
nobody can require it, and a change of it runs again with everything below.

## What is left alone

- `self.dump('done')`, `self.dump(self.load('model'))`, `self.dump({'a': self.load('a')})`, `self.dump(datetime.now())`, logging,
  `super().run()`, and a branch on parameters between these.
- A pipeline without a `run()`, or with one that only raises.
- A class whose `requires()` only hands on its task parameters, or is made by `@luigi.util.requires`: it is a task like another, whatever
  its name.

## Fix

Make it a task, which the pipeline requires.

## See also

`run-not-delegated` (GK201), which leaves pipelines alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from gokart_lint.bodies.assembling import more_than_handing_over
from gokart_lint.bodies.idling import always_raises
from gokart_lint.bodies.reach import reached
from gokart_lint.rules.registry import Report, rule
from gokart_lint.wiring.constructions import constructions

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class, Method
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class LoadWine(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['red', 'white'])


class WinePipeline(gokart.TaskOnKart[int]):
    def requires(self):
        return LoadWine()

    def run(self):
        wine = self.load()
        self.dump(len([name for name in wine if name != 'red']))
"""

GOOD = """\
import gokart


class LoadWine(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['red', 'white'])


class CountWine(gokart.TaskOnKart[int]):
    wine: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter(expected_type=LoadWine)

    def run(self):
        self.dump(self._run(self.load(self.wine)))

    @staticmethod
    def _run(wine):
        return len([name for name in wine if name != 'red'])


class WinePipeline(gokart.TaskOnKart[int]):
    def requires(self):
        return CountWine(wine=LoadWine())

    def run(self):
        self.dump(self.load())
"""


@rule('GK204', 'pipeline-with-logic')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Each pipeline of the module that works by itself."""
    for owner in module.classes:
        run = owner.own_methods.get('run')
        if run is None or always_raises(run):
            continue
        for each in _pipelines(owner, run, settings.pipeline_names):
            left = more_than_handing_over(each, run)
            if left is not None:
                whose = f'{owner.name}.run' if each is owner else f'{owner.name}.run, which {each.name} inherits,'
                yield Report(
                    run.function.name_at,
                    f'{whose} does more than load, dump and log ({left.kind} on line {left.at.line}): '
                    'move that into a task of its own, which the pipeline requires',
                )
                break


def _pipelines(owner: Class, run: Method, names: tuple[str, ...]) -> Iterator[Class]:
    """The pipelines that run a method: the class that it stands in, and those that inherit it."""
    for each in owner.downwards():
        if any(fnmatchcase(each.name, name) for name in names) and each.is_task and each.method('run') is run and _builds_tasks(each):
            yield each


def _builds_tasks(each: Class) -> bool:
    """Whether `requires()`, or a method that it calls, builds a task of a known class."""
    requires = each.project_method('requires')
    if requires is None:
        return False
    found = constructions(each.module.project)
    return any(True for method in (requires, *reached(each, 'requires')) for _ in found.in_method(method))
