"""Workflow commands that GitHub Actions turns into annotations of a pull request: errors for stale results, notices for the rest."""

from __future__ import annotations

from gokart_lint.reports.github import command
from gokart_lint.reports.places import repository, within
from gokart_lint.staleness.showing import Shown, finding
from gokart_lint.staleness.verdicts import Kind, Verdict


def render(shown: Shown) -> str:
    """One command a verdict."""
    root = repository(shown.folder)
    told = (each for each in shown.judged.verdicts if shown.everything or each.kind in (Kind.STALE, Kind.UNKNOWN))
    return '\n'.join(_command(each, within(each.where.path, shown.folder, root)) for each in told)


def _command(verdict: Verdict, path: str) -> str:
    level = 'error' if verdict.kind is Kind.STALE else 'warning' if verdict.kind is Kind.UNKNOWN else 'notice'
    return command(finding(verdict), path, level, '' if verdict.kind is Kind.STALE else verdict.kind.value)
