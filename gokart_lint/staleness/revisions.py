"""Two revisions as two linked projects. Both start from the files on the disk, whose facts are cached; only what differs is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from gokart_lint.facts import Unreadable
from gokart_lint.project.discovery import SKIPPED_FOLDERS, Files, Found, discover
from gokart_lint.project.ignoring import Ignored
from gokart_lint.project.loading import Loaded, Loader
from gokart_lint.project.project import Project
from gokart_lint.project.store import Entry, Store
from gokart_lint.repository import Difference, Repository
from gokart_lint.settings import Settings

WORKING_TREE = 'the working tree'
Progress = Callable[[int, int], None]


class Revision(msgspec.Struct, frozen=True, eq=False):
    """One side of a comparison. `other_files` holds what files beside the Python ones hold that differ from the other side's."""

    title: str
    root: str
    project: Project
    entries: dict[str, Entry]
    unreadable: dict[str, Unreadable]
    data: Callable[[str], bytes | None]
    other_files: dict[str, bytes]


class Compared(msgspec.Struct, frozen=True, eq=False):
    """Both sides, the Python files that differ between them (on either side), and what to say beside the verdicts."""

    base: Revision
    head: Revision
    changed: frozenset[str]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]


class Reader:
    """Reads revisions of the files below a project's root."""

    def __init__(self, settings: Settings, *, cache_dir: Path | None, jobs: int, progress: Progress | None) -> None:
        self._settings = settings
        self._root = absolute(settings.root)
        self._store = Store(cache_dir)
        self._jobs = jobs
        self._progress = progress
        self.repository = Repository(self._root)
        self._excluded = Ignored(settings.extend_exclude)

    def compare(self, base: str | None, head: str | None) -> Compared:
        """Both sides. Without `base` it is where `head` left the default branch, without `head` the working tree."""
        repository = self.repository
        old = repository.commit(base) if base else repository.default_base(head)
        new = repository.commit(head) if head else None
        files = discover([self._root], self._root, self._settings.extend_exclude)
        before, after = repository.differs_from_working_tree(old), Difference({}, ())
        if new is not None:
            after = repository.differs_from_working_tree(new)
        different = {path for path in (*before.blobs, *after.blobs) if before.blobs.get(path, '') != after.blobs.get(path, '')}
        held = repository.contents(blob for side in (before, after) for blob in side.blobs.values() if blob)
        loaded = []
        for side, commit in ((after, new), (before, old)):  # the disk first: its facts are then in the store
            title = repository.title(commit) if commit else WORKING_TREE
            loaded.append(self._side(title, files, side, held, different, is_disk=commit is None))
        submodules = sorted({*before.submodules, *after.submodules})
        changed = frozenset(path for path in different if path.endswith('.py') and self._concerns(path))
        notes = tuple(f'{name}: a submodule whose commit changed; its code is not followed' for name in submodules)
        return Compared(loaded[1], loaded[0], changed, files.warnings, notes)

    def _side(
        self, title: str, files: Files, difference: Difference, held: dict[str, bytes], different: set[str], *, is_disk: bool
    ) -> Revision:
        overlay = {path: held[blob] for path, blob in difference.blobs.items() if blob and self._concerns(path)}
        code = {path: data for path, data in overlay.items() if path.endswith('.py')}
        known = {path: found for path, found in files.known.items() if path not in difference.blobs}
        known.update({path: Found(path, 0, len(data)) for path, data in code.items()})
        here = Files((), dict(sorted(known.items())), ())
        roots = [absolute(Path(self._root) / folder) for folder in self._settings.src]
        loader = Loader(here, roots, self._store, overlay=code, jobs=self._jobs, progress=self._progress, passing=not is_disk)
        loaded: Loaded = loader.load(self._root, self._settings.luigi_config, with_imported=True)
        gone = {path for path, blob in difference.blobs.items() if blob is None}

        def data(path: str) -> bytes | None:
            return overlay[path] if path in overlay else None if path in gone else _on_disk(path)

        others = (path for path in different if not path.endswith('.py') and self._concerns(path))
        other_files = {path: found for path in others if (found := data(path)) is not None}
        return Revision(title, self._root, loaded.project, loaded.entries, loaded.unreadable, data, other_files)

    def _concerns(self, path: str) -> bool:
        """Whether a file belongs to the project: below its root, in no folder of other people's code, not excluded."""
        if not path.startswith(f'{self._root}/'):
            return False
        below = path[len(self._root) + 1 :]
        return not (SKIPPED_FOLDERS & set(below.split('/')[:-1])) and not self._excluded.covers(below, is_folder=False)


def absolute(path: Path) -> str:
    """A path as the facts know it."""
    return os.path.abspath(path).replace(os.sep, '/')


def _on_disk(path: str) -> bytes | None:
    try:
        with open(path, 'rb') as file:
            return file.read()
    except OSError:
        return None
