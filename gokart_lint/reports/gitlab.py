"""GitLab's Code Quality report, which merge requests show. What it calls a fingerprint tells old findings from new ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

from gokart_lint.findings import Finding
from gokart_lint.reports import Outcome, sound
from gokart_lint.reports.places import repository, within
from gokart_lint.rules.registry import all_rules

_LINE_NUMBER = re.compile(r'(?<=\bline )\d+|(?<=\.py:)\d+')
_OF_THE_TOOL: Mapping[str, str] = {'GK900': 'blocker', 'GK901': 'info'}


def render(outcome: Outcome) -> str:
    """A list with one object a finding."""
    root = repository(outcome.folder)
    opt_in = {rule.code for rule in all_rules() if rule.opt_in}
    seen: Counter[str] = Counter()
    found = []
    for finding in outcome.findings:
        path = within(finding.path, outcome.folder, root)
        content = _content(finding, path, outcome)
        seen[content] += 1
        fingerprint = sha256(f'{content}\0{seen[content]}'.encode()).hexdigest()
        severity = _OF_THE_TOOL.get(finding.code) or ('minor' if finding.code in opt_in else 'major')
        found.append(_violation(finding, path, fingerprint, severity))
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


def _violation(finding: Finding, path: str, fingerprint: str, severity: str) -> dict[str, Any]:
    return {
        'description': sound(finding.message),
        'check_name': finding.code,
        'fingerprint': fingerprint,
        'severity': severity,
        'location': {'path': path, 'lines': {'begin': finding.at.line, 'end': finding.at.end_line}},
    }


def _content(finding: Finding, path: str, outcome: Outcome) -> str:
    """What a finding is about, however many lines stand above it: messages name the class, and the line is known by its text."""
    line = outcome.line(finding.path, finding.at.line) or ''
    return sound('\0'.join((path, finding.code, _LINE_NUMBER.sub('', finding.message), ' '.join(line.split()))))
