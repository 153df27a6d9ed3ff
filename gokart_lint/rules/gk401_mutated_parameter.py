"""A list or dict parameter that a method tries to change.

## What it does

Reports code of a task that would change the value of a `ListParameter`, `TupleParameter`, `DictParameter`, `EnumListParameter`,
`ChoiceListParameter`, their optional forms, or a `ListTaskInstanceParameter`, directly or through a local name: `self.names.append('a')`,
`self.options['k'] = 1`, `del self.names[0]`, `self.names += ['a']`, `self.names + ['a']`, `.update`, `.pop`, `.sort` and their like.

## Why is this bad

luigi freezes these values: a list becomes a tuple and a dict a `FrozenOrderedDict`, with everything inside (`luigi.freezing`, luigi 3.8).
The first call raises `AttributeError: 'tuple' object has no attribute 'append'` or `TypeError`, when the task runs. And were it not so,
the task would change its own cache key.

## What is left alone

- A copy: `names = list(self.names)`, `dict(self.options)`, `[*self.names, 'a']`, `sorted(self.names)`.
- What makes a new value: `self.names + ('a',)`, `self.names + self.more`, `{**self.options, 'k': 1}`.
- A name that is given another value too, `self.names or []`, and what `isinstance` or `try` asks first.
- A parameter that some method gives another value (`self.names = list(self.names)`), that a subclass overrides, or whose class has its own
  `normalize`.

## Fix

Change a copy: `names = list(self.names)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint.bodies.frozen import Change, changes
from gokart_lint.rules.registry import Report, rule

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart
import luigi


class NameColumns(gokart.TaskOnKart[list[str]]):
    columns: luigi.ListParameter = luigi.ListParameter()

    def run(self):
        self.columns.append('target')
        self.dump(self.columns)
"""

GOOD = """\
import gokart
import luigi


class NameColumns(gokart.TaskOnKart[list[str]]):
    columns: luigi.ListParameter = luigi.ListParameter()

    def run(self):
        self.dump([*self.columns, 'target'])
"""


@rule('GK401', 'mutated-parameter')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Each use in the module that would change a parameter of a task."""
    for each in module.classes:
        if each.own_methods and _has_containers(each):
            for method in each.own_methods.values():
                for change in changes(each, method):
                    yield Report(change.at, _message(each, change))


def _has_containers(each: Class) -> bool:
    """A cheap look, so that most bodies stay encoded."""
    tasks = (heir for heir in each.downwards() if heir.is_luigi_task)
    parameters = (parameter for task in tasks for parameter in task.parameters.values())
    return any('List' in one.library_class or 'Dict' in one.library_class or 'Tuple' in one.library_class for one in parameters)


def _message(owner: Class, change: Change) -> str:
    of = change.of
    copy = 'list' if of.kind == 'tuple' else 'dict'
    name = f'{owner.name}.{of.parameter}'
    what = f'what {name} holds is frozen and' if of.inside else f'{name} is a {of.kind}, which'
    lacks = 'has no' if change.how.endswith('()') else 'allows no'
    return f'{what} {lacks} {change.how}: luigi freezes lists and dicts, so change a copy, {copy}(self.{of.parameter})'
