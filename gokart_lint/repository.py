"""What git knows: which commits are compared, what differs from the working tree, and the files as they were."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping

import msgspec

_DEFAULT_BRANCHES = ('origin/main', 'origin/master', 'main', 'master')
_OF_HOOKS = frozenset(
    {'GIT_DIR', 'GIT_WORK_TREE', 'GIT_PREFIX', 'GIT_INDEX_FILE'}
)  # relative to another folder than the one that we look at
_SUBMODULE = '160000'
_LINK = '120000'


class RepositoryError(ValueError):
    """Why two revisions cannot be compared, and what helps."""


class Changed(msgspec.Struct, frozen=True):
    """A path that a commit holds differently from the working tree, with what the commit holds: a blob, the commit of a submodule, or
    None for nothing. A file that was renamed since is compared with what it was renamed from."""

    path: str
    old: str | None
    is_submodule: bool = False
    is_link: bool = False


class Difference(msgspec.Struct, frozen=True):
    """What a revision holds differently from the working tree, by absolute path. None stands for a file that it does not have.

    `submodules` are those whose commit is another one.
    """

    blobs: dict[str, str | None]
    submodules: tuple[str, ...]


class Repository:
    """The git repository around a folder, which need not be its top. Raises RepositoryError if there is none."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        up = self._asked('rev-parse', '--show-cdup')
        if up is None:
            raise RepositoryError(f'{folder}: not in a git repository, so there is no earlier revision to compare with')
        self.top = os.path.normpath(os.path.join(folder, up.strip())).replace(os.sep, '/')

    def commit(self, revision: str) -> str:
        """The full name of a commit."""
        found = self._asked('rev-parse', '--verify', '--quiet', '--end-of-options', f'{revision}^{{commit}}')
        if found is None:
            raise RepositoryError(f'unknown revision {revision!r}{self._shallow_hint()}')
        return found.strip()

    def default_base(self, head: str | None) -> str:
        """The commit where the work on `head` (None: the working tree) left the default branch."""
        if self._asked('rev-parse', '--verify', '--quiet', 'HEAD^{commit}') is None:
            raise RepositoryError('there is no commit yet, so nothing can have become stale; make the first commit, or give --base')
        branch = self._default_branch()
        if branch is None:
            raise RepositoryError(
                'no default branch is known (none of origin/HEAD, origin/main, origin/master, main, master exists); '
                'say with --base what to compare with, for instance --base HEAD~1'
            )
        found = self._asked('merge-base', branch, head or 'HEAD')
        if found is None:
            hint = self._shallow_hint() or '; they have no history in common, so give --base'
            raise RepositoryError(f'no merge base of {branch} and {head or "HEAD"} is known{hint}')
        return found.split()[0]

    def _default_branch(self) -> str | None:
        symbolic = self._asked('symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD')
        candidates = [symbolic.strip()] if symbolic else []
        for name in (*candidates, *_DEFAULT_BRANCHES):
            if self._asked('rev-parse', '--verify', '--quiet', f'{name}^{{commit}}') is not None:
                return name
        return None

    def _shallow_hint(self) -> str:
        shallow = (self._asked('rev-parse', '--is-shallow-repository') or '').strip() == 'true'
        return '; this clone is shallow: fetch the history first (git fetch --unshallow, or fetch-depth: 0)' if shallow else ''

    def merge_base(self, revision: str) -> str:
        """The commit where HEAD and a revision parted."""
        commit = self.commit(revision)
        if self._asked('rev-parse', '--verify', '--quiet', 'HEAD^{commit}') is None:
            raise RepositoryError('there is no commit yet, so there is nothing to compare with; make the first commit')
        found = self._asked('merge-base', commit, 'HEAD')
        if found is None:
            raise RepositoryError(
                f'no merge base of {revision} and HEAD is known{self._shallow_hint() or "; they have no history in common"}'
            )
        return found.split()[0]

    def differs_from_working_tree(self, commit: str) -> Difference:
        """What a commit holds differently from the working tree, files that git does not track yet included."""
        blobs: dict[str, str | None] = {}
        submodules = []
        for each in self._changed(commit, '--no-renames', '--ignore-submodules=dirty'):
            if each.is_submodule:
                submodules.append(each.path)
            elif not each.is_link:
                blobs[f'{self.top}/{each.path}'] = each.old
        untracked = self._must('ls-files', '--others', '--exclude-standard', '-z', '--', ':(top)').split('\0')
        blobs.update({os.path.normpath(f'{self._folder}/{path}').replace(os.sep, '/'): None for path in untracked if path})
        return Difference(blobs, tuple(submodules))

    def changed_since(self, commit: str) -> dict[str, Changed]:
        """What the working tree holds differently from a commit, by its path from the top. Renamed files are followed, those that git
        does not track are left out."""
        return {each.path: each for each in self._changed(commit, '--find-renames', '--ignore-submodules=none')}

    def tracked(self) -> frozenset[str]:
        """The files that git tracks, by their path from the top."""
        return frozenset(self._must('ls-files', '--full-name', '-z', '--', ':(top)').split('\0'))

    def _changed(self, commit: str, *how: str) -> Iterator[Changed]:
        fields = iter(self._must('diff', '--raw', '-z', *how, '--no-abbrev', commit, '--').split('\0'))
        for meta in fields:
            if not meta:
                break
            old_mode, new_mode, old, _, status = meta.lstrip(':').split(' ')
            path = next(fields)
            if status.startswith('R'):
                path = next(fields)
            if status == 'U':  # in the middle of a merge; another line says what differs
                continue
            is_new = status == 'A'
            yield Changed(path, None if is_new else old, _SUBMODULE in (old_mode, new_mode), not is_new and old_mode == _LINK)

    def contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """What some blobs hold."""
        wanted = sorted(set(blobs))
        if not wanted:
            return {}
        done = self._run(['cat-file', '--batch'], '\n'.join(wanted).encode() + b'\n')
        if done.returncode:
            raise RepositoryError(f'git cat-file failed: {_said(done.stderr)}')
        return dict(_batch(done.stdout, wanted))

    def title(self, commit: str) -> str:
        """A commit as people know it: its short name and first line."""
        return self._must('log', '-1', '--format=%h %s', commit).strip()

    def _must(self, *command: str) -> str:
        done = self._run(command)
        if done.returncode:
            raise RepositoryError(f'git {command[0]} failed: {_said(done.stderr)}')
        return done.stdout.decode('utf-8', 'surrogateescape')

    def _asked(self, *command: str) -> str | None:
        done = self._run(command)
        return None if done.returncode else done.stdout.decode('utf-8', 'surrogateescape')

    def _run(self, command: Iterable[str], given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        inherited = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
        environment: Mapping[str, str] = {**inherited, 'LC_ALL': 'C', 'GIT_OPTIONAL_LOCKS': '0'}
        try:
            return subprocess.run(
                ['git', '-C', self._folder, '-c', 'diff.relative=false', *command],
                input=given,
                capture_output=True,
                env=environment,
                check=False,
            )
        except FileNotFoundError:
            raise RepositoryError('git is not installed, and earlier revisions are read with it') from None


def _said(error: bytes) -> str:
    return error.decode('utf-8', 'replace').strip()


def _batch(output: bytes, wanted: list[str]) -> Iterator[tuple[str, bytes]]:
    """The answers of `git cat-file --batch`: a line `name type size`, then the bytes and a line end."""
    place = 0
    for name in wanted:
        end = output.index(b'\n', place)
        header = output[place:end].split(b' ')
        if header[-1] == b'missing':  # a partial clone that could not fetch it
            raise RepositoryError(f'the blob {name} is not in this clone; fetch it first')
        size = int(header[2])
        yield name, output[end + 1 : end + 1 + size]
        place = end + size + 2
