"""A keyword that the task does not have as a parameter.

## What it does

Looks at every place that builds a task, and reports a keyword that is no parameter of the class, of its bases, or of `TaskOnKart`; the
keys of `**options` too, where the text shows them. The message names the parameter that was probably meant. `self.clone(Train, ...)` is
looked at as well.

## Why is this bad

luigi (3.8, `Task.get_param_values`) raises `UnknownParameterException` when that line is reached, before any `__init__` of the task runs.
`clone` is worse: it takes only the parameters that it finds in the class and drops the rest without a word, so that the task runs with
another value than the one that was meant.

## What is left alone

- Classes whose bases, decorators or metaclass are not all known, or that have a `__new__` or their own `get_params`.
- A name that the class body assigns from somewhere else: it may be a parameter that several classes share.
- Parameters that `@requires` and `@inherits` copy, and names that a module sets on the class from outside.
- `cls(...)` and `type(self)(...)`: a class below may have more parameters.
- Code that demands or handles the error: `with pytest.raises(UnknownParameterException):`.

## Fix

Correct the keyword, or declare the parameter. A private parameter, `__version` in the class `Train`, is called `_Train__version` from
everywhere.

## See also

`GK104` for a parameter that is missing, `GK403` for an argument without a keyword.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from gokart_lint import vocabulary
from gokart_lint.project.classes import Class
from gokart_lint.rules.registry import Report, rule
from gokart_lint.wiring.alternatives import Instance
from gokart_lint.wiring.arguments import arguments_of
from gokart_lint.wiring.constructions import constructions
from gokart_lint.wiring.expected_errors import is_expected_to_fail
from gokart_lint.wiring.signatures import is_plain, may_take, parameters_of, project_classes
from gokart_lint.wiring.telling import listed, short

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings
    from gokart_lint.wiring.constructions import Construction

BAD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[str]):
    vintage: luigi.IntParameter = luigi.IntParameter(default=2019)

    def run(self):
        self.dump(f'wine of {self.vintage}')


class WinePipeline(gokart.TaskOnKart[str]):
    def requires(self):
        return LoadWine(vintge=2020)

    def run(self):
        self.dump(self.load())
"""

GOOD = BAD.replace('vintge', 'vintage')

_SHOWN = 6  # parameters in a message


@rule('GK105', 'unknown-parameter')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The keywords of constructions that are no parameters."""
    for site in constructions(module.project).sites(module):
        if not site[0].call.arguments or not all(_is_judged(each) for each in site):
            continue
        for given in arguments_of(site[0]).named:
            if all(isinstance(each.cls, Class) and not may_take(each.cls, given.name) for each in site) and not is_expected_to_fail(
                site[0].call.at, site[0].view.place
            ):
                yield Report(given.at, _message(site, given.name))


def _is_judged(made: Construction) -> bool:
    return isinstance(made.cls, Class) and made.exact and is_plain(made.cls) and _clones_as_luigi_does(made)


def _clones_as_luigi_does(made: Construction) -> bool:
    """Whether `clone` is luigi's own, if a task is cloned."""
    return all(isinstance(each, Instance) and isinstance(each.cls, Class) and _has_luigis_clone(each.cls) for each in made.source)


def _has_luigis_clone(task: Class) -> bool:
    return all(each.method('clone') is None for each in task.downwards())


def _message(site: tuple[Construction, ...], name: str) -> str:
    tasks = [each.cls for each in site if isinstance(each.cls, Class)]
    said = f"{listed((short(each) for each in tasks), 'or')} has no parameter '{name}'"
    effect = ', and clone drops it without a word' if site[0].is_clone else ''
    return f'{said}{effect}: {_advice(tasks[0], name)}'


def _advice(task: Class, name: str) -> str:
    is_private = name.startswith('__') and not name.endswith('__')
    if not is_private and any(name in (*each.own_attributes, *each.own_methods) for each in project_classes(task)):
        return 'the class body says it, but not as a parameter; declare it as one, or remove the argument'
    own = list(parameters_of(task))
    every = [*own, *(sorted(vocabulary.TASK_ON_KART_PARAMETERS) if task.is_task else ())]
    private = [each for each in own if is_private and each.endswith(name)]
    if close := private or get_close_matches(name, every, 1):
        return f"did you mean '{close[0]}'?"
    if not own:
        return 'declare it, or remove the argument'
    shown = listed(f"'{each}'" for each in own) if len(own) <= _SHOWN else f'{len(own)} others'
    return f'it has {shown}; declare it, or remove the argument'
