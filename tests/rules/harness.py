"""Small projects on disk, judged for real: what is marked in their text is what must be found, no more and no less.

A line that must be reported ends in `# expect CODE@COLUMN` (several: `# expect GK101@11, GK102@8`), columns counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from gokart_lint.checking import check
from gokart_lint.findings import Finding
from gokart_lint.settings import Settings

_MARK = re.compile(r'#\s*expect\s+((?:GK\d{3}@\d+(?:\s*,\s*)?)+)')


def write(folder: Path, files: Mapping[str, str] | str) -> dict[str, str]:
    """Write a project (one text becomes `tasks.py`) and return its files, dedented."""
    named = {'tasks.py': files} if isinstance(files, str) else dict(files)
    texts = {name: dedent(text).lstrip('\n') for name, text in named.items()}
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')
    return texts


def findings(folder: Path, files: Mapping[str, str] | str, *select: str, **settings: object) -> list[Finding]:
    """The findings of some rules on a project, with paths relative to its folder."""
    write(folder, files)
    chosen = Settings(root=folder, select=select, **settings)  # type: ignore[arg-type]
    return list(check([folder], chosen).findings)


def assert_marked(folder: Path, files: Mapping[str, str] | str, *select: str, **settings: object) -> list[Finding]:
    """Demand that exactly the marked places are found, and return the findings for a look at their messages."""
    found = findings(folder, files, *select, **settings)
    texts = write(folder, files)
    expected = sorted(
        (name, number, int(column), code)
        for name, text in texts.items()
        for number, line in enumerate(text.split('\n'), start=1)
        for mark in _MARK.finditer(line)
        for code, column in re.findall(r'(GK\d{3})@(\d+)', mark.group(1))
    )
    got = sorted(
        (Path(each.path).resolve().relative_to(folder.resolve()).as_posix(), each.at.line, each.at.column, each.code) for each in found
    )
    assert got == expected, f'found {got}\nexpected {expected}\n' + '\n'.join(each.message for each in found)
    return found
