"""Which task's method a frame is that of: what a reader wants to hear of first, above what gokart and luigi did around it."""

from __future__ import annotations

import traceback
from types import FrameType

_NOT_THE_PROJECT = frozenset({'gokart', 'luigi', 'pytest_gokart'})


def calling(frame: FrameType | None) -> str | None:
    """The nearest method of a task in the project's own code, from a frame outwards: `Train.requires`."""
    while frame is not None:
        method = _method(frame)
        if method is not None:
            return method
        frame = frame.f_back
    return None


def raising(error: BaseException) -> str | None:
    """The innermost method of a task in the project's own code that an exception came through."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return next((method for frame in reversed(frames) if (method := _method(frame)) is not None), None)


def _method(frame: FrameType) -> str | None:
    """By its first argument, which a function beside the tasks may have too, under another name."""
    import luigi

    code = frame.f_code
    if not code.co_argcount or frame.f_globals.get('__name__', '').partition('.')[0] in _NOT_THE_PROJECT:
        return None
    name = code.co_varnames[0]
    first = frame.f_locals.get(name)
    cls = first if isinstance(first, type) else type(first)
    if issubclass(cls, luigi.Task) and (name in ('self', 'cls') or hasattr(cls, code.co_name)):
        return f'{cls.__name__}.{code.co_name}'
    return None
