"""Places of Python's `ast` as facts count them: `ast` counts columns in UTF-8 bytes from 0, facts in characters from 1."""

from __future__ import annotations

import ast
import re

from gokart_lint.facts import Span
from gokart_lint.reading.text import Lines

_DEFINITION = re.compile(r'(?:async[\s\\]+)?(?:def|class)[\s\\]+')


class Unsure(Exception):
    """A place that `ast` gives cannot be right: Python before 3.12 misplaces some expressions inside f-strings."""


class Columns:
    """The places of one text."""

    def __init__(self, text: str) -> None:
        self.lines = Lines(text)
        self._is_ascii = text.isascii()
        self._encoded: dict[int, bytes] = {}

    def span(self, node: ast.expr | ast.stmt | ast.keyword | ast.arg) -> Span:
        """The span of a node."""
        end_line = node.end_lineno or node.lineno
        end_column = node.end_col_offset or 0
        if self._is_ascii:
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
        if self._is_ascii:
            return offset + 1
        encoded = self._encoded.get(line)
        if encoded is None:
            text = self.lines.line(line)
            encoded = self._encoded[line] = b'' if text.isascii() else text.encode('utf-8')
        if not encoded:  # most lines, also of a file with comments in Japanese
            return offset + 1
        return len(encoded[:offset].decode('utf-8', 'replace')) + 1
