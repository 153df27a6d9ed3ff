"""A `run()` that does its work itself, instead of handing it to a function that a test can call.

## What it does

Reports a `run()` of a task class in which work is left once everything is taken away that only moves values around: `self.load(...)`,
`self.dump(...)`, parameters and other plain attributes, literals and tuples, lists and dicts of them, logging, and calls of static
methods, class methods, functions and classes. What counts as work is

- a loop, a comprehension, a `with` statement, a nested function or class,
- arithmetic and comparisons,
- on what was loaded or made: a subscript (`df['x']`), a method call (`df.dropna()`), a write (`df['x'] = 1`), a branch,
- a method call that hands loaded data to an object of an installed library (`model.fit(x, y)`).

The message names the first three kinds of work, each with its line.

## Why is this bad

What stands in `run()` can only be tested by building the task, its dependencies and a place where their results lie, or by replacing
`load` and `dump`. A static method takes what it needs and returns what it makes:

```python
def run(self):
    self.dump(self._run(self.load(self.wine), self.test_size))
```

Now `SplitWine._run(frame, 0.3)` is the whole test.

## What is left alone

- Pipeline tasks (a name that matches `pipeline-names`), abstract tasks, a class without a `run` of its own, a `run` that yields.
- A branch on parameters alone (`if self.scale:`), whose sides only hand work on, and `assert` on parameters.
- Reading targets: `self.input()['k'].load()`, `self.dep.output().path()`.
- Calls on an object of a project class that `run` makes, or has a function make: `Trainer(self.rate).fit(self.load())`.
- An instance method that `run` calls: that is the business of `delegate-not-static`.

## See also

`delegate-not-static` (GK202), `pipeline-with-logic` (GK204)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from gokart_lint import facts
from gokart_lint.bodies.work import Left, work_left
from gokart_lint.rules.registry import Report, rule
from gokart_lint.walking import everything

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class, Method
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart
import pandas as pd


class LoadWine(gokart.TaskOnKart[pd.DataFrame]):
    def run(self):
        self.dump(pd.DataFrame({'alcohol': [12.8, 13.2], 'ash': [2.4, 2.1]}))


class ScaleWine(gokart.TaskOnKart[pd.DataFrame]):
    wine: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter(expected_type=LoadWine)

    def run(self):
        wine = self.load(self.wine)
        for column in wine.columns:
            wine[column] = wine[column] - wine[column].mean()
        self.dump(wine)
"""

GOOD = """\
import gokart
import pandas as pd


class LoadWine(gokart.TaskOnKart[pd.DataFrame]):
    def run(self):
        self.dump(pd.DataFrame({'alcohol': [12.8, 13.2], 'ash': [2.4, 2.1]}))


class ScaleWine(gokart.TaskOnKart[pd.DataFrame]):
    wine: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter(expected_type=LoadWine)

    def run(self):
        self.dump(self._run(self.load(self.wine)))

    @staticmethod
    def _run(wine):
        return wine - wine.mean()
"""

_NAMED = 3
"""How many kinds of work a message names."""


@rule('GK201', 'run-not-delegated')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Each `run` of the module's task classes in which work is left."""
    for each in module.classes:
        run = each.own_methods.get('run')
        if run is None or not each.is_task or any(fnmatchcase(each.name, name) for name in settings.pipeline_names):
            continue
        if each.is_abstract or _yields(run) or not (left := work_left(each, run)):
            continue
        yield Report(run.function.name_at, _message(each, left))


def _yields(run: Method) -> bool:
    return any(isinstance(node, facts.Yield) for node in everything(run.function.body, nested=False))


def _message(owner: Class, left: Sequence[Left]) -> str:
    first: dict[str, int] = {}
    for each in left:
        first.setdefault(each.kind, each.at.line)
    named = ', '.join(f'{kind} on line {line}' for kind, line in list(first.items())[:_NAMED])
    return (
        f'{owner.name}.run does its work itself ({named}): '
        'move it into a static method that run calls, so that a test needs no upstream task'
    )
