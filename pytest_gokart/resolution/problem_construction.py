"""Why a task could not be built, in words that name the task, the parameter and what to write instead.

luigi's and gokart's own messages name neither the parent nor, for a wrong type, the parameter (luigi 3.8.1, gokart 1.12.2). What is
wrong is found again from the class and its arguments, so nothing hangs on the wording of those messages.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from gokart_lint.vocabulary import TASK_ON_KART_PARAMETERS
from pytest_gokart.isolation.isolating import BlockedError
from pytest_gokart.resolution import places
from pytest_gokart.resolution.births import Failure
from pytest_gokart.resolution.labels import described, plain, text_of, written_name
from pytest_gokart.resolution.mending import meant_by
from pytest_gokart.resolution.problem_configuration import refused_by_configuration
from pytest_gokart.resolution.problem_values import refused_values
from pytest_gokart.resolution.problems import Finding
from pytest_gokart.values import Step


def explained(failure: Failure, parent: Any = None) -> Iterator[Finding]:
    """All that is wrong with one construction, in the `requires()` of `parent` if there is one."""
    found = list(_found(failure, parent)) or [_unexplained(failure)]
    step = Step(failure.task_class.__name__, failure.at)
    for finding in found:
        yield finding._replace(at=finding.at or failure.at, step=step)


def _found(failure: Failure, parent: Any) -> Iterator[Finding]:
    cls, error = failure.task_class, failure.error
    if cls.__abstractmethods__ and isinstance(error, TypeError):
        names = ', '.join(f'{name}()' for name in sorted(cls.__abstractmethods__))
        yield Finding(
            'abstract', f'{cls.__name__} is abstract and cannot be built: {names} is missing\nBuild a class that derives from it.'
        )
        return
    if _is_endless(error):
        yield Finding(
            'endless', f'building {cls.__name__} does not end: its construction builds tasks that build it again, or too deep a tree'
        )
        return
    misplaced = _positional(failure, parent)
    meant = _meant_by_position(cls, failure.args, failure.kwargs) if misplaced else []
    wrong_names = [*_unknown(failure), *misplaced, *_missing(failure, meant)]
    yield from wrong_names
    if not wrong_names:
        yield from refused_by_configuration(cls, failure.kwargs, error)
        if places.raised_at(error) is None or not _by_init(failure):
            yield from refused_values(cls, given_to(cls, failure.args, failure.kwargs))


def given_to(cls: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments by the name of their parameter (luigi.Task.get_param_values)."""
    return dict(zip(_positional_names(cls), args, strict=False)) | dict(kwargs)


def _unknown(failure: Failure) -> Iterator[Finding]:
    from luigi.parameter import UnknownParameterException

    if not isinstance(failure.error, UnknownParameterException):
        return
    cls = failure.task_class
    names = [name for name, _ in cls.get_params()]
    for name in failure.kwargs:
        if name not in names:
            yield _unknown_name(cls, name, names, failure.kwargs)


def _unknown_name(cls: Any, name: str, names: list[str], given: Mapping[str, Any]) -> Finding:
    import luigi

    written = inspect.getattr_static(cls, name, None)
    if isinstance(written, tuple) and any(isinstance(each, luigi.Parameter) for each in written):
        return trailing_comma(cls, name)
    if isinstance(written, type) and issubclass(written, luigi.Parameter):
        message = f'{cls.__name__}.{name} is the class {written.__name__} itself, so {cls.__name__} has no parameter {name!r}'
        return Finding('unknown', f'{message}\nWrite {written.__name__}().', places.of_attribute(cls, name))
    meant = meant_by(name, [each for each in names if each not in TASK_ON_KART_PARAMETERS], given) or meant_by(name, names, given)
    hint = f'Did you mean {meant!r}?' if meant else _own_parameters(cls, names)
    return Finding('unknown', f'{cls.__name__} has no parameter {name!r}\n{hint}')


def trailing_comma(cls: Any, name: str) -> Finding:
    message = f'{cls.__name__}.{name} is a tuple that holds a parameter: remove the comma behind it'
    return Finding('comma', message, places.of_attribute(cls, name))


def _own_parameters(cls: Any, names: list[str]) -> str:
    own = [repr(name) for name in names if name not in TASK_ON_KART_PARAMETERS]
    return f'Its parameters are {", ".join(own)}.' if own else 'It has no parameters of its own.'


def _missing(failure: Failure, by_position: list[str]) -> Iterator[Finding]:
    """Parameters without a value; those that a positional argument was meant for are said with it."""
    from luigi.parameter import MissingParameterException, UnknownParameterException

    error, cls = failure.error, failure.task_class
    if not isinstance(error, (MissingParameterException, UnknownParameterException)):
        return
    names = [name for name, _ in cls.get_params()]
    given = given_to(cls, failure.args, failure.kwargs)
    meant = {meant_by(name, names, given) for name in failure.kwargs if name not in names}
    missing = [
        name for name, parameter in cls.get_params() if name not in given and name not in meant and not _has_value(cls, name, parameter)
    ]
    said = [name for name in missing if f"requires the '{name}' parameter" in str(error)]
    if not _is_luigis(cls.get_param_values):
        missing = said  # gokart.config_params.inherits_config_params fills more in, and only then looks what is missing
    parameters = dict(cls.get_params())
    for name in missing:
        if name not in by_position:
            private = written_name(cls, name)
            what = f'private parameter {private!r}, which has no default' if private else f'parameter {name!r}'
            yield Finding('missing', f'{cls.__name__} is built without its {what}\n{_ways_to_give(cls, name, parameters[name])}')


def _ways_to_give(cls: Any, name: str, parameter: Any) -> str:
    """A task is passed; no line of a configuration holds one, and a default would be built at import."""
    import gokart

    if written := written_name(cls, name):
        section = f'section [{cls.get_task_family()}] of the luigi configuration'
        return f'Nothing outside of the class can pass {written}: give it a default (or set {name} in {section}).'
    if isinstance(parameter, (gokart.TaskInstanceParameter, gokart.ListTaskInstanceParameter)):
        return f'Pass {name}=...'
    return f'Pass {name}=..., give it a default, or set it in section [{cls.get_task_family()}] of the luigi configuration.'


def _has_value(cls: Any, name: str, parameter: Any) -> bool:
    try:
        return bool(parameter.has_task_value(cls.get_task_family(), name))
    except Exception:
        return True  # there is one, and what is wrong with it is said elsewhere


def _is_luigis(method: Any) -> bool:
    import luigi

    return method.__func__ is luigi.Task.get_param_values.__func__  # type: ignore[attr-defined]


def _positional(failure: Failure, parent: Any) -> list[Finding]:
    from luigi.parameter import DuplicateParameterException, MissingParameterException, UnknownParameterException

    cls, args, error = failure.task_class, failure.args, failure.error
    if not isinstance(error, (DuplicateParameterException, UnknownParameterException, MissingParameterException)):
        return []
    is_refused = isinstance(error, DuplicateParameterException) or len(args) > len(_positional_names(cls))
    finding = positional(cls, args, failure.kwargs, None if is_refused else parent)
    return [finding] if finding else []


def positional(cls: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any], parent: Any) -> Finding | None:
    """A positional argument goes to the parameter that was made first, and those of gokart.TaskOnKart were made before all others.

    The workspace of `parent`, handed on by position, is meant.
    """
    landed = list(zip(_positional_names(cls), args, strict=False))
    if not landed or landed[0][0] not in TASK_ON_KART_PARAMETERS:
        return None
    if parent is not None and all(_is_handed_on(value, getattr(parent, name, None)) for name, value in landed):
        return None
    listed = ', '.join(f'{described(value)} in {name!r}' for name, value in landed)
    meant = ', '.join(f'{name}=...' for name in _meant_by_position(cls, args, kwargs))
    hint = f'Write {cls.__name__}({meant}).' if meant else f'{cls.__name__} takes nothing of its own.'
    return Finding('positional', f'a positional argument of {cls.__name__} lands in a parameter of gokart: {listed}\n{hint}')


def _is_handed_on(value: object, parents: object) -> bool:
    return value is parents or (type(value) is type(parents) and value == parents)


def _positional_names(cls: Any) -> list[str]:
    return [name for name, parameter in cls.get_params() if parameter.positional]


def _meant_by_position(cls: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> list[str]:
    """The parameters of the task's own that its positional arguments were meant for."""
    own = [name for name in _positional_names(cls) if name not in TASK_ON_KART_PARAMETERS and name not in kwargs]
    return own[: len(args)]


def _is_endless(error: BaseException | None) -> bool:
    """luigi wraps whatever the look-up of a default raises, also RecursionError (luigi.Task.get_param_values)."""
    while error is not None:
        if isinstance(error, RecursionError):
            return True
        error = error.__cause__
    return False


def _by_init(failure: Failure) -> bool:
    """Whether the exception came from an `__init__` of the project's own, and not out of luigi below it."""
    innermost = [frame.f_code.co_filename for frame, _ in places.frames(failure.error)][-1:]
    return bool(innermost) and places.is_projects_own(innermost[0])


def _unexplained(failure: Failure) -> Finding:
    cls, at = failure.task_class, places.raised_at(failure.error)
    if isinstance(failure.error, BlockedError):
        return Finding('run', str(failure.error), at)
    passed = [frame.f_code for frame, _ in places.frames(failure.error)]
    by_project = [code for code in passed if code.co_name != 'requires' and places.is_projects_own(code.co_filename)]
    own_init = bool(by_project) and any(code.co_name == '__init__' for code in by_project)
    where = f'{cls.__name__}.__init__() raises' if own_init else f'{cls.__name__} cannot be built:'
    values = ', '.join(f'{name}={plain(value)}' for name, value in failure.kwargs.items() if plain(value))
    return Finding('construction', f'{where} {text_of(failure.error)}' + (f'\nIt was given {values}.' if values else ''), at)
