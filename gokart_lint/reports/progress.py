"""A bar for a person who waits: only on a terminal, and only when the run takes longer than a second."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 1.0


class Bar:
    """Called with what is done and what there is to do. Shows itself when it is called late enough, and leaves no trace."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._shown: tuple[Progress, TaskID] | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._shown:
            self._shown[0].stop()

    def __call__(self, done: int, total: int) -> None:
        if not self._shown and time.monotonic() - self._started > PATIENCE:
            self._shown = self._show()
        if self._shown:
            bar, task = self._shown
            bar.update(task, completed=done, total=total)

    def _show(self) -> tuple[Progress, TaskID]:
        from rich.console import Console  # tens of milliseconds: only for a run that takes long anyway
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn('reading'), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        task = bar.add_task('reading', total=None)
        bar.start()
        return bar, task
