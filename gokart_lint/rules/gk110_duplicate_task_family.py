"""Two tasks that luigi knows by one name.

## What it does

Reports each of two task classes of one program that have the same family: the same class name, in the same namespace (`task_namespace`).
Classes meet in one program if they stand in one package or in one folder, or if some module of the project imports both, directly or
through others.

## Why is this bad

luigi (3.8, `luigi.task_register.Register`) refuses the name as ambiguous wherever a task is named: on the command line, and when a task
parameter is read back from text. A section of a configuration file counts for both. The key of a task holds the class name but not the
module (gokart 1.12, `TaskOnKart.make_unique_id`), so two tasks with equal parameters and the same explicit path share one file, and the
second one is served the result of the first.

## What is left alone

- A subclass that is named like its base: luigi takes the subclass.
- Classes of different namespaces, and a namespace that the text does not show (`luigi.namespace(...)`, `luigi.auto_namespace(...)`).
- Tests (`test_*.py`, `*_test.py`, `conftest.py`, everything below `test` and `tests`): their small tasks live for one test.
- Classes inside functions, and one of several under `if` or `try`.
- Abstract tasks, and a base without a `run()`.
- Two packages, or folders of scripts, side by side that no module imports together; and a script (one with `if __name__ == '__main__'`, or
  that runs tasks at once) that nothing imports, beside what it does not import: they are two programs.

## Fix

Rename one of the classes, or give one of them a `task_namespace`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint.project.families import family
from gokart_lint.project.namesakes import namesakes
from gokart_lint.rules.registry import Report, rule

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class Red:
    class LoadWine(gokart.TaskOnKart[str]):
        def run(self):
            self.dump('red')


class White:
    class LoadWine(gokart.TaskOnKart[str]):
        def run(self):
            self.dump('white')
"""

GOOD = """\
import gokart


class Red:
    class LoadWine(gokart.TaskOnKart[str]):
        task_namespace = 'red'

        def run(self):
            self.dump('red')


class White:
    class LoadWine(gokart.TaskOnKart[str]):
        task_namespace = 'white'

        def run(self):
            self.dump('white')
"""


@rule('GK110', 'duplicate-task-family')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The task classes of the module that share their family with another one."""
    for each in module.classes:
        others = namesakes(each) if each.is_task else ()
        if others:
            yield Report(each.facts.name_at, _message(each, others[0], len(others) - 1))


def _message(each: Class, other: Class, more: int) -> str:
    place = f'line {other.facts.name_at.line}' if other.module is each.module else f'{_shown(other)}:{other.facts.name_at.line}'
    also = f' and {more} more' if more else ''
    return (
        f'{each.name} has the family {family(each)!r} of another task ({place}{also}): luigi calls the name ambiguous, and tasks with an '
        'explicit output path share one file; rename one of them, or set task_namespace'
    )


def _shown(other: Class) -> str:
    return os.path.normpath(other.module.project.below_root(other.module.path))
