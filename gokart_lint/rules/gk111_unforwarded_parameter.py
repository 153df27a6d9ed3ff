"""A parameter that a task has but does not hand to the task that it builds.

## What it does

Reports a construction in a method of a task, where the class that is built has a parameter with a default and the same name as a parameter
of the task that builds it, and the call does not give it. This rule is opt-in.

## Why is this bad

The inner task silently keeps its default. `WinePipeline(year=2020)` with `LoadWine()` in its `requires()` loads the wine of 2019, if that
is the default of `LoadWine.year`; nothing fails, and the key of `LoadWine` is right for what it computed.

## What is left alone

- A call that gives the parameter any value, `**options` that the text does not show, and `self.clone(LoadWine)`, which copies it.
- Version parameters (`version`, `__version`, `_ver`, `run_id`, `_cache_key...`), and those of `TaskOnKart`.
- A parameter that the task passes on in another construction of the same chain: to a task that this one depends on, or to one that depends
  on this one.
- An inner parameter that a luigi configuration file, `@inherits_config_params` or a flag may set: then it is no default that it keeps.

## Fix

Pass it on, `LoadWine(year=self.year)`, or write the value that is meant to differ.

## See also

`GK104` for a parameter without a default.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint import vocabulary
from gokart_lint.project.classes import Class
from gokart_lint.rules.registry import Report, rule
from gokart_lint.wiring.arguments import arguments_of
from gokart_lint.wiring.chains import chains
from gokart_lint.wiring.constructions import constructions
from gokart_lint.wiring.expected_errors import is_expected_to_fail
from gokart_lint.wiring.signatures import filled_by_position, is_plain, parameters_of
from gokart_lint.wiring.supplies import keeps_default
from gokart_lint.wiring.telling import builder, listed

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings
    from gokart_lint.wiring.constructions import Construction

BAD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[str]):
    year: luigi.IntParameter = luigi.IntParameter(default=2019)

    def run(self):
        self.dump(f'wine of {self.year}')


class WinePipeline(gokart.TaskOnKart[str]):
    year: luigi.IntParameter = luigi.IntParameter(default=2019)

    def requires(self):
        return LoadWine()

    def run(self):
        self.dump(self.load())
"""

GOOD = BAD.replace('LoadWine()\n', 'LoadWine(year=self.year)\n')

_VERSIONS = ('_ver', 'ver', 'run_id')


@rule('GK111', 'unforwarded-parameter', opt_in=True)
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The constructions in methods of tasks that leave a parameter of both at its default."""
    for site in constructions(module.project).sites(module):
        made = site[0]
        if not all(_is_judged(each) for each in site) or arguments_of(made).is_open:
            continue
        names = [name for name in _left_out(made) if all(name in _left_out(each) for each in site[1:])]
        names = [name for name in names if not chains(module).passes_on(made, name)]
        if names and not is_expected_to_fail(made.call.at, made.view.place):
            yield Report(made.call.at, _message(site, names))


def _is_judged(made: Construction) -> bool:
    place = made.view.place
    has_self = place.owner is not None and place.method is not None and place.method.kind in ('instance', 'property')
    return has_self and isinstance(made.cls, Class) and made.exact and not made.is_clone and is_plain(made.cls)


def _left_out(made: Construction) -> list[str]:
    owner, task = made.view.place.owner, made.cls
    if owner is None or not isinstance(task, Class):
        return []
    arguments = arguments_of(made)
    given = arguments.names
    if arguments.positional and not task.is_task:
        given = given | (filled_by_position(task, len(arguments.positional)) or frozenset(parameters_of(task)))
    own = parameters_of(owner)
    return [
        name
        for name, parameter in parameters_of(task).items()
        if name in own and name not in given and not _is_exempt(name) and keeps_default(task, parameter)
    ]


def _is_exempt(name: str) -> bool:
    last = name.lower()
    is_version = 'version' in last or last in _VERSIONS or last.endswith('__ver') or last.startswith('_cache_key')
    return is_version or name in vocabulary.TASK_ON_KART_PARAMETERS


def _message(site: tuple[Construction, ...], names: list[str]) -> str:
    built = listed((each.cls.name for each in site), 'or')
    quoted, both = listed(f"'{name}'" for name in names), 'a parameter' if len(names) == 1 else 'parameters'
    forwarded = listed(f'{name}=self.{name}' for name in names)
    return (
        f'{builder(site[0].view.place)} builds {built} without {quoted}, {both} of both, so that {built} keeps its default: '
        f'pass {forwarded}, or the value that is meant to differ'
    )
