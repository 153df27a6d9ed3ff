"""A task that is handed over where another one is expected.

## What it does

Looks at every place that builds a task, and reports a task parameter that is given something that is not of its `expected_type` (or, for
the list form, whose elements are not of its `expected_elements_type`): a task of another class, a task class instead of a task, `None`, a
text or a number, a list for one task, one task for a list. Without an expected type everything counts that is no gokart task at all.

Values are followed through local variables, branches, loops over lists of tasks, tuples, dicts with literal keys, comprehensions, helper
functions and methods, and through `self.x` where the expected type of `x` is known. `self.clone(Train)` hands over what `self` holds
under the same name, and is looked at too. A generator, `map(...)` or `tasks.values()` for a list parameter is reported as well: gokart
cannot write it into the key of the task.

## Why is this bad

gokart (1.12, `TaskInstanceParameter._warn_on_wrong_param_type`) raises `TypeError` when the task is built, and its message names neither
the parameter nor the task that was to get it. In a branch that no test takes, that happens in production.

## What is left alone

- A value that the text does not show, and one of which only some alternatives are wrong: a variable that another branch sets right.
- `self.x` whose expected type is a base of the one that is wanted, and two expected types that one class of the project both has.
- A parameter class of the project that judges its values by itself, protocols, and classes whose bases are not all known.
- Code that demands or handles the error: `with pytest.raises(TypeError):`.

## See also

`GK101` for a parameter that takes every task, `GK102` for an annotation that says otherwise than the expected type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts
from gokart_lint.project.classes import Class
from gokart_lint.rules.registry import Report, rule
from gokart_lint.wiring.arguments import Given, arguments_of
from gokart_lint.wiring.constructions import constructions
from gokart_lint.wiring.defaults import is_certain
from gokart_lint.wiring.expected_errors import is_expected_to_fail
from gokart_lint.wiring.refusals import expected, refused, unwritable
from gokart_lint.wiring.signatures import is_decided, parameters_of
from gokart_lint.wiring.telling import builder, short
from gokart_lint.wiring.values import evaluate

if TYPE_CHECKING:
    from gokart_lint.facts import Expression
    from gokart_lint.project.module import Module
    from gokart_lint.project.parameters import Parameter
    from gokart_lint.settings import Settings
    from gokart_lint.wiring.alternatives import Alternatives
    from gokart_lint.wiring.constructions import Construction

BAD = """\
import gokart


class LoadWine(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['red', 'white'])


class LoadBeer(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['stout', 'lager'])


class CountWine(gokart.TaskOnKart[int]):
    wine: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter(expected_type=LoadWine)

    def run(self):
        self.dump(len(self.load(self.wine)))


class WinePipeline(gokart.TaskOnKart[int]):
    def requires(self):
        source = LoadBeer()
        return CountWine(wine=source)

    def run(self):
        self.dump(self.load())
"""

GOOD = BAD.replace('source = LoadBeer()', 'source = LoadWine()')


@rule('GK103', 'wrong-task')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The arguments of constructions that gokart refuses for a task parameter."""
    for site in constructions(module.project).sites(module):
        for report in (*_given(site), *_cloned(site)):
            if not is_expected_to_fail(site[0].call.at, site[0].view.place):
                yield report


def _given(site: tuple[Construction, ...]) -> Iterator[Report]:
    if not any(_task_parameters(made) for made in site):
        return
    for given in arguments_of(site[0]).named:
        why = [_why(made, given, alone=len(site) == 1) for made in site]
        if why and None not in why:
            yield Report(given.at, str(why[0]))


def _cloned(site: tuple[Construction, ...]) -> Iterator[Report]:
    """What `task.clone(...)` copies without being told."""
    made = site[0]
    if len(site) > 1 or not made.is_clone or made.unpacks:
        return
    for name, parameter in _task_parameters(made).items():
        value = None if made.argument(name) else made.given(name)
        if value is not None and (why := _judged(made, parameter, value)) is not None:
            yield Report(made.call.at, why)


def _task_parameters(made: Construction) -> dict[str, Parameter]:
    if not isinstance(made.cls, Class):
        return {}
    return {name: each for name, each in parameters_of(made.cls).items() if each.holds_tasks and _is_meant(made, each)}


def _is_meant(made: Construction, parameter: Parameter) -> bool:
    """Whether every task that a call may build has this very parameter."""
    if not isinstance(made.cls, Class) or not is_certain(parameter) or not is_decided(made.cls, parameter):
        return False
    return made.exact or all(each.parameters.get(parameter.name) is parameter for each in made.cls.subclasses)


def _why(made: Construction, given: Given, *, alone: bool) -> str | None:
    parameter = _task_parameters(made).get(given.name)
    if parameter is None:
        return None
    node = given.argument.value
    if given.argument.keyword is None or not alone:
        return _judged(made, parameter, given.value)
    if parameter.is_task_list and parameter.significant is True and (what := unwritable(node, made.view)) is not None:
        reason = 'gokart cannot write it into the key of the task, and raises TypeError; pass a list or a tuple'
        return f'{builder(made.view.place)} passes {what} for {_name(made, parameter)}: {reason}'
    found = (_judged(made, parameter, evaluate(arm, made.view)) for arm in _arms(node))
    return next((why for why in found if why is not None), None)


def _arms(node: Expression) -> Iterator[Expression]:
    if isinstance(node, facts.Conditional):
        yield from _arms(node.then)
        yield from _arms(node.otherwise)
    else:
        yield node


def _judged(made: Construction, parameter: Parameter, value: Alternatives) -> str | None:
    wanted = expected(parameter)
    what = None if wanted is None else refused(value, wanted, many=parameter.is_task_list)
    if wanted is None or what is None:
        return None
    tasks = f'tasks of {short(wanted)}' if parameter.is_task_list else short(wanted)
    right = f'a list of {short(wanted)} tasks' if parameter.is_task_list else f'a task of {short(wanted)}'
    return (
        f'{builder(made.view.place)} passes {what} for {_name(made, parameter)}, which expects {tasks}: '
        f'gokart raises TypeError when it is built; pass {right}, or change what is expected'
    )


def _name(made: Construction, parameter: Parameter) -> str:
    return f'{short(made.cls)}.{parameter.name}'
