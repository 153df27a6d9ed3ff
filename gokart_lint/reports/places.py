"""Which file a finding lies in, for services that know a file by where it lies in the repository."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from gokart_lint.findings import Finding
from gokart_lint.reports import sound


def posix(path: str) -> str:
    """The path of a finding with slashes, whatever the system writes."""
    return sound(path.replace(os.sep, '/'))


def repository(folder: Path) -> Path:
    """The folder of the repository that a folder lies in; the folder itself outside of any."""
    return next((each for each in (folder, *folder.parents) if (each / '.git').exists()), folder)


def within(path: str, folder: Path, root: Path) -> str:
    """The path of a finding as seen from `root`, where it lies below it; `folder` is what it is relative to until then."""
    whole = os.path.abspath(folder / path)
    if not Path(whole).is_relative_to(root):
        return posix(path)
    return posix(os.path.relpath(whole, root))


def by_file(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each file, in the order that they came in."""
    files: dict[str, list[Finding]] = {}
    for finding in findings:
        files.setdefault(finding.path, []).append(finding)
    return files
