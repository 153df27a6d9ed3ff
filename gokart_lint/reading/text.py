"""Bytes to text as Python itself decodes a source file, and the lines that places are counted in."""

from __future__ import annotations

import codecs
import re
import warnings
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

import msgspec

from gokart_lint.facts import Span

_COOKIE = re.compile(rb'^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)')
_BLANK_OR_COMMENT = re.compile(rb'^[ \t\f]*(?:#.*)?$')
_LINE_END = re.compile('\r\n|\n|\r')


class Source(msgspec.Struct, frozen=True):
    """A decoded file. `text` has no byte order mark and keeps its line ends; `encode` gives the bytes back."""

    text: str
    encoding: str
    bom: bytes = b''

    def encode(self, text: str) -> bytes:
        """The bytes of a changed text in this file's own encoding. Raises UnicodeEncodeError if it cannot hold the text."""
        return self.bom + text.encode(self.encoding)

    @property
    def newline(self) -> str:
        """The line end that the file uses first, `\\n` for a file of one line."""
        found = _LINE_END.search(self.text)
        return found.group() if found else '\n'


class Undecodable(Exception):
    """The bytes are not text in the encoding that they declare. `at` is the first place that is wrong."""

    def __init__(self, reason: str, at: Span) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


def decode(data: bytes) -> Source:
    """Decode a source file by its byte order mark or its declaration (PEP 263), else as UTF-8. Raises Undecodable."""
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b''
    body = data[len(bom) :]
    if b'\0' in body or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Undecodable(
            'it holds NUL bytes, so it is no Python source in an encoding that Python reads', _place_of_byte(body, max(body.find(b'\0'), 0))
        )
    encoding = _declared_encoding(body, bom)
    try:
        return Source(_decoded(body, encoding), encoding, bom)
    except UnicodeDecodeError as error:
        reason = (
            f'byte 0x{body[error.start]:02x} is not text in {encoding}; save the file in that encoding or declare its own in the first line'
        )
        raise Undecodable(reason, _place_of_byte(body, error.start)) from None
    except UnicodeError as error:  # codecs that are not made for source code, such as punycode
        raise Undecodable(f'it is not text in {encoding}: {error}', Span(1, 1, 1, 1)) from None


def _decoded(body: bytes, encoding: str) -> str:
    if encoding == 'utf-8':
        return body.decode()
    with warnings.catch_warnings():  # of codecs that are not made for source code, such as unicode_escape
        warnings.simplefilter('ignore')
        return body.decode(encoding)


def _declared_encoding(body: bytes, bom: bytes) -> str:
    for number, line in enumerate(re.split(rb'\r\n|\n|\r', body, maxsplit=2)[:2], start=1):
        if found := _COOKIE.match(line):
            return _known_encoding(found.group(1).decode('ascii', 'replace'), bom, Span(number, 1, number, len(line) + 1))
        if not _BLANK_OR_COMMENT.match(line):
            break
    return 'utf-8'


def _known_encoding(name: str, bom: bytes, at: Span) -> str:
    try:
        known = codecs.lookup(_without_newline_kind(name))
    except LookupError:
        raise Undecodable(f'it declares the unknown encoding {name!r}', at) from None
    if not getattr(known, '_is_text_encoding', True):
        raise Undecodable(f'it declares {name!r}, which is no text encoding', at)
    if bom and known.name != 'utf-8':
        raise Undecodable(f'it starts with a UTF-8 byte order mark but declares {name!r}', at)
    return known.name


def _without_newline_kind(name: str) -> str:
    """`utf-8` for `utf-8-unix`, as Emacs writes it and Python reads it (`get_normal_name` of its tokenizer)."""
    plain = f'{name[:12].lower().replace("_", "-")}-'
    if plain.startswith('utf-8-'):
        return 'utf-8'
    return 'latin-1' if plain.startswith(('latin-1-', 'iso-8859-1-', 'iso-latin-1-')) else name


def _place_of_byte(body: bytes, offset: int) -> Span:
    """A place counted as if each byte were a character: there is no text to count in."""
    before = _LINE_END.split(body[:offset].decode('latin-1'))
    return Span(len(before), len(before[-1]) + 1, len(before), len(before[-1]) + 2)


def _line_ends(text: str) -> Iterable[int]:
    """Where each line ends, behind its line end."""
    if '\r' in text:
        return (found.end() for found in _LINE_END.finditer(text))
    lengths = [len(line) + 1 for line in text.split('\n')]
    lengths.pop()  # the last line has no end
    return accumulate(lengths)


class Lines:
    """Where the lines of a text start: only `\\n`, `\\r\\n` and `\\r` end one, as for Python's tokenizer."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *_line_ends(text)]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column, from 1, of the character at an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets."""
        return Span(*self.place(start), *self.place(end))

    def offset(self, line: int, column: int) -> int:
        """The offset of a place."""
        return self.starts[line - 1] + column - 1

    def line(self, number: int) -> str:
        """The text of a line without its line end."""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip('\r\n')
