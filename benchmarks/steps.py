"""The commands that are measured, what is done before each, and the check that each did its work."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from benchmarks.generate import Planted
from benchmarks.measuring import Cost, Run, run

RULE = 'class_sets_rerun:ClassSetsRerun'


class Refused(Exception):
    """A tool did not do what it was measured for, so its figure says nothing."""


class Found(NamedTuple):
    """A finding of gokart-lint, with all that its JSON says."""

    code: str
    path: str
    line: int
    whole: str


@dataclass
class Subject:
    """A generated project in `folder/project`, and what gokart-lint found in it, by the way it was run."""

    folder: Path
    files: int
    lines: int
    planted: Sequence[Planted]
    found: dict[str, list[tuple[Found, ...]]] = field(default_factory=dict)

    @property
    def project(self) -> Path:
        return self.folder / 'project'

    @property
    def changed(self) -> str:
        """The file that is changed: the first one with tasks that holds a fault."""
        return next(planted.path for planted in self.planted if planted.code.startswith('GK'))


def nothing() -> None:
    """What most steps need before and after them."""


@dataclass(eq=False)
class Step:
    """One measured command. `check` raises Refused unless the run did its work."""

    name: str
    subject: Subject
    command: Sequence[str]
    check: Callable[[Run], None]
    before: Callable[[], None] = nothing
    after: Callable[[], None] = nothing
    variables: dict[str, str] = field(default_factory=dict)
    reads: bool = True

    def run(self) -> Cost:
        """Run and check it once."""
        self.before()
        done = run(self.command, self.subject.project, self.variables)
        self.after()
        try:
            self.check(done)
        except Refused as refused:
            shown = (done.errors or done.output)[-600:]
            raise Refused(f'{self.name}: {refused} (exit status {done.status})\n$ {" ".join(self.command)}\n{shown}') from None
        return done.cost


def python_step(subject: Subject) -> Step:
    """The floor: Python and the two imports that no run of gokart-lint can do without."""
    return Step('python -c "import msgspec, click"', subject, [sys.executable, '-c', 'import msgspec, click'], _succeeded, reads=False)


def _succeeded(done: Run) -> None:
    if done.status:
        raise Refused('it failed')


# --- gokart-lint -----------------------------------------------------------------------------------------------------------


def own_steps(subject: Subject) -> Iterator[Step]:
    """Cold with one process and with two, warm, and after a change of one file."""
    first, second = (str(subject.folder / name) for name in ('cache-1', 'cache-2'))
    change, restore = _changes(subject)
    yield _own(subject, 'cold', '.', first, before=lambda: shutil.rmtree(first, ignore_errors=True))
    yield _own(subject, 'cold, 2 jobs', '.', second, jobs=2, before=lambda: shutil.rmtree(second, ignore_errors=True))
    yield _own(subject, 'warm', '.', first)
    yield _own(subject, 'one file changed, check FILE', subject.changed, first, before=change)
    yield _own(subject, 'one file changed, check .', '.', first, before=change, after=restore)


def _own(
    subject: Subject,
    name: str,
    path: str,
    cache: str,
    *,
    jobs: int = 1,
    before: Callable[[], None] = nothing,
    after: Callable[[], None] = nothing,
) -> Step:
    options = ['--cache-dir', cache, '--jobs', str(jobs), '--output-format', 'json']
    command = [sys.executable, '-m', 'gokart_lint', 'check', path, *options]

    def check(done: Run) -> None:
        if done.status not in (0, 1):
            raise Refused('it failed')
        subject.found.setdefault(name, []).append(_findings(done.output, subject.project))

    return Step(f'gokart-lint, {name}', subject, command, check, before, after)


def _findings(output: str, project: Path) -> tuple[Found, ...]:
    try:
        return tuple(_finding(entry, project) for entry in json.loads(output))
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f'its JSON cannot be read: {error!r}') from None


def _finding(entry: dict[str, object], project: Path) -> Found:
    location = entry['location']
    assert isinstance(location, dict)
    path = (project / str(entry['filename'])).resolve().relative_to(project.resolve())
    return Found(str(entry['code']), path.as_posix(), int(location['row']), json.dumps(entry, sort_keys=True))


def _changes(subject: Subject) -> tuple[Callable[[], None], Callable[[], None]]:
    """Give the file a content that it never had (a new function at its end), and give it back its own."""
    path = subject.project / subject.changed
    text = path.read_text(encoding='utf-8')
    count = 0

    def change() -> None:
        nonlocal count
        count += 1
        path.write_text(f'{text}\n\ndef added_{count}(frame):\n    return frame.head({count})\n', encoding='utf-8', newline='\n')

    def restore() -> None:
        path.write_text(text, encoding='utf-8', newline='\n')

    return change, restore


# --- Peers ------------------------------------------------------------------------------------------------------------------


def peer_steps(subject: Subject, python: Path) -> Iterator[Step]:
    """flake8 in one process, Fixit as it comes (it starts several), ruff without its cache."""
    python, rules = python.absolute(), Path(__file__).parent / 'peers'
    flake8 = [str(python), '-m', 'flake8', '--isolated', '--select', 'F', '--jobs', '1', '.']
    fixit = [str(python), '-m', 'fixit', '--rules', RULE, 'lint', '.']
    ruff = [str(python.with_name('ruff')), 'check', '--isolated', '--select', 'F', '--no-cache', '--output-format', 'concise', '.']
    yield Step('flake8 --select F, 1 job', subject, flake8, _canary(subject, 'F401', r'^\./{path}:{line}:'))
    yield Step(
        'fixit lint, 1 rule',
        subject,
        fixit,
        _canary(subject, 'CANARY', r'^{path}@{line}:', files=True),
        variables={'PYTHONPATH': str(rules)},
    )
    yield Step('ruff check --select F, cold', subject, ruff, _canary(subject, 'F401', r'^{path}:{line}:'))


def _canary(subject: Subject, code: str, pattern: str, *, files: bool = False) -> Callable[[Run], None]:
    planted = next(planted for planted in subject.planted if planted.code == code)
    expected = pattern.format(path=re.escape(planted.path), line=planted.line)

    def check(done: Run) -> None:
        if not re.search(expected, done.output, re.MULTILINE):
            raise Refused(f'it did not find what was planted for it in {planted.path}:{planted.line}')
        if files and f'{subject.files} files checked' not in done.output + done.errors:
            raise Refused(f'it did not read all {subject.files} files')

    return check
