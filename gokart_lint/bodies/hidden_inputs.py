"""What the result of a task depends on beside its key: the reads of the world that its `run` reaches and that can change the result."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

import msgspec

from gokart_lint import facts, world
from gokart_lint.bodies.journeys import journey
from gokart_lint.bodies.literal_paths import file_read, is_written
from gokart_lint.bodies.reads import Read
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.module import Module

_ALWAYS = frozenset({world.CLOCK, world.RANDOM, world.ENVIRONMENT, world.CONFIGURATION})


class Hidden(msgspec.Struct, frozen=True, eq=False):
    """A read of the world, where a module should be told of it, the way there as a message shows it, and the file that is read."""

    read: Read
    at: facts.Span
    trail: str
    path: str | None


def hidden_inputs(concrete: Class, module: Module, cache_off: tuple[str, ...]) -> Iterator[Hidden]:
    """The hidden inputs of a task that a module is to be told of: what it reads itself, and what it leaves for to read elsewhere."""
    run = concrete.project_method('run')
    if run is None or not concrete.is_task or _is_not_cached_by_key(concrete, cache_off):
        return
    stops = list(journey(concrete, run, for_value=False))
    if not any(_is_input(read) for stop in stops for read in stop.looked.reads):
        return  # most tasks, and what matters takes time to tell
    in_output = _in_output(concrete)
    calls = [found for stop in stops for found in stop.looked.calls]
    for stop in journey(concrete, run, for_value=True):
        for read in stop.looked.reads:
            at = stop.place(read.node, module)
            if at is not None and read.kind not in in_output and stop.looked.matters(read.node) and _is_input(read):
                path = file_read(read)
                if path is None or not is_written(path, calls):
                    yield Hidden(read, at, ' -> '.join([*stop.trail, read.shown]), path)


def _is_input(read: Read) -> bool:
    return read.kind in _ALWAYS or (read.kind in (world.FILE, world.FOLDER) and file_read(read) is not None)


def _is_not_cached_by_key(concrete: Class, cache_off: tuple[str, ...]) -> bool:
    """Whether a task says by itself when it is complete, or has a parameter that makes every key a new one."""
    if isinstance(concrete.method('complete'), Method):
        return True
    return any(fnmatchcase(name, pattern) for name in concrete.parameters for pattern in cache_off)


def _in_output(concrete: Class) -> frozenset[str]:
    """The kinds of reads that the name of the output holds by itself: `make_target(f'{date.today()}.csv', use_unique_id=False)`."""
    output = concrete.project_method('output')
    if output is None:
        return frozenset()
    stops = journey(concrete, output, for_value=True)
    kinds = {read.kind for stop in stops for read in stop.looked.reads if stop.looked.matters(read.node)}
    return frozenset(kinds & {world.CLOCK, world.ENVIRONMENT, world.CONFIGURATION})
