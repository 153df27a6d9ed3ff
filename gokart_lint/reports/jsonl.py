"""JSON Lines: each finding is the object of `json` on a line of its own, so that a reader need not hold them all."""

from __future__ import annotations

import msgspec

from gokart_lint.reports import Outcome
from gokart_lint.reports.json import as_object


def render(outcome: Outcome) -> str:
    """One line a finding."""
    found = (as_object(finding, outcome.folder, outcome.own_rules) for finding in outcome.findings)
    return '\n'.join(msgspec.json.encode(each).decode() for each in found)
