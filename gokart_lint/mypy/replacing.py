"""`gokart.mypy` and `luigi.mypy` in the same list of plugins: they are asked for nothing, since both answer for tasks, and can crash mypy.

mypy asks its plugins in the order of the list and takes the first answer, so one that stands before ours would win. They are plain
Python and loaded by then; each of their instances that serves a run of ours gets hooks that answer nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from mypy.options import Options

REPLACED = ('gokart.mypy', 'luigi.mypy')
_OURS = 'gokart_lint.mypy'
_HOOKS = ('get_base_class_hook', 'get_function_hook')


def replace_others(options: Options) -> None:
    """Put the plugins that ours takes the place of out of work, and say so. All plugins must be loaded."""
    listed = [name for name in REPLACED if name in _names(options)]
    for name in listed:
        _put_out_of_work(sys.modules.get(name))
    if listed and 'mypy.build_worker' not in sys.modules:  # workers repeat what the main process has said
        shown = ' and '.join(listed)
        print(f'{_OURS} takes the place of {shown}: leave out what it replaces in "plugins" of mypy', file=sys.stderr, flush=True)


def _names(options: Options) -> list[str]:
    return [each.partition(':')[0] for each in options.plugins]


def _put_out_of_work(module: object) -> None:
    entry = getattr(module, 'plugin', None)
    kind = entry('') if callable(entry) else None
    for hook in _HOOKS:
        found = getattr(kind, hook, None)
        if kind is not None and found is not None and not hasattr(found, 'replaced'):
            setattr(kind, hook, _silent(found))


def _silent(hook: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """A hook that answers nothing in a run that lists our plugin; another run in the same process is none of our business."""

    def answer(plugin: Any, fullname: str) -> Any:
        return None if _OURS in _names(plugin.options) else hook(plugin, fullname)

    answer.replaced = True  # type: ignore[attr-defined]
    return answer
