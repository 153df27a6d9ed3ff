"""Small repositories with a history, judged for real."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

from gokart_lint.checking import at_ease
from gokart_lint.settings import Settings
from gokart_lint.staleness.judging import Judge
from gokart_lint.staleness.revisions import Reader
from gokart_lint.staleness.verdicts import Judged, Verdict

Files = Mapping[str, str | None]
"""Texts by path; None removes a file."""

HEAD = """
import gokart
import luigi
"""


def git(folder: Path, *command: str) -> str:
    """Run git as somebody, whatever the machine's own configuration says."""
    who = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', '-c', 'core.autocrlf=false']
    done = subprocess.run(['git', *who, *command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def write(folder: Path, files: Files) -> None:
    """Write or remove files, dedented."""
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip('\n'), encoding='utf-8')


def commit(folder: Path, files: Files, message: str = 'a change') -> str:
    """Commit some files, making the repository if there is none, and return the commit's name."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / '.git').exists():
        git(folder, 'init', '-q', '-b', 'main')
    write(folder, files)
    git(folder, 'add', '-A')
    git(folder, 'commit', '-q', '--allow-empty', '-m', message)
    return git(folder, 'rev-parse', 'HEAD')


def judge(folder: Path, base: str | None = None, head: str | None = None, **settings: Any) -> Judged:
    """The verdicts on two revisions, by default the last commit and the working tree."""
    chosen = Settings(root=folder, **settings)
    with at_ease():
        compared = Reader(chosen, cache_dir=None, jobs=1, progress=None).compare(base, head)
        return Judge(compared, chosen, str(folder)).judge()


def judged(folder: Path, before: Files | str, after: Files | str, **settings: Any) -> dict[str, Verdict]:
    """The verdicts on a change that is not committed, by class. One text becomes `tasks.py` behind the usual imports."""
    commit(folder, _files(before))
    write(folder, _files(after))
    return {verdict.name: verdict for verdict in judge(folder, **settings).verdicts}


def kinds(folder: Path, before: Files | str, after: Files | str, **settings: Any) -> dict[str, str]:
    """The same, with the kind of each verdict alone."""
    return {name: verdict.kind.value for name, verdict in judged(folder, before, after, **settings).items()}


def texts(verdict: Verdict) -> list[str]:
    """The reasons of a verdict."""
    return [reason.text for reason in verdict.reasons]


def _files(given: Files | str) -> Files:
    return {'tasks.py': HEAD + dedent(given)} if isinstance(given, str) else given
