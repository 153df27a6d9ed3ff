"""The Reviewdog Diagnostic Format: reviewdog turns it into comments of a pull request, with the fixes as suggestions to accept."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import msgspec

from gokart_lint.facts import Span
from gokart_lint.findings import Edit, Finding, Fix
from gokart_lint.reports import HOME, Outcome, sound, url
from gokart_lint.reports.places import posix

MOST_LINES = 20
"""A suggestion of more lines hides what it changes."""


def render(outcome: Outcome) -> str:
    """One `DiagnosticResult`. The paths stay relative to the working directory: reviewdog knows where that lies."""
    result = {
        'source': {'name': 'gokart-lint', 'url': HOME},
        'severity': 'ERROR',
        'diagnostics': [_diagnostic(finding, outcome) for finding in outcome.findings],
    }
    return msgspec.json.format(msgspec.json.encode(result), indent=2).decode()


def _diagnostic(finding: Finding, outcome: Outcome) -> dict[str, Any]:
    text = _Text(finding.path, outcome)
    diagnostic: dict[str, Any] = {
        'message': sound(finding.message),
        'location': {'path': posix(finding.path), 'range': text.range(finding.at) or {'start': {'line': finding.at.line}}},
        'severity': 'ERROR',
        'code': {'value': finding.code, **({'url': page} if (page := url(finding.code, outcome.own_rules)) else {})},
    }
    suggestion = text.suggestion(finding.fix) if finding.fix and finding.fix.edits else None
    if finding.fix and suggestion:
        diagnostic['suggestions'] = [suggestion]
        if not finding.fix.safe:
            diagnostic['message'] += ' (the suggested fix may change what the program means)'
    return diagnostic


class _Text:
    """The lines of one file, for which columns are counted in bytes."""

    def __init__(self, path: str, outcome: Outcome) -> None:
        self._path = path
        self._outcome = outcome

    def range(self, at: Span) -> dict[str, Any] | None:
        """Where a span lies, its end excluded; None where the text is not known."""
        start, end = self._position(at.line, at.column), self._position(at.end_line, at.end_column)
        return {'start': start, 'end': end} if start and end else None

    def suggestion(self, fix: Fix) -> dict[str, Any] | None:
        """The edits of a fix as one: each suggestion is accepted by itself, and half a fix would break the program."""
        edits = sorted(fix.edits, key=lambda edit: edit.at)
        at = Span(edits[0].at.line, edits[0].at.column, edits[-1].at.end_line, edits[-1].at.end_column)
        place, text = self.range(at), self._joined(edits)
        if place is None or text is None or at.end_line - at.line >= MOST_LINES:
            return None
        return {'range': place, 'text': sound(text)}

    def _joined(self, edits: list[Edit]) -> str | None:
        parts = [edits[0].text]
        for before, after in pairwise(edits):
            between = self._between(Span(before.at.end_line, before.at.end_column, after.at.line, after.at.column))
            if between is None:
                return None
            parts += [between, after.text]
        return ''.join(parts)

    def _between(self, at: Span) -> str | None:
        if at.end_line - at.line >= MOST_LINES:
            return None
        lines = [self._line(number) for number in range(at.line, at.end_line + 1)]
        known = [line for line in lines if line is not None]
        if len(known) < len(lines):
            return None
        known[-1] = known[-1][: at.end_column - 1]
        known[0] = known[0][at.column - 1 :]
        return '\n'.join(known)

    def _position(self, line: int, column: int) -> dict[str, int] | None:
        before = '' if column == 1 else self._line(line)
        if before is None:
            return None
        return {'line': line, 'column': len(before[: column - 1].encode('utf-8', 'surrogatepass')) + 1}

    def _line(self, number: int) -> str | None:
        return self._outcome.line(self._path, number)
