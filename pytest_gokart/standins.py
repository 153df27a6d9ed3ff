"""Tasks to be handed to a task whose inputs the test gives anyway: built from their class alone, never run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_gokart import declared
from pytest_gokart.shapes import WrongInputs

MARK = '_stands_in_for'  # two stand-ins of one class and the same values are still two tasks
_DEPTH = 20


def built(task_class: type, inputs: Any, parameters: Mapping[str, Any]) -> Any:
    """A task of the class: parameters that are tasks and have no value get stand-ins, plain ones without a value are asked for."""
    values = dict(parameters)
    missing = []
    for name, parameter in declared.missing(task_class, values).items():
        if _is_task_parameter(parameter):
            values[name] = _stand_ins(task_class, name, parameter, inputs)
        else:
            missing.append(name)
    if missing:
        example = ', '.join(f'{name}=...' for name in missing)
        raise WrongInputs(
            f'{task_class.__name__} has no value for {", ".join(missing)}: gokart_run({task_class.__name__}, inputs=..., {example})'
        )
    return task_class(**values)


def _is_task_parameter(parameter: Any) -> bool:
    import gokart

    return isinstance(parameter, gokart.TaskInstanceParameter | gokart.ListTaskInstanceParameter)


def _stand_ins(task_class: type, name: str, parameter: Any, inputs: Any, depth: int = 0) -> Any:
    """As many for a list as values are given. The annotation may say more than expected_type: the output() of the class tells the shape."""
    from pytest_gokart.sampling.hints import hinted_task
    from pytest_gokart.sampling.kinds import Wanted

    wanted = Wanted(parameter, name, task_class)
    elements = getattr(parameter, 'expected_elements_type', None)
    if elements is None:
        return _stand_in(hinted_task(wanted, parameter.expected_type), name, depth)
    own = inputs.get(name) if isinstance(inputs, Mapping) else inputs
    count = len(own) if isinstance(own, list | tuple) else 1
    return [_stand_in(hinted_task(wanted, elements), f'{name}[{index}]', depth) for index in range(count)]


def _stand_in(expected: Any, name: str, depth: int) -> Any:
    """Under the name of its class, whose section of the configuration it reads."""
    import gokart
    import luigi

    bare = expected in (gokart.TaskOnKart, luigi.Task)
    parent: Any = gokart.TaskOnKart if bare else expected
    title = ''.join(part.title() for part in name.partition('[')[0].split('_')) if bare else expected.__name__
    own = {'__module__': parent.__module__, '_visible_in_registry': False, '__repr__': _short, '__str__': _short, MARK: name}
    cls: Any = type(parent)(title, (parent,), own)
    cls.__abstractmethods__ = frozenset()
    try:
        values = {key: _value_for(cls, key, parameter, depth) for key, parameter in declared.missing(cls, {}).items()}
        return cls(**values)
    except Exception as error:
        reason = f'{type(error).__name__}: {error}'
        raise WrongInputs(
            f'no stand-in for {name} can be built from {expected.__name__} ({reason}): hand gokart_run a task, not a class'
        ) from error


def _short(task: Any) -> str:
    """gokart's repr asks requires(), and luigi makes one when the task is handed to another."""
    return f'<{type(task).__name__} in place of {getattr(task, MARK)}>'


def _value_for(cls: type, name: str, parameter: Any, depth: int) -> Any:
    from pytest_gokart.samples import Sampler
    from pytest_gokart.sources import Sources

    if depth > _DEPTH:
        raise RecursionError(f'{cls.__name__}.{name} wants a task that wants a task, without end')
    if _is_task_parameter(parameter):
        return _stand_ins(cls, name, parameter, None, depth + 1)
    return Sampler(Sources('')).sample(cls, name, parameter)
