"""Where a line of code ends: whether a comment can stand there, or the line goes on inside a string or behind a backslash."""

from __future__ import annotations

import io
import re
import token
import tokenize
from collections.abc import Iterator
from functools import cached_property

import msgspec

from gokart_lint.facts import Span
from gokart_lint.reading.text import Lines

_NO_CODE = frozenset({token.NEWLINE, token.NL, token.INDENT, token.DEDENT, token.ENDMARKER})
_OPENING = frozenset(getattr(token, name, -1) for name in ('FSTRING_START', 'TSTRING_START'))  # Python 3.12 and 3.14
_CLOSING = frozenset(getattr(token, name, -1) for name in ('FSTRING_END', 'TSTRING_END'))
_CLOSING_LINE = re.compile(r'\s*[)\]}][)\]}\s]*[,:;]?\s*|\s*\)\s*->.*:\s*')


class LineEnd(msgspec.Struct, frozen=True):
    """What follows the code of a line, blanks included: a comment, or nothing."""

    at: Span
    comment: str = ''


def line_ends(text: str) -> dict[int, LineEnd]:
    """For each line of code, where its comment would stand: on the line itself, or on the one that it goes on in.

    There are none if the running Python's tokenizer does not read the text.
    """
    known = LineEnds(Lines(text))
    found = {}
    for line in known.ends.keys() | known.goes_on:
        last = line
        while last in known.goes_on:
            last += 1
        if last in known.ends:
            found[line] = known.ends[last]
    return found


class LineEnds:
    """How the lines of a text end. It is not looked through before somebody must know."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def first_line(self, comment: Span) -> int:
        """The first of the lines that a comment speaks for because no other one could, or because a formatter put it there; else 0.

        They go on in its own line, inside a string or behind a backslash; or its own line does nothing but close their brackets.
        """
        before = self._lines.line(comment.line)[: comment.column - 1]
        above = self._lines.line(comment.line - 1) if comment.line > 1 else ''
        if not (_CLOSING_LINE.fullmatch(before) or '"""' in before or "'''" in before or above.endswith('\\')):
            return 0
        first = self.opened.get(comment.line, comment.line) if _CLOSING_LINE.fullmatch(before) else comment.line
        while first - 1 in self.goes_on:
            first -= 1
        return first if first < comment.line else 0

    @property
    def ends(self) -> dict[int, LineEnd]:
        """The ends of the lines that hold code."""
        return self._looked_through[0]

    @property
    def goes_on(self) -> set[int]:
        """The lines that go on in the next one."""
        return self._looked_through[1]

    @property
    def opened(self) -> dict[int, int]:
        """For each line that closes a bracket: the first line that one of them was opened on."""
        return self._looked_through[2]

    @cached_property
    def _looked_through(self) -> tuple[dict[int, LineEnd], set[int], dict[int, int]]:
        try:
            return _look_through(self._lines)
        except (tokenize.TokenError, SyntaxError):
            return {}, set(), {}


def tokens(lines: Lines) -> Iterator[tokenize.TokenInfo]:
    """The tokens of a text. Raises tokenize.TokenError or SyntaxError for one that the running Python does not read."""
    numbers = range(1, len(lines.starts) + 1)
    text = '\n'.join(lines.line(number) for number in numbers)  # the tokenizer ends a line at \n alone
    yield from tokenize.generate_tokens(io.StringIO(text).readline)


def _look_through(lines: Lines) -> tuple[dict[int, LineEnd], set[int], dict[int, int]]:
    behind: dict[int, int] = {}
    comments: dict[int, tuple[int, str]] = {}
    goes_on: set[int] = set()
    opened: dict[int, int] = {}
    strings: list[int] = []
    brackets: list[int] = []
    for each in tokens(lines):
        (line, column), (end_line, end_column) = each.start, each.end
        if each.type == token.COMMENT:
            comments[line] = column, each.string
        elif each.type not in _NO_CODE:
            behind[end_line] = end_column
            goes_on.update(range(line, end_line))
        if each.type in _OPENING:
            strings.append(line)
        elif each.type in _CLOSING:
            goes_on.update(range(strings.pop(), end_line))
        elif each.type == token.OP and each.string in '([{':
            brackets.append(line)
        elif each.type == token.OP and each.string in ')]}' and brackets:
            opened[line] = min(brackets.pop(), opened.get(line, line))
    goes_on.update(line for line in behind if line not in comments and lines.line(line).endswith('\\'))
    return {line: _end(lines, line, behind[line], comments.get(line)) for line in behind}, goes_on, opened


def _end(lines: Lines, line: int, column: int, comment: tuple[int, str] | None) -> LineEnd:
    start, text = comment or (column, '')
    return LineEnd(Span(line, start + 1, line, len(lines.line(line)) + 1), text)
