"""Places of Python's `ast` as facts count them: `ast` counts columns in UTF-8 bytes from 0, facts in characters from 1."""

from __future__ import annotations

import ast
import re

from gokart_lint.facts import Span
from gokart_lint.reading.text import Lines

_BEYOND_ASCII = re.compile(r'[^\x00-\x7f][^\r\n]*')
_DEFINITION = re.compile(r'(?:async[\s\\]+)?(?:def|class)[\s\\]+')


class Unsure(Exception):
    """A place that `ast` gives cannot be right: Python before 3.12 misplaces some expressions inside f-strings."""


class Columns:
    """The places of one text."""

    def __init__(self, text: str) -> None:
        self.lines = Lines(text)
        self._encoded = {} if text.isascii() else self._beyond_ascii()

    def span(self, node: ast.expr | ast.stmt | ast.keyword | ast.arg) -> Span:
        """The span of a node."""
        end_line = node.end_lineno or node.lineno
        end_column = node.end_col_offset or 0
        if node.lineno not in self._encoded and end_line not in self._encoded:
            return Span(node.lineno, node.col_offset + 1, end_line, end_column + 1)
        return Span(node.lineno, self._column(node.lineno, node.col_offset), end_line, self._column(end_line, end_column))

    def name(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Span:
        """The span of the name that a `def` or `class` gives."""
        start = self.lines.offset(node.lineno, self._column(node.lineno, node.col_offset))
        found = _DEFINITION.match(self.lines.text, start)
        if found is None:
            raise Unsure
        return self.lines.span(found.end(), found.end() + len(node.name))

    def holds(self, at: Span, text: str) -> bool:
        """Whether a text stands at a place."""
        return self.lines.text.startswith(text, self.lines.offset(at.line, at.column))

    def _column(self, line: int, offset: int) -> int:
        encoded = self._encoded.get(line)
        return offset + 1 if encoded is None else len(encoded[:offset].decode('utf-8', 'replace')) + 1

    def _beyond_ascii(self) -> dict[int, bytes]:
        """The lines with other letters: few, also in a file with comments in Japanese."""
        numbers = {self.lines.place(found.start())[0] for found in _BEYOND_ASCII.finditer(self.lines.text)}
        return {number: self.lines.line(number).encode('utf-8') for number in numbers}
