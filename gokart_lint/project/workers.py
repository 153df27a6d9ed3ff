"""Reading files in several processes. libcst's parser holds the interpreter's lock, so threads gain nothing."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

from gokart_lint.facts import Unreadable
from gokart_lint.reading.module import read_encoded


def read_parallel(contents: Iterable[tuple[str, bytes]], jobs: int) -> Iterator[tuple[str, bytes | Unreadable]]:
    """The encoded facts of files, in their order."""
    named = list(contents)
    with ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_leave_interrupts) as pool:
        made = pool.map(read_encoded, [data for _, data in named], chunksize=max(1, min(16, len(named) // (4 * jobs))))
        yield from zip((path for path, _ in named), made, strict=True)


def _context() -> multiprocessing.context.BaseContext:
    """Fork where it is safe, so that libcst is imported once; else what the platform starts processes with."""
    methods = multiprocessing.get_all_start_methods()
    if 'fork' in methods and multiprocessing.get_start_method(allow_none=True) in (None, 'fork', 'forkserver'):
        import threading

        if threading.active_count() == 1:
            import libcst  # noqa: F401

            return multiprocessing.get_context('fork')
    return multiprocessing.get_context()


def _leave_interrupts() -> None:
    """A Ctrl-C goes to the whole group; the first process answers it for all."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
