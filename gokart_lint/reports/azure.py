"""Logging commands that Azure Pipelines turns into issues of the build, each with its place."""

from __future__ import annotations

from pathlib import Path

from gokart_lint.findings import Finding
from gokart_lint.reports import Outcome, sound
from gokart_lint.reports.places import repository, within


def render(outcome: Outcome) -> str:
    """One command a finding."""
    root = repository(outcome.folder)
    return '\n'.join(_command(finding, outcome.folder, root) for finding in outcome.findings)


def _command(finding: Finding, folder: Path, root: Path) -> str:
    properties: dict[str, object] = {
        'type': 'error',
        'sourcepath': within(finding.path, folder, root),
        'linenumber': finding.at.line,
        'columnnumber': finding.at.column,
        'code': finding.code,
    }
    written = ''.join(f'{key}={_property(str(value))};' for key, value in properties.items())
    return f'##vso[task.logissue {written}]{_data(finding.message)}'


def _data(text: str) -> str:
    """`%AZP25` is the percent sign of the agent: a plain `%25` would stay as it is."""
    return sound(text).replace('%', '%AZP25').replace('\r', '%0D').replace('\n', '%0A')


def _property(text: str) -> str:
    return _data(text).replace(';', '%3B').replace(']', '%5D')
