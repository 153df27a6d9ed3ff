"""Files to a Project: reads what changed, takes the rest from the store, and reads in full only what can concern a task.

A file concerns a task if it mentions gokart or luigi, or imports (through any number of files) one that does: a class that derives from
a project's own base need not name gokart, and a re-export in `__init__.py` never does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from gokart_lint import facts
from gokart_lint.facts import Import, Span, Unreadable
from gokart_lint.project.discovery import Files, Found
from gokart_lint.project.names import Modules
from gokart_lint.project.project import Project
from gokart_lint.project.store import Entry, Index, Reference, Store, digest

_MENTION = re.compile(rb'gokart|luigi|GK\d')
_NOWHERE = Span(1, 1, 1, 1)
_PARALLEL_FROM = 200_000  # bytes to read in full: below, a second process costs more than it saves

Progress = Callable[[int, int], None]


class Loaded(msgspec.Struct, frozen=True):
    """A project, with the reason for each judged file that gives no facts. `entries` are those of all known files."""

    project: Project
    entries: dict[str, Entry]
    unreadable: dict[str, Unreadable]
    warnings: tuple[str, ...]


class Loader:
    """Loads the files of one run. `overlay` gives the bytes of files, by absolute path, in place of the disk's."""

    def __init__(
        self,
        files: Files,
        roots: Sequence[str],
        store: Store,
        *,
        overlay: Mapping[str, bytes],
        jobs: int = 1,
        progress: Progress | None = None,
    ) -> None:
        self._files = files
        self._roots = [root for root in roots if os.path.isdir(root)]
        self._store = store
        self._overlay = overlay
        self._jobs = jobs
        self._progress = progress or (lambda done, total: None)
        self._bytes: dict[str, bytes] = {}
        self.warnings: list[str] = []
        old = store.index()
        self._old = old.entries if old else {}
        self.entries = self._all_entries()
        self._names = digest(*(path.encode('utf-8', 'surrogateescape') for path in (*self.entries, '', *self._roots)))
        self._same_names = old is not None and old.names == self._names

    # --- what each file is, without its facts ---

    def _all_entries(self) -> dict[str, Entry]:
        entries = {}
        for path, found in self._files.known.items():
            entry = self._entry(path, found)
            if entry is not None:
                entries[path] = entry
        return entries

    def _entry(self, path: str, found: Found) -> Entry | None:
        old = self._old.get(path)
        if old is not None and path not in self._overlay and old.changed == found.changed and old.size == found.size and found.changed:
            return old
        try:
            data = self._overlay[path] if path in self._overlay else _read(path)
        except FileNotFoundError:
            if path in self._files.judged:
                self.warnings.append(f'{path}: it vanished while the files were read')
            return None
        except OSError as error:
            return Entry(0, 0, b'', False, (), Unreadable(_NOWHERE, f'it cannot be read: {error.strerror or error}'))
        content = digest(data)
        if old is not None and old.digest == content:
            return msgspec.structs.replace(old, changed=found.changed, size=found.size)
        names_gokart = _MENTION.search(data) is not None
        if names_gokart:
            self._bytes[path] = data
        return _outlined(found, content, names_gokart, data)

    # --- which files concern a task ---

    def load(self) -> Loaded:
        """Read everything that concerns a task, and link it."""
        modules = Modules(self.entries, self._roots)
        paths = list(self.entries)
        self._resolve_targets(modules, paths)
        concerned = self._concerned(paths)
        unreadable = {path: entry.unreadable for path, entry in self.entries.items() if entry.unreadable is not None}
        read = self._read_new(concerned - unreadable.keys(), unreadable)
        self._bytes.clear()
        self._remember(unreadable)

        def facts_of(path: str) -> facts.Module | None:
            if path not in concerned or path in unreadable:
                return None
            if path in read:
                return facts.decode(read[path])
            return self._stored(path)

        project = Project(modules, facts_of, concerned - unreadable.keys())
        judged = frozenset(self._files.judged)
        return Loaded(project, self.entries, {path: why for path, why in unreadable.items() if path in judged}, tuple(self.warnings))

    def _resolve_targets(self, modules: Modules, paths: list[str]) -> None:
        places = {path: place for place, path in enumerate(paths)}
        for path, entry in self.entries.items():
            if entry.targets is None or not self._same_names:
                found = {places[target] for reference in entry.imports for target in modules.targets(_import(reference), path)}
                self.entries[path] = msgspec.structs.replace(entry, targets=tuple(sorted(found)))

    def _concerned(self, paths: list[str]) -> set[str]:
        importers: dict[int, list[str]] = {}
        for path, entry in self.entries.items():
            for target in entry.targets or ():
                importers.setdefault(target, []).append(path)
        places = {path: place for place, path in enumerate(paths)}
        pending = [path for path, entry in self.entries.items() if entry.names_gokart]
        concerned = set(pending)
        while pending:
            for importer in importers.get(places[pending.pop()], ()):
                if importer not in concerned:
                    concerned.add(importer)
                    pending.append(importer)
        return concerned

    # --- facts ---

    def _read_new(self, wanted: set[str], unreadable: dict[str, Unreadable]) -> dict[str, bytes]:
        """The encoded facts of the files that the store does not hold."""
        missing = [path for path in sorted(wanted) if not self._store.has_facts(self.entries[path].digest)]
        read: dict[str, bytes] = {}
        contents = ((path, self._content(path)) for path in missing)
        for done, (path, made) in enumerate(read_all(contents, self._sizes(missing), self._jobs), start=1):
            self._progress(done, len(missing))
            if isinstance(made, Unreadable):
                unreadable[path] = made
            else:
                read[path] = made
                self._store.save_facts(self.entries[path].digest, made)
        return read

    def _content(self, path: str) -> bytes:
        if path in self._bytes:
            return self._bytes.pop(path)
        return self._overlay[path] if path in self._overlay else _read(path)

    def _sizes(self, paths: Iterable[str]) -> int:
        return sum(self._files.known[path].size or len(self._overlay.get(path, b'')) for path in paths)

    def _stored(self, path: str) -> facts.Module | None:
        found = self._store.facts(self.entries[path].digest)
        if found is not None:
            return found
        from gokart_lint.reading.module import read  # the store lost it meanwhile

        made = read(self._content(path))
        return made if isinstance(made, facts.Module) else None

    def _remember(self, unreadable: Mapping[str, Unreadable]) -> None:
        for path, why in unreadable.items():
            self.entries[path] = msgspec.structs.replace(self.entries[path], unreadable=why)
        kept = {path: entry for path, entry in self.entries.items() if path not in self._overlay and entry.changed}
        if kept != self._old or not self._same_names:
            self._store.save_index(Index(self._names, kept))


def _read(path: str) -> bytes:
    with open(path, 'rb') as file:
        return file.read()


def _outlined(found: Found, content: bytes, names_gokart: bool, data: bytes) -> Entry:
    from gokart_lint.reading.module import outline  # a warm run reads nothing

    said = outline(data)
    if isinstance(said, Unreadable):
        return Entry(found.changed, found.size, content, names_gokart, (), said)
    return Entry(
        found.changed, found.size, content, names_gokart, tuple(dict.fromkeys((each.module, each.name, each.level) for each in said))
    )


def _import(reference: Reference) -> Import:
    module, name, level = reference
    return Import(_NOWHERE, module, name, name or module, level)


def read_all(contents: Iterable[tuple[str, bytes]], size: int, jobs: int) -> Iterable[tuple[str, bytes | Unreadable]]:
    """The encoded facts of files, in their order, read by several processes where that pays."""
    if jobs < 2 or size < _PARALLEL_FROM:
        from gokart_lint.reading.module import read_encoded

        return ((path, read_encoded(data)) for path, data in contents)
    from gokart_lint.project.workers import read_parallel

    return read_parallel(contents, jobs)
