"""Workflow commands that GitHub Actions turns into annotations of a pull request."""

from __future__ import annotations

from gokart_lint.findings import Finding
from gokart_lint.reports import Outcome, sound
from gokart_lint.reports.places import repository, within


def render(outcome: Outcome) -> str:
    """One command a finding."""
    root = repository(outcome.folder)
    return '\n'.join(command(finding, within(finding.path, outcome.folder, root)) for finding in outcome.findings)


def command(finding: Finding, path: str, level: str = 'error', title: str = '') -> str:
    """The command for one finding. `path` is that from the root of the repository; `title` stands in place of the code."""
    at = finding.at
    properties: dict[str, object] = {
        'title': f'gokart-lint ({title or finding.code})',
        'file': path,
        'line': at.line,
        'endLine': at.end_line,
    }
    if at.line == at.end_line:  # GitHub refuses columns of an annotation over several lines
        properties |= {'col': at.column, 'endColumn': at.end_column}
    written = ','.join(f'{key}={_property(str(value))}' for key, value in properties.items())
    return f'::{level} {written}::{_data(finding.message)}'


def _data(text: str) -> str:
    return sound(text).replace('%', '%25').replace('\r', '%0D').replace('\n', '%0A')


def _property(text: str) -> str:
    return _data(text).replace(':', '%3A').replace(',', '%2C')
