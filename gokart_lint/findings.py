"""What a rule reports, and how it would mend it: frozen values that only `reports/` formats and only `fixing` applies."""

from __future__ import annotations

import os

import msgspec

from gokart_lint.facts import Span


class Edit(msgspec.Struct, frozen=True, array_like=True):
    """Replace the text of a span by `text`. A span that starts where it ends inserts."""

    at: Span
    text: str


class Fix(msgspec.Struct, frozen=True, array_like=True):
    """Edits of the finding's own file. `safe` means that the program keeps its meaning, but for what the finding says."""

    message: str
    edits: tuple[Edit, ...]
    safe: bool


class Within(msgspec.Struct, frozen=True, array_like=True):
    """What a place is a part of, by name (`Train.requires`), and the lines of the class there, 0 to 0 where there is none."""

    name: str = ''
    line: int = 0
    end_line: int = 0


class Finding(msgspec.Struct, frozen=True, array_like=True):
    """One fault at one place.

    `path` is the file as the user would type it: relative to the working directory where it lies below it, else absolute.
    `noqa_line` is the line where a `# noqa` for it stands or would be put.
    """

    path: str
    at: Span
    code: str
    name: str
    message: str
    fix: Fix | None = None
    noqa_line: int = 0
    within: Within = Within()


def shown_path(path: str) -> str:
    """A path as the user would type it."""
    return path.removeprefix(f'{os.getcwd().replace(os.sep, "/").rstrip("/")}/')
