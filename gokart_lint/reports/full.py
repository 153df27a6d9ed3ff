"""The findings for a person at a terminal: the place, the source with a line under what is meant, and the next step."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from gokart_lint.facts import Span
from gokart_lint.findings import Finding
from gokart_lint.reports import Outcome
from gokart_lint.reports.concise import header
from gokart_lint.reports.plain import BLUE, GREEN, RED, harmless, painted, summary

MOST_LINES = 5
MOST_COLUMNS = 160
_TAB = '    '


def render(outcome: Outcome) -> str:
    """A block a finding and a closing line."""
    blocks = ['\n'.join(_block(finding, outcome)) for finding in outcome.findings]
    return '\n\n'.join([*blocks, summary(outcome)])


def _block(finding: Finding, outcome: Outcome) -> Iterator[str]:
    yield header(finding, outcome.colour)
    margin = len(str(_last_line(finding.at)))
    excerpt = list(_excerpt(finding, outcome, margin))
    bar = painted(f'{" " * margin} |', BLUE, outcome.colour)
    yield from [bar, *excerpt, bar] if excerpt else []
    note = painted(f'{" " * margin} =', BLUE, outcome.colour)
    if finding.fix:
        how = '--fix' if finding.fix.safe else '--fix --unsafe-fixes'
        yield f'{note} {painted("fix available", GREEN, outcome.colour)}: {harmless(finding.fix.message)} ({how})'
    yield f'{note} {painted("help", GREEN, outcome.colour)}: gokart-lint explain {finding.code}'


def _excerpt(finding: Finding, outcome: Outcome, margin: int) -> Iterator[str]:
    at = finding.at
    for number in range(at.line, _last_line(at) + 1):
        if number - at.line == MOST_LINES:
            yield painted(f'{"." * margin} |', BLUE, outcome.colour)
            return
        line = outcome.line(finding.path, number)
        if line is None:
            return
        start, end = _underlined(line, number, at)
        text, under = _shown(line, start, end)
        yield f'{painted(f"{number:>{margin}} |", BLUE, outcome.colour)} {text}'.rstrip()
        yield f'{painted(" " * margin + " |", BLUE, outcome.colour)} {painted(under, RED, outcome.colour)}'.rstrip()


def _last_line(at: Span) -> int:
    """The last line that the span has a character of."""
    return at.end_line - 1 if at.end_column == 1 and at.end_line > at.line else at.end_line


def _underlined(line: str, number: int, at: Span) -> tuple[int, int]:
    """From where to where this line of the span is underlined, in characters from 0: at least one, and no indentation of later lines."""
    start = at.column - 1 if number == at.line else len(line) - len(line.lstrip())
    end = at.end_column - 1 if number == at.end_line else len(line.rstrip())
    return start, max(end, start + 1)


def _shown(line: str, start: int, end: int) -> tuple[str, str]:
    """A line as a terminal can show it, cut to what is around the place if it is very long, and the carets under it."""
    first = max(0, start - MOST_COLUMNS // 4) if len(line) > MOST_COLUMNS else 0
    last = first + MOST_COLUMNS
    cells = [_cell(char) for char in line]
    text = ''.join(cells[first:last])
    left = ''.join(cells[first:start]) + ' ' * (start - len(cells))
    marked = ''.join(cells[start : min(end, last)])
    dots = '…' if first else ''
    carets = '^' * max(1, _width(marked))
    return f'{dots}{text}{"…" if last < len(line) else ""}', ' ' * (len(dots) + _width(left)) + carets


def _cell(char: str) -> str:
    if char == '\t':
        return _TAB
    if unicodedata.category(char) in ('Mn', 'Me') or char in '\u200c\u200d':  # they join the character before
        return char
    return char if char == '\u3000' else harmless(char)


def _width(text: str) -> int:
    """How many columns of a terminal the text takes: characters of East Asia take two, marks on other characters none."""
    return sum(
        0 if unicodedata.category(char) in ('Mn', 'Me', 'Cf') else 2 if unicodedata.east_asian_width(char) in 'WF' else 1 for char in text
    )
