"""A `run()` that yields tasks.

## What it does

Reports a `yield` (or `yield from`) of a task in `run()`: a dynamic dependency.

## Why is this bad

luigi (3.8, `luigi.worker.TaskProcess`) runs what a `run()` yields, and then starts `run()` again from its first line. The key of the task
does not hold what it yields (gokart 1.12, `TaskOnKart.make_unique_id`, asks `requires()` alone), so a change there serves an old result,
and no test of `requires()` and no picture of the pipeline shows the dependency. `gokart.build()` empties luigi's register of task classes
before it starts, so unless it is given `reset_register=False` it fails on what a `run()` yields with TaskClassNotFoundException.

## What is left alone

- `yield` in a function inside `run()`, and in other methods.
- A bare `yield`, and one of what is surely no task: a literal, a number that is computed, what is loaded, and what a function of the
  project gives that builds none. Whatever else a `run()` yields, luigi takes for a task.
- A `run()` that is decorated (`@contextmanager`), static or a class method.

## Fix

Build the tasks in `requires()`, or take them as task parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts
from gokart_lint.bodies.code import of_method
from gokart_lint.bodies.taskless import is_no_task
from gokart_lint.rules.registry import Report, rule
from gokart_lint.walking import children, own_expressions, statements

if TYPE_CHECKING:
    from gokart_lint.project.classes import Method
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class LoadWine(gokart.TaskOnKart[str]):
    def run(self):
        self.dump('wine')


class Report(gokart.TaskOnKart[str]):
    def run(self):
        yield LoadWine()
        self.dump('done')
"""

GOOD = """\
import gokart


class LoadWine(gokart.TaskOnKart[str]):
    def run(self):
        self.dump('wine')


class Report(gokart.TaskOnKart[str]):
    def requires(self):
        return LoadWine()

    def run(self):
        self.dump('done')
"""


@rule('GK205', 'run-yields-tasks')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The dynamic dependencies in the module."""
    for each in module.classes:
        run = each.own_methods.get('run')
        if run is None or run.kind != 'instance' or not (each.is_task or any(heir.is_task for heir in each.subclasses)):
            continue
        for node in _yields(run):
            if node.value is not None and not is_no_task(node.value, of_method(run)):
                yield Report(
                    node.at,
                    f'{each.name}.run yields tasks, which its cache key does not hold and no graph shows: '
                    'build them in requires(), or take them as task parameters',
                )


def _yields(run: Method) -> Iterator[facts.Yield]:
    pending = [node for statement in statements(run.function.body) for node in own_expressions(statement)]
    while pending:
        node = pending.pop(0)
        if isinstance(node, facts.Yield):
            yield node
        if not isinstance(node, facts.Lambda):
            pending += children(node)
