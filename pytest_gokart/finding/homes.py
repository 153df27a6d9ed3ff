"""The folder that a file is imported from, and its name there, so that the project's own absolute imports hold.

A file that is imported under two names (`app.tasks` and `src.app.tasks`) is two modules with two classes each, and a task of one is then
refused where the other is expected.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from gokart_lint.facts import Import, Span
from gokart_lint.project.names import Modules
from gokart_lint.project.store import Entry, Reference

_NOWHERE = Span(1, 1, 1, 1)


class Home:
    """Where a file is imported from: `root` is to be on sys.path, `module` is the name below it, `folders` are what its imports need."""

    def __init__(self, root: str, module: str, folders: tuple[str, ...]) -> None:
        self.root = root
        self.module = module
        self.folders = folders


class Homes:
    """The homes of the files of a project. `roots` are folders that are importable from everywhere, nothing else being said."""

    def __init__(self, entries: Mapping[str, Entry], roots: Sequence[str], is_test: Callable[[str], bool]) -> None:
        self._entries = entries
        self._roots = tuple(roots)
        self._modules = Modules(entries, roots)
        self._named: dict[str, Counter[str]] = {}  # by file, the names that others import it by
        for path in entries:
            if not is_test(path):
                for name, target in self._absolute(path):
                    self._named.setdefault(target, Counter())[name] += 1

    def name(self, path: str) -> str:
        """What a file is imported as."""
        return dotted(path, self._root(path))

    def of(self, path: str) -> Home:
        """The home of a file."""
        root = self._root(path)
        folders: dict[str, None] = {root: None}
        for each in self.reached(path):
            folders.update(dict.fromkeys(folder_of(target, name) for name, target in self._absolute(each)))
        return Home(root, dotted(path, root), tuple(folders)[1:])

    def reached(self, path: str) -> tuple[str, ...]:
        """The file and those that importing it imports, through any number of others; imports inside functions count too."""
        found, pending = {path: None}, [path]
        while pending:
            for target in self._targets(pending.pop()):
                if target not in found:
                    found[target] = None
                    pending.append(target)
        return tuple(found)

    def taken_from(self, path: str) -> Iterator[str]:
        """The names that files which mention gokart or luigi import from a file."""
        for importer, entry in self._entries.items():
            for reference in entry.imports if entry.names_gokart else ():
                if reference[1] is not None and self._modules.of_import(_import(reference), importer) == path:
                    yield reference[1]

    def _root(self, path: str) -> str:
        folder = os.path.dirname(path)
        if path in self._named:  # what others call it; of several names the most usual one, then the shortest
            counted = self._named[path]
            return folder_of(path, min(counted, key=lambda name: (-counted[name], len(name), name)))
        siblings = Counter(folder_of(target, name) for name, target in self._absolute(path) if _is_sibling(path, name, target))
        if siblings:
            return min(siblings, key=lambda root: (-siblings[root], -len(root)))
        if os.path.exists(f'{folder}/__init__.py'):
            return _above_package(folder)
        level = max((level for _, _, level in self._entries[path].imports), default=0)
        above = [root for root in self._roots if path.startswith(f'{root}/') and dotted(path, root).count('.') >= level]
        valid = [root for root in above if all(part.isidentifier() for part in dotted(path, root).split('.'))]
        return max(valid, key=len, default=folder)

    def _absolute(self, path: str) -> Iterator[tuple[str, str]]:
        """The absolute imports of a file that mean files of the project: the name of each module, and its file."""
        for module, name, level in self._entries[path].imports:
            if level:
                continue
            target = self._modules.find(module, path)
            if target is not None:
                yield module, target
            below = self._modules.find(f'{module}.{name}', path) if name not in (None, '*') else None
            if below is not None:
                yield f'{module}.{name}', below

    def _targets(self, path: str) -> list[str]:
        return [target for reference in self._entries[path].imports for target in self._modules.targets(_import(reference), path)]


def dotted(path: str, root: str) -> str:
    """The name of a file below a folder."""
    parts = path[len(root) + 1 : -len('.py')].split('/')
    return '.'.join(parts[:-1] if parts[-1] == '__init__' and len(parts) > 1 else parts)


def folder_of(path: str, name: str) -> str:
    """The folder from which a file has a name."""
    stem = os.path.dirname(path) if path.endswith('/__init__.py') else path[: -len('.py')]
    return '/'.join(stem.split('/')[: -len(name.split('.'))])


def _is_sibling(path: str, name: str, target: str) -> bool:
    """Whether an import names a file of the same top package, or of the same folder if there is none."""
    root = folder_of(target, name)
    if not path.startswith(f'{root}/'):
        return False
    return dotted(path, root).partition('.')[0] == name.partition('.')[0] or ('.' not in name and os.path.dirname(path) == root)


def _above_package(folder: str) -> str:
    while os.path.exists(f'{folder}/__init__.py'):
        folder = os.path.dirname(folder)
    return folder


def _import(reference: Reference) -> Import:
    module, name, level = reference
    return Import(_NOWHERE, module, name, name or module, level)
