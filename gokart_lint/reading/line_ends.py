"""Where a line of code ends: whether a comment can stand there, or the line goes on inside a string or behind a backslash."""

from __future__ import annotations

import io
import token
import tokenize
from collections.abc import Iterator

import msgspec

from gokart_lint.facts import Span
from gokart_lint.reading.text import Lines

_NO_CODE = frozenset({token.NEWLINE, token.NL, token.INDENT, token.DEDENT, token.ENDMARKER})
_OPENING = frozenset(getattr(token, name, -1) for name in ('FSTRING_START', 'TSTRING_START'))  # Python 3.12 and 3.14
_CLOSING = frozenset(getattr(token, name, -1) for name in ('FSTRING_END', 'TSTRING_END'))


class LineEnd(msgspec.Struct, frozen=True):
    """What follows the code of a line, blanks included: a comment, or nothing."""

    at: Span
    comment: str = ''


def line_ends(text: str) -> dict[int, LineEnd]:
    """For each line of code, where its comment would stand: on the line itself, or on the one that it goes on in.

    There are none if the running Python's tokenizer does not read the text.
    """
    lines = Lines(text)
    ends, goes_on = _looked_through(lines)
    found = {}
    for line in ends.keys() | goes_on:
        last = line
        while last in goes_on:
            last += 1
        if last in ends:
            found[line] = ends[last]
    return found


def goes_on_from(lines: Lines, comment: Span) -> int:
    """The first of the lines that go on in the line of a comment, 0 if the one above ends where it ends."""
    before = lines.line(comment.line)[: comment.column - 1]
    if '"""' not in before and "'''" not in before and not (comment.line > 1 and lines.line(comment.line - 1).endswith('\\')):
        return 0  # most comments: no need to look through the text
    _, goes_on = _looked_through(lines)
    first = comment.line
    while first - 1 in goes_on:
        first -= 1
    return first if first < comment.line else 0


def tokens(lines: Lines) -> Iterator[tokenize.TokenInfo]:
    """The tokens of a text. Raises tokenize.TokenError or SyntaxError for one that the running Python does not read."""
    numbers = range(1, len(lines.starts) + 1)
    text = '\n'.join(lines.line(number) for number in numbers)  # the tokenizer ends a line at \n alone
    yield from tokenize.generate_tokens(io.StringIO(text).readline)


def _looked_through(lines: Lines) -> tuple[dict[int, LineEnd], set[int]]:
    """The ends of the lines that hold code, and the lines that go on in the next one."""
    behind: dict[int, int] = {}
    comments: dict[int, tuple[int, str]] = {}
    goes_on: set[int] = set()
    strings: list[int] = []
    try:
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
    except (tokenize.TokenError, SyntaxError):
        return {}, set()
    goes_on.update(line for line in behind if line not in comments and lines.line(line).endswith('\\'))
    return {line: _end(lines, line, behind[line], comments.get(line)) for line in behind}, goes_on


def _end(lines: Lines, line: int, column: int, comment: tuple[int, str] | None) -> LineEnd:
    start, text = comment or (column, '')
    return LineEnd(Span(line, start + 1, line, len(lines.line(line)) + 1), text)
