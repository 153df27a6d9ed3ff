"""rdjson, read by the messages of reviewdog.proto; ranges and suggestions are tried on the bytes of real files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest

from gokart_lint.facts import Span
from gokart_lint.findings import Edit, Finding, Fix
from gokart_lint.reports import render
from gokart_lint.reports.rdjson import MOST_LINES
from tests.reports.harness import FIX, UNSAFE, check, finding, outcome

Number = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
Severity = Literal['UNKNOWN_SEVERITY', 'ERROR', 'WARNING', 'INFO']


class Position(msgspec.Struct, forbid_unknown_fields=True):
    line: Number
    column: Number | None = None


class Range(msgspec.Struct, forbid_unknown_fields=True):
    start: Position
    end: Position | None = None


class Location(msgspec.Struct, forbid_unknown_fields=True):
    path: str
    range: Range | None = None


class Suggestion(msgspec.Struct, forbid_unknown_fields=True):
    range: Range
    text: str


class Source(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    url: str = ''


class Code(msgspec.Struct, forbid_unknown_fields=True):
    value: str
    url: str = ''


class Diagnostic(msgspec.Struct, forbid_unknown_fields=True):
    message: str
    location: Location
    severity: Severity = 'UNKNOWN_SEVERITY'
    source: Source | None = None
    code: Code | None = None
    suggestions: list[Suggestion] = []
    original_output: str = ''


class DiagnosticResult(msgspec.Struct, forbid_unknown_fields=True):
    diagnostics: list[Diagnostic] = []
    source: Source | None = None
    severity: Severity = 'UNKNOWN_SEVERITY'


def rdjson(*findings: Finding, source: str = 'class A:\n    x = f()\n') -> list[Diagnostic]:
    report = render('rdjson', outcome(*findings, source=source))
    return msgspec.json.decode(report, type=DiagnosticResult).diagnostics


def test_a_finding_is_a_diagnostic() -> None:
    (each,) = rdjson(finding(message='葡萄 has none'))
    assert each == Diagnostic(
        message='葡萄 has none',
        location=Location('a.py', Range(Position(2, 7), Position(2, 12))),
        severity='ERROR',
        code=Code('GK101', 'https://github.com/gokart-lint/gokart-lint/blob/main/docs/rules/GK101.md'),
    )


def test_the_report_names_its_source_and_may_be_empty() -> None:
    result = msgspec.json.decode(render('rdjson', outcome()), type=DiagnosticResult)
    assert result == DiagnosticResult([], Source('gokart-lint', 'https://github.com/gokart-lint/gokart-lint'), 'ERROR')


@pytest.mark.parametrize(
    ('source', 'at', 'columns'),
    [
        ('x = f()', (1, 5, 1, 8), (5, 8)),
        ("葡萄 = f('酒', 1)", (1, 8, 1, 11), (12, 17)),
        ('a𐐀b = f()', (1, 3, 1, 4), (6, 7)),
        ('x = f()\ny', (1, 5, 2, 1), (5, 1)),
        ('é = (\n  é)', (1, 5, 2, 5), (6, 6)),
    ],
)
def test_columns_are_bytes(source: str, at: tuple[int, int, int, int], columns: tuple[int, int]) -> None:
    (each,) = rdjson(finding(at), source=source)
    assert each.location.range == Range(Position(at[0], columns[0]), Position(at[2], columns[1]))


def test_without_the_text_the_line_stands_alone() -> None:
    (each,) = rdjson(finding((9, 4, 9, 8), fix=Fix('x', (Edit(Span(9, 4, 9, 8), 'y'),), safe=True)))
    assert (each.location.range, each.suggestions) == (Range(Position(9)), [])


# --- Suggestions ------------------------------------------------------------------------------------------------------


def test_a_fix_is_a_suggestion_and_says_if_it_is_unsafe() -> None:
    safe, unsafe = rdjson(finding(fix=FIX), finding(fix=UNSAFE))
    assert safe.suggestions == [Suggestion(Range(Position(2, 11), Position(2, 11)), 'expected_type=Load')]
    assert safe.message == 'no expected_type'
    assert unsafe.suggestions == [Suggestion(Range(Position(2, 1), Position(2, 1)), '@staticmethod\n')]
    assert unsafe.message == 'no expected_type (the suggested fix may change what the program means)'


def test_several_edits_are_one_suggestion() -> None:
    edits = (Edit(Span(3, 1, 3, 2), 'Z'), Edit(Span(1, 2, 1, 2), '!'), Edit(Span(1, 4, 1, 5), ''))
    (each,) = rdjson(finding(fix=Fix('x', edits, safe=True)), source='a葡bc\nmiddle\nzed\n')
    assert each.suggestions == [Suggestion(Range(Position(1, 2), Position(3, 2)), '!葡b\nmiddle\nZ')]


@pytest.mark.parametrize(('apart', 'suggested'), [(MOST_LINES - 1, 1), (MOST_LINES, 0)])
def test_edits_far_apart_are_no_suggestion(apart: int, suggested: int) -> None:
    edits = (Edit(Span(1, 1, 1, 1), 'import x\n'), Edit(Span(1 + apart, 1, 1 + apart, 1), 'y'))
    (each,) = rdjson(finding(fix=Fix('x', edits, safe=True)), source='a\n' * 100)
    assert len(each.suggestions) == suggested


TASKS = """\
import gokart


class 読む(gokart.TaskOnKart[str]):
    葡萄 = '葡萄酒'; rerun = True; 酒 = 1

    def run(self):
        self.dump('葡萄酒')  # 𐐀 # noqa: GK201
"""


def test_reviewdog_finds_the_place_in_the_bytes_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path('tasks.py').write_text(TASKS, encoding='utf-8')
    report = check('--output-format', 'rdjson').stdout
    found = {each.code.value: each for each in msgspec.json.decode(report, type=DiagnosticResult).diagnostics if each.code}
    lines = Path('tasks.py').read_bytes().splitlines(keepends=True)
    assert sorted(found) == ['GK301', 'GK901']
    place = found['GK301'].location.range
    assert place
    assert cut(lines, place)[1] == b'rerun = True'

    (suggestion,) = found['GK901'].suggestions
    before, _, after = cut(lines, suggestion.range)
    suggested = before + suggestion.text.encode() + after
    check('--fix', '--select', 'GK2,GK901')
    assert Path('tasks.py').read_bytes() == suggested


def cut(lines: list[bytes], place: Range) -> tuple[bytes, bytes, bytes]:
    """What stands before, in and behind a range."""
    assert place.end
    offsets = [sum(map(len, lines[: at.line - 1])) + (at.column or 1) - 1 for at in (place.start, place.end)]
    text = b''.join(lines)
    return text[: offsets[0]], text[offsets[0] : offsets[1]], text[offsets[1] :]
