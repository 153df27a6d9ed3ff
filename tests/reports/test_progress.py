"""The bar shows itself to those who wait, and to nobody else."""

from __future__ import annotations

import sys
import threading

import pytest

from gokart_lint.reports import progress


def test_a_short_run_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, 'rich', None)
    with progress.Bar() as bar:
        bar(1, 2)
        bar(2, 2)


def test_a_long_run_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, 'PATIENCE', -1.0)
    monkeypatch.setenv('FORCE_COLOR', '1')  # rich takes standard error for a terminal
    alone = threading.active_count()
    with progress.Bar() as bar:
        bar(1, 3)
        assert threading.active_count() == alone  # else nobody could fork
        bar(3, 3)
        assert bar._shown
        assert bar._shown[0].tasks[0].completed == 3
    shown = capsys.readouterr().err
    assert 'files' in shown
    assert '3/3' in shown
