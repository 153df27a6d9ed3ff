"""An argument without a keyword where a gokart task is built.

## What it does

Reports every positional argument at the construction of a gokart task.

## Why is this bad

luigi (3.8, `Task.get_param_values`) fills parameters in the order of their declarations, and those of `gokart.TaskOnKart` were declared
first: `LoadWine('red')` sets `workspace_directory` to `'red'`, and the parameter that was meant keeps its default. Nothing is raised; the
task computes something else and writes it somewhere else.

## What is left alone

- Tasks that derive from `luigi.Task` alone: positional arguments mean there what they seem to.
- `*values` that the text does not show.
- A class with an `__init__` or `__new__` of its own, which may hand the argument on by name, and one whose bases, decorators or metaclass
  are not all known.
- `self.clone(Train)`: the class is no argument of the task.

## Fix

Write the name of the parameter: `LoadWine(color='red')`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gokart_lint import vocabulary
from gokart_lint.project.classes import Class
from gokart_lint.project.symbols import Library
from gokart_lint.rules.registry import Report, rule
from gokart_lint.wiring.alternatives import Row
from gokart_lint.wiring.constructions import constructions
from gokart_lint.wiring.expected_errors import is_expected_to_fail
from gokart_lint.wiring.signatures import is_plain, parameters_of, project_classes
from gokart_lint.wiring.telling import builder, listed, short
from gokart_lint.wiring.values import evaluate

if TYPE_CHECKING:
    from gokart_lint import facts
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings
    from gokart_lint.wiring.constructions import Construction

BAD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[str]):
    color: luigi.Parameter = luigi.Parameter(default='white')

    def run(self):
        self.dump(self.color)


class WinePipeline(gokart.TaskOnKart[str]):
    def requires(self):
        return LoadWine('red')

    def run(self):
        self.dump(self.load())
"""

GOOD = BAD.replace("LoadWine('red')", "LoadWine(color='red')")

_FIRST = 'workspace_directory'


@rule('GK403', 'positional-argument')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The positional arguments of constructions of gokart tasks."""
    for site in constructions(module.project).sites(module):
        if all(_is_judged(each) for each in site) and not is_expected_to_fail(site[0].call.at, site[0].view.place):
            for index, argument in enumerate(_positional(site[0])):
                yield Report(argument.at, _message(site, index))


def _positional(made: Construction) -> Iterator[facts.Argument]:
    for argument in made.call.arguments:
        if argument.star == '*':
            value = evaluate(argument.value, made.view)
            if len(value) == 1 and isinstance(value[0], Row) and value[0].items:
                yield argument
        elif argument.keyword is None and not argument.star:
            yield argument


def _is_judged(made: Construction) -> bool:
    if made.is_clone or all(argument.keyword or argument.star == '**' for argument in made.call.arguments):
        return False
    if isinstance(made.cls, Library):
        return vocabulary.library_base(made.cls.name) == vocabulary.TASK_ON_KART
    if not made.cls.is_task and made.cls.full_name != vocabulary.TASK_ON_KART:
        return False
    below = () if made.exact else made.cls.subclasses
    return all(is_plain(each) and not _has_own_init(each) for each in (made.cls, *below))


def _has_own_init(task: Class) -> bool:
    return any('__init__' in (*each.own_methods, *each.own_attributes) for each in project_classes(task))


def _message(site: tuple[Construction, ...], index: int) -> str:
    tasks = [each.cls for each in site]
    own = [list(parameters_of(each)) if isinstance(each, Class) else [] for each in tasks]
    lands = _FIRST if index == 0 and all(_FIRST not in names for names in own) else "one of TaskOnKart's own parameters"
    meant = next((names[index] for names in own if index < len(names)), None)
    advice = f'write {meant}=...' if meant else 'write the name of the parameter'
    built = listed(map(short, tasks), 'or')
    return (
        f'{builder(site[0].view.place)} passes {built} an argument without a name, which lands in {lands}, '
        f"because TaskOnKart's own parameters come first: {advice}"
    )
