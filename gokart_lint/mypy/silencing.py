"""Errors that are kept back, because what they ask for is not what the author of a task has to do.

One sort asks the author of an un-annotated body for annotations: mypy would not have looked at it. The other refuses what gokart allows.

A watcher of mypy's own at the bottom of its stack drops them. `# type: ignore` marks would not do: they count as used or unused, and
bring notes on other errors of the line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mypy.errors import ErrorInfo, Errors, ErrorWatcher
from mypy.nodes import TypeInfo

_IN_BODIES = frozenset({'no-untyped-call', 'untyped-decorator', 'var-annotated'})
_OF_DEFINITIONS = frozenset({'override'})

Lines = list[tuple[int, int, int]]
"""Where bodies stand: their first line with decorators, the line of `def`, the last line."""


class Silencing:
    """Knows the un-annotated bodies and the allowed lines of this run, by the file and class that they stand in."""

    def __init__(self) -> None:
        self._bodies: dict[str, dict[str, Lines]] = {}
        self._allowed: dict[str, dict[str, Mapping[int, str]]] = {}
        self._errors: Errors | None = None
        self._watcher: ErrorWatcher | None = None

    def keep(self, errors: Errors, info: TypeInfo, lines: Lines) -> None:
        """Take down the bodies of a class in the file that mypy is at."""
        self._bodies.setdefault(errors.file, {})[info.fullname] = lines
        self._watch(errors)

    def allow(self, errors: Errors, info: TypeInfo, codes: Mapping[int, str]) -> None:
        """Take down the lines of a class at which one error each is no mistake."""
        self._allowed.setdefault(errors.file, {})[info.fullname] = codes
        self._watch(errors)

    def _watch(self, errors: Errors) -> None:
        self._errors = errors
        self.renew()

    def renew(self) -> None:
        """Watch again: the daemon forgets all watchers before an update."""
        if self._errors is None:
            return
        if self._watcher is None:
            self._watcher = ErrorWatcher(self._errors, filter_errors=self._is_kept_back)
        watchers: list[Any] = self._errors._watchers
        if self._watcher not in watchers:
            watchers.insert(0, self._watcher)

    def _is_kept_back(self, file: str, error: ErrorInfo) -> bool:
        code = error.code.code if error.code is not None else ''
        if any(codes.get(error.line) == code for codes in self._allowed.get(file, {}).values()):
            return True
        return self._asks_for_annotations(file, error.line, code)

    def _asks_for_annotations(self, file: str, line: int, code: str) -> bool:
        if code not in _IN_BODIES and code not in _OF_DEFINITIONS:
            return False
        for lines in self._bodies.get(file, {}).values():
            for first, definition, last in lines:
                if first <= line <= (definition if code in _OF_DEFINITIONS else last):
                    return True
        return False
