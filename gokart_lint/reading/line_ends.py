"""Where a comment can be put behind the code of a line: not where the line ends inside a string or goes on behind a backslash."""

from __future__ import annotations

import token
import tokenize

import msgspec

from gokart_lint.facts import Span
from gokart_lint.reading.comments import tokens
from gokart_lint.reading.text import Lines

_NO_CODE = frozenset({token.NEWLINE, token.NL, token.INDENT, token.DEDENT, token.ENDMARKER})
_OPENING = frozenset(getattr(token, name, -1) for name in ('FSTRING_START', 'TSTRING_START'))  # Python 3.12 and 3.14
_CLOSING = frozenset(getattr(token, name, -1) for name in ('FSTRING_END', 'TSTRING_END'))


class LineEnd(msgspec.Struct, frozen=True):
    """What follows the code of a line, blanks included: a comment, or nothing."""

    at: Span
    comment: str = ''


def line_ends(text: str) -> dict[int, LineEnd]:
    """The lines of a text that hold code and can take a comment. None, if the running Python's tokenizer does not read the text."""
    lines = Lines(text)
    behind: dict[int, int] = {}
    comments: dict[int, tuple[int, str]] = {}
    inside: set[int] = set()
    strings: list[int] = []
    try:
        for each in tokens(lines):
            (line, column), (end_line, end_column) = each.start, each.end
            if each.type == token.COMMENT:
                comments[line] = column, each.string
            elif each.type not in _NO_CODE:
                behind[end_line] = end_column
                inside.update(range(line, end_line))
            if each.type in _OPENING:
                strings.append(line)
            elif each.type in _CLOSING:
                inside.update(range(strings.pop(), end_line))
    except (tokenize.TokenError, SyntaxError):
        return {}
    goes_on = {line for line in behind if line not in comments and lines.line(line).endswith('\\')}
    return {line: _end(lines, line, behind[line], comments.get(line)) for line in behind if line not in inside | goes_on}


def _end(lines: Lines, line: int, column: int, comment: tuple[int, str] | None) -> LineEnd:
    start, text = comment or (column, '')
    return LineEnd(Span(line, start + 1, line, len(lines.line(line)) + 1), text)
