"""What was found, as text: one file a format. Only these modules know how a finding looks, and each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gokart_lint.findings import Finding

if TYPE_CHECKING:
    from gokart_lint.rules.registry import Rule

FORMATS: Mapping[str, str] = {
    'full': 'gokart_lint.reports.full',
    'concise': 'gokart_lint.reports.concise',
    'json': 'gokart_lint.reports.json',
    'jsonl': 'gokart_lint.reports.jsonl',
    'github': 'gokart_lint.reports.github',
    'gitlab': 'gokart_lint.reports.gitlab',
    'azure': 'gokart_lint.reports.azure',
    'sarif': 'gokart_lint.reports.sarif',
    'rdjson': 'gokart_lint.reports.rdjson',
    'junit': 'gokart_lint.reports.junit',
    'markdown': 'gokart_lint.reports.markdown',
}

HOME = 'https://github.com/gokart-lint/gokart-lint'


class Outcome(msgspec.Struct, frozen=True):
    """All that a report may need. `line` gives the text of a line of a file, or None where there is none to show."""

    findings: tuple[Finding, ...]
    files: int
    folder: Path
    """What the paths of the findings are relative to."""
    line: Callable[[str, int], str | None] = lambda path, number: None
    colour: bool = False
    own_rules: tuple[Rule, ...] = ()
    """The rules that the project adds to ours."""


def render(name: str, outcome: Outcome) -> str:
    """The report in one of `FORMATS`, without a line end behind its last line."""
    text: str = import_module(FORMATS[name]).render(outcome)
    return text


def url(code: str, own_rules: Sequence[Rule] = ()) -> str:
    """The page of a rule; '' for an own one that names none."""
    if code.startswith('GK'):
        return f'{HOME}/blob/main/docs/rules/{code}.md'
    return next((rule.url for rule in own_rules if rule.code == code), '')


def counted(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f'{number} {noun}' if number == 1 else f'{number} {noun}s'


def sound(text: str) -> str:
    """Text that UTF-8 can hold: the name of a file may be one that it cannot."""
    return text.encode('utf-8', 'backslashreplace').decode('utf-8')
