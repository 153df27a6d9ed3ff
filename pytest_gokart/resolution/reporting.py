"""Problems and notes of one walk, each once, however often the walk comes across it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pytest_gokart.resolution.problems import Finding
from pytest_gokart.values import Place, Problem, Step

_MOST_ALIKE = 10  # of one kind at one line, which only differ in the values that they name


class Report:
    """What was found so far, in the order of the walk."""

    def __init__(self) -> None:
        self._problems: dict[tuple[str, Place | None, str], Problem] = {}
        self._notes: dict[str, None] = {}
        self._alike: dict[tuple[str, Place | None], int] = {}

    def add(self, findings: Iterable[Finding], chain: Callable[[], tuple[Step, ...]] = tuple) -> None:
        """Take findings; the chain leads to the task that they are about. One that has no place is where its task was built."""
        for finding in findings:
            key = finding.kind, finding.at, finding.message
            if key not in self._problems:
                steps = (*chain(), finding.step) if finding.step else chain()
                at = finding.at or (steps[-1].at if steps else None)
                alike = self._alike[finding.kind, at] = self._alike.get((finding.kind, at), 0) + 1
                if alike <= _MOST_ALIKE or at is None:
                    self._problems[key] = Problem(finding.kind, finding.message, steps, at)

    def note(self, text: str) -> None:
        self._notes[text] = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems.values())

    @property
    def notes(self) -> tuple[str, ...]:
        more = [f'{count - _MOST_ALIKE} more like those at {at}' for (_, at), count in self._alike.items() if at and count > _MOST_ALIKE]
        return (*self._notes, *more)
