"""Errors that ask the author of an un-annotated body for annotations: mypy would not have looked at it, so they are kept back.

A watcher of mypy's own at the bottom of its stack drops them. `# type: ignore` marks would not do: they count as used or unused, and
bring notes on other errors of the line.
"""

from __future__ import annotations

from typing import Any

from mypy.errors import ErrorInfo, Errors, ErrorWatcher

_IN_BODIES = frozenset({'no-untyped-call', 'untyped-decorator', 'var-annotated'})
_OF_DEFINITIONS = frozenset({'override'})

Lines = list[tuple[int, int, int]]
"""Where bodies stand: their first line with decorators, the line of `def`, the last line."""


class Silencing:
    """Knows the un-annotated bodies of this run, by the file and class that they stand in."""

    def __init__(self) -> None:
        self._bodies: dict[str, dict[str, Lines]] = {}
        self._errors: Errors | None = None
        self._watcher: ErrorWatcher | None = None

    def keep(self, errors: Errors, owner: str, lines: Lines) -> None:
        """Take down the bodies of a class in the file that mypy is at."""
        if lines:
            self._bodies.setdefault(errors.file, {})[owner] = lines
        self._errors = errors
        self.renew()

    def renew(self) -> None:
        """Watch again: the daemon forgets all watchers before an update."""
        if self._errors is None:
            return
        if self._watcher is None:
            self._watcher = ErrorWatcher(self._errors, filter_errors=self._asks_for_annotations)
        watchers: list[Any] = self._errors._watchers
        if self._watcher not in watchers:
            watchers.insert(0, self._watcher)

    def _asks_for_annotations(self, file: str, error: ErrorInfo) -> bool:
        code = error.code.code if error.code is not None else ''
        if code not in _IN_BODIES and code not in _OF_DEFINITIONS:
            return False
        for lines in self._bodies.get(file, {}).values():
            for first, definition, last in lines:
                if first <= error.line <= (definition if code in _OF_DEFINITIONS else last):
                    return True
        return False
