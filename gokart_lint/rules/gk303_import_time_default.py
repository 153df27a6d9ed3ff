"""A parameter default that is computed when the module is imported.

## What it does

Reports a `default` of a parameter of a task, gokart's or luigi's, that reads the clock, a random source or the environment:
`luigi.DateParameter(default=date.today())`, `luigi.Parameter(default=os.environ['USER'])`, `luigi.Parameter(default=str(uuid4()))`. It is
followed through constants and functions of the project, in other files too; the message shows the way.

## Why is this bad

Python works the default out once, when it imports the module. The parameter is part of the cache key, so every process, every day or every
machine has keys of its own: nothing is ever found again, and two workers of one pipeline disagree. A process that runs past midnight keeps
the date of yesterday.

## What is left alone

- a parameter with `significant=False`: it is not part of the key
- names in the setting `cache-off-parameters` (`_cache_key*` unless it is set): they exist to change the key
- a function that is named but not called, and what a `lambda` would read
- `luigi.Config`, whose values are part of no key
- random numbers in a module that calls a `seed(...)`

## Fix

Leave the default out, and give the value where the pipeline is built, or in a luigi configuration file.

## See also

GK304 for what `run()` reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from gokart_lint import world
from gokart_lint.bodies.journeys import journey_of_value
from gokart_lint.rules.registry import Report, rule

if TYPE_CHECKING:
    from gokart_lint.bodies.reads import Read
    from gokart_lint.facts import Expression
    from gokart_lint.project.classes import Class
    from gokart_lint.project.module import Module
    from gokart_lint.project.parameters import Parameter
    from gokart_lint.settings import Settings

BAD = """\
from datetime import date

import gokart
import luigi


class LoadWine(gokart.TaskOnKart[str]):
    day: luigi.DateParameter = luigi.DateParameter(default=date.today())

    def run(self):
        self.dump(f'wine of {self.day}')
"""

GOOD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[str]):
    day: luigi.DateParameter = luigi.DateParameter()

    def run(self):
        self.dump(f'wine of {self.day}')
"""

_CHANGING = {
    world.CLOCK: 'each time',
    world.TIMER: 'each time',
    world.RANDOM: 'each time',
    world.SEEDED_RANDOM: 'each time',
    world.PROCESS: 'each time',
    world.ENVIRONMENT: 'in each environment',
}


@rule('GK303', 'import-time-default')
def check(module: Module, settings: Settings) -> Iterator[Report]:
    """Each default once, with the first read that it rests on."""
    for owner in module.classes:
        for name, parameter in owner.own_parameters.items():
            if parameter.significant and not any(fnmatchcase(name, pattern) for pattern in settings.cache_off_parameters):
                default = _default(parameter)
                trail = None if default is None else _trail(owner, default)
                if default is not None and trail is not None and _is_of_a_task(owner):
                    yield Report(default.at, _message(owner, name, *trail))


def _is_of_a_task(owner: Class) -> bool:
    return any(each.is_luigi_task for each in owner.downwards())


def _default(parameter: Parameter) -> Expression | None:
    """The default that a declaration gives; the project's own parameter classes may take anything by position."""
    call = parameter.call
    given = call.keyword('default')
    if given is None and (parameter.custom is None or parameter.custom.project_method('__init__') is None):
        given = call.positional(1 if parameter.holds_tasks or parameter.library_class == 'gokart.SerializableParameter' else 0)
    return None if given is None else given.value


def _trail(owner: Class, default: Expression) -> tuple[str, str] | None:
    """The way from a default to what it reads, and when that changes."""
    for stop in journey_of_value(owner, default):
        for read in stop.looked.reads:
            if read.kind in _CHANGING and stop.looked.matters(read.node) and not _is_seeded(read):
                return ' -> '.join([*stop.trail, read.shown]), _CHANGING[read.kind]
    return None


def _is_seeded(read: Read) -> bool:
    return read.kind == world.SEEDED_RANDOM and 'seed' in read.code.module.facts.called


def _message(owner: Class, name: str, trail: str, changing: str) -> str:
    key = 'cache key' if any(each.is_task for each in owner.downwards()) else 'task id'
    return (
        f'{owner.name}.{name} takes its default from {trail} when the module is imported, so that its {key} is another one {changing}: '
        'leave the default out and give the value where the pipeline is built'
    )
