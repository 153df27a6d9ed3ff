"""`gokart_build`: the whole pipeline for real, with gokart's own scheduler, and what its inner task raised when it fails."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from pytest_gokart import callers, isolation, storage
from pytest_gokart.shapes import name_of

_TRIES = 3


def build_task(task: Any, parameters: Mapping[str, Any], folder: Path | None) -> Any:
    """What `gokart.build` returns. Without a folder all targets are in memory; with one they are files under it."""
    __tracebackhide__ = True
    import gokart
    from gokart.build import GokartBuildError

    place: AbstractContextManager[Any] = storage.in_memory() if folder is None else storage.under(folder)
    with isolation.undone(), place:
        if isinstance(task, type):
            task = task(**parameters)
        elif parameters:
            raise TypeError(
                f'{name_of(task)} is built already: give {", ".join(parameters)} where it is built, or hand gokart_build its class'
            )
        failures = _Failures()
        try:
            with _texts_that_do_not_fail():
                return gokart.build(task)
        except GokartBuildError as error:
            failures.ask_again()
            if not failures.found:
                raise
            message, cause = failures.told(task)
            error.args = (message,)
            raise error from cause


@contextmanager
def _texts_that_do_not_fail() -> Iterator[None]:
    """luigi logs a task whose requires() raises, and gokart asks requires() for the text of it; pytest's handler lets that out."""
    import gokart

    texts = {name: vars(gokart.TaskOnKart)[name] for name in ('__str__', '__repr__')}

    def or_the_name(original: Any) -> Any:
        def text(task: Any) -> str:
            try:
                return str(original(task))
            except Exception:
                return name_of(task)

        return text

    for name, original in texts.items():
        setattr(gokart.TaskOnKart, name, or_the_name(original))
    try:
        yield
    finally:
        for name, original in texts.items():
            setattr(gokart.TaskOnKart, name, original)


class _Failures:
    """Hears of each task that fails. gokart's own error has their unique ids alone, and none of those whose requires() raises."""

    def __init__(self) -> None:
        import luigi

        self.found: list[tuple[str, BaseException]] = []
        self._incomplete: list[Any] = []
        self._times: Counter[str] = Counter()
        handlers = {
            luigi.Event.FAILURE: self._hear,
            luigi.Event.BROKEN_TASK: self._hear,
            luigi.Event.DEPENDENCY_MISSING: self._incomplete.append,
        }
        for event, handler in handlers.items():
            luigi.Task._event_callbacks.setdefault(luigi.Task, {}).setdefault(event, set()).add(handler)

    def _hear(self, task: Any, exception: BaseException) -> None:
        self.found.append((callers.raising(exception) or name_of(task), exception))
        self._times[task.task_id] += 1
        if self._times[task.task_id] >= _TRIES:
            _stop_worker()

    def ask_again(self) -> None:
        """luigi keeps no more than a text of what complete() raises (luigi.worker.check_complete, 3.8.1)."""
        for task in [] if self.found else self._incomplete:
            try:
                task.complete()
            except Exception as exception:
                self._hear(task, exception)
                return

    def told(self, task: Any) -> tuple[str, BaseException]:
        (name, exception), *others = self.found
        lines = [f'{name_of(task)} was not built: {name} raised {type(exception).__name__}: {exception}']
        lines += [f'and {other} raised {type(one).__name__}: {one}' for other, one in others if str(one) != str(exception)]
        if 'Unfulfilled depend' in str(exception):
            lines.append(
                f'{name} requires a task that is not there when everything else has run: requires() gives other tasks at each call, '
                'two classes have one name, or run() of the dependency dumps nothing'
            )
        return '\n'.join(lines), exception


def _stop_worker() -> None:
    """luigi tries a task whose dependency is never there again for ever (luigi 3.8.1, gokart 1.12.2): its worker is up the stack."""
    frame = sys._getframe(1)
    while frame is not None:
        worker = frame.f_locals.get('self')
        stop = getattr(worker, '_start_phasing_out', None)
        if stop is not None:
            stop()
            return
        frame = frame.f_back  # type: ignore[assignment]
