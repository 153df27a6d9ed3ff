"""A method whose name is almost that of one that gokart calls.

## What it does

Reports a public method of a task class whose name is one edit (a letter more, less, another, or two that change places) away from a
method that gokart and luigi call on every task: `requires`, `output`, `run`, `input`, `load`, `dump`, `complete`, `on_success` and their
like, and that no code of the project calls.

## Why is this bad

gokart looks methods up by name. `def require(self)` is never called: the task builds no dependency, `requires()` of `TaskOnKart` gives
the task parameters in its place, and nothing says so.

## What is left alone

- A method that some code calls, as `self.dumps(...)`, `task.dumps(...)` or by its name as a text.
- Private names: `_run` is a helper.
- What gokart and luigi have themselves, and a method that overrides one of a base, or may override one of a base that is not known;
  a class with a decorator that is not known.
- A class that defines the right name too, static methods, properties and decorated methods, and event handlers.
- A method that needs more arguments than gokart would give it.

## Fix

Unsafe: the method gets the name that gokart calls.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint import vocabulary
from gokart_lint.bodies.frames import is_defined_once
from gokart_lint.bodies.instance_use import asks_by_name, mentions
from gokart_lint.bodies.members import family
from gokart_lint.findings import Edit, Fix
from gokart_lint.project.mentions import files_with
from gokart_lint.project.symbols import UNKNOWN
from gokart_lint.rules.registry import Report, rule

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class, Method
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class CountWine(gokart.TaskOnKart[int]):
    def run(self):
        self.dump(178)

    def outputs(self):
        return self.make_target('count.pkl')
"""

GOOD = """\
import gokart


class CountWine(gokart.TaskOnKart[int]):
    def run(self):
        self.dump(178)

    def output(self):
        return self.make_target('count.pkl')
"""

_CALLED = {
    'requires': (0, 'what a task needs'),
    'run': (0, 'what a task runs'),
    'output': (0, 'what a task writes'),
    'input': (0, 'what a task reads'),
    'complete': (0, 'whether a task is complete'),
    'load': (1, 'what a task loads'),
    'load_generator': (1, 'what a task loads'),
    'dump': (2, 'what a task dumps'),
    'deps': (0, 'what a task needs'),
    'on_success': (0, 'what a task does after a run'),
    'on_failure': (1, 'what a task does after a failure'),
    'process_resources': (0, 'what a task takes'),
    'bulk_complete': (1, 'whether a task is complete'),
}
"""The methods that gokart and luigi call on a task, each with how many arguments they give, and what they learn from it."""


@rule('GK208', 'misspelt-method', fixable='unsafe')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Each method of the module's task classes that is meant to be one of gokart's."""
    for each in module.classes:
        for name, method in each.own_methods.items():
            meant = _meant(name)
            if meant and each.is_task and _is_a_try(each, method, meant) and not _is_called(each, name):
                yield Report(method.function.name_at, _message(each, name, meant), _fix(method, meant))


def _meant(name: str) -> str:
    """The name that another one is an edit away from, '' if there is none, or if it means something by itself."""
    if name.startswith('_') or name in vocabulary.TASK_MEMBERS:
        return ''
    return next((called for called in _CALLED if _is_one_edit(name, called)), '')


def _is_one_edit(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    if left[1:] == right or left == right[1:] or left[1:] == right[1:]:
        return True
    return left[:2] == right[1::-1] and left[2:] == right[2:]


def _is_a_try(each: Class, method: Method, meant: str) -> bool:
    """Whether a method could be meant to be one of gokart's: one that it could call, where none stands."""
    formals = method.function.formals[1:]
    needed = [formal for formal in formals if formal.default is None and formal.kind not in ('*', '**')]
    if any(formal.kind == 'keyword' for formal in needed) or len(needed) > _CALLED[meant][0]:
        return False
    expected = 'class' if meant == 'bulk_complete' else 'instance'
    if method.kind != expected or meant in each.own_methods or meant in each.own_attributes:
        return False
    return each.is_fully_known and each.method(method.function.name, each) is None


def _is_called(owner: Class, name: str) -> bool:
    """Whether some code of the project calls a method of that name on what may be such a task, or hands it on."""
    related = family(owner)
    for path in files_with(owner.module.project, name):
        module = owner.module.project.module(path)
        if module is None:
            continue
        if asks_by_name(module, name):
            return True
        for mention in mentions(module, name):
            if mention.of_class is not None:
                if mention.of_class in related:
                    return True
            elif mention.call is not None and mention.place.resolve(mention.node) is UNKNOWN:
                return True
    return False


def _message(each: Class, name: str, meant: str) -> str:
    return (
        f'{each.name}.{name} is never called: gokart calls {meant}() to learn {_CALLED[meant][1]}, '
        f'so rename it to {meant}, or give it a name that is less like it'
    )


def _fix(method: Method, meant: str) -> Fix | None:
    if not is_defined_once(method):
        return None
    return Fix(f'Rename {method.function.name} to {meant}', (Edit(method.function.name_at, meant),), safe=False)
