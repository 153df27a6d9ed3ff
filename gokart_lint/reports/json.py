"""The findings in the shape of `ruff check --output-format json`, so that what reads ruff's reads ours."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from gokart_lint.facts import Span
from gokart_lint.findings import Finding, Fix
from gokart_lint.reports import Outcome, sound, url

if TYPE_CHECKING:
    from gokart_lint.rules.registry import Rule


def render(outcome: Outcome) -> str:
    """A list with one object a finding."""
    found = [as_object(finding, outcome.folder, outcome.own_rules) for finding in outcome.findings]
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


def as_object(finding: Finding, folder: Path, own_rules: Sequence[Rule] = ()) -> dict[str, Any]:
    """One finding; its path is relative to a folder. `own_rules` are those of the project."""
    return {
        'cell': None,
        'code': finding.code,
        'name': finding.name,
        'message': sound(finding.message),
        'filename': sound(os.path.abspath(folder / finding.path)),
        **_places(finding.at),
        'fix': _fix(finding.fix) if finding.fix else None,
        'noqa_row': finding.noqa_line or finding.at.line,
        'url': url(finding.code, own_rules) or None,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{'content': edit.text, **_places(edit.at)} for edit in fix.edits]
    return {'applicability': 'safe' if fix.safe else 'unsafe', 'message': sound(fix.message), 'edits': edits}


def _places(at: Span) -> dict[str, dict[str, int]]:
    return {'location': {'row': at.line, 'column': at.column}, 'end_location': {'row': at.end_line, 'column': at.end_column}}
