"""What each type checker sees in the programs of tests/mypy/conformance: measured, recorded, and written into docs/type-checkers.

    python -m compatibility.conformance

A line of a program that is marked `# wrong: what` must be reported, one that is marked `# right: what` must not, and neither must any
other line.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

from compatibility.checkers import CHECKERS, Checker, Places
from compatibility.conformance_words import JAPANESE, STYLES, WORDS

ROOT = Path(__file__).parent.parent
PROGRAMS = ROOT / 'tests' / 'mypy' / 'conformance'
RECORD = PROGRAMS / 'measured.json'
PAGES = {'en': ROOT / 'docs' / 'type-checkers.md', 'ja': ROOT / 'docs' / 'type-checkers.ja.md'}

ELSEWHERE = 'right: every line that has no mark'
_MARK = re.compile(r'#\s*((?:wrong|right): .+?)\s*$')
_PLACE = re.compile(r'(<!-- measured -->\n).*?(\n<!-- /measured -->)', re.DOTALL)

Cells = dict[str, dict[str, str]]
"""By what is checked, then by style, the answer: `found`, `missed`, `silent` or `alarm`."""


class Measured(TypedDict):
    """One column: a checker of some version."""

    version: str
    cells: Cells


Record = dict[str, Measured]


def marks() -> dict[str, dict[tuple[str, int], str]]:
    """By style, what is marked on each line of its program."""
    found: dict[str, dict[tuple[str, int], str]] = {}
    for style in STYLES:
        path = PROGRAMS / f'{style}.py'
        lines = path.read_text(encoding='utf-8').split('\n')
        found[style] = {(path.name, n): mark[1] for n, line in enumerate(lines, start=1) if (mark := _MARK.search(line))}
    return found


def rows() -> list[str]:
    """Everything that is checked, what is wrong first."""
    every = dict.fromkeys(mark for by_line in marks().values() for mark in by_line.values())
    return [*sorted(every, key=lambda row: row.startswith('right')), ELSEWHERE]


def judged(reported: Places) -> Cells:
    """What became of each row when a checker has reported some lines."""
    cells: Cells = {row: {} for row in rows()}
    for style, by_line in marks().items():
        for place, row in by_line.items():
            assert style not in cells[row], f'{style} has two lines marked {row!r}'
            cells[row][style] = _answer(row, place in reported)
        others = any(place[0] == f'{style}.py' and place not in by_line for place in reported)
        cells[ELSEWHERE][style] = _answer(ELSEWHERE, others)
    return cells


def _answer(row: str, is_reported: bool) -> str:
    if row.startswith('wrong'):
        return 'found' if is_reported else 'missed'
    return 'alarm' if is_reported else 'silent'


def measured(checker: Checker) -> Cells:
    """Run one checker over a copy of the programs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / 'conformance'
        shutil.copytree(PROGRAMS, folder, ignore=shutil.ignore_patterns('*.json', '.*'))
        return judged(checker.errors(folder))


# --- The page ---------------------------------------------------------------------------------------------------------


def tables(record: Record, language: str) -> str:
    """The tables of the page, made from the record."""
    words = WORDS[language]
    heads = [f'{words[name]} {each["version"]}' for name, each in record.items()]
    cells: list[Cells] = [each['cells'] for each in record.values()]
    found = [[words['found in'], *heads], *_counts(cells, language, 'wrong', 'found')]
    alarms = [[words['alarms in'], *heads], *_counts(cells, language, 'right', 'alarm')]
    every = [[words['what'], *heads], *_details(cells, language)]
    return '\n\n'.join(_markdown(list(table)) for table in (found, alarms, every))


def _counts(cells: list[Cells], language: str, kind: str, answer: str) -> Iterator[list[str]]:
    for style in STYLES:
        answers = [[by_style[style] for row, by_style in each.items() if row.startswith(kind) and style in by_style] for each in cells]
        yield [WORDS[language][style], *(f'{each.count(answer)} / {len(each)}' for each in answers)]


def _details(cells: list[Cells], language: str) -> Iterator[list[str]]:
    for row in rows():
        yield [_said(row, language), *(_cell(each[row], language) for each in cells)]


def _said(row: str, language: str) -> str:
    kind, _, what = row.partition(': ')
    return f'{WORDS[language][kind]}: {JAPANESE[what] if language == "ja" else what}'


def _cell(by_style: dict[str, str], language: str) -> str:
    words = WORDS[language]
    for answer, opposite in (('found', 'missed'), ('alarm', 'silent')):
        styles = [style for style in STYLES if by_style.get(style) == answer]
        if len(styles) == len(by_style):
            return words[answer]
        if styles:
            return f'{words[answer]}: {" ".join(words[f"{style} letter"] for style in styles)}'
        if opposite in by_style.values():
            return words[opposite]
    raise AssertionError(by_style)


def _markdown(table: list[list[str]]) -> str:
    lines = [table[0], ['---'] * len(table[0]), *table[1:]]
    return '\n'.join(f'| {" | ".join(line)} |' for line in lines)


def page(text: str, record: Record, language: str) -> str:
    """The text of a page with the tables of the record."""
    return _PLACE.sub(lambda found: found[1] + tables(record, language) + found[2], text)


def read_record() -> Record:
    """What was measured last, by checker: its version and its cells."""
    read: Record = json.loads(RECORD.read_text(encoding='utf-8'))
    return read


def main() -> None:
    record: Record = {each.name: {'version': each.version(), 'cells': measured(each)} for each in CHECKERS}
    RECORD.write_text(json.dumps(record, indent=1) + '\n', encoding='utf-8')
    for language, path in PAGES.items():
        path.write_text(page(path.read_text(encoding='utf-8'), record, language), encoding='utf-8')
    print(tables(record, 'en'))


if __name__ == '__main__':
    main()
