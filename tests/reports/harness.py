"""Findings and outcomes that are made up, for what a report makes of them; and the command, for real ones."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from gokart_lint import cli
from gokart_lint.facts import Span
from gokart_lint.findings import Edit, Finding, Fix
from gokart_lint.reports import Outcome

FIX = Fix('Name `Load`', (Edit(Span(2, 11, 2, 11), 'expected_type=Load'),), safe=True)
UNSAFE = Fix('Make it static', (Edit(Span(2, 1, 2, 1), '@staticmethod\n'),), safe=False)


def finding(at: tuple[int, int, int, int] = (2, 7, 2, 12), fix: Fix | None = None, **other: Any) -> Finding:
    given: dict[str, Any] = {'path': 'a.py', 'code': 'GK101', 'name': 'missing-expected-type', 'message': 'no expected_type'} | other
    return Finding(at=Span(*at), fix=fix, **given)


def outcome(
    *findings: Finding,
    source: str = 'class A:\n    x = f()\n',
    files: int = 3,
    colour: bool = False,
    folder: Path = Path('/work'),
) -> Outcome:
    lines = source.split('\n')
    return Outcome(findings, files, folder, lambda path, number: lines[number - 1] if number <= len(lines) else None, colour)


def check(*arguments: str, **given: Any) -> Result:
    """The command in the working directory, its two streams apart (as click 8.2 does unasked)."""
    apart: dict[str, Any] = {'mix_stderr': False} if 'mix_stderr' in inspect.signature(CliRunner).parameters else {}
    return CliRunner(**apart).invoke(cli.main, ['check', '--no-cache', *arguments], **given)
