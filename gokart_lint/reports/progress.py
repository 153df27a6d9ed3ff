"""A bar for a person who waits: only on a terminal, and only when the run takes longer than a second."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 1.0  # seconds
_PAUSE = 0.1  # seconds between two drawings


class Bar:
    """Called with what is done and what there is to do. Shows itself when it is called late enough, and leaves no trace.

    It draws itself and has no thread that would: a process with threads cannot be forked safely.
    """

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._drawn = 0.0
        self._shown: tuple[Progress, TaskID] | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._shown:
            self._shown[0].stop()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not self._shown and now - self._started > PATIENCE:
            self._shown = self._show()
        if self._shown and (now - self._drawn > _PAUSE or done >= total):
            bar, task = self._shown
            bar.update(task, completed=done, total=total, refresh=True)
            self._drawn = now

    def _show(self) -> tuple[Progress, TaskID]:
        from rich.console import Console  # tens of milliseconds: only for a run that takes long anyway
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn('files'), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
        task = bar.add_task('files', total=None)
        bar.start()
        return bar, task
