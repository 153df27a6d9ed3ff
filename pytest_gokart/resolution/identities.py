"""Unique ids and makers of targets, once for each task.

gokart makes a unique id by recursion over `requires()` (gokart.task.TaskOnKart._make_hash_id, gokart 1.12.2), which ends on no cycle and
not below some hundreds of levels. Asked for children first, and remembered by key, each takes one step.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any, TypeAlias

Key: TypeAlias = tuple[Any, str]


def key_of(task: Any) -> Key:
    """What luigi compares tasks by (luigi.Task.__eq__), the object itself for one whose `__init__` has not called luigi's."""
    return type(task), vars(task).get('task_id') or f'object {id(task)}'


class Identities:
    """Unique ids by key, and for each target of the `output()` that is being asked which task made it."""

    def __init__(self) -> None:
        self.unique_ids: dict[Key, str] = {}
        self.makers: dict[int, tuple[Any, Any]] = {}

    def identify(self, task: Any, key: Key, required: list[Any]) -> None:
        """Make the unique id of a task whose children have theirs. What `requires()` gave just now is taken for what it gives again."""
        if key in self.unique_ids:
            return
        shortcut = not task.serialized_task_definition_check  # that one reads the source of `requires`
        if shortcut:
            vars(task)['requires'] = lambda: required
        try:
            task.make_unique_id()
        finally:
            if shortcut:
                del vars(task)['requires']

    def stand_in(self, key: Key) -> None:
        """An id of its own for a task whose real one cannot be made, so that its output can still be asked for."""
        self.unique_ids[key] = hashlib.md5(
            f'{key[0].__module__}.{key[0].__qualname__} {key[1]}'.encode(), usedforsecurity=False
        ).hexdigest()

    def remembering(self, original: Callable[[Any], str]) -> Callable[[Any], str]:
        def make_unique_id(task: Any) -> str:
            key = key_of(task)
            known = self.unique_ids.get(key)
            if known is None:
                known = self.unique_ids[key] = original(task)
            return known

        return make_unique_id

    def noting_maker(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def make(task: Any, *args: Any, **kwargs: Any) -> Any:
            target = original(task, *args, **kwargs)
            self.makers.setdefault(id(target), (target, task))
            return target

        return make
