"""Which task classes are pipelines: what somebody would run, as far as the text of the project shows it."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import Library
from gokart_lint.walking import statements
from gokart_lint.wiring.alternatives import Instance
from gokart_lint.wiring.constructions import constructions
from gokart_lint.wiring.values import View, evaluate
from pytest_gokart.finding.builders import Builders
from pytest_gokart.finding.templates import is_template
from pytest_gokart.values import Reason

if TYPE_CHECKING:
    from gokart_lint.project.parameters import Parameter

_GIVE_NO_TASK = frozenset({'builtins.dict', 'builtins.list', 'builtins.tuple', 'builtins.set'})


def reason_against(task: Class, patterns: Sequence[str], builders: Builders) -> Reason | None:
    """Why a task class is no pipeline; None if it is one: a concrete task that has the name of a pipeline, or that is a root.

    A root can be built without being handed a task, is built by no other task of the project, and its `requires()` yields tasks. A base
    that others derive from must be a root whatever it is called.
    """
    if is_template(task):
        return Reason.ABSTRACT
    if is_named(task, patterns) and not task.subclasses:
        return None
    if needs_task(task):
        return Reason.NEEDS_TASK
    if not yields_tasks(task):
        return Reason.REQUIRES_NONE
    return Reason.IS_BUILT if builders.build(task) else None


def is_named(task: Class, patterns: Sequence[str]) -> bool:
    """Whether one of some patterns means a class, by its name alone or, for a pattern with a dot, with its module."""
    return any(fnmatchcase(task.full_name if '.' in pattern else task.name, pattern) for pattern in patterns)


# --- what it is handed ---


def needs_task(task: Class) -> bool:
    """Whether a task parameter has no default."""
    return any(parameter.holds_tasks and not _has_default(parameter) for parameter in task.parameters.values())


def _has_default(parameter: Parameter) -> bool:
    """Whether the declaration gives a default: behind the expected type, or by keyword (gokart.parameter of gokart 1.12.2)."""
    return parameter.call.unpacks or (parameter.call.keyword('default') or parameter.call.positional(1)) is not None


# --- what it requires ---


@remembered
def yields_tasks(task: Class) -> bool:
    """Whether `requires()`, own or inherited, may yield a task; not if only a base that is not known could."""
    if any(_requires_by_decorator(each) for each in task.ancestors if isinstance(each, Class)):
        return True
    method = task.method('requires')
    if isinstance(method, Method):
        return not method.is_abstract and _gives_tasks(task, method)
    if method is None:
        return vocabulary.TASK_ON_KART in task.library_names and _holds_tasks(task)
    return any('requires' in each.own_attributes for each in task.ancestors if isinstance(each, Class))


def _requires_by_decorator(task: Class) -> bool:
    """Whether `@luigi.util.requires(...)` gives the class its requirements."""
    calls = (decorator for decorator in task.facts.decorators if isinstance(decorator, facts.Call))
    return any(task.resolve_header(each.function) == Library('luigi.util.requires') for each in calls)


def _gives_tasks(task: Class, method: Method) -> bool:
    """Whether a `requires()` may give tasks. One that builds them counts, even if it forgets to return them."""
    module, at = method.owner.module, method.function.at
    if any(at <= each.call.at and _ends(each.call.at) <= _ends(at) for each in constructions(module.project).in_module(module)):
        return True
    body = list(statements(method.function.body))
    if any(isinstance(each, facts.Evaluate) and isinstance(each.value, facts.Yield) for each in body):
        return True
    return any(isinstance(each, facts.Return) and _may_be_tasks(each.value, task, method) for each in body)


def _may_be_tasks(value: facts.Expression | None, task: Class, method: Method) -> bool:
    if value is None or isinstance(value, facts.Constant):
        return False
    if isinstance(value, facts.Collection):
        return bool(value.items)
    if isinstance(value, facts.Mapping):
        return bool(value.values)
    if not isinstance(value, facts.Call):
        return True
    symbol = method.owner.module.resolve(value.function, method.scope)
    if isinstance(symbol, Library) and symbol.name in _GIVE_NO_TASK:
        return bool(value.arguments)
    if isinstance(value.function, facts.Attribute) and value.function.name == 'requires' and isinstance(value.function.value, facts.Call):
        above = task.method('requires', behind=method.owner)  # `super().requires()`
        return _gives_tasks(task, above) if isinstance(above, Method) else above is not None
    return True


def _holds_tasks(task: Class) -> bool:
    """Whether an attribute is a task, so that gokart's own `requires()` finds it (gokart.task.TaskOnKart of gokart 1.12.2)."""
    if any(parameter.holds_tasks for parameter in task.parameters.values()):
        return True
    from gokart_lint.project.calls import Place

    for each in task.ancestors:
        if isinstance(each, Class):
            view = View(Place(each.module, None, each))
            values = (said.value for said in each.own_attributes.values() if said.value is not None)
            if any(isinstance(found, Instance) for value in values for found in evaluate(value, view)):
                return True
    return False


def _ends(at: facts.Span) -> tuple[int, int]:
    return at.end_line, at.end_column
