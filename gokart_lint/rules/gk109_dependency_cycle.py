"""Tasks that require each other without end.

## What it does

Reports task classes whose `requires()` builds each other on every way through it, once for each cycle, on the class that stands first in
the order of the files. A class that always builds another task of itself is one too.

A task counts as built on every way if it is returned there whatever the parameters are: not under an `if`, behind an early `return`, in a
loop or a comprehension that may have no rounds, or in one half of `a or b`. Helper methods, `super().requires()`, `self.clone(...)` and
`@requires` of `luigi.util` are followed.

## Why is this bad

gokart (1.12, `TaskOnKart.make_unique_id`) asks every task for its dependencies to make its key, so the first look at one of them goes on
until Python stops it with a RecursionError, before anything runs.

## What is left alone

- Recursion that a test can end: `if self.day > START: return Daily(day=self.day - 1)`.
- A task whose `output()` has no key in its name (`use_unique_id=False`, a target of luigi's own), or that has a `complete()` or
  `make_unique_id()` of its own: luigi stops at the first one that is complete. And a `requires()` that may raise.
- Task parameters: what they hold is decided where the task is built.
- Abstract tasks, and a class with a base or decorator that is not known.

## Fix

Take one of the dependencies away, or build it only as long as a parameter says so, as in `if self.n > 0`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint import facts
from gokart_lint.bodies.outputs import OWN, given_output
from gokart_lint.rules.registry import Report, rule
from gokart_lint.walking import flattened
from gokart_lint.wiring.cycles import cycles_from

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class Features(gokart.TaskOnKart[str]):
    def requires(self):
        return Model()

    def run(self):
        self.dump('features')


class Model(gokart.TaskOnKart[str]):
    def requires(self):
        return Features()

    def run(self):
        self.dump('model')
"""

GOOD = """\
import gokart


class Features(gokart.TaskOnKart[str]):
    def run(self):
        self.dump('features')


class Model(gokart.TaskOnKart[str]):
    def requires(self):
        return Features()

    def run(self):
        self.dump('model')
"""

_ASKED_FIRST = ('complete', 'make_unique_id', '_make_hash_id')


@rule('GK109', 'dependency-cycle')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The cycles whose first class stands in the module."""
    for each in module.classes:
        if each.is_task:
            for cycle in cycles_from(each):
                if not any(_may_end(task) for task in cycle):
                    yield Report(each.facts.name_at, _message(cycle))


def _may_end(task: Class) -> bool:
    """Whether luigi may find a task complete without asking for its key, or its `requires()` may refuse to go on."""
    if given_output(task) != OWN or any(task.method(name) is not None for name in _ASKED_FIRST):
        return True
    requires = task.project_method('requires')
    return requires is not None and any(isinstance(each, facts.Raise) for each in flattened(requires.function.body))


def _message(cycle: tuple[Class, ...]) -> str:
    first = cycle[0].name
    if len(cycle) == 1:
        return f'{first}.requires always builds another {first}, without end: build it only as long as a parameter says so'
    way = ' -> '.join([each.name for each in cycle] + [first])
    return f'{first} requires itself: {way}; take one of these dependencies away, or build it only as long as a parameter says so'
