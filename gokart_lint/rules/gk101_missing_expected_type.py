"""A task parameter that takes every task.

## What it does

Reports a `gokart.TaskInstanceParameter(...)` without `expected_type`, and a `gokart.ListTaskInstanceParameter(...)` without
`expected_elements_type`, in a class body. The type may be given by keyword or as the first positional argument; `None` is none.
A call of the project's own subclass of these classes counts too.

An annotation does not count: gokart (1.12, `TaskInstanceParameter._warn_on_wrong_param_type`) looks at `expected_type` alone when a task
is built, and an annotation is checked only where a type checker runs. A project that relies on one can say so with
`expected-type = "annotation"` in `[tool.gokart-lint]`: then an annotation that names a task class is enough.

## Why is this bad

Without an expected type any task is taken. Handing over the wrong one, or two of them swapped, is not an error when the pipeline is put
together; it becomes one hours later, when `run()` meets data of the wrong kind, or none at all, and a wrong result is cached under a key
that looks right.

## What is left alone

- `expected_type=gokart.TaskOnKart`: it says that every task is meant to be taken.
- A subclass of the parameter that passes an expected type itself, or that judges the tasks itself.
- `**options` and `functools.partial`, and a function that returns a parameter: what they pass is not in the text.

## Fix

Where the annotation names one task class, it becomes the expected type (safe, and left out if the project passes another class there).
Where there is no annotation, and every construction in the project passes a task of one class, that class does (unsafe: the project may
be used from elsewhere). The class must be known under a name at that line. `gokart.TaskOnKart` in an annotation means every task, so
nothing is proposed.

## See also

`GK102` for an annotation that says otherwise than the expected type.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from gokart_lint import vocabulary
from gokart_lint.facts import Span
from gokart_lint.findings import Edit, Fix
from gokart_lint.project.calls import Place
from gokart_lint.project.classes import Class
from gokart_lint.project.symbols import Library
from gokart_lint.rules.registry import Report, rule
from gokart_lint.wiring.alternatives import Instance, elements
from gokart_lint.wiring.annotations import Named, is_unrelated, named_in
from gokart_lint.wiring.constructions import constructions
from gokart_lint.wiring.naming import name_of
from gokart_lint.wiring.values import View, evaluate

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.project.parameters import Parameter
    from gokart_lint.settings import Settings
    from gokart_lint.wiring.alternatives import Alternatives

BAD = """\
import gokart


class LoadWine(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['red', 'white'])


class CountWine(gokart.TaskOnKart[int]):
    wine: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter()

    def run(self):
        self.dump(len(self.load(self.wine)))
"""

GOOD = """\
import gokart


class LoadWine(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['red', 'white'])


class CountWine(gokart.TaskOnKart[int]):
    wine: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter(expected_type=LoadWine)

    def run(self):
        self.dump(len(self.load(self.wine)))
"""


@rule('GK101', 'missing-expected-type', fixable='safe and unsafe')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The task parameters that no expected type is given."""
    seen: set[Span] = set()
    for each in module.classes:
        for parameter in each.own_parameters.values():
            if parameter.call.at in seen or not parameter.holds_tasks:
                continue
            if parameter.expected_type is None and not parameter.may_expect_elsewhere:
                named = named_in(parameter)
                if not (named and settings.expected_type == 'annotation'):
                    seen.add(parameter.call.at)
                    yield _report(parameter, named, settings)


class _Proposal(NamedTuple):
    """The class to expect, under its name at the declaration."""

    name: str
    safe: bool


def _report(parameter: Parameter, named: tuple[Named, ...], settings: Settings) -> Report:
    keyword = vocabulary.EXPECTED_TYPE_KEYWORD[parameter.library_class]
    proposal = _proposal(parameter, named)
    accepts, taken = ('tasks of every class', 'them') if parameter.is_task_list else ('every task', 'it')
    annotate = ', or annotate it with its class,' if settings.expected_type == 'annotation' else ''
    message = (
        f'{parameter.owner.name}.{parameter.name} accepts {accepts}: add {keyword}={proposal.name if proposal else "..."}{annotate} '
        f'so that no other task is taken for {taken}'
    )
    return Report(parameter.call.at, message, None if proposal is None else _fix(parameter, keyword, proposal))


# --- the class to expect ---


def _proposal(parameter: Parameter, named: tuple[Named, ...]) -> _Proposal | None:
    if not parameter.takes_keywords:
        return None
    return _from_annotation(parameter, named) if named else _from_wiring(parameter)


def _from_annotation(parameter: Parameter, named: tuple[Named, ...]) -> _Proposal | None:
    first = named[0]
    if len({each.symbol for each in named}) != 1 or any(each.many is not parameter.is_task_list for each in named):
        return None
    if not isinstance(first.symbol, (Class, Library)) or _is_every_task(first.symbol):
        return None
    name = name_of(first.symbol, parameter.owner, parameter.call.at, first.node)
    passed = (each for each in _passed(parameter) if isinstance(each, Instance))
    return None if name is None or any(is_unrelated(each.cls, first.symbol) for each in passed) else _Proposal(name, safe=True)


def _from_wiring(parameter: Parameter) -> _Proposal | None:
    passed = _passed(parameter)
    if not passed:
        return None
    classes = {each.cls if isinstance(each, Instance) else None for each in (*passed, *_by_default(parameter))}
    target = classes.pop()
    if classes or target is None or _is_every_task(target):
        return None
    name = name_of(target, parameter.owner, parameter.call.at)
    return None if name is None else _Proposal(name, safe=False)


def _passed(parameter: Parameter) -> Alternatives:
    """Every task that the project passes for the parameter."""
    return _tasks(parameter, constructions(parameter.owner.module.project).given(parameter))


def _by_default(parameter: Parameter) -> Alternatives:
    default = parameter.call.keyword('default') or parameter.call.positional(1)
    if default is None:
        return ()
    return _tasks(parameter, [evaluate(default.value, View(Place(parameter.owner.module, None, parameter.owner)))])


def _tasks(parameter: Parameter, given: Iterable[Alternatives]) -> Alternatives:
    return tuple(each for some in given for each in (elements(some) if parameter.is_task_list else some))


def _is_every_task(symbol: Class | Library) -> bool:
    return (symbol.full_name if isinstance(symbol, Class) else symbol.name) in (vocabulary.TASK_ON_KART, vocabulary.LUIGI_TASK)


# --- the text ---


def _fix(parameter: Parameter, keyword: str, proposal: _Proposal) -> Fix:
    source = 'its annotation says' if proposal.safe else 'every construction in the project passes'
    return Fix(f'Expect {proposal.name}, which {source}', (_edit(parameter, keyword, proposal.name),), proposal.safe)


def _edit(parameter: Parameter, keyword: str, name: str) -> Edit:
    """The class in place of a `None`, else the keyword in front of the other arguments, on a line of its own where they have theirs."""
    none, call = parameter.expected_type_argument, parameter.call
    if none is not None:
        return Edit(none.value.at, name)
    if not call.arguments:
        return Edit(_point(call.at.end_line, call.at.end_column - 1), f'{keyword}={name}')
    first, last = call.arguments[0], call.arguments[-1].at
    if first.keyword is None:
        return Edit(_point(last.end_line, last.end_column), f', {keyword}={name}')
    between = '\n' + ' ' * (first.at.column - 1) if first.at.line > call.function.at.end_line else ' '
    return Edit(_point(first.at.line, first.at.column), f'{keyword}={name},{between}')


def _point(line: int, column: int) -> Span:
    return Span(line, column, line, column)
