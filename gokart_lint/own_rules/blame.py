"""Which line of an own rule is to blame for an error."""

from __future__ import annotations

import importlib
import os
import traceback

_OURS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), '')


def place_in(error: BaseException) -> str:
    """` (file:line)`: the last line on the way to the error that is neither ours nor Python's machinery of imports; '' without one."""
    if isinstance(error, SyntaxError):  # its text says where
        return ''
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith(('<', _OURS)) and frame.filename != importlib.__file__
    ]
    return f' ({frames[-1].filename}:{frames[-1].lineno})' if frames else ''
