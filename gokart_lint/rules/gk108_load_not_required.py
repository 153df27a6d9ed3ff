"""A task that is loaded without being required.

## What it does

Reports `self.load(self.x)` (also `load_generator`, `self.x` in a list that is loaded, by another name, and `self.load(x)` for each `x`
of `self.xs` in turn), where `x` is a task parameter and `requires()` gives known tasks among which `self.x` is not.

`requires()` is known if everything that it takes from the task is a parameter, and everything that it calls is a task class, a method
of the class that is known in the same way, or one of Python's own containers. Each concrete class is judged with the `requires()` that it
really has, that of `@requires` of `luigi.util` too.

## Why is this bad

gokart (1.12, `TaskOnKart._get_input_targets`) looks for the task among those that `requires()` gives, and fails with AssertionError
when the task runs. Nothing made sure before that its result is there.

## What is left alone

- A class without a `requires()`: gokart requires every task parameter by itself. So do `super().requires()` and
  `self.make_task_instance_dictionary()`.
- A `requires()` that builds a task of the class that the parameter expects, or of the class that the project passes for it: it may be
  the same task.
- A class with a `load()` of its own, or with a base or decorator that is not known; abstract tasks.
- A `requires()` that gives a list of tasks from a parameter which may hold this one too.
- `self.x` that a method assigns anew, and a load inside `try`.

## Fix

Add the task to `requires()`, or remove `requires()` if it only lists task parameters.

## See also

`GK107` for a key that no dependency stands under, `GK106` for a task parameter that nothing reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.passing import built, taken
from gokart_lint.project.attributes import assigned_to_self
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import Library
from gokart_lint.rules.registry import Report, rule
from gokart_lint.walking import everything, flattened
from gokart_lint.wiring.alternatives import Alternatives, Instance, Row, Table, elements, is_task_class
from gokart_lint.wiring.annotations import is_unrelated
from gokart_lint.wiring.constructions import constructions
from gokart_lint.wiring.loaded_parameters import loaded_parameters
from gokart_lint.wiring.requirements import giver, requirement

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.project.parameters import Parameter
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class LoadWine(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['red', 'white'])


class LoadBeer(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['stout', 'lager'])


class CountDrinks(gokart.TaskOnKart[int]):
    wine: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter(expected_type=LoadWine)
    beer: gokart.TaskInstanceParameter[LoadBeer] = gokart.TaskInstanceParameter(expected_type=LoadBeer)

    def requires(self):
        return self.wine

    def run(self):
        self.dump(self._count(self.load(self.wine), self.load(self.beer)))

    @staticmethod
    def _count(wine: list[str], beer: list[str]) -> int:
        return len(wine) + len(beer)
"""

GOOD = """\
import gokart


class LoadWine(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['red', 'white'])


class LoadBeer(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['stout', 'lager'])


class CountDrinks(gokart.TaskOnKart[int]):
    wine: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter(expected_type=LoadWine)
    beer: gokart.TaskInstanceParameter[LoadBeer] = gokart.TaskInstanceParameter(expected_type=LoadBeer)

    def requires(self):
        return [self.wine, self.beer]

    def run(self):
        self.dump(self._count(self.load(self.wine), self.load(self.beer)))

    @staticmethod
    def _count(wine: list[str], beer: list[str]) -> int:
        return len(wine) + len(beer)
"""


@rule('GK108', 'load-not-required')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The task parameters that a method of the module loads, and some concrete class does not require."""
    for owner in module.classes:
        for method in owner.own_methods.values():
            if b'load' not in method.function.code or not method.self_name:
                continue
            for name, node in loaded_parameters(method):
                heirs = [each for each in owner.downwards() if each.is_task and each.method(method.function.name) is method]
                failing = next((each for each in heirs if _is_missing(each, name)), None)
                if failing is not None and not _is_template(failing, name):
                    yield Report(node.at, _message(failing, method, name))


def _message(each: Class, method: Method, name: str) -> str:
    who = f'{method.owner.name}.{method.function.name}' + ('' if method.owner is each else f' of {each.name}')
    return f'{who} loads self.{name}, which requires() does not give: add self.{name} to requires(), or gokart refuses to load it'


def _is_template(each: Class, name: str) -> bool:
    """Whether a class has its subclasses require what it loads itself."""
    return any(not _is_missing(heir, name) for heir in each.subclasses if not heir.is_abstract)


@remembered
def _is_missing(each: Class, name: str) -> bool:
    """Whether the tasks that a class requires are known, and the one in a parameter is surely none of them."""
    parameter = each.parameters.get(name)
    if parameter is None or not parameter.holds_tasks or each.is_abstract or not each.is_fully_known or each.may_be_rewritten:
        return False
    if any(each.method(how) is not None for how in (*vocabulary.LOADS, '_get_input_targets')) or not assigned_to_self(each).isdisjoint(
        (name, 'load', 'requires')
    ):
        return False
    classes = _required_classes(each, name)
    return classes is not None and all(_is_other(cls, parameter) for cls in classes)


def _required_classes(each: Class, name: str) -> list[Class | Library] | None:
    """The classes of the tasks that `requires()` builds, if it does not take a parameter and all else is known."""
    source = giver(each)
    if source is None:
        return None
    method = each.method('requires')
    if method is None or 'requires' not in source.own_methods or source.facts.decorators:
        return _of_instances(requirement(each))
    if not isinstance(method, Method) or method.owner is not source:
        return None
    found = taken(each, method)
    if found is None or name in found.attributes or not _gives_something(method) or _may_be_among(found.attributes, name, each):
        return None
    classes = [cls for cls in built(found) if cls is None or is_task_class(cls) or isinstance(cls, Class)]
    known = [cls for cls in classes if cls is not None and is_task_class(cls)]
    return known if len(known) == len(classes) == len(found.calls) else None


def _may_be_among(attributes: frozenset[str], name: str, each: Class) -> bool:
    """Whether a parameter that holds a list of tasks, and is required, may hold the task of another one too."""
    expected = _expected(each.parameters[name])
    lists = (each.parameters[attribute] for attribute in attributes if each.parameters[attribute].is_task_list)
    held = [_expected(other) for other in lists]
    return any(expected is None or other is None or not is_unrelated(expected, other) for other in held)


def _expected(parameter: Parameter) -> Class | Library | None:
    found = parameter.expected_class()
    return found if isinstance(found, (Class, Library)) and is_task_class(found) else None


def _gives_something(method: Method) -> bool:
    body = method.function.body
    returns = any(isinstance(each, facts.Return) and each.value is not None for each in flattened(body))
    return returns or any(isinstance(node, facts.Yield) for node in everything(body, nested=False))


def _of_instances(found: Alternatives) -> list[Class | Library] | None:
    """The classes of all tasks in a value; None if one of them is not known."""
    classes: list[Class | Library] = []
    for each in found:
        if isinstance(each, Instance) and each.exact:
            classes.append(each.cls)
            continue
        inner = (
            elements((each,))
            if isinstance(each, Row)
            else tuple(v for _, some in each.entries for v in some)
            if isinstance(each, Table)
            else None
        )
        more = None if inner is None else _of_instances(inner)
        if more is None:
            return None
        classes += more
    return classes


def _is_other(cls: Class | Library, parameter: Parameter) -> bool:
    """Whether a task of a class cannot be the one that a parameter holds."""
    expected = _expected(parameter)
    if expected is not None:
        if is_unrelated(cls, expected):
            return True
    elif parameter.expected_type is not None or parameter.may_expect_elsewhere:
        return False
    elif not _passed(parameter):
        return parameter.call.keyword('default') is None and parameter.call.positional(1) is None
    passed = _passed(parameter)
    return bool(passed) and all(isinstance(each, Instance) and is_unrelated(cls, each.cls) for each in passed)


def _passed(parameter: Parameter) -> list[object]:
    """Every task that the project passes for a parameter."""
    given = constructions(parameter.owner.module.project).given(parameter)
    return [each for some in given for one in some for each in (elements((one,)) if parameter.is_task_list else (one,))]
