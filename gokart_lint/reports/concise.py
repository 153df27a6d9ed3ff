"""One line a finding, as editors and `grep` like it."""

from __future__ import annotations

from gokart_lint.findings import Finding
from gokart_lint.reports import Outcome
from gokart_lint.reports.plain import BOLD, CYAN, RED, harmless, painted, summary


def render(outcome: Outcome) -> str:
    """The findings and a closing line."""
    return '\n'.join([*(header(finding, outcome.colour) for finding in outcome.findings), summary(outcome)])


def header(finding: Finding, colour: bool) -> str:
    """`path:row:column: code message`: terminals and editors open the place when it is clicked."""
    path = painted(harmless(finding.path), BOLD, colour)
    place = painted(f':{finding.at.line}:{finding.at.column}:', CYAN, colour)
    return f'{path}{place} {painted(finding.code, RED, colour)} {harmless(finding.message)}'
