"""luigi configuration that the text of the project does not show, said so that a reader knows which line means what, and what to do."""

from __future__ import annotations

import linecache
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gokart_lint.project.configuration.calls import Unclear

_LONGEST = 80
_REASONS = {
    'the path is not shown': 'loads a luigi configuration file whose path is computed',
    'what is read is not shown': 'reads luigi configuration that is computed',
    'what is set is not shown': 'sets luigi configuration by names that are computed',
    "luigi's configuration is handed on": "hands luigi's configuration object on to other code",
}
_UNKNOWN = 'what it gives is unknown here'
_NEXT = "name the files in pytest's setting gokart_luigi_config"


def told(unclear: Unclear, root: str) -> str:
    """`flow.py:2: gokart.add_config(path) loads a luigi configuration file whose path is computed: ...`"""
    if not unclear.module:
        return f'{unclear.reason}: {_UNKNOWN}'
    place = f'{os.path.relpath(unclear.module, root).replace(os.sep, "/")}:{unclear.at.line}'
    if not unclear.module.endswith('.py'):  # a configuration file that cannot be read
        return f'{place}: {unclear.reason}: {_UNKNOWN}'
    call = linecache.getline(unclear.module, unclear.at.line).strip() or 'a call'
    call = call if len(call) <= _LONGEST else f'{call[:_LONGEST]}...'
    if unclear.reason not in _REASONS:
        return f'{place}: `{call}` loads a luigi configuration file, but {unclear.reason}: {_UNKNOWN}; {_NEXT}'
    return f'{place}: `{call}` {_REASONS[unclear.reason]}: {_UNKNOWN}; {_NEXT}'
