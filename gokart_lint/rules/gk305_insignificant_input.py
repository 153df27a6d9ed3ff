"""A parameter that is not significant, but reaches what is dumped.

## What it does

Reports the first use of a parameter with `significant=False` whose value, or the choice that it makes, ends in `self.dump(...)`: as an
argument, through local names, attributes and methods of the task.

This rule is off unless it is selected.

## Why is this bad

A parameter that is not significant is no part of the cache key. Two runs with different values share one result: the one that came first.

## What is left alone

- a value that only logging sees, and a branch that chooses nothing of what is dumped
- task parameters: the tasks that `requires()` returns are part of the key anyway
- gokart's own parameters

Whether a password or a number of processes changes the result, no text can tell: such a use is reported too. Where it is harmless, say so
with a comment.

## Fix

Leave `significant=False` out. The key changes, so that the task runs once more.

## See also

GK304 for what `run()` reads beside its parameters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gokart_lint.bodies.reaching import first_uses
from gokart_lint.rules.registry import Report, rule

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[list[str]]):
    limit: luigi.IntParameter = luigi.IntParameter(default=10, significant=False)

    def run(self):
        self.dump(['red', 'white', 'rose'][: self.limit])
"""

GOOD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[list[str]]):
    limit: luigi.IntParameter = luigi.IntParameter(default=10)

    def run(self):
        self.dump(['red', 'white', 'rose'][: self.limit])
"""


@rule('GK305', 'insignificant-input', opt_in=True)
def check(module: Module, settings: Settings) -> Iterator[Report]:
    """The first use of each parameter of each task; one in a base once for all that inherit it."""
    told: set[object] = set()
    heirs = (heir for owner in module.classes for heir in owner.downwards())
    for each in dict.fromkeys([*module.classes, *heirs]):
        quiet = {name for name, found in each.parameters.items() if found.significant is False and not found.holds_tasks}
        for name, node, method in first_uses(each) if quiet and each.is_task else ():
            if name in quiet and method.owner.module is module and node.at not in told:
                told.add(node.at)
                owner = method.owner if name in method.owner.parameters else each
                message = f"'{name}' of {owner.name} is not significant, but reaches what it dumps: all values share one result"
                yield Report(node.at, f'{message}; leave significant=False out')
