"""Tests of rules: small projects on disk, judged for real. What is marked in their text is what must be found, no more and no less.

A line that must be reported ends in `# expect CODE@COLUMN` (several: `# expect ACME001@11, GK102@8`), columns counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

from gokart_lint.checking import check
from gokart_lint.findings import Finding
from gokart_lint.own_rules import own_codes
from gokart_lint.selection import complaint
from gokart_lint.settings import Settings

_PLACE = r'[A-Z]+[0-9]+@[0-9]+'
_MARK = re.compile(rf'#\s*expect\s+((?:{_PLACE}(?:\s*,\s*)?)+)')


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
    """The findings of some rules on a project, with paths as the working directory sees them.

    `settings` are those of `[tool.gokart-lint]`, with `_` for `-`: `rules=('my_rules',)`. Raises ValueError for a code that means no
    rule, and AssertionError for a rule that breaks.
    """
    write(folder, files)
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in settings.items()}
    chosen = Settings(root=folder, select=select, **given)
    for wrong in filter(None, (complaint(code, own_codes(chosen)) for code in select)):
        raise ValueError(wrong)
    checked = check([folder], chosen)
    if checked.failures:
        raise AssertionError('\n'.join(checked.failures))
    return list(checked.findings)


def assert_marked(folder: Path, files: Mapping[str, str] | str, *select: str, **settings: object) -> list[Finding]:
    """Demand that exactly the marked places are found, and return the findings for a look at their messages."""
    found = findings(folder, files, *select, **settings)
    texts = write(folder, files)
    expected = sorted(
        (name, number, int(place.partition('@')[2]), place.partition('@')[0])
        for name, text in texts.items()
        for number, line in enumerate(text.split('\n'), start=1)
        for mark in _MARK.finditer(line)
        for place in re.findall(_PLACE, mark.group(1))
    )
    got = sorted(
        (Path(each.path).resolve().relative_to(folder.resolve()).as_posix(), each.at.line, each.at.column, each.code) for each in found
    )
    assert got == expected, f'found {got}\nexpected {expected}\n' + '\n'.join(each.message for each in found)
    return found
