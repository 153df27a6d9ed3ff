"""What is said of a task after two revisions were compared: frozen values that only the reports format."""

from __future__ import annotations

from enum import Enum

import msgspec

from gokart_lint.facts import Span
from gokart_lint.findings import Fix

CODE, NAME = 'GK306', 'stale-cache'


class Kind(Enum):
    """What becomes of the old result of a task."""

    STALE = 'stale'
    """Its code changed and its key did not: the old result is served."""
    UNKNOWN = 'unknown'
    """Its code changed, and whether its key did cannot be told from the text."""
    SERVED = 'served stale input'
    """It stands on the old result of a stale task."""
    RECOMPUTED = 'recomputed'
    """Its own key moved."""
    DOWNSTREAM = 'downstream'
    """The key of a task that it needs moved, and so did its own."""
    ACCEPTED = 'accepted'
    """Somebody said that its changed code gives the same result."""


class Where(msgspec.Struct, frozen=True):
    """A place of one side: the path as the user would type it, and the span; no span for a file that is not Python."""

    path: str
    at: Span | None = None

    def __str__(self) -> str:
        return self.path if self.at is None else f'{self.path}:{self.at.line}'


class Reason(msgspec.Struct, frozen=True):
    """One reason, with where it stands before and after."""

    text: str
    before: Where | None = None
    after: Where | None = None


class Verdict(msgspec.Struct, frozen=True):
    """What becomes of one task. `task` is dotted as the project imports it, `downstream` those that stand on its result.

    `fingerprint` stands for the state of its code.
    """

    kind: Kind
    task: str
    where: Where
    reasons: tuple[Reason, ...]
    downstream: tuple[str, ...] = ()
    fingerprint: str = ''
    fix: Fix | None = None

    @property
    def name(self) -> str:
        """The class."""
        return self.task.rpartition('.')[2]

    @property
    def at(self) -> Span:
        return self.where.at or Span(1, 1, 1, 1)


class Judged(msgspec.Struct, frozen=True):
    """All verdicts of a comparison, the worst first, and what to say beside them."""

    verdicts: tuple[Verdict, ...]
    base: str
    head: str
    changed: int
    """How many Python files differ."""
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def of(self, kind: Kind) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.kind is kind)
