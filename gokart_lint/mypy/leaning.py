"""Attributes that a base class uses and only the classes below it define: a template and its parts.

Such an attribute may be anything. What stands below a class is a question to the whole project, which mypy's own dependencies do not
hold: they go from a subclass to its base. So the answers are written beside mypy's cache for the next run, and each subclass is made
known to the daemon as something that its bases rest on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mypy.nodes import TypeInfo
from mypy.server.trigger import make_trigger, make_wildcard_trigger

from gokart_lint import atomic
from gokart_lint.mypy import bodies, names
from gokart_lint.mypy.collecting import TAG

if TYPE_CHECKING:
    from gokart_lint.mypy.project_model import ProjectModel

_KEY = 'leans'


class Leaning:
    """Knows which classes lean on their subclasses, by the path of the module."""

    def __init__(self, model: ProjectModel, folder: Path | None) -> None:
        self._model = model
        self._folder = None if folder is None else folder / 'leaning'
        self._seen: dict[str, dict[str, list[str]]] = {}

    def left_open(self, api: Any, info: TypeInfo) -> list[str]:
        """The attributes that a class leaves to those below it. The file of the class must be the current one."""
        _tell_bases(api, info)
        path, qualname = api.cur_mod_node.path, info.fullname.removeprefix(f'{info.module_name}.')
        missing = {name for name in bodies.used_of_self(info) if info.get(name) is None} if not info.fallback_to_any else set()
        leaning = self._seen.setdefault(path, {})
        leaning.pop(qualname, None)
        if not missing:
            return []
        leaning[qualname] = info.metadata.setdefault(TAG, {})[_KEY] = sorted(missing)
        return self._given(path, qualname, missing)

    def report(self, path: str, *, is_check: bool) -> Any:
        """What a module owes to classes of other modules, for mypy's cache: as the last run knew it, or as this one does."""
        if is_check:
            leaning = self._read(path)
        else:
            leaning = self._seen.get(path, {})
            self._write(path, leaning)
        return {qualname: self._given(path, qualname, missing) for qualname, missing in sorted(leaning.items())} or None

    def _given(self, path: str, qualname: str, missing: Iterable[str]) -> list[str]:
        return sorted(self._model.defined_below(path, qualname).intersection(missing))

    # --- from one run to the next ---

    @cached_property
    def _kept(self) -> frozenset[str]:
        return frozenset(each.name for each in self._folder.glob('*.json')) if self._folder is not None else frozenset()

    def _read(self, path: str) -> dict[str, list[str]]:
        if self._folder is None or _file(path) not in self._kept:
            return {}
        with suppress(OSError, ValueError):
            found: dict[str, list[str]] = json.loads((self._folder / _file(path)).read_bytes())
            return found
        return {}

    def _write(self, path: str, leaning: dict[str, list[str]]) -> None:
        if self._folder is None or (not leaning and _file(path) not in self._kept):
            return
        with suppress(OSError):  # a cache that nobody may write is none
            self._folder.mkdir(parents=True, exist_ok=True)
            atomic.write(self._folder / _file(path), json.dumps(leaning).encode(), durable=False)


def _file(path: str) -> str:
    return f'{hashlib.sha256(path.encode()).hexdigest()[:32]}.json'


def _tell_bases(api: Any, info: TypeInfo) -> None:
    """Have the daemon check the bases again that lean on a class, when the class changes."""
    for base in info.mro[1:]:
        if not names.of_library(base) and base.metadata.get(TAG, {}).get(_KEY):
            for trigger in (make_trigger(info.fullname), make_wildcard_trigger(info.fullname)):
                api.add_plugin_dependency(trigger, base.fullname)
