"""Attributes that a base class uses and only the classes below it define: a template and its parts.

Such an attribute may be anything. A task that is loaded by its key is one too where gokart's own `requires()` gives it: the classes
below may add it as a parameter, or define `requires()`. What stands below a class is a question to the whole project, which mypy's own
dependencies do not hold: they go from a subclass to its base. So the answers are written beside mypy's cache for the next run, and each
subclass is made known to the daemon as something that its bases rest on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mypy.nodes import SymbolTableNode, TypeInfo, Var
from mypy.server.trigger import make_trigger, make_wildcard_trigger

from gokart_lint import atomic
from gokart_lint.mypy import bodies, names
from gokart_lint.mypy.collecting import TAG
from gokart_lint.mypy.types import is_unknown

if TYPE_CHECKING:
    from gokart_lint.mypy.project_model import ProjectModel

_KEY = 'leans'
UNHELD = 'unheld'
"""Under it stand the keys that a class loads although nothing holds a task under that name, in it or below it."""


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
        used, loaded = (set[str](), set[str]()) if info.fallback_to_any else (_used(info), _loaded(info))
        leaning, kept = self._seen.setdefault(path, {}), info.metadata.setdefault(TAG, {})
        leaning.pop(qualname, None)
        kept.pop(UNHELD, None)
        if not used and not loaded:
            return []
        leaning[qualname] = kept[_KEY] = sorted({*used, *loaded, *(['requires'] if loaded else [])})
        given = self._given(path, qualname, leaning[qualname])
        if 'requires' not in given:
            kept[UNHELD] = sorted(loaded.difference(given))
        return [name for name in given if name in used]

    def report(self, path: str, *, is_check: bool) -> Any:
        """What a module owes to classes of other modules, for mypy's cache: as the last run knew it, or as this one does."""
        if is_check:
            leaning = self._read(path)
        else:
            leaning = self._seen.get(path, {})
            self._write(path, leaning)
        return {qualname: self._given(path, qualname, missing) for qualname, missing in sorted(leaning.items())} or None

    def _given(self, path: str, qualname: str, missing: Iterable[str]) -> list[str]:
        return sorted(self._model.defined_below(path, qualname, frozenset(missing)))

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


def _used(info: TypeInfo) -> set[str]:
    """The attributes that a class uses and does not have, or has from here: a class with two bases is completed twice."""
    return {name for name in bodies.used_of_self(info) if (symbol := info.get(name)) is None or _is_added(info, name, symbol)}


def _is_added(info: TypeInfo, name: str, symbol: SymbolTableNode) -> bool:
    return name in info.names and symbol.plugin_generated and isinstance(symbol.node, Var) and is_unknown(symbol.node.type)


def _loaded(info: TypeInfo) -> set[str]:
    """The keys that a class with gokart's own `requires()` loads, and has no attribute for."""
    requires = info.get('requires')
    if requires is None or requires.node is None or requires.node.fullname != f'{names.TASK_ON_KART}.requires':
        return set()
    return {key for key in bodies.loaded_of_self(info) if info.get(key) is None}


def _file(path: str) -> str:
    return f'{hashlib.sha256(path.encode()).hexdigest()[:32]}.json'


def _tell_bases(api: Any, info: TypeInfo) -> None:
    """Have the daemon check the bases again that lean on a class, when the class or another base of it changes."""
    for base in info.mro[1:]:
        if names.of_library(base) or not base.metadata.get(TAG, {}).get(_KEY):
            continue
        for each in info.mro:
            if each not in base.mro and not names.of_library(each):
                for trigger in (make_trigger(each.fullname), make_wildcard_trigger(each.fullname)):
                    api.add_plugin_dependency(trigger, base.fullname)
