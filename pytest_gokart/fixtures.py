"""The fixtures, as a test asks for them. What they do is in running, building and snapshots, which import gokart when they are called."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

import pytest

if TYPE_CHECKING:
    import gokart
    import networkx

_T = TypeVar('_T')


class GokartRun(Protocol):
    """Runs one task: `gokart_run(Train(wine=LoadWine()), inputs={'wine': df})`, or `gokart_run(Train, {'wine': df}, rate=0.1)`.

    `inputs` has the shape of `self.load()`: one value, a dict by key or by the name of the task parameter, a list; a task of several
    outputs wants a dict of them. What the task dumped comes back: one value, or a dict by output key. Targets are in memory and every
    load gives a copy; with `files=True` they are real files in `gokart_workspace`, so that what csv and feather do to a table is seen.

    For a class, parameters that are tasks get stand-ins, and plain ones are given by name.
    """

    @overload
    def __call__(self, task: gokart.TaskOnKart[_T], /, inputs: Any = ..., *, files: bool = ...) -> _T: ...

    @overload
    def __call__(self, task: type[gokart.TaskOnKart[_T]], /, inputs: Any = ..., *, files: bool = ..., **parameters: Any) -> _T: ...


class GokartBuild(Protocol):
    """Builds a pipeline, every task of it, and gives its value: `gokart_build(WinePipeline(seed=1))`, in memory or with `files=True`."""

    @overload
    def __call__(self, task: gokart.TaskOnKart[_T], /, *, files: bool = ...) -> _T: ...

    @overload
    def __call__(self, task: type[gokart.TaskOnKart[_T]], /, *, files: bool = ..., **parameters: Any) -> _T: ...


class GokartGraph(Protocol):
    """The tasks of a pipeline as a networkx graph from a task to what it requires. Raises PipelineFailure for what is wrong."""

    def __call__(self, task: gokart.TaskOnKart[Any] | type[gokart.TaskOnKart[Any]], /, **parameters: Any) -> networkx.DiGraph[Any]: ...


class GokartSnapshot(Protocol):
    """Compares the tree of a pipeline and its unique ids with a file beside the test, which `pytest --gokart-update` writes."""

    def __call__(self, task: gokart.TaskOnKart[Any] | type[gokart.TaskOnKart[Any]], /, *, name: str = ..., **parameters: Any) -> None: ...


@pytest.fixture
def _gokart_undone() -> Iterator[None]:
    """Tasks that a test builds are its own: an instance cache of its own, and luigi as it was when it ends."""
    from pytest_gokart import isolation

    with isolation.undone():
        yield


@pytest.fixture
def _gokart_folder(tmp_path: Path) -> Path:
    return tmp_path / 'gokart_workspace'


@pytest.fixture
def gokart_workspace(_gokart_undone: None, _gokart_folder: Path) -> Path:
    """A folder that is the workspace_directory of the tasks which the test builds."""
    from luigi import configuration

    _gokart_folder.mkdir()
    config: Any = vars(configuration)['get_config']()  # luigi has no annotations there
    for key, folder in (('workspace_directory', _gokart_folder), ('local_temporary_directory', _gokart_folder / 'tmp')):
        config.set('TaskOnKart', key, str(folder).replace('%', '%%') if hasattr(config, '_interpolation') else str(folder))
    return _gokart_folder


@pytest.fixture
def gokart_run(_gokart_undone: None, _gokart_folder: Path) -> GokartRun:
    """Runs one task on given inputs, nothing of what it requires: `gokart_run(Train(wine=LoadWine()), inputs={'wine': df})`."""
    from pytest_gokart import running, shapes

    def run(task: Any, /, inputs: Any = shapes.NOT_GIVEN, *, files: bool = False, **parameters: Any) -> Any:
        __tracebackhide__ = True
        return running.run_task(task, inputs, parameters, _gokart_folder if files else None)

    return run


@pytest.fixture
def gokart_build(_gokart_undone: None, _gokart_folder: Path) -> GokartBuild:
    """Builds a whole pipeline and gives its value: `gokart_build(WinePipeline(seed=1))`."""
    from pytest_gokart import building

    def build(task: Any, /, *, files: bool = False, **parameters: Any) -> Any:
        __tracebackhide__ = True
        return building.build_task(task, parameters, _gokart_folder if files else None)

    return build


@pytest.fixture
def gokart_graph(_gokart_undone: None) -> GokartGraph:
    """The tasks of a pipeline as a networkx graph, from a task to what it requires: `gokart_graph(WinePipeline, seed=1)`."""
    from pytest_gokart import trees

    def graph(task: Any, /, **parameters: Any) -> Any:
        __tracebackhide__ = True
        return trees.resolved(task, parameters).graph

    return graph


@pytest.fixture
def gokart_snapshot(_gokart_undone: None, request: pytest.FixtureRequest) -> GokartSnapshot:
    """Compares the tree of a pipeline and its unique ids with a file beside the test; `pytest --gokart-update` writes it."""
    from pytest_gokart import snapshots, trees

    update = bool(request.config.getoption('gokart_update', False))
    names: set[str] = set()
    parts = request.node.nodeid.split('::')[1:]

    def snapshot(task: Any, /, *, name: str = '', **parameters: Any) -> None:
        __tracebackhide__ = True
        label = name or (str(len(names) + 1) if names else '')
        if label in names:
            raise ValueError(f'two snapshots of one test are named {name!r}')
        names.add(label)
        snapshots.compare(trees.text_of(task, parameters), snapshots.file_for(request.path, '.'.join(parts), label), update=update)

    return snapshot
