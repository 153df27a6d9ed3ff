"""What the terminal shows beside failures: the header, where values are from, and notes of pipelines that pass."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest
from _pytest._code.code import ReprEntryNative, ReprExceptionInfo, ReprFileLocation, ReprTraceback

from pytest_gokart.wording import counted

if TYPE_CHECKING:
    from pytest_gokart.resolution.problems import PipelineFailure
    from pytest_gokart.session import Session
    from pytest_gokart.values import Row

VALUES = 'gokart: values'
NOTES = 'gokart: notes'


def told(failure: PipelineFailure, path: str, line: int) -> ReprExceptionInfo:
    """The text of a failure, with one line for the short summary and for JUnit: the one form that xdist hands on with that line."""
    text = ReprTraceback([ReprEntryNative([f'{failure}\n'])], extraline=None, style='native')
    return ReprExceptionInfo(text, ReprFileLocation(path, line, failure.summary))


def header(known: Session) -> str:
    """One line: the versions, how many pipelines in how many files, and luigi's configuration."""
    from importlib.metadata import version

    from pytest_gokart.absence import in_short  # a session without gokart imports none of this
    from pytest_gokart.values import BrokenFile

    broken = [path for path, contents in known.contents.items() if any(isinstance(each, BrokenFile) for each in contents)]
    files = len(known.contents) - len(broken)
    count = sum(map(len, known.contents.values())) - len(broken)
    where = f'{counted(count, "pipeline")} in {counted(files, "file")}' if count else in_short(known)
    if broken:
        where = f'{where}; {counted(len(broken), "file")} that cannot be read'
    sources = known.sources
    configuration = ', '.join(map(sources.shown, sources.config_files)) or 'none'
    return f'gokart: {version("gokart")}, luigi {version("luigi")}; {where}; luigi configuration: {configuration}'


def values(row: Row, unseen: Iterable[str]) -> str:
    """Each parameter with its value, if we give one, and where the value is from; and where there may be configuration that nobody sees."""
    from pytest_gokart.resolution.labels import shown

    given = {name: f' = {shown(value)}' for name, value in row.values.items()}
    lines = [f'{name}{given.get(name, "")}: {origin}' for name, origin in row.origins.items()]
    return '\n'.join([*lines, *(f'({each})' for each in unseen)])


def summarise(reporter: pytest.TerminalReporter) -> None:
    """The notes of pipelines that pass; a failure has its own beside it."""
    told: dict[str, dict[str, None]] = {}
    for report in reporter.stats.get('passed', ()):
        for title, text in report.sections if report.when == 'call' else ():
            if title == NOTES:
                for line in text.splitlines():
                    told.setdefault(line, {})[report.nodeid] = None
    lines: dict[tuple[str, ...], list[str]] = {}
    for line, nodes in told.items():
        lines.setdefault(tuple(nodes), []).append(line)
    if told:
        reporter.write_sep('=', 'gokart notes')
        for named, noted in lines.items():
            reporter.write_line('\n  '.join((', '.join(named), *noted)))
