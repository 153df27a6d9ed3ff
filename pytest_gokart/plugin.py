"""pytest's hooks, and nothing else. A session without gokart imports no more than this file and the fixtures."""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_gokart import hookspecs, session
from pytest_gokart.fixtures import unused

if TYPE_CHECKING:
    from pytest_gokart.items import NoTests, PipelineFile

pytest_plugins = ('pytest_gokart.fixtures.fixtures',)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup('gokart')
    group.addoption(
        '--gokart', action='store_true', default=None, dest='gokart', help='Resolve all pipelines of the project, whatever paths are given.'
    )
    group.addoption('--no-gokart', action='store_false', dest='gokart', help='Resolve no pipelines.')
    group.addoption(
        '--gokart-update', action='store_true', dest='gokart_update', help='Write the files that gokart_snapshot compares with.'
    )
    parser.addini('gokart_paths', 'Folders and files whose pipelines are resolved (default: the whole project).', type='args', default=[])
    parser.addini('gokart_pipelines', 'Names of pipelines, as patterns (default: *Pipeline*).', type='args', default=[])
    parser.addini('gokart_max_branches', 'How many combinations of values a pipeline is resolved with at most.', default='16')
    parser.addini(
        'gokart_luigi_config', "luigi configuration files, in place of those that the project's code loads.", type='paths', default=[]
    )


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.add_hookspecs(hookspecs)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        'markers', 'gokart: a pipeline whose requirements resolve; made by pytest-gokart, one for each pipeline and branch.'
    )
    config.stash[unused.KEY] = unused.Snapshots()
    if config.getoption('gokart') is not False:
        config.stash[session.KEY] = session.Session(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    if session.KEY in config.stash:
        del config.stash[session.KEY]
    if (importing := sys.modules.get('pytest_gokart.finding.importing')) is not None:
        importing.forget()


def pytest_report_header(config: pytest.Config) -> list[str]:
    known = session.of(config)
    if known is None or not known.takes_all or known.found is None:
        return []
    from pytest_gokart.telling import header

    return [header(known)]


# --- collection ---


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Files that no argument covers are visited as if they were named."""
    known = _known(session)
    if known is not None and known.takes_all and known.contents:
        from pytest_gokart.visiting import unvisited

        session.config.args += unvisited(known, session)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PipelineFile | None:
    known = _known(parent.session)
    if known is None or not (contents := known.in_file(file_path)):
        return None
    from pytest_gokart.items import PipelineFile

    return PipelineFile.of(parent.session, file_path, contents)


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> NoTests | None:
    """pytest takes a file that is named for one of tests: it would import it as it stands, and collect tasks called `Test...`."""
    known = _known(parent.session)
    if known is None or not known.in_file(module_path):
        return None
    from pytest_gokart.items import NoTests, holds_tests

    return None if holds_tests(module_path) else NoTests.from_parent(parent, path=module_path)


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Collector, name: str, obj: object) -> list[pytest.Item] | None:
    """A task called `Test...` that a test module imports is no class of tests."""
    luigi: Any = sys.modules.get('luigi.task')
    return [] if luigi is not None and isinstance(obj, type(luigi.Task)) else None  # Python 3.10 takes list[int] for a type


def _known(within: pytest.Session) -> session.Session | None:
    return session.of(within.config)


# --- what is told ---


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    items = sys.modules.get('pytest_gokart.items')
    if items is not None and isinstance(item, items.GokartItem):
        items.tell(item, call, report)
    if report.when == 'call' and report.outcome == 'passed':
        item.config.stash[unused.KEY].passed.add(item.nodeid)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
    unused.tell(terminalreporter)
    known = session.of(terminalreporter.config)
    if known is None:
        return
    from pytest_gokart.telling import summarise

    summarise(terminalreporter)
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and known.has_searched:
        from pytest_gokart.absence import at_length

        for line in at_length(known):
            terminalreporter.write_line(line)


# --- snapshots ---


def pytest_itemcollected(item: pytest.Item) -> None:
    item.config.stash[unused.KEY].collected(item)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    unused.hand_over(session.config)


# --- xdist ---


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    if (known := session.of(node.config)) is not None:
        known.send(node.workerinput)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    unused.take_over(node.config, getattr(node, 'workeroutput', {}))
