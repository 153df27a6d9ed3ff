"""Verdicts as text: one file a format, each imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

import msgspec

from gokart_lint.findings import Finding
from gokart_lint.reports import counted
from gokart_lint.staleness.revisions import WORKING_TREE
from gokart_lint.staleness.verdicts import CODE, NAME, Judged, Kind, Verdict

FORMATS: Mapping[str, str] = {name: f'gokart_lint.staleness.showing.{name}' for name in ('full', 'json', 'github', 'markdown')}

WORDS: Mapping[Kind, str] = {
    Kind.STALE: 'its code changed and its key did not, so the old result is served',
    Kind.UNKNOWN: 'its code or its key may have changed; the text does not show whether both did',
    Kind.SERVED: 'it stands on an old result',
    Kind.RECOMPUTED: 'its key moved, so it is computed again',
    Kind.DOWNSTREAM: 'the key of a task that it needs moved, so it is computed again',
    Kind.ACCEPTED: 'its code changed, and somebody said that the result is the same',
}


class Shown(msgspec.Struct, frozen=True):
    """All that a report may need. `everything` asks for the verdicts that a report would leave out."""

    judged: Judged
    folder: Path
    line: Callable[[str, int], str | None] = lambda path, number: None
    colour: bool = False
    everything: bool = False


def render(name: str, shown: Shown) -> str:
    """The report in one of `FORMATS`, without a line end behind its last line."""
    text: str = import_module(FORMATS[name]).render(shown)
    return text


def finding(verdict: Verdict) -> Finding:
    """A verdict as what `check` would report."""
    at = verdict.at
    return Finding(verdict.where.path, at, CODE, NAME, message(verdict), verdict.fix, at.line)


def message(verdict: Verdict) -> str:
    """One sentence: what happened, what it reaches, and what to do next."""
    reasons = '; '.join(reason.text for reason in verdict.reasons)
    text = f'{verdict.name}: {WORDS[verdict.kind]}: {reasons}' if reasons else f'{verdict.name}: {WORDS[verdict.kind]}'
    if verdict.kind is not Kind.STALE:
        return text
    reached = f' ({counted(len(verdict.downstream), "task")} downstream)' if verdict.downstream else ''
    return f'{text}{reached}; {next_step(verdict)}'


def next_step(verdict: Verdict) -> str:
    """What to do about a stale result."""
    return f"bump its version parameter (--fix), or say that the result is the same (--accept {verdict.name} --reason '...')"


def summary(judged: Judged) -> str:
    """How many verdicts there are of each kind."""
    counts = [f'{len(found)} {kind.value}' for kind in Kind if (found := judged.of(kind))]
    said = ', '.join(counts) if counts else 'no result is touched'
    head = f'{judged.head[:1].upper()}{judged.head[1:]}' if judged.head == WORKING_TREE else judged.head
    return f'{head} against {judged.base} ({counted(judged.changed, "changed file")}): {said}.'
