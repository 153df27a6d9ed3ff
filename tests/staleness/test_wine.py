"""The wine example's history: judged right edit by edit, and as gokart itself behaves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.staleness.fidelity import Outcome, false_alarms, outcomes, sums, table, unsaid
from tests.staleness.histories import commit, judge
from tests.staleness.wine_history import EDITS, PREPARATION, WINE, apply

ROOT = Path(__file__).parent.parent.parent
RAN = (0, 2, 6, 7, 9, 10, 13, 15, 17, 20)
"""The edits that are run with gokart here; `python -m tests.staleness.fidelity` runs them all."""


def test_every_edit_is_judged_right(tmp_path: Path) -> None:
    shutil.copytree(WINE, tmp_path / 'wine', ignore=shutil.ignore_patterns('resources', '.*', '__pycache__'))
    repository = tmp_path / 'wine'
    apply(PREPARATION, repository)
    last = commit(repository, {}, PREPARATION.title)
    for edit in EDITS:
        apply(edit, repository)
        this = commit(repository, {}, edit.title)
        found = {each.name: each.kind.value for each in judge(repository, last, this).verdicts}
        own = {name: kind for name, kind in found.items() if kind != 'served stale input' and name != 'WinePipeline'}
        assert own == edit.verdicts, edit.title
        last = this


@pytest.fixture(scope='module')
def ran(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    folder = tmp_path_factory.mktemp('fidelity')
    return list(outcomes(EDITS, folder.resolve(), RAN))


def test_what_gokart_serves_wrongly_is_called_stale(ran: list[Outcome]) -> None:
    assert [each.title for each in ran if each.wrong - each.warned] == []


def test_what_is_called_stale_is_served_wrongly(ran: list[Outcome]) -> None:
    assert [each.title for each in ran if false_alarms(each)] == []


def test_what_is_called_recomputed_has_another_key(ran: list[Outcome]) -> None:
    assert unsaid(ran) == {}


def test_the_table_of_the_page_is_what_was_found(ran: list[Outcome]) -> None:
    text = (ROOT / 'docs' / 'stale.md').read_text(encoding='utf-8')
    for row in table(ran).splitlines()[2:]:
        assert row in text
    assert sums(ran)
