"""What pytest collects: a file with pipelines, the pipelines in it, and an item for each row of values that one is resolved with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from pytest_gokart import session as sessions
from pytest_gokart.resolution.problems import PipelineFailure
from pytest_gokart.telling import NOTES, VALUES, told, values
from pytest_gokart.values import BrokenFile, Pipeline, Place, Problem, Row

_TEST_FUNCTION = re.compile(rb'^\s*(?:async\s+)?def\s+test', re.MULTILINE)


class NoTests(pytest.File):
    """A file that pytest was told to visit, and that holds pipelines but no tests."""

    def collect(self) -> list[pytest.Item]:
        return []


def holds_tests(path: Path) -> bool:
    """Whether a file has functions that are named as tests are."""
    return _TEST_FUNCTION.search(path.read_bytes()) is not None


class PipelineFile(pytest.File):
    """A file with pipelines. It hangs on the session itself: a package around it would be imported under pytest's name for it."""

    contents: Sequence[Pipeline | BrokenFile]

    @classmethod
    def of(cls, session: pytest.Session, path: Path, contents: Sequence[Pipeline | BrokenFile]) -> PipelineFile:
        made = cls.from_parent(session, path=path)
        made.contents = contents
        return made

    def collect(self) -> Iterator[PipelineClass | BrokenFileItem]:
        for each in self.contents:
            if not isinstance(each, BrokenFile):
                yield PipelineClass.of(self, each)
            elif self._asked_for() <= {BrokenFileItem.NAME}:
                yield BrokenFileItem.of(self, each)
            else:
                raise self.CollectError(str(unread(each)))  # nothing would be found, without a reason

    def _asked_for(self) -> set[str]:
        """What the arguments name in this file."""
        folder = self.config.invocation_params.dir
        named = (arg.split('::') for arg in self.config.args if '::' in arg)
        return {name for path, name, *_ in named if folder / path == self.path}


class PipelineClass(pytest.Collector):
    """A pipeline. Whatever is wrong with it is an item's failure: an error of collection would stop the whole run."""

    pipeline: Pipeline

    @classmethod
    def of(cls, parent: PipelineFile, pipeline: Pipeline) -> PipelineClass:
        made = cls.from_parent(parent, name=pipeline.qualname)
        made.pipeline = pipeline
        return made

    def collect(self) -> Iterator[PipelineItem]:
        from pytest_gokart.finding import importing

        try:
            task_class = importing.load(self.pipeline, _sources(self).config_files)
        except importing.ImportFailure as failure:
            yield PipelineItem.of(self, None, Row({}), unimportable=Problem('import', str(failure), at=failure.at))
            return
        yield from self._items(task_class)

    def _items(self, task_class: type) -> Iterator[PipelineItem]:
        from pytest_gokart.parameters.rows import rows_for

        notes = list(self._unguarded())
        limit = sessions.known(self.config).limit
        try:
            with resolving(self.pipeline, self):
                found = rows_for(task_class, _sources(self), limit)
        except Exception as error:
            yield PipelineItem.of(self, task_class, Row({}), error=error, notes=notes)
            return
        if found.cut:
            notes.append(f'{found.cut} pairs of values are not tried: gokart_max_branches is {limit}')
        for row in found.rows:
            yield PipelineItem.of(self, task_class, row, problems=found.problems, notes=notes)
            notes = []

    def _unguarded(self) -> Iterator[str]:
        """What GK209 says of the module and of what it imports."""
        from pytest_gokart.finding.importing import runs_refused

        refused = {(each.at.path, each.at.line): f'{each.name}()' for each in runs_refused(self.pipeline)}
        places = dict.fromkeys([*refused, *((each.path, each.line) for each in self.pipeline.unguarded)])
        shown = _sources(self).shown
        for path, line in sorted(places):
            call = refused.get((path, line), 'a pipeline')
            rest = '; it was not run here' if (path, line) in refused else ''
            yield f"{shown(path)}:{line}: GK209 {call} runs at import, outside functions and `if __name__ == '__main__':`{rest}"


class GokartItem(pytest.Item):
    """What fails by problems with their places, and has the marker."""

    at: Place

    def reportinfo(self) -> tuple[Path, int, str]:
        return Path(self.at.path), self.at.line - 1, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, PipelineFailure):
            return told(excinfo.value, self.at.path, self.at.line)
        return excinfo.getrepr(style='short')  # the long one takes the repr of tasks, which may not end

    def sections(self, *, is_told: bool) -> Iterator[tuple[str, str]]:
        """What is to say beside the text of a failure, or of what passes."""
        yield from ()


class BrokenFileItem(GokartItem):
    """A file that should have pipelines, if it could be read."""

    NAME = 'pipelines'
    broken: BrokenFile

    @classmethod
    def of(cls, parent: PipelineFile, broken: BrokenFile) -> BrokenFileItem:
        made = cls.from_parent(parent, name=cls.NAME)
        made.broken, made.at = broken, broken.at
        made.add_marker(pytest.mark.gokart)
        return made

    def reportinfo(self) -> tuple[Path, int, str]:
        return Path(self.at.path), self.at.line - 1, f'{self.path.stem}.{self.name}'

    def setup(self) -> None:
        raise unread(self.broken)

    def runtest(self) -> None:
        """Nothing: it fails before."""


def unread(broken: BrokenFile) -> PipelineFailure:
    """Why a file cannot be read, and what to do."""
    lines = [f'cannot be read: {broken.reason}', broken.line, 'Mend it, and its pipelines are checked.']
    return PipelineFailure([Problem('file', '\n'.join(filter(None, lines)), at=broken.at)])


class PipelineItem(GokartItem):
    """A pipeline with one row of values."""

    pipeline: Pipeline
    row: Row
    task_class: type | None
    unimportable: Problem | None = None
    error: Exception | None = None
    problems: Sequence[Problem] = ()
    notes: Sequence[str] = ()

    @classmethod
    def of(cls, parent: PipelineClass, task_class: type | None, row: Row, **known: Any) -> PipelineItem:
        label = ''.join(each if each.isprintable() else each.encode('unicode_escape').decode() for each in row.label)
        made = cls.from_parent(parent, name=f'requires[{label}]' if label else 'requires')
        made.pipeline, made.task_class, made.row = parent.pipeline, task_class, row
        made.at = parent.pipeline.requires_at
        vars(made).update(known)
        made.add_marker(pytest.mark.gokart)
        return made

    def reportinfo(self) -> tuple[Path, int, str]:
        return Path(self.at.path), self.at.line - 1, f'{self.pipeline.qualname}.{self.name}'

    def setup(self) -> None:
        if self.unimportable is not None:
            raise PipelineFailure([self.unimportable])

    def runtest(self) -> None:
        from pytest_gokart.resolution.resolving import resolve

        if self.error is not None:
            raise self.error
        if self.problems:
            raise PipelineFailure(self.problems, self.notes)
        assert self.task_class is not None
        with resolving(self.pipeline, self) as attempts:
            resolution = resolve(self.task_class, self.row, attempts=attempts)
        self.notes = [*self.notes, *resolution.notes]
        if resolution.problems:
            raise PipelineFailure(resolution.problems, self.notes)

    def sections(self, *, is_told: bool) -> Iterator[tuple[str, str]]:
        """Where the values are from; and what is to say although it is no failure, unless the text of a failure has it."""
        if self.task_class is not None and self.row.origins:
            yield VALUES, values(self.row, _sources(self).unclear)
        if self.notes and not is_told:
            yield NOTES, '\n'.join(self.notes)


def tell(item: GokartItem, call: pytest.CallInfo[None], report: pytest.TestReport) -> None:
    """Put what an item has to say into a report of it."""
    failure = call.excinfo if call.excinfo is not None and isinstance(call.excinfo.value, PipelineFailure) else None
    if report.when == 'setup' and failure is not None:
        report.longrepr = item.repr_failure(failure)  # pytest asks for it only after setup
    elif report.when == 'call':
        report.sections += item.sections(is_told=failure is not None)  # a failure has the notes in its own text


@contextmanager
def resolving(pipeline: Pipeline, node: pytest.Collector | pytest.Item) -> Iterator[list[Any]]:
    """The pipeline's own modules, configuration and state of luigi; nothing runs. Gives what was tried all the same."""
    from pytest_gokart.finding.importing import importable
    from pytest_gokart.isolation import isolating as isolation

    with ExitStack() as stack:
        stack.enter_context(importable(pipeline))
        stack.enter_context(isolation.isolated(_sources(node).config_files, str(node.config.rootpath)))
        yield stack.enter_context(isolation.nothing_runs())


def _sources(node: pytest.Collector | pytest.Item) -> Any:
    return sessions.known(node.config).sources
