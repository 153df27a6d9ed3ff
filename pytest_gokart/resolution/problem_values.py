"""Values that a parameter refuses: the wrong task, no task, the wrong element, what no key can be made of, a default of the wrong type."""

from __future__ import annotations

import types
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pytest_gokart.resolution import places
from pytest_gokart.resolution.labels import described, text_of
from pytest_gokart.resolution.problems import Finding
from pytest_gokart.resolution.text_values import instead, refusal
from pytest_gokart.wording import with_article

_CALLABLE = (types.FunctionType, types.BuiltinFunctionType, types.MethodType)


class _Given(NamedTuple):
    """A value for a parameter, as it was given or as its default is written."""

    cls: Any
    name: str
    parameter: Any
    value: Any
    is_default: bool

    def finding(self, kind: str, why: str, hint: str = '') -> Finding:
        """At the definition if the default is to blame; else where the task was built."""
        at = places.of_attribute(self.cls, self.name) if self.is_default else None
        default, given = f'the default of {self.cls.__name__}.{self.name} is', f'{self.cls.__name__}.{self.name} is given'
        message = f'{default if self.is_default else given} {described(self.value)}: {why}'
        return Finding(kind, f'{message}\n{hint}' if hint else message, at)


def refused_values(cls: Any, given: Mapping[str, Any]) -> Iterator[Finding]:
    """What luigi.Task.__init__ refuses of these arguments and of the defaults behind them: normalising, the check of the type, the key."""
    from luigi.parameter import ParameterVisibility, _no_value

    for name, parameter in cls.get_params():
        value = given.get(name, parameter._default)
        if value is not _no_value:
            in_key = parameter.significant and parameter.visibility == ParameterVisibility.PUBLIC
            finding = _refused(_Given(cls, name, parameter, value, name not in given), in_key)
            if finding is not None:
                yield finding


def _refused(given: _Given, in_key: bool) -> Finding | None:
    parameter = given.parameter
    try:
        normal = parameter.normalize(given.value)
    except Exception as error:
        return _abnormal(given, error)
    normal = tuple(normal) if isinstance(normal, (list, set)) else normal
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            parameter._warn_on_wrong_param_type(given.name, normal)
    except Exception as error:
        return _wrong_type(given, error)
    try:
        if in_key:
            parameter.serialize(normal)
    except Exception as error:
        return _without_text(given, error)
    return None


def _abnormal(given: _Given, error: Exception) -> Finding:
    import luigi

    kind = 'default' if given.is_default else 'value'
    if isinstance(given.parameter, luigi.ChoiceParameter):
        return given.finding(kind, refusal(given.parameter, error))
    hint = (
        'A function is not called here: write its result, or pass the value in.'
        if isinstance(given.value, _CALLABLE)
        else instead(given.parameter, given.value)
    )
    return given.finding(kind, f'no value of {with_article(type(given.parameter).__name__)} ({text_of(error)})', hint)


def _wrong_type(given: _Given, error: Exception) -> Finding:
    import gokart

    if isinstance(given.parameter, gokart.TaskInstanceParameter):
        return _no_such_task(given, given.parameter.expected_type)
    if isinstance(given.parameter, gokart.ListTaskInstanceParameter):
        return _no_such_list(given, given.parameter.expected_elements_type)
    return given.finding('type', text_of(error))


def _no_such_task(given: _Given, expected: type) -> Finding:
    value, why = given.value, f'the parameter takes {_task_of(expected)}'
    if given.is_default:
        return given.finding('type', why, 'Leave the default out.' if value is None else '')
    if isinstance(value, type):
        return given.finding('type', why, f'Build it: {value.__name__}(...).')
    if isinstance(value, (list, tuple)):
        return given.finding('type', why, 'Pass one task, or declare a gokart.ListTaskInstanceParameter().')
    if type(value).__name__ == expected.__name__:
        return given.finding('type', why, f'They are two classes: {_full(type(value))} and {_full(expected)}.')
    return given.finding('type', why)


def _no_such_list(given: _Given, expected: type) -> Finding:
    import luigi

    value, why = given.value, f'the parameter takes a list, each element {_task_of(expected)}'
    if isinstance(value, luigi.Task):
        return given.finding('type', why, 'Write [...] around it.')
    if isinstance(value, dict):
        return given.finding('type', why, 'Pass the list of its values.')
    if not isinstance(value, (list, tuple)):
        return given.finding('type', why, '' if value is None or isinstance(value, (str, type)) else 'Write list(...) around it.')
    wrong = [f'element {number} is {described(each)}' for number, each in enumerate(value) if not isinstance(each, expected)]
    return given.finding('type', f'{why}, and {", ".join(wrong[:3])}')


def _without_text(given: _Given, error: Exception) -> Finding:
    import gokart

    value = given.value
    if isinstance(given.parameter, gokart.ListTaskInstanceParameter) and not isinstance(value, (list, tuple)):
        return _no_such_list(given, given.parameter.expected_elements_type)
    part = _unwritable(value)
    holding = f'it holds {described(part)}, which' if part is not None and part is not value else 'it'
    plain = 'Pass plain values; for a task declare a gokart.TaskInstanceParameter, for an object a gokart.SerializableParameter.'
    hint = instead(given.parameter, value) or plain
    return given.finding('key', f'{holding} cannot be written into the key of the task ({text_of(error)})', hint)


def _unwritable(value: Any) -> Any:
    """The first part of a value that JSON has no form for."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else None
    if parts is not None:
        return next((found for each in parts if (found := _unwritable(each)) is not None), None)
    return None if value is None or isinstance(value, (str, int, float)) else value


def _task_of(expected: type) -> str:
    return 'a task' if expected.__name__ == 'TaskOnKart' else f'a task of class {expected.__name__}'


def _full(cls: type) -> str:
    return f'{cls.__module__}.{cls.__qualname__}'
