"""A section or key of a luigi configuration file that names nothing.

## What it does

Reports, in the files that luigi reads (`luigi.cfg`, `client.cfg`, `luigi.toml`, those that the code names with `gokart.add_config` and
its like, and those of `luigi-config` in `[tool.gokart-lint]`):

- a section that names no task or `luigi.Config` class, in a file where another section does. A section is the class's name behind its
  namespace and a dot, and its case counts;
- a key that is no parameter of the tasks that its section names, or, in `[TaskOnKart]`, of any task. A private parameter is written as
  Python names it (`_Train__version`), and a key has underscores, or in an .ini file a dash for every one of them.

## Why is this bad

luigi (3.8, `Parameter._get_value_from_config`) asks for the values that it wants and looks at nothing else. A misspelt section is ignored
without a word, a misspelt key with a warning that few see: the task runs with its default, and the result is cached under the key of that.
A key with both dashes and underscores is worse: every construction of the task raises `KeyError` (in `[TaskOnKart]`, of every task).

## What is left alone

- The sections of luigi itself, of `luigi.contrib` and of Python's logging, and `[DEFAULT]`.
- A section that is written in small letters, as those of other programs are, unless it is near the name of a task.
- A section whose name the code says: it may be a class of a library, or read with `get_config().get(...)`.
- Tasks with a base or decorator that is not known, and keys that other values of the file are made from (`%(name)s`).
- Projects that make classes or their families as they run.

A run on single Python files (`gokart-lint check tasks.py`) says nothing about configuration files: they concern the whole project, and are
judged by a run on a folder that holds them. `# noqa: GK408` stands on a line of its own above the line that it means, since behind a value
it would be a part of that.

## Fix

Correct the name, or remove the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gokart_lint.facts import Span
from gokart_lint.project.configuration.lookup import GOKART_SECTION
from gokart_lint.project.configuration.sections import Sections, is_luigis_own, sections
from gokart_lint.project.nearness import nearest
from gokart_lint.rules.registry import Report, configuration_rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gokart_lint.project.configuration.file import File, Section
    from gokart_lint.project.project import Project
    from gokart_lint.settings import Settings

_TASKS = """\
import gokart
import luigi


class Train(gokart.TaskOnKart[int]):
    depth: luigi.IntParameter = luigi.IntParameter(default=3)

    def run(self):
        self.dump(self.depth)


class Predict(gokart.TaskOnKart[int]):
    rate: luigi.FloatParameter = luigi.FloatParameter(default=0.5)

    def run(self):
        self.dump(self.rate)
"""

BAD = {'tasks.py': _TASKS, 'luigi.cfg': '[Train]\ndpeth = 5\n\n[Pretict]\nrate = 0.1\n'}
GOOD = {'tasks.py': _TASKS, 'luigi.cfg': '[Train]\ndepth = 5\n\n[Predict]\nrate = 0.1\n'}


@configuration_rule('GK408', 'unknown-configuration')
def check(file: File, project: Project, settings: Settings) -> Iterable[Report]:
    """The sections and keys of a configuration file that name nothing."""
    known = sections(project)
    unknown: list[Section] = []
    names_tasks = False
    for section in file.sections:
        if is_luigis_own(section.name):
            continue
        tasks = [] if section.name == GOKART_SECTION else known.named_by(section.name)
        if tasks is None:
            continue
        if tasks or section.name == GOKART_SECTION:
            names_tasks = True
            yield from _of_keys(file, section, known.keys_of(section.name, tasks), known)
        else:
            unknown.append(section)
    for section in unknown if names_tasks else ():
        if section.name.rpartition('.')[2][:1].isupper() or known.is_misspelt(section.name):
            yield _of_section(section, known)


def _of_section(section: Section, known: Sections) -> Report:
    meant = known.meant(section.name)
    what = f'did you mean [{meant}]?' if meant else 'correct it, or remove it'
    message = f'section [{section.name}] names no task or luigi.Config class, so that luigi never reads it: {what}'
    return Report(_line(section.line, len(section.name) + 2), message)


def _of_keys(file: File, section: Section, names: frozenset[str] | None, known: Sections) -> Iterator[Report]:
    if names is None:
        return
    takes_dashes = file.kind == 'ini' and section.name != GOKART_SECTION
    right = names | {name.replace('_', '-') for name in names} if takes_dashes else names
    used = set(re.findall(r'%\(([^)]+)\)s', ' '.join(str(key.value) for each in file.sections for key in each.keys)))
    for key in section.keys:
        if key.name not in right and key.name not in used and not known.takes(section.name, key.name):
            meant = nearest(key.name, sorted(names))
            what = f'did you mean {meant!r}?' if meant else 'correct it, or remove it'
            yield Report(_line(key.line, len(key.name)), f'{_fault(section.name, key.name, file.kind)}: {what}')


def _fault(section: str, key: str, kind: str) -> str:
    is_for_all = section == GOKART_SECTION
    missing = f'no task has a parameter {key!r}' if is_for_all else f'{section} has no parameter {key!r}'
    if kind == 'ini' and '-' in key and '_' in key:
        return f'{missing}, and luigi raises KeyError on dashes beside underscores'
    return f'{missing}, so that {"gokart" if is_for_all else "luigi"} never reads this value'


def _line(number: int, length: int) -> Span:
    return Span(number, 1, number, 1 + length)
