"""The verdicts in the shape of `ruff check --output-format json`, with what only they have beside it."""

from __future__ import annotations

import os
from typing import Any

import msgspec

from gokart_lint.reports import json as findings
from gokart_lint.reports import sound
from gokart_lint.staleness.showing import Shown, finding
from gokart_lint.staleness.verdicts import Kind, Reason, Verdict, Where


def render(shown: Shown) -> str:
    """A list with one object a stale task, and with `everything` one for each other verdict, which have no code."""
    verdicts = [each for each in shown.judged.verdicts if shown.everything or each.kind is Kind.STALE]
    return msgspec.json.format(msgspec.json.encode([_verdict(each, shown) for each in verdicts]), indent=2).decode()


def _verdict(verdict: Verdict, shown: Shown) -> dict[str, Any]:
    made = findings.as_object(finding(verdict), shown.folder)
    if verdict.kind is not Kind.STALE:
        made |= {'code': None, 'name': None, 'url': None, 'fix': None}
    return {
        **made,
        'verdict': verdict.kind.value,
        'task': sound(verdict.task),
        'reasons': [_reason(reason, shown) for reason in verdict.reasons],
        'downstream': [sound(task) for task in verdict.downstream],
        'fingerprint': verdict.fingerprint or None,
    }


def _reason(reason: Reason, shown: Shown) -> dict[str, Any]:
    return {'text': sound(reason.text), 'before': _where(reason.before, shown), 'after': _where(reason.after, shown)}


def _where(where: Where | None, shown: Shown) -> dict[str, Any] | None:
    if where is None:
        return None
    return {'filename': sound(os.path.abspath(shown.folder / where.path)), 'row': None if where.at is None else where.at.line}
