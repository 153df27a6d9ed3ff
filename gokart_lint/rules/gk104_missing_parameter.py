"""A task that is built without a parameter that it needs.

## What it does

Looks at every place that builds a task, and reports the parameters that have no default, are not given there, and are not set in a luigi
configuration file of the project (in the section of the task's family). `BoolParameter()` is `False` by itself and an optional parameter
`None`; gokart's `ExplicitBoolParameter()` has no default. The keys of `**options` count where the text shows them all. An `__init__` of
the task supplies nothing: luigi's metaclass looks for the parameters before it runs.

## Why is this bad

luigi (3.8, `Task.get_param_values`) raises `MissingParameterException` as soon as that line is reached: for a task that is built in a
branch, or in the `requires()` of a task that is far down, that is long after the start of the pipeline.

## What is left alone

- `**options` and `*values` that the text does not show, and `self.clone(Train)`, which copies what `self` has.
- Parameters that `@requires`, `@inherits` or `@inherits_config_params` supply, or a `config_path` that is set.
- Everything, if the project's configuration depends on what the text does not show: a file whose name is computed, for one. Flags such as
  `--Train-rate` in a call of `gokart.run` or `luigi.run` count as set.
- Parameters that are declared under a condition, or with a parameter class of the project that may give a default by itself.
- Classes whose bases, decorators or metaclass are not all known, `cls(...)` and `type(self)(...)`.
- Code that demands or handles the error: `with pytest.raises(MissingParameterException):`.

## See also

`GK105` for a keyword that the task does not know.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint import vocabulary
from gokart_lint.project.classes import Class
from gokart_lint.project.families import family
from gokart_lint.rules.registry import Report, rule
from gokart_lint.wiring.arguments import arguments_of
from gokart_lint.wiring.constructions import constructions
from gokart_lint.wiring.expected_errors import is_expected_to_fail
from gokart_lint.wiring.signatures import filled_by_position, is_plain, parameters_of
from gokart_lint.wiring.supplies import must_be_given
from gokart_lint.wiring.telling import builder, listed

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings
    from gokart_lint.wiring.arguments import Arguments
    from gokart_lint.wiring.constructions import Construction

BAD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[str]):
    year: luigi.IntParameter = luigi.IntParameter()

    def run(self):
        self.dump(f'wine of {self.year}')


class WinePipeline(gokart.TaskOnKart[str]):
    def requires(self):
        return LoadWine()

    def run(self):
        self.dump(self.load())
"""

GOOD = BAD.replace('LoadWine()\n', 'LoadWine(year=2019)\n')


@rule('GK104', 'missing-parameter')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The constructions that leave out a parameter which nothing else supplies."""
    for site in constructions(module.project).sites(module):
        made = site[0]
        if not all(_is_judged(each) for each in site):
            continue
        arguments = arguments_of(made)
        if arguments.is_open:
            continue
        names = [name for name in _missing(made, arguments) if all(name in _missing(each, arguments) for each in site[1:])]
        if names and not is_expected_to_fail(made.call.at, made.view.place):
            yield Report(made.call.at, _message(site, names))


def _is_judged(made: Construction) -> bool:
    return isinstance(made.cls, Class) and made.exact and not made.is_clone and bool(parameters_of(made.cls)) and is_plain(made.cls)


def _missing(made: Construction, arguments: Arguments) -> list[str]:
    task = made.cls
    if not isinstance(task, Class):
        return []
    by_position: frozenset[str] | None = frozenset()
    if arguments.positional and not task.is_task:  # those of a gokart task fill TaskOnKart's own parameters
        by_position = filled_by_position(task, len(arguments.positional))
    if by_position is None:
        return []
    left = {name: each for name, each in parameters_of(task).items() if name not in arguments.names | by_position}
    own = vocabulary.TASK_ON_KART_PARAMETERS if task.is_task else frozenset()
    return [name for name, each in left.items() if name not in own and must_be_given(task, each)]


def _message(site: tuple[Construction, ...], names: list[str]) -> str:
    tasks = [each.cls for each in site if isinstance(each.cls, Class)]
    sections = listed((f'[{family(each) or each.name}]' for each in tasks), 'or')
    quoted, given = listed(f"'{name}'" for name in names), listed(f'{name}=...' for name in names)
    them = 'it' if len(names) == 1 else 'them'
    built = listed((each.name for each in tasks), 'or')
    return (
        f'{builder(site[0].view.place)} builds {built} without {quoted}: pass {given} or set {them} in {sections} '
        f'of a luigi configuration file'
    )
