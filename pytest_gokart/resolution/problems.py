"""Problems on their way to the reader: collected while a tree is walked, raised together, and written out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pytest_gokart.values import Place, Problem, Step

_MOST_STEPS = 12
_MOST_PROBLEMS = 50


class Finding(NamedTuple):
    """What a check has to say, before it is known how the walk came there. `step` is a task that could not become part of the tree."""

    kind: str
    message: str
    at: Place | None = None
    step: Step | None = None


class PipelineFailure(Exception):
    """The problems of one pipeline. Its text is made of plain text alone, so it can be printed whatever the tasks are."""

    def __init__(self, problems: Sequence[Problem], notes: Sequence[str] = ()) -> None:
        super().__init__(problems, notes)
        self.problems = tuple(sorted(problems, key=_by_place))
        self.notes = tuple(notes)

    @property
    def summary(self) -> str:
        """One line: what the first problem says, and how many more there are."""
        if not self.problems:
            return ''
        more = len(self.problems) - 1
        said = (self.problems[0].message.splitlines() or [''])[0]
        return f'{said} (and {more} more {"problem" if more == 1 else "problems"})' if more else said

    def __str__(self) -> str:
        return render(self.problems, self.notes)


def _by_place(problem: Problem) -> tuple[bool, str, int]:
    """The order of the files and their lines, as they are shown; what has no place comes last, in the order of the walk."""
    at = problem.at
    return (False, _path(at), at.line) if at is not None else (True, '', 0)


def render(problems: Sequence[Problem], notes: Sequence[str]) -> str:
    """All problems as text, each with its place and the chain of tasks that leads there."""
    lines: list[str] = []
    if len(problems) > 1:
        lines += [f'{len(problems)} problems', '']
    for number, problem in enumerate(problems[:_MOST_PROBLEMS], start=1):
        lines += [*_written(problem, f'{number}. ' if len(problems) > 1 else ''), '']
    if len(problems) > _MOST_PROBLEMS:
        lines += [f'... and {len(problems) - _MOST_PROBLEMS} more', '']
    lines += [f'note: {note}' for note in notes]
    return '\n'.join(lines).rstrip()


def _written(problem: Problem, number: str) -> Iterator[str]:
    first, *others = problem.message.splitlines() or ['']
    where = f'{_shown(problem.at)}: ' if problem.at else ''
    yield f'{number}{where}{first}'
    for line in others:
        yield f'    {line}'
    if problem.chain:
        yield '    the way there:'
        yield from _chain(problem.chain)


def _chain(chain: Sequence[Step]) -> Iterator[str]:
    width = max(len(step.task) for step in _cut(chain) if step is not None)
    for step in _cut(chain):
        if step is None:
            yield f'      ... {len(chain) - _MOST_STEPS} more'
        else:
            yield f'      {step.task:<{min(width, 60)}}  {_shown(step.at)}'.rstrip()


def _cut(chain: Sequence[Step]) -> list[Step | None]:
    if len(chain) <= _MOST_STEPS + 1:
        return list(chain)
    half = _MOST_STEPS // 2
    return [*chain[:half], None, *chain[-half:]]


def _shown(place: Place | None) -> str:
    """A place, relative to the current folder if it is inside."""
    if place is None:
        return ''
    return f'{_path(place)}:{place.line}'


def _path(place: Place) -> str:
    path = os.path.abspath(place.path)
    return os.path.relpath(path) if path.startswith(os.getcwd() + os.sep) else place.path
