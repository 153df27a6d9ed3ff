"""The findings in the shape of `ruff check --output-format json`, so that what reads ruff's reads ours."""

from __future__ import annotations

import os
from typing import Any

import msgspec

from gokart_lint.facts import Span
from gokart_lint.findings import Finding, Fix
from gokart_lint.reports import Outcome, sound, url


def render(outcome: Outcome) -> str:
    """A list with one object a finding."""
    found = [described(finding, outcome) for finding in outcome.findings]
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


def described(finding: Finding, outcome: Outcome) -> dict[str, Any]:
    """A finding as ruff would write it."""
    return {
        'cell': None,
        'code': finding.code,
        'name': finding.name,
        'message': sound(finding.message),
        'filename': sound(os.path.abspath(outcome.folder / finding.path)),
        **_places(finding.at),
        'fix': _fix(finding.fix) if finding.fix else None,
        'noqa_row': finding.noqa_line or finding.at.line,
        'url': url(finding.code),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{'content': edit.text, **_places(edit.at)} for edit in fix.edits]
    return {'applicability': 'safe' if fix.safe else 'unsafe', 'message': sound(fix.message), 'edits': edits}


def _places(at: Span) -> dict[str, dict[str, int]]:
    return {'location': {'row': at.line, 'column': at.column}, 'end_location': {'row': at.end_line, 'column': at.end_column}}
