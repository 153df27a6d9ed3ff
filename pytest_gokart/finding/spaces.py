"""Imports that the rest of the session does not notice: folders of scripts may each have their own `tasks.py`.

A module that the session could import by itself is shared with it, as if a test had imported it: a second copy would register its tasks
and whatever else a second time. A module that only our own folders on sys.path give is taken out of sys.modules again, with the task
classes that it registered, and stands there only while its pipeline is looked at.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType


class Space:
    """What is imported from some folders, the first of which counts most."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = tuple(folders)
        self._tops = frozenset(name for folder in folders for name in _importable(folder))
        self._modules: dict[str, ModuleType] = {}  # while they are not in sys.modules
        self._registered: list[type] = []
        self._added: list[str] = []  # what the modules themselves put on sys.path

    @contextmanager
    def entered(self) -> Iterator[None]:
        """sys.path and sys.modules as the code of these folders needs them; afterwards as before, with what is shared in addition."""
        path = list(sys.path)
        sys.path[:0] = [each for each in (*self._folders, *self._added) if each not in path]
        hidden = self._hide()
        shared = {top for top in self._tops if top in sys.modules}
        sys.modules.update(self._modules)
        _register(self._registered)
        try:
            yield
        finally:
            self._added = [each for each in sys.path if each not in path and each not in self._folders]
            sys.path[:] = path
            self._take_out(shared, {_top(name) for name in hidden})
            sys.modules.update(hidden)

    def shares(self, top: str) -> bool:
        """Whether the session itself imports the same thing under a top-level name."""
        if top in sys.modules:
            return self._owns(top)
        try:
            spec = importlib.util.find_spec(top)
        except (ImportError, ValueError):
            return False
        return spec is not None and self._holds(top, spec.origin, spec.submodule_search_locations)

    def _hide(self) -> dict[str, ModuleType]:
        """Take the session's modules out of the way whose names mean something else here, or a copy of our own."""
        mine = {_top(name) for name in self._modules}
        away = {top for top in self._tops if top in sys.modules and (top in mine or not self._owns(top))}
        return {name: sys.modules.pop(name) for name in list(sys.modules) if _top(name) in away} if away else {}

    def _take_out(self, shared: set[str], hidden: set[str]) -> None:
        own = {top for top in self._tops - shared if top in sys.modules and self._owns(top)}
        found = {name: module for name, module in sys.modules.items() if _top(name) in own}
        for name in found:
            del sys.modules[name]
        importable = {top for top in own - hidden if self.shares(top)}
        self._modules = {name: module for name, module in found.items() if _top(name) not in importable}
        sys.modules.update({name: module for name, module in found.items() if name not in self._modules})
        self._registered = _unregister(self._modules)

    def _owns(self, top: str) -> bool:
        said = vars(sys.modules[top])  # to ask a lazy module for an attribute would load it
        return self._holds(top, said.get('__file__'), said.get('__path__'))

    def _holds(self, top: str, file: str | None, folders: Iterable[str] | None) -> bool:
        """Whether a module is one of these folders, by its file or by the folders of the package that it is."""
        real = [os.path.realpath(folder) for folder in folders or ()]
        for own in self._folders:
            package = os.path.realpath(f'{own}/{top}')
            if package in real or (file is not None and os.path.realpath(file) in (f'{package}.py', f'{package}/__init__.py')):
                return True
        return False


def _top(name: str) -> str:
    return name.partition('.')[0]


def _importable(folder: str) -> Iterator[str]:
    """The top-level names that a folder gives. What Python's own library is called means that library: it is loaded before any of ours."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        name = entry.name.removesuffix('.py')
        if name not in sys.stdlib_module_names and (name != entry.name or entry.is_dir()):
            yield name


def _register(classes: Sequence[type]) -> None:
    if classes:
        from luigi.task_register import Register

        Register._reg.extend(each for each in classes if each not in Register._reg)


def _unregister(modules: dict[str, ModuleType]) -> list[type]:
    """Take the task classes of some modules out of luigi's register (luigi.task_register.Register of luigi 3.8.1)."""
    if not modules or 'luigi.task_register' not in sys.modules:
        return []
    from luigi.task_register import Register

    found = [each for each in Register._reg if each.__module__ in modules]
    if found:
        Register._reg[:] = [each for each in Register._reg if each not in found]
    return found
