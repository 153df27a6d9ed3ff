"""Which Python files a run is about, and which others belong to the same project.

Folders are gone through in one pass with the size and time of each file. What `.gitignore` files name is left out, as are folders that
hold other people's code or build results. Links to folders are not followed, so that no loop can be walked.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from gokart_lint.project.ignoring import Ignored, is_pattern

SKIPPED_FOLDERS = frozenset({
    '.bzr', '.direnv', '.eggs', '.git', '.gokart-lint-cache', '.hg', '.ipynb_checkpoints', '.mypy_cache', '.nox', '.pytest_cache',
    '.pytype', '.ruff_cache', '.svn', '.tox', '.venv', '.vscode', '__pycache__', '__pypackages__', 'buck-out', 'build', 'dist',
    'node_modules', 'site-packages', 'venv',
})  # fmt: skip
MAX_FILES = 50_000


class DiscoveryError(ValueError):
    """A path that the user named cannot be looked at."""


class Found(msgspec.Struct, frozen=True):
    """One file: its absolute path with `/` between the parts, the time of its last change in nanoseconds, its size in bytes."""

    path: str
    changed: int
    size: int


class Files(msgspec.Struct, frozen=True):
    """The files to judge and all files that are known, both by path and in the order of their paths, and the folders that were named."""

    judged: tuple[str, ...]
    known: dict[str, Found]
    warnings: tuple[str, ...]
    folders: tuple[str, ...] = ()


def discover(paths: Sequence[str], root: str, extend_exclude: Sequence[str], extra: Iterable[str] = ()) -> Files:
    """The files that `paths` name, and all of the project below `root`. `extra` are files that need not exist on disk.

    A file that is named is judged even if `.gitignore` hides it, but not if `extend_exclude` does: pre-commit names every changed file.
    Raises DiscoveryError for a path that does not exist.
    """
    walker = _Walker(root, extend_exclude)
    extra = frozenset(extra)
    judged: set[str] = set()
    folders: list[str] = []
    for path in (*paths, root):
        if not _is_text(path):
            raise DiscoveryError(f'{path!r}: a name that is no text, which no report could show')
    for path in paths:
        if path in extra:
            judged.add(path)
        elif os.path.isdir(path):
            folders.append(path)
        elif os.path.lexists(path):
            if walker.excludes(path):
                walker.warnings.append(f'{path}: left out, because extend-exclude names it')
            else:
                judged.add(path)
                walker.add(path)
        else:
            raise DiscoveryError(f'{path}: no such file or folder')
    known = {found.path: found for found in walker.walk(root)} if os.path.isdir(root) else {}
    for folder in folders:
        is_outside = not f'{folder}/'.startswith(f'{root}/')
        if is_outside or (folder != root and walker.skips_on_the_way(folder)):
            known.update({found.path: found for found in walker.walk(folder)})
        judged.update(path for path in known if path.startswith(f'{folder}/' if folder != '/' else '/'))
    known.update(walker.named)
    known.update({path: Found(path, 0, 0) for path in extra if path not in known})
    return Files(tuple(sorted(judged)), dict(sorted(known.items())), tuple(walker.warnings), tuple(sorted(folders)))


class _Walker:
    def __init__(self, root: str, extend_exclude: Sequence[str]) -> None:
        self._root = root
        wrong = [pattern for pattern in extend_exclude if not is_pattern(pattern)]
        if wrong:
            raise DiscoveryError(f'extend-exclude: {wrong[0]!r} is no pattern in the form of .gitignore')
        self._exclude = Ignored(extend_exclude)
        self.named: dict[str, Found] = {}
        self.warnings: list[str] = []

    def add(self, path: str) -> None:
        """Note a file that the user named."""
        try:
            status = os.stat(path)
        except OSError:
            self.named[path] = Found(path, 0, 0)
        else:
            self.named[path] = Found(path, status.st_mtime_ns, status.st_size)

    def excludes(self, path: str, folder: bool = False) -> bool:
        """Whether `extend_exclude` names a path, or a folder above it."""
        if not self._exclude:
            return False
        return self._exclude.covers(os.path.relpath(path, self._root).replace(os.sep, '/'), is_folder=folder)

    def skips_on_the_way(self, folder: str) -> bool:
        """Whether a walk from the root never reaches a folder, which the user named all the same."""
        below = folder[len(self._root) + 1 :].split('/')
        ways = ['/'.join([self._root, *below[:count]]) for count in range(1, len(below) + 1)]
        return any(os.path.basename(way) in SKIPPED_FOLDERS or os.path.islink(way) for way in ways) or self._is_ignored_itself(folder)

    def walk(self, top: str) -> Iterator[Found]:
        """The Python files below a folder. What hides the folder itself does not count: somebody named it."""
        above = [] if self._is_ignored_itself(top) else list(self._ignores_above(top))
        ignores = [*above, *self._ignores_in(top)]
        pending: list[tuple[str, list[tuple[str, Ignored]]]] = [(top, ignores)]
        count = 0
        while pending:
            folder, ignores = pending.pop()
            try:
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError as error:
                self.warnings.append(f'{folder}: not looked into: {error.strerror or error}')
                continue
            if folder != top and any(entry.name == '.gitignore' for entry in entries):
                ignores = [*ignores, *self._ignores_in(folder)]
            for entry in entries:
                if not _is_text(entry.name):
                    self.warnings.append(f'{folder}: left out a name that is no text: {entry.name!r}')
                    continue
                path = f'{folder.rstrip("/")}/{entry.name}'
                if entry.is_dir(follow_symlinks=False):
                    if not (entry.name in SKIPPED_FOLDERS or self._ignored(path, ignores, True) or os.path.exists(f'{path}/pyvenv.cfg')):
                        pending.append((path, ignores))
                    continue
                is_wanted = entry.name.endswith('.py') and not self._ignored(path, ignores, False)
                if is_wanted and (found := _file(entry, path)) is not None:
                    count += 1
                    yield found
            if count > MAX_FILES:
                self.warnings.append(f'{top}: more than {MAX_FILES} Python files; the rest is not known to this run')
                return

    def _ignored(self, path: str, ignores: Iterable[tuple[str, Ignored]], folder: bool) -> bool:
        if self.excludes(path, folder):
            return True
        verdict = False
        for base, spec in ignores:  # outer files first: an inner one may take a name back in
            result = spec.verdict(path[len(base) + 1 :], is_folder=folder)
            verdict = verdict if result is None else result
        return verdict

    def _ignores_above(self, folder: str) -> Iterator[tuple[str, Ignored]]:
        """The `.gitignore` files between the repository's top and a folder, if it lies in a repository."""
        above = []
        current = folder
        while not os.path.exists(f'{current}/.git'):
            parent = os.path.dirname(current)
            if parent == current:
                return
            above.append(parent)
            current = parent
        for each in reversed(above):
            yield from self._ignores_in(each)

    def _is_ignored_itself(self, folder: str) -> bool:
        """Whether a `.gitignore` above names a folder, or one that it lies in."""
        ignores = list(self._ignores_above(folder))
        while ignores and len(folder) > len(ignores[0][0]):
            if self._ignored(folder, [each for each in ignores if folder.startswith(f'{each[0]}/')], True):
                return True
            folder = os.path.dirname(folder)
        return False

    def _ignores_in(self, folder: str) -> Iterator[tuple[str, Ignored]]:
        try:
            with open(f'{folder}/.gitignore', encoding='utf-8-sig', errors='replace') as file:
                found = Ignored(file.read().split('\n'))
        except OSError:
            return
        if found:
            yield folder.rstrip('/'), found


def _is_text(name: str) -> bool:
    try:
        name.encode('utf-8')
    except UnicodeEncodeError:  # bytes that the file system's encoding does not read
        return False
    return True


def _file(entry: os.DirEntry[str], path: str) -> Found | None:
    """A file worth reading; a pipe, a device or a broken link is none, a file that cannot be looked at is read and complained of later."""
    try:
        status = entry.stat()
    except OSError:
        return None if entry.is_symlink() else Found(path, 0, 0)
    return Found(path, status.st_mtime_ns, status.st_size) if stat.S_ISREG(status.st_mode) else None
