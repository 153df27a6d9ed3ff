"""Errors that ask the author of an un-annotated body for annotations: mypy would not have looked at it, so they are kept back.

With them goes an attribute that a base class reads and the classes below it give: `run` in the base, its parameters in each of them.

A watcher of mypy's own at the bottom of its stack drops them. `# type: ignore` marks would not do: they count as used or unused, and
bring notes on other errors of the line.
"""

from __future__ import annotations

import re
from typing import Any

from mypy.errors import ErrorInfo, Errors, ErrorWatcher
from mypy.nodes import TypeInfo

from gokart_lint.mypy import names

_IN_BODIES = frozenset({'no-untyped-call', 'untyped-decorator', 'var-annotated'})
_OF_DEFINITIONS = frozenset({'override'})
_KNOWN = _IN_BODIES | _OF_DEFINITIONS | {'attr-defined'}
_NO_ATTRIBUTE = re.compile(r'"(\w+)(?:\[.*\])?" has no attribute "(\w+)"')

Lines = list[tuple[int, int, int]]
"""Where bodies stand: their first line with decorators, the line of `def`, the last line."""


class Silencing:
    """Knows the un-annotated bodies of this run, by the file and class that they stand in."""

    def __init__(self) -> None:
        self._bodies: dict[str, dict[str, Lines]] = {}
        self._below: dict[str, set[str]] = {}
        self._errors: Errors | None = None
        self._watcher: ErrorWatcher | None = None

    def keep(self, errors: Errors, info: TypeInfo, lines: Lines) -> None:
        """Take down the bodies of a class in the file that mypy is at, and what the class adds to its bases."""
        self._bodies.setdefault(errors.file, {})[info.fullname] = lines
        for base in info.mro[1:]:
            if not names.of_library(base):
                self._below.setdefault(base.fullname, set()).update(info.names)
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
        if code not in _KNOWN:
            return False
        for owner, lines in self._bodies.get(file, {}).items():
            for first, definition, last in lines:
                if first <= error.line <= (definition if code in _OF_DEFINITIONS else last):
                    return code != 'attr-defined' or self._is_given_below(owner, error.message)
        return False

    def _is_given_below(self, owner: str, message: str) -> bool:
        """Whether an attribute that a class lacks is one of a class that derives from it: a template and its parts."""
        found = _NO_ATTRIBUTE.match(message)
        return found is not None and found[1] == owner.rpartition('.')[2] and found[2] in self._below.get(owner, ())
