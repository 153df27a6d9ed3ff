"""Which file a module name means, seen from a file that imports it.

A project may be a package, a src layout, a namespace package, several packages side by side, or folders of scripts that each have
their own `tasks.py`. A name that two files could mean is given to the nearer one, and to none if they are equally near.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator

from gokart_lint.facts import Import

_NEVER_SHADOWED = frozenset({'gokart', 'luigi'})


class Modules:
    """The module names of a set of files.

    Files and roots are absolute paths with `/` between their parts. `roots` are folders that are on `sys.path` for all files (the
    project's root and its source folders); every other folder is one for the files below it alone, unless it holds a package.
    """

    def __init__(self, files: Iterable[str], roots: Iterable[str]) -> None:
        self._files = frozenset(files)
        self._roots = tuple(dict.fromkeys(root.rstrip('/') for root in roots))
        self._packages = {os.path.dirname(file) for file in self._files if file.endswith('/__init__.py')}
        self._by_last_name: dict[str, list[str]] = defaultdict(list)
        self._memo: dict[tuple[str, str], str | None] = {}
        for file in sorted(self._files):
            self._by_last_name[_last_name(file)].append(file)

    @property
    def files(self) -> frozenset[str]:
        """The absolute paths of all files."""
        return self._files

    def name(self, file: str) -> str:
        """The dotted name of a file, for messages: from above its package, or from the deepest root for a file in none."""
        own = self.own_root(file)
        if own == os.path.dirname(file):
            own = max((root for root in self._roots if file.startswith(f'{root}/')), key=len, default=own)
        return _dotted(file, own)

    def find(self, name: str, importer: str) -> str | None:
        """The file of the module `name` in an `import` of the file `importer`; None if it is no project file, or unclear."""
        place = os.path.dirname(importer)
        key = (name, place)
        if key not in self._memo:
            self._memo[key] = self._nearest(name, place)
        return self._memo[key]

    def find_relative(self, module: str, level: int, importer: str) -> str | None:
        """The file of `from ..module import ...` with `level` dots."""
        folder = os.path.dirname(importer)
        for _ in range(level - 1):
            folder = os.path.dirname(folder)
        return self._file_of('/'.join([folder, *module.split('.')]) if module else folder)

    def of_import(self, found: Import, importer: str) -> str | None:
        """The file of the module that an import names (not of the names that it takes from it)."""
        if found.level:
            return self.find_relative(found.module, found.level, importer)
        return self.find(found.module, importer)

    def submodule(self, module: str, name: str, level: int, importer: str) -> str | None:
        """The file of `name` in `from module import name`, if that is a module."""
        if level:
            return self.find_relative(f'{module}.{name}' if module else name, level, importer)
        return self.find(f'{module}.{name}', importer)

    def targets(self, found: Import, importer: str) -> list[str]:
        """Every project file that an import can execute or bind."""
        files = [self.of_import(found, importer)]
        if found.name not in (None, '*'):
            files.append(self.submodule(found.module, str(found.name), found.level, importer))
        if found.name is None and not found.level:
            parts = found.module.split('.')
            files += [self.find('.'.join(parts[:count]), importer) for count in range(1, len(parts))]
        return [file for file in files if file is not None]

    def _roots_of(self, file: str) -> list[str]:
        own = self.own_root(file)
        return list(dict.fromkeys([own, *(root for root in self._roots if file.startswith(f'{root}/'))]))

    def own_root(self, file: str) -> str:
        """The first folder upward that is no package."""
        folder = os.path.dirname(file)
        while folder in self._packages:
            folder = os.path.dirname(folder)
        return folder

    def _file_of(self, stem: str) -> str | None:
        return next((file for file in (f'{stem}/__init__.py', f'{stem}.py') if file in self._files), None)

    def _nearest(self, name: str, place: str) -> str | None:
        candidates: dict[str, int] = {}
        for file, root in self._named(name):
            inside = f'{place}/'.startswith(f'{root}/')
            on_path = root in self._roots or (self._is_package(file, root) and name.partition('.')[0] not in _NEVER_SHADOWED)
            if inside or on_path:
                candidates[file] = max(candidates.get(file, 0), len(os.path.commonpath([place, os.path.dirname(file)])))
        nearest = [file for file, shared in candidates.items() if shared == max(candidates.values())]
        return nearest[0] if len(nearest) == 1 else None

    def _named(self, name: str) -> Iterator[tuple[str, str]]:
        """The files that a dotted name could mean, each with the root that it starts at."""
        ends = tuple(f'/{name.replace(".", "/")}{rest}' for rest in ('.py', '/__init__.py'))
        for file in self._by_last_name.get(name.rpartition('.')[2], ()):
            if not file.endswith(ends):
                continue
            if f'{file[: -len(".py")]}/__init__.py' in self._files:
                continue  # a package hides the module beside it
            yield from ((file, root) for root in self._roots_of(file) if _dotted(file, root) == name)

    def _is_package(self, file: str, root: str) -> bool:
        return f'{root}/{file[len(root) + 1 :].partition("/")[0]}' in self._packages


def _dotted(file: str, root: str) -> str:
    parts = file[len(root) + 1 : -len('.py')].split('/')
    if parts[-1] == '__init__':
        parts.pop()
    return '.'.join(parts) if all(part.isidentifier() for part in parts) else ''


def _last_name(file: str) -> str:
    folder, _, name = file.rpartition('/')
    return folder.rpartition('/')[2] if name == '__init__.py' else name[: -len('.py')]
