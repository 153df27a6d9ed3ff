"""What to write in code for a text that a parameter would read from a file or the command line, and takes no other way."""

from __future__ import annotations

import datetime
import enum
import warnings
from typing import Any

from pytest_gokart.resolution.labels import text_of

_AS_CODE = (int, float, datetime.date, datetime.datetime, datetime.timedelta)
_LIBRARIES = ('gokart', 'luigi')


def instead(parameter: Any, value: object) -> str:
    """The next step: `Write datetime.date(2020, 1, 1).`, or the members that there are; '' if nothing is known."""
    if type(parameter).__module__.partition('.')[0] not in _LIBRARIES:
        return ''  # parse() of the project's own may do anything
    if isinstance(value, str) and (code := _as_code(_read(parameter, value))):
        return f'Write {code}.'
    members = getattr(parameter, '_enum', None)
    if isinstance(members, type) and issubclass(members, enum.Enum):
        return f'Write {" or ".join(map(_as_code, list(members)[:5]))}.'
    return ''


def refusal(parameter: Any, error: BaseException) -> str:
    """Why a parameter takes no text: luigi writes choices as a set, in another order in each process."""
    import luigi

    if isinstance(parameter, luigi.ChoiceParameter) and isinstance(error, ValueError):
        return f'its choices are {", ".join(sorted(map(repr, parameter._choices)))}'
    return text_of(error)


def _read(parameter: Any, value: str) -> object:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            return parameter.parse(value)
    except Exception:
        return None


def _as_code(value: object) -> str:
    if isinstance(value, enum.Enum):
        return f'{type(value).__name__}.{value.name}'
    return repr(value) if type(value) in _AS_CODE else ''
