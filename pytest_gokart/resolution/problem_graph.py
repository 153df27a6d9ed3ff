"""Faults of the graph as a whole: cycles, and recursion that does not end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pytest_gokart.resolution.labels import label
from pytest_gokart.resolution.problems import Finding

MOST_LEVELS = 20_000
"""Tasks of one class above each other. gokart itself ends some hundreds of levels down."""
MOST_CHARACTERS = 8_000_000
"""Characters of the keys of such tasks: where a value grows with each level, memory ends before the levels do."""
MOST_TASKS = 200_000
_SAMPLED = 64
_MOST_ENDS = 100
_MOST_CYCLES = 5


class Cycle(NamedTuple):
    """Tasks that need each other, in a ring: each needs the next one, the last one the first."""

    tasks: tuple[Any, ...]

    @property
    def message(self) -> str:
        names = [label(task) for task in [*self.tasks, self.tasks[0]]]
        shown = names if len(names) <= 8 else [*names[:4], f'... {len(names) - 7} more', *names[-3:]]
        if len(self.tasks) == 1:
            return f'{names[0]} requires itself\nIt can never run, and gokart ends in a RecursionError: build another task there, or none.'
        ring = f'a cycle of {len(self.tasks)} tasks: {" -> ".join(shown)}'
        return f'{ring}\nNone of them can ever run, and gokart ends in a RecursionError. One of them must not require the next.'


def cycles(tasks: Iterable[Any], edges: Iterable[tuple[Any, Any]], backward: Iterable[tuple[Any, Any]]) -> Iterator[Cycle]:
    """Short cycles: for each edge that led back the shortest one that it closes, beginning with the first of `tasks`."""
    import networkx as nx

    order = {task: number for number, task in enumerate(tasks)}
    graph = nx.DiGraph(edges)
    knots: dict[Any, Any] = {}
    for knot in nx.strongly_connected_components(graph):
        knots |= dict.fromkeys(knot, graph.subgraph(knot))
    rings = [nx.shortest_path(knots[source], target, source) for source, target in [*backward][:_MOST_ENDS]]
    kept: list[set[Any]] = []
    for ring in sorted(rings, key=len):
        if len(kept) < _MOST_CYCLES and not any(other <= set(ring) for other in kept):
            kept.append(set(ring))
            first = min(range(len(ring)), key=lambda number: order[ring[number]])
            yield Cycle((*ring[first:], *ring[:first]))


class Levels:
    """The open tasks of each class, counted, to tell recursion that will not end from recursion that is deep."""

    def __init__(self) -> None:
        self._open: dict[Any, int] = {}
        self._characters: dict[Any, list[int]] = {}
        self.ended: set[Any] = set()

    def enter(self, task: Any) -> Finding | None:
        """A finding if there are too many of a class now; nothing below tasks of that class is walked any more."""
        cls = type(task)
        count = self._open[cls] = self._open.get(cls, 0) + 1
        if count % _SAMPLED:
            return None
        texts = task.to_str_params(only_significant=True, only_public=True).values() if hasattr(task, 'task_id') else ()
        sampled = self._characters.setdefault(cls, [])
        sampled.append(_SAMPLED * sum(map(len, texts)))
        if count < MOST_LEVELS and sum(sampled) < MOST_CHARACTERS:
            return None
        self.ended.add(cls)
        message = f'{cls.__name__} requires itself without end: {count} levels, with other parameters at each, and there are more'
        return Finding('endless', f'{message}\nIts requires() needs a case that does not build {cls.__name__} again.')

    def leave(self, task: Any) -> None:
        cls = type(task)
        if not self._open[cls] % _SAMPLED:
            self._characters[cls].pop()
        self._open[cls] -= 1
