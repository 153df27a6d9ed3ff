"""Reading files in several processes. Parsers hold the interpreter's lock, so threads gain nothing."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from gokart_lint.reading.module import Survey, survey


def survey_parallel(contents: Sequence[tuple[bytes, bool]], jobs: int) -> Iterator[Survey]:
    """What files say, in their order; each is given by its bytes and whether all of it is wanted."""
    chunk = max(1, min(16, len(contents) // (4 * jobs)))
    with ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_leave_interrupts) as pool:
        yield from pool.map(_survey, contents, chunksize=chunk)


def _survey(content: tuple[bytes, bool]) -> Survey:
    return survey(content[0], full=content[1])


def _context() -> multiprocessing.context.BaseContext:
    """Fork where that is safe: it is ten times as fast as a new interpreter."""
    if 'fork' in multiprocessing.get_all_start_methods() and sys.platform != 'darwin' and threading.active_count() == 1:
        return multiprocessing.get_context('fork')
    return multiprocessing.get_context()


def _leave_interrupts() -> None:
    """A Ctrl-C goes to the whole group; the first process answers it for all."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
