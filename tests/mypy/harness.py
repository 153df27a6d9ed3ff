"""Programs that real mypy judges with the plugin: what is marked in their text is what must be reported, no more and no less.

A line that must be reported ends in `# E: code` (several: `# E: call-arg, arg-type`), a line `reveal_type(x)` in `# R: type`. All
programs of a folder are checked in one run of mypy, since a run costs seconds and a program a tenth of one.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from mypy import api

from tests.mypy.library_cache import PYPROJECT, seed

os.environ['GOKART_LINT_MYPY_RAISE'] = '1'  # a fault of the plugin must fail the tests

_MARK = re.compile(r'#\s*E:\s*([\w-]+(?:\s*,\s*[\w-]+)*)')
_REVEALED = re.compile(r'#\s*R:\s*(.+?)\s*$')
_LINE = re.compile(r'(?P<path>[^:]+):(?P<line>\d+): (?P<kind>error|note): (?P<text>.*?)(?:  \[(?P<code>[\w-]+)\])?$')

Lines = dict[str, dict[int, list[str]]]


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write a project, dedented, with a pyproject.toml that names the plugin if it has none of its own."""
    for name, text in {'pyproject.toml': PYPROJECT, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip('\n'), encoding='utf-8')


def output(folder: Path, *arguments: str) -> str:
    """What mypy prints for a folder, run inside it. Raises AssertionError where mypy itself failed.

    Its first run knows the libraries and nothing of the project, unless the arguments name a cache.
    """
    cache, before = folder / '.mypy_cache', Path.cwd()
    if '--cache-dir' not in arguments and not cache.exists():
        seed(cache)
    os.chdir(folder)
    try:
        printed, complaints, status = api.run(['--cache-dir', str(cache), *(arguments or ('.',))])
    finally:
        os.chdir(before)
    assert status in (0, 1), f'{printed}\n{complaints}'
    assert not complaints, complaints
    return printed


def reported(printed: str) -> tuple[Lines, Lines]:
    """The codes of all errors and the revealed types, by file and line."""
    errors: Lines = defaultdict(dict)
    revealed: Lines = defaultdict(dict)
    for line in printed.splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        path, number = found['path'], int(found['line'])
        if found['kind'] == 'error':
            errors[path].setdefault(number, []).append(found['code'] or found['text'])
        elif found['text'].startswith('Revealed type is '):
            revealed[path].setdefault(number, []).append(found['text'].removeprefix('Revealed type is ').strip('"'))
    return errors, revealed


def marked(text: str) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """The codes and types that a program's own text demands, by line."""
    errors: dict[int, list[str]] = {}
    revealed: dict[int, list[str]] = {}
    for number, line in enumerate(text.split('\n'), start=1):
        if found := _MARK.search(line):
            errors[number] = sorted(re.split(r'\s*,\s*', found[1]))
        if found := _REVEALED.search(line):
            revealed[number] = [found[1]]
    return errors, revealed


def assert_program(path: str, text: str, printed: str) -> None:
    """Demand that mypy reported exactly what the text of one program marks."""
    errors, revealed = reported(printed)
    wanted_errors, wanted_types = marked(text)
    shown = '\n'.join(line for line in printed.splitlines() if line.startswith(f'{path}:'))
    assert {line: sorted(codes) for line, codes in errors.get(path, {}).items()} == wanted_errors, shown
    assert {line: types for line, types in revealed.get(path, {}).items() if line in wanted_types} == wanted_types, shown


def assert_project(folder: Path, files: Mapping[str, str], *arguments: str) -> str:
    """Write a project, check it, demand what its text marks, and give back what mypy printed."""
    write(folder, files)
    printed = output(folder, *arguments)
    for name in files:
        if name.endswith('.py'):
            assert_program(name, (folder / name).read_text(encoding='utf-8'), printed)
    return printed
