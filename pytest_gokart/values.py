"""The values that pass between the parts of the plugin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

PATTERNS = ('*Pipeline*',)
"""What pipelines are called, where the settings do not say."""


@dataclass(frozen=True)
class Place:
    """A file and a line (from 1) that a terminal can click."""

    path: str
    line: int

    def __str__(self) -> str:
        return f'{self.path}:{self.line}'


@dataclass(frozen=True)
class Pipeline:
    """A class whose `requires()` shall resolve, as the text of the project shows it.

    `root` is the folder that its module is imported from, `module` the dotted name there. `unguarded` are calls such as `gokart.run()`
    that importing the module would make. `folders` are further ones that its imports, and those of what it imports, are found in.
    """

    module: str
    qualname: str
    root: str
    class_at: Place
    requires_at: Place
    unguarded: tuple[Place, ...] = ()
    folders: tuple[str, ...] = ()

    @property
    def at(self) -> Place:
        return self.class_at

    @property
    def full_name(self) -> str:
        return f'{self.module}.{self.qualname}'


class Reason(Enum):
    """Why a task class is no pipeline, as it is said of one and of several."""

    ABSTRACT = 'is abstract', 'are abstract'
    NEEDS_TASK = 'needs a task', 'need a task'
    REQUIRES_NONE = 'requires no task', 'require no task'
    IS_BUILT = 'is built by another', 'are built by others'


@dataclass(frozen=True)
class LeftOut:
    """A task class that is no pipeline: its file, its name, and why."""

    path: str
    name: str
    reason: Reason


@dataclass(frozen=True)
class BrokenFile:
    """A file with pipelines that Python cannot read: where it stops, why, and what stands there."""

    at: Place
    reason: str
    line: str = ''


@dataclass(frozen=True)
class Row:
    """One choice of values for the parameters of a pipeline.

    `label` names what is not the project's own choice (`metric='mae', full=True`), '' for the first row. `origins` says for each value
    where it is from: a hook, pyproject.toml, a file with its line, the default, or a sample. `beyond` is true for a row that goes beyond
    the project's own values, so that a refusal by the project's own `raise` is a note and no failure.
    """

    values: Mapping[str, object]
    label: str = ''
    origins: Mapping[str, str] = field(default_factory=dict)
    beyond: bool = False


@dataclass(frozen=True)
class Step:
    """A task on the way from the pipeline to a problem: what it is called (never by its own repr) and where it was built, if known."""

    task: str
    at: Place | None = None


@dataclass(frozen=True)
class Problem:
    """What is wrong, why, and what to do next; the chain leads from the pipeline to the place."""

    kind: str
    message: str
    chain: tuple[Step, ...] = ()
    at: Place | None = None
