"""What tasks and values are called in a message.

Never by their own repr: gokart's asks for unique ids, so for `requires()` of everything below, and does not end on a cycle
(gokart.task.TaskOnKart._get_task_string, gokart 1.12.2). A repr of the project's own may do anything.
"""

from __future__ import annotations

import datetime
import enum
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from gokart_lint.vocabulary import TASK_ON_KART_PARAMETERS
from pytest_gokart.wording import with_article

_SHOWN = 3  # parameters of a task
_LONGEST = 32  # characters of a value
_LONGEST_CONTENTS = 80  # of a list or a dict
_LONGEST_TEXT = 400  # characters of an exception's text
_BITS = 128


def label(task: Any) -> str:
    """A task by its class and the first few of its own plain values: `Load(name='red')`."""
    name = type(task).__name__
    shown = [f'{key}={text}' for key, value in _own_values(task) if (text := plain(value))]
    return f'{name}({", ".join(shown[:_SHOWN])}{", ..." if len(shown) > _SHOWN else ""})' if shown else name


def _own_values(task: Any) -> Iterator[tuple[str, object]]:
    values = vars(task).get('param_kwargs') or {}
    for name, parameter in type(task).get_params():
        if name in values and name not in TASK_ON_KART_PARAMETERS and not name.startswith('_') and parameter.significant:
            yield name, values[name]


def written_name(cls: type, name: str) -> str:
    """A private parameter as its class writes it, `__version` for `_Load__version`; '' for one that is not private."""
    for base in cls.__mro__:
        prefix = f'_{base.__name__.lstrip("_")}__'
        if name.startswith(prefix):
            return f'__{name.removeprefix(prefix)}'
    return ''


def plain(value: object) -> str:
    """The text of a plain value, cut; '' for a value that has none."""
    if value is None or type(value) in (bool, float):
        return repr(value)
    if type(value) is int:
        return repr(value) if value.bit_length() <= _BITS else f'a number of {value.bit_length()} bits'
    if type(value) is str:
        return repr(value) if len(value) <= _LONGEST else f'{value[:_LONGEST]!r}...'
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return f'{type(value).__name__}.{value.name}'
    return ''


def shown(value: object) -> str:
    """A value for a reader who wants to see it: what is short and made of plain values is written out."""
    import luigi

    text = '' if isinstance(value, luigi.Task) else _contents(value)
    return text if 0 < len(text) <= _LONGEST_CONTENTS else plain(value) or described(value)


def _contents(value: object) -> str:
    if isinstance(value, Mapping):
        parts = [f'{_contents(key)}: {_contents(each)}' for key, each in value.items() if _contents(key) and _contents(each)]
        return f'{{{", ".join(parts)}}}' if len(parts) == len(value) else ''
    if type(value) in (list, tuple):
        parts = [_contents(each) for each in cast('tuple[object, ...]', value)]
        if not all(parts):
            return ''
        return f'[{", ".join(parts)}]' if type(value) is list else f'({", ".join(parts)}{"," if len(parts) == 1 else ""})'
    import luigi
    from luigi.date_interval import DateInterval

    if isinstance(value, luigi.Task):
        return label(value)
    return str(value) if isinstance(value, (datetime.timedelta, DateInterval)) else plain(value)


def described(value: object) -> str:
    """A value as a noun: `None`, `the class Load`, `the task Load(name='red')`, `a generator`."""
    import luigi

    if isinstance(value, type):
        return f'the class {value.__name__}'
    if isinstance(value, luigi.Task):
        return f'the task {label(value)}'
    if isinstance(value, luigi.Parameter):
        return f'a {type(value).__name__} itself'
    if isinstance(value, types.GeneratorType):
        return 'a generator'
    if isinstance(value, (list, tuple, set, frozenset, dict)):
        return f'a {type(value).__name__}' if value else f'an empty {type(value).__name__}'
    if isinstance(value, types.FunctionType):
        return f'the function {value.__name__}'
    text = plain(value)
    if isinstance(value, str):
        return f'the text {text}' if text else 'a text'
    return text or with_article(type(value).__name__)


def text_of(error: BaseException) -> str:
    """`ValueError: what it says`, on one line and cut. Its own text may fail to be made."""
    import luigi

    if any(isinstance(each, luigi.Task) for each in error.args):
        said = ', '.join(described(each).removeprefix('the task ') for each in error.args)
    else:
        said = ' '.join(_safely(lambda: str(error)).split())
    said = said if len(said) <= _LONGEST_TEXT else f'{said[:_LONGEST_TEXT]}...'
    return f'{type(error).__name__}: {said}' if said else type(error).__name__


def _safely(make: Callable[[], str]) -> str:
    try:
        return make()
    except Exception:
        return ''
