"""What a finding is about, as a text that stays the same when lines move and when a formatter goes over the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from keyword import iskeyword
from pathlib import Path

from gokart_lint.findings import Finding
from gokart_lint.reading.text import Lines, Undecodable, decode

_PIECE = re.compile(
    r"""(?P<string>(?s:\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))"""
    r'|(?P<comment>\#[^\r\n]*)'
    r'|(?P<blank>\s+|\\\r?\n)'
    r'|(?P<word>\w+)'
    r'|(?P<sign>.)'
)
_MOST = 160  # characters: a line that a person still reads in a diff


class Contents:
    """The contents of findings, from the files as a run sees them."""

    def __init__(self, folder: Path, overlay: Mapping[Path, bytes]) -> None:
        self._folder = folder
        self._overlay = overlay
        self._last: tuple[str, Lines] | None = None

    def of(self, finding: Finding) -> str:
        """The text that a finding stands on, without what a formatter changes; '' for a file that cannot be read."""
        if finding.code == 'GK900':
            return ''  # a parser's reason and place are another one's
        if self._last is None or self._last[0] != finding.path:
            self._last = finding.path, self._lines(self._folder / finding.path)
        lines, at = self._last[1], finding.at
        if at.end_line > len(lines.starts):
            return ''
        return shortened(formless(lines.text[lines.offset(at.line, at.column) : lines.offset(at.end_line, at.end_column)]))

    def _lines(self, path: Path) -> Lines:
        try:
            return Lines(decode(self._overlay[path] if path in self._overlay else path.read_bytes()).text)
        except (OSError, Undecodable):
            return Lines('')


def formless(text: str) -> str:
    """Code without its blanks, line ends, comments, trailing commas, parentheses around a whole expression, and kinds of quotes.

    What is a comment as a whole stays one.
    """
    if text.lstrip().startswith('#'):
        return ' '.join(text.split())
    pieces: list[str] = []
    kept: list[bool] = []
    for found in _PIECE.finditer(text):
        piece, last = found.group(), pieces[-1] if pieces else ''
        if found.lastgroup in ('comment', 'blank'):
            continue
        if found.lastgroup == 'string':
            piece = _with_single_quotes(piece)
        if last == ',' and piece in ')]}':
            pieces.pop()
        if piece == '(':
            kept.append(_is_called(last))
        if (piece == '(' and not kept[-1]) or (piece == ')' and kept and not kept.pop()):
            continue
        needs_blank = found.lastgroup == 'word' and re.search(r'\w$', last)
        pieces.append(f' {piece}' if needs_blank else piece)
    return ''.join(pieces)


def _is_called(before: str) -> bool:
    """Whether the parenthesis behind a piece of code is that of a call or a definition."""
    word = before.strip()
    return bool(re.search(r'[\w)\]]$', word)) and not iskeyword(word)


def _with_single_quotes(string: str) -> str:
    if string.startswith('"') and not string.startswith('"""') and "'" not in string and '\\' not in string:
        return f"'{string[1:-1]}'"
    return string


def shortened(text: str) -> str:
    """A text that is not too long to be read in a line, with a name for all of it behind where it was cut."""
    if len(text) <= _MOST:
        return text
    return f'{text[:_MOST]}… {sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:12]}'
