"""What the result of a task depends on beside its key: the reads of the world that its `run` reaches and that can change the result."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

import msgspec

from gokart_lint import facts, world
from gokart_lint.bodies.journeys import Stop, journey
from gokart_lint.bodies.literal_paths import file_read
from gokart_lint.bodies.reads import Read
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.module import Module

_ALWAYS = frozenset({world.CLOCK, world.RANDOM, world.ENVIRONMENT, world.CONFIGURATION})


class Hidden(msgspec.Struct, frozen=True, eq=False):
    """A read of the world, where a module should be told of it, and the way there as a message shows it."""

    read: Read
    at: facts.Span
    trail: str


def hidden_inputs(concrete: Class, module: Module, cache_off: tuple[str, ...]) -> Iterator[Hidden]:
    """The hidden inputs of a task that a module is to be told of: what it reads itself, and what it leaves for to read elsewhere."""
    run = concrete.project_method('run')
    if run is None or not concrete.is_task or _is_not_cached_by_key(concrete, cache_off):
        return
    in_output = _in_output(concrete)
    for stop in journey(concrete, run):
        for read in _hidden(stop):
            at = read.node.at if stop.module is module else stop.left_at(module)
            if at is not None and read.kind not in in_output:
                yield Hidden(read, at, ' -> '.join([*stop.trail, read.shown]))


def _hidden(stop: Stop) -> Iterator[Read]:
    for read, matters in stop.looked.reads:
        is_file = read.kind in (world.FILE, world.FOLDER)
        if matters and (read.kind in _ALWAYS or (is_file and file_read(read) is not None)):
            yield read


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
    kinds = {read.kind for stop in journey(concrete, output) for read, matters in stop.looked.reads if matters}
    return frozenset(kinds & {world.CLOCK, world.ENVIRONMENT, world.CONFIGURATION})
