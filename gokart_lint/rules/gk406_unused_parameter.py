"""A parameter that nothing reads.

## What it does

Reports a parameter, other than a task parameter, that is read by no method of its class, its bases or its subclasses, and by no code that
has the task from elsewhere.

## Why is this bad

A significant parameter is a part of the cache key. One that nothing reads has no say in the result, but each of its values makes a key,
a run and a file of its own. Often it is what is left of a change, or the sign of one that was forgotten: the value is meant to reach the
model, and does not.

## What is left alone

- Version-like names, which exist to change the key: `*version*`, `ver`, `run_id`, and those of `cache-off-parameters` (`_cache_key*`).
- Whatever may read it without saying its name: `getattr`, `param_kwargs`, `clone` and `clone_parent`, `vars`, a function or object that is
  given the task; `task_id` in a task that is no gokart task, whose path is made from it.
- A task that another one builds with `clone` without naming the parameter, one that `@inherits` or `@requires` are given, and one that a
  task with such a decorator builds.
- Abstract tasks that nobody completes, tasks with a base or decorator that is not known, and a `luigi.Config`, whose values others read.
- A parameter that is batched, or that gokart or luigi read, such as `priority`.

## Fix

Read it, or remove it. Removing a significant parameter changes the key of the task, as the next run shows.

## See also

`GK106` for a task parameter.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.members import family
from gokart_lint.bodies.reading_parameters import may_be_read
from gokart_lint.project.symbols import is_library
from gokart_lint.rules.registry import Report, rule
from gokart_lint.walking import everything
from gokart_lint.wiring.constructions import constructions

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class
    from gokart_lint.project.module import Module
    from gokart_lint.project.parameters import Parameter
    from gokart_lint.settings import Settings

BAD = """\
import gokart
import luigi


class CountWine(gokart.TaskOnKart[int]):
    year: luigi.IntParameter = luigi.IntParameter()
    colour: luigi.StrParameter = luigi.StrParameter(default='red')

    def run(self):
        self.dump(self.year)
"""

GOOD = """\
import gokart
import luigi


class CountWine(gokart.TaskOnKart[str]):
    year: luigi.IntParameter = luigi.IntParameter()
    colour: luigi.StrParameter = luigi.StrParameter(default='red')

    def run(self):
        self.dump(f'{self.colour} {self.year}')
"""

_VERSIONS = ('*version*', 'ver', 'run_id')
_IDENTITY = frozenset({'task_id', 'to_str_params', 'get_param_values'})
"""What a task of luigi may make its path from, and so from each of its parameters."""


@rule('GK406', 'unused-parameter', opt_in=True)
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The parameters of the module that nothing reads."""
    for each in module.classes:
        if not each.is_luigi_task or vocabulary.CONFIG in each.library_names or _is_template(each):
            continue
        for parameter in each.own_parameters.values():
            if _is_judged(parameter, settings) and not may_be_read(parameter) and not _is_copied(parameter):
                key = '' if parameter.significant is False else ', but every value of it has a cache key, and a run, of its own'
                yield Report(parameter.name_at, f'{each.name}.{parameter.name} is read by nothing{key}: read it, or remove it')


def _is_template(each: Class) -> bool:
    """Whether a class leaves open what reads its parameters."""
    return each.is_abstract and all(heir.is_abstract for heir in each.subclasses)


def _is_judged(parameter: Parameter, settings: Settings) -> bool:
    name = parameter.name.strip('_').lower()
    if parameter.holds_tasks or parameter.name in vocabulary.TASK_MEMBERS or parameter.call.keyword('batch_method'):
        return False
    if any(fnmatchcase(name, glob) for glob in _VERSIONS):
        return False
    if any(fnmatchcase(parameter.name, glob) for glob in settings.cache_off_parameters):
        return False
    return parameter.owner.is_task or not _uses_identity(parameter.owner)


def _uses_identity(owner: Class) -> bool:
    methods = (method.function for each in family(owner) for method in each.own_methods.values())
    return any(isinstance(node, facts.Attribute) and node.name in _IDENTITY for method in methods for node in everything(method.body))


def _is_copied(parameter: Parameter) -> bool:
    """Whether a task hands all that it has on to this one, or takes all that this one has."""
    owner = parameter.owner
    project, tasks = owner.module.project, [owner, *owner.subclasses]
    for path in project.mentions.files_decorating(each.name for each in tasks):
        module = project.module(path)
        if module is not None and any(_copies(other, tasks) for other in module.classes):
            return True
    for found in constructions(project).of(*tasks):
        builder = found.view.place.owner
        if found.is_clone and found.argument(parameter.name) is None and found.given(parameter.name) is not None:
            return True
        if builder is not None and any(_inherits(builder, node) for node in builder.facts.decorators):
            return True
    return False


def _copies(other: Class, tasks: list[Class]) -> bool:
    return any(
        other.resolve_header(argument.value) in tasks
        for node in other.facts.decorators
        if isinstance(node, facts.Call)
        for argument in node.arguments
    )


def _inherits(builder: Class, node: facts.Expression) -> bool:
    called = node.function if isinstance(node, facts.Call) else node
    return is_library(builder.resolve_header(called), *vocabulary.INHERITING_DECORATORS, *vocabulary.CONFIG_DECORATORS)
