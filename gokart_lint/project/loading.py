"""Files to a Project: reads what changed, takes the rest from the store, and reads in full only what can concern a task.

A file concerns a task if it mentions gokart or luigi, or imports (through any number of files) one that does: a class that derives from
a project's own base need not name gokart, and a re-export in `__init__.py` never does.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from gokart_lint import facts
from gokart_lint.facts import Import, Span, Unreadable
from gokart_lint.project.discovery import Files, Found
from gokart_lint.project.foreseeing import MENTION, foreseen
from gokart_lint.project.mentions import Said, said
from gokart_lint.project.sealing import digest
from gokart_lint.project.store import Entry, Index, Reference, Store

if TYPE_CHECKING:
    from gokart_lint.project.names import Modules
    from gokart_lint.project.project import Project
    from gokart_lint.reading.module import Survey

_NOWHERE = Span(1, 1, 1, 1)
_TICK = 2 * 10**9  # nanoseconds: the coarsest clock of a file system (FAT)
_UNSETTLED = -1  # the time of no file
_PARALLEL_FROM = 64  # files to read: below, a second process costs more than it saves
_MOST_UNSAVED = 2**20  # bytes of facts: some fifty files
_MANY = 20  # files to read: below, a look at all of them is not worth it

Progress = Callable[[int, int], None]


class Loaded(msgspec.Struct, frozen=True):
    """A project, with the reason for each file that gives no facts. `entries` are those of all known files, `names` stands for their paths
    and the roots."""

    project: Project
    entries: dict[str, Entry]
    unreadable: dict[str, Unreadable]
    warnings: tuple[str, ...]
    names: bytes


class Wanted(msgspec.Struct, frozen=True):
    """A file to read; `full` if its facts are wanted too. `names_gokart`: its text alone says that it can concern a task."""

    path: str
    digest: bytes
    data: bytes
    full: bool
    names_gokart: bool


class Loader:
    """Loads the files of one run. `overlay` gives the bytes of files, by absolute path, in place of the disk's.

    `passing` is for files as they were at another time: the index goes on being that of the disk.
    """

    def __init__(
        self,
        files: Files,
        roots: Sequence[str],
        store: Store,
        *,
        overlay: Mapping[str, bytes],
        jobs: int = 1,
        progress: Progress | None = None,
        passing: bool = False,
    ) -> None:
        self._passing = passing
        self._files = files
        self._roots = [root for root in roots if os.path.isdir(root)]
        self._store = store
        self._overlay = overlay
        self._jobs = jobs
        self._progress = progress or (lambda done, total: None)
        self._unsaved: dict[bytes, bytes] = {}
        self._encoded: dict[bytes, bytes] = {}
        self.warnings: list[str] = []
        self._began = time.time_ns()
        self._old = store.index() or Index(b'', {})
        self.entries = self._all_entries()

    # --- what each file is, without its facts ---

    def _all_entries(self) -> dict[str, Entry]:
        entries = {path: self._known(path, found) for path, found in self._files.known.items()}
        touched = [path for path, entry in entries.items() if entry is None]
        for wanted, survey in self._kept(self._surveyed(self._changed(touched, entries), len(touched))):
            from gokart_lint.project.configuration.naming import may_configure  # a warm run reads nothing

            found = self._files.known[wanted.path]
            imports = tuple(dict.fromkeys((each.module, each.name, each.level) for each in survey.imports))
            configures = may_configure(wanted.data)
            names_gokart, why = wanted.names_gokart, survey.unreadable
            entry = Entry(found.changed, found.size, wanted.digest, names_gokart, configures, imports, survey.derivations, why)
            entries[wanted.path] = entry
        return {path: entry for path, entry in entries.items() if entry is not None}

    def _changed(self, touched: Sequence[str], entries: dict[str, Entry | None]) -> Iterator[Wanted]:
        """Those touched files that hold something new; the others get their entry."""
        likely = self._foreseen(touched) if len(touched) >= _MANY else set()
        for path in touched:
            data = self._bytes(path)
            if isinstance(data, Unreadable):
                entries[path] = Entry(0, 0, b'', False, False, (), (), data)
            elif data is not None:
                content = digest(data)
                entries[path] = self._same_content(path, content)
                if entries[path] is None:
                    names_gokart = MENTION.search(data) is not None
                    yield Wanted(path, content, data, names_gokart or path in likely, names_gokart)

    def _foreseen(self, paths: Sequence[str]) -> set[str]:
        def contents() -> Iterator[tuple[str, bytes]]:
            for path in paths:
                with suppress(OSError):  # it is told when the file is read
                    yield path, self._content(path)

        return foreseen(contents())

    def _known(self, path: str, found: Found) -> Entry | None:
        """The entry of a file that has not been touched since it was made."""
        old = self._old.entries.get(path)
        if old is None or path in self._overlay or not found.changed:
            return None
        return old if old.changed == found.changed and old.size == found.size else None

    def _same_content(self, path: str, content: bytes) -> Entry | None:
        old, found = self._old.entries.get(path), self._files.known[path]
        if old is None or old.digest != content:
            return None
        return msgspec.structs.replace(old, changed=found.changed, size=found.size)

    def _bytes(self, path: str) -> bytes | Unreadable | None:
        try:
            return self._content(path)
        except FileNotFoundError:
            if path in self._files.judged:
                self.warnings.append(f'{path}: it vanished while the files were read')
            return None
        except OSError as error:
            return Unreadable(_NOWHERE, f'it cannot be read: {error.strerror or error}')

    def _content(self, path: str) -> bytes:
        if path in self._overlay:
            return self._overlay[path]
        with open(path, 'rb') as file:
            return file.read()

    def _surveyed(self, wanted: Iterable[Wanted], count: int) -> Iterator[tuple[Wanted, Survey]]:
        """What some files say, in their order, read by several processes where that pays. `count` is how many there may be."""
        if self._jobs < 2 or count < _PARALLEL_FROM:
            found = self._survey_here(wanted)
        else:
            from gokart_lint.project.workers import survey_parallel

            found = survey_parallel(wanted, self._jobs)
        for done, pair in enumerate(found, start=1):
            self._progress(done, count)
            yield pair

    def _survey_here(self, wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, Survey]]:
        for each in wanted:
            from gokart_lint.reading.module import survey  # a warm run reads nothing

            yield each, survey(each.data, full=each.full)

    def _kept(self, surveyed: Iterable[tuple[Wanted, Survey]]) -> Iterator[tuple[Wanted, Survey]]:
        """The same, while their facts are saved, many at once. What the store does not take stays in memory."""
        size = 0
        try:
            for wanted, survey in surveyed:
                if survey.encoded is not None:
                    self._unsaved[wanted.digest] = survey.encoded
                    size += len(survey.encoded)
                if size > _MOST_UNSAVED:
                    self._save_facts()
                    size = 0
                yield wanted, survey
        finally:
            self._save_facts()

    def _save_facts(self) -> None:
        saved = self._store.save_facts(self._unsaved)
        self._encoded.update((content, encoded) for content, encoded in self._unsaved.items() if content not in saved)
        self._unsaved = {}

    # --- which files concern a task ---

    def load(self, root: str, luigi_config: Sequence[str] = (), *, with_imported: bool = False) -> Loaded:
        """Read everything that concerns a task, and link it. `root` and `luigi_config` are those of Project.

        `with_imported` reads what those files import too: the functions that a task calls, in files that know nothing of tasks.
        """
        # A run that is answered from the cache links nothing, so it need not know how.
        from gokart_lint.project.derivations import Derivations
        from gokart_lint.project.names import Modules
        from gokart_lint.project.project import Project

        modules = Modules(self.entries, self._roots)
        names = digest('\0'.join((*self.entries, '', *self._roots)).encode('utf-8', 'surrogateescape'))
        self._resolve_targets(modules, same_names=names == self._old.names)
        concerned = self._concerned()
        if with_imported:
            concerned |= self._imported_by(concerned)
        self._read_missing(concerned)
        unreadable = {path: entry.unreadable for path, entry in self.entries.items() if entry.unreadable is not None}
        self._remember(names)
        self._store.keep([self.entries[path].digest for path in concerned])
        readable = concerned - unreadable.keys()
        derivations = Derivations({path: self.entries[path].derivations for path in readable})
        project = Project(
            modules,
            lambda path: self._facts(path) if path in readable else None,
            readable,
            derivations,
            lambda: self._said_by(sorted(readable)),
            root=root,
            luigi_config=luigi_config,
            configuring=[path for path in readable if self.entries[path].configures],
            unreadable=unreadable,
            read_beyond=self._facts_beyond,
        )
        return Loaded(project, self.entries, unreadable, tuple(self.warnings), names)

    def _resolve_targets(self, modules: Modules, *, same_names: bool) -> None:
        places = {path: place for place, path in enumerate(self.entries)}
        for path, entry in self.entries.items():
            if entry.targets is None or not same_names:
                found = {places[target] for reference in entry.imports for target in modules.targets(_import(reference), path)}
                self.entries[path] = msgspec.structs.replace(entry, targets=tuple(sorted(found)))

    def _concerned(self) -> set[str]:
        paths = list(self.entries)
        importers: dict[str, list[str]] = {}
        for path, entry in self.entries.items():
            for target in entry.targets or ():
                importers.setdefault(paths[target], []).append(path)
        pending = [path for path, entry in self.entries.items() if entry.names_gokart]
        concerned = set(pending)
        while pending:
            new = [importer for importer in importers.get(pending.pop(), ()) if importer not in concerned]
            concerned.update(new)
            pending += new
        return concerned

    def _imported_by(self, some: set[str]) -> set[str]:
        """The files that some files import, through any number of others."""
        paths = list(self.entries)
        found, pending = set(some), list(some)
        while pending:
            new = {paths[place] for place in self.entries[pending.pop()].targets or ()} - found
            found |= new
            pending += new
        return found

    # --- facts ---

    def _read_missing(self, concerned: set[str]) -> None:
        """Read the files whose imports are known, but whose facts are not."""
        missing = [path for path in sorted(concerned) if self._lacks_facts(path)]
        for each, survey in self._kept(self._surveyed(self._again(missing), len(missing))):
            entry = msgspec.structs.replace(self.entries[each.path], derivations=survey.derivations, unreadable=survey.unreadable)
            self.entries[each.path] = entry

    def _again(self, paths: Sequence[str]) -> Iterator[Wanted]:
        """Files whose bytes were looked at before, and may be others by now: what is new must not be kept under the old digest."""
        for path in paths:
            data = self._bytes(path)
            if not isinstance(data, bytes):
                why = data or Unreadable(_NOWHERE, 'it vanished while the files were read')
                self.entries[path] = msgspec.structs.replace(self.entries[path], changed=0, unreadable=why)
                continue
            content = digest(data)
            if content != self.entries[path].digest:
                self.warnings.append(f'{path}: it changed while the files were read')
                self.entries[path] = msgspec.structs.replace(self.entries[path], changed=0, digest=content)
            yield Wanted(path, content, data, True, self.entries[path].names_gokart)

    def _lacks_facts(self, path: str) -> bool:
        entry = self.entries[path]
        return entry.unreadable is None and entry.digest not in self._encoded and not self._store.has_facts(entry.digest)

    def _facts(self, path: str) -> facts.Module | None:
        content = self.entries[path].digest
        if content in self._encoded:
            return facts.decode(self._encoded[content])
        found = self._store.facts(content)
        if found is not None:
            return found
        from gokart_lint.reading.module import read  # the store lost it since the run began

        data = self._bytes(path)
        made = read(data) if isinstance(data, bytes) and digest(data) == content else None
        return made if isinstance(made, facts.Module) else None

    def _facts_beyond(self, path: str) -> facts.Module | None:
        """The facts of a file that cannot concern a task but is called by one; they are kept like those of the others."""
        entry = self.entries.get(path)
        if entry is None or entry.unreadable is not None:
            return None
        known = self._store.has_facts(entry.digest)
        found = self._facts(path)
        if found is not None and not known:
            self._store.save_facts({entry.digest: facts.encode(found)})
        return found

    def _said_by(self, paths: Sequence[str]) -> Iterator[tuple[str, Said]]:
        """The names that files say, most of them known from earlier runs."""
        kept = self._store.mentions()
        known: dict[bytes, Said] = {}
        for path in paths:
            content = self.entries[path].digest
            if content not in known:
                found = kept.get(content) or self._said(path)
                if found is None:
                    continue
                known[content] = found
            yield path, known[content]
        if known != kept:
            self._store.save_mentions(known)

    def _said(self, path: str) -> Said | None:
        found = self._facts(path)
        return None if found is None else said(found)

    def _remember(self, names: bytes) -> None:
        """Save the index. A file that changed just now may change again within one tick of its clock: the next run looks into it."""
        if self._passing:
            return
        settled = self._began - _TICK
        kept = {
            path: entry if entry.changed < settled else msgspec.structs.replace(entry, changed=_UNSETTLED)
            for path, entry in self.entries.items()
            if path not in self._overlay and entry.changed
        }
        if kept != self._old.entries or names != self._old.names:
            self._store.save_index(Index(names, kept))


def _import(reference: Reference) -> Import:
    module, name, level = reference
    return Import(_NOWHERE, module, name, name or module, level)
