"""Tasks whose results nobody reads again, so that none of them can be stale."""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence

from gokart_lint import facts
from gokart_lint.project.classes import Class
from gokart_lint.project.parameters import Parameter
from gokart_lint.project.symbols import Library
from gokart_lint.staleness.targets import Default

_RERUN = 'rerun'
_CHECK = 'serialized_task_definition_check'
_EVER_NEW = frozenset(
    {'datetime.datetime.now', 'datetime.datetime.utcnow', 'datetime.datetime.today', 'time.time', 'uuid.uuid1', 'uuid.uuid4'}
)


def never_cached(task: Class, cache_off: Sequence[str]) -> str | None:
    """Why a task runs every time, if it does; `cache_off` are the names of parameters that are there to say so."""
    for each in task.ancestors:
        if isinstance(each, Class) and _RERUN in each.own_attributes:
            if _is_true(each.own_attributes[_RERUN].value):
                return f'{_RERUN} is on, so it runs every time'
            break
    for parameter in task.parameters.values():
        if parameter.significant and (any(fnmatch.fnmatchcase(parameter.name, each) for each in cache_off) or _is_ever_new(parameter)):
            return f'{parameter.name} is another one in every process, and so is the key'
    return None


def keyed_by_code(task: Class) -> bool:
    """Whether the text of a task's methods is part of its key."""
    giver = next((each for each in task.ancestors if isinstance(each, Class) and _CHECK in each.own_attributes), None)
    return giver is not None and _is_true(giver.own_attributes[_CHECK].value)


def _is_true(value: facts.Expression | None) -> bool:
    given = value.keyword('default') if isinstance(value, facts.Call) else None
    truth = value if given is None else given.value
    return isinstance(truth, facts.Constant) and truth.value is True


def _is_ever_new(parameter: Parameter) -> bool:
    value = Default(parameter).value
    while isinstance(value, facts.Call):
        symbol = parameter.owner.resolve(value.function)
        if isinstance(symbol, Library) and symbol.name in _EVER_NEW:
            return True
        value = value.arguments[0].value if value.arguments else None
    return False
