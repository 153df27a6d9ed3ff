"""The modules of pipelines are imported as the project imports them, nothing in them runs, and the session does not notice."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gokart
import luigi
import pytest
from luigi.task_register import Register

from pytest_gokart.finding import importing
from pytest_gokart.finding.discovery import find
from pytest_gokart.finding.importing import ImportFailure, load, runs_refused
from pytest_gokart.values import Pipeline, Place
from tests.project.building import write

PIPELINE = """
import gokart

class {name}(gokart.TaskOnKart):
    def requires(self):
        import tasks
        return tasks.Load()
"""


@pytest.fixture(autouse=True)
def _unnoticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test here leaves the process as it was, but for what it says itself."""
    importing.forget()
    register: Any = Register
    classes = list(register._reg)
    monkeypatch.setattr(sys, 'path', list(sys.path))
    yield
    for name in projects(tmp_path):
        del sys.modules[name]
    register._reg[:] = classes
    importing.forget()


def project(folder: Path, files: dict[str, str]) -> list[Pipeline]:
    write(folder, files)
    return list(find(str(folder)))


def projects(folder: Path) -> dict[str, object]:
    """The modules of the session that lie below a folder."""
    return {name: module for name, module in sys.modules.items() if str(folder) in str(getattr(module, '__file__', ''))}


def state(folder: Path) -> tuple[dict[str, object], list[str], list[type]]:
    register: Any = Register
    return projects(folder), list(sys.path), list(register._reg)


# --- names and spaces ---


def test_what_the_session_cannot_import_is_taken_out_again(tmp_path: Path) -> None:
    (pipeline,) = project(
        tmp_path,
        {
            'flow_a.py': 'from tasks_a import *\nclass APipeline(Load): pass',
            'tasks_a.py': 'import gokart\nclass Load(gokart.TaskOnKart): pass',
        },
    )
    before = state(tmp_path)
    task_class = load(pipeline)
    assert (task_class.__module__, task_class.__qualname__) == ('flow_a', 'APipeline')
    assert issubclass(task_class, gokart.TaskOnKart)
    assert state(tmp_path) == before
    with importing.importable(pipeline):
        register: Any = Register
        assert sys.modules['flow_a'].APipeline is task_class
        assert sys.modules['tasks_a'].Load in task_class.__mro__
        assert task_class in register._reg
    assert state(tmp_path) == before


def test_what_the_session_can_import_is_shared_with_it(tmp_path: Path) -> None:
    (pipeline,) = project(tmp_path, {'src/wine_b/__init__.py': '', 'src/wine_b/flow.py': PIPELINE.format(name='BPipeline')})
    sys.path.append(f'{tmp_path}/src')
    task_class = load(pipeline)
    register: Any = Register
    assert sys.modules['wine_b.flow'].BPipeline is task_class
    assert sys.modules['wine_b'].flow is sys.modules['wine_b.flow']
    assert task_class in register._reg


def test_a_module_that_a_test_has_imported_is_taken(tmp_path: Path) -> None:
    (pipeline,) = project(tmp_path, {'flow_c.py': PIPELINE.format(name='CPipeline')})
    sys.path.insert(0, str(tmp_path))
    import flow_c  # type: ignore[import-not-found]

    assert load(pipeline) is flow_c.CPipeline


def test_a_test_that_imports_later_has_its_own(tmp_path: Path) -> None:
    (pipeline,) = project(
        tmp_path, {'flow_d.py': PIPELINE.format(name='DPipeline'), 'tasks.py': 'import gokart\nclass Load(gokart.TaskOnKart): pass'}
    )
    task_class = load(pipeline)
    sys.path.insert(0, str(tmp_path))
    import flow_d  # type: ignore[import-not-found]

    assert flow_d.DPipeline is not task_class
    for _ in range(2):
        with importing.importable(pipeline):
            assert sys.modules['flow_d'].DPipeline is task_class
        assert sys.modules['flow_d'] is flow_d


def test_two_folders_of_scripts_with_modules_of_one_name(tmp_path: Path) -> None:
    files = {}
    for folder in 'ab':
        files[f'{folder}/main.py'] = 'import tasks\n' + PIPELINE.format(name=f'{folder.upper()}Pipeline')
        files[f'{folder}/tasks.py'] = f"import gokart\nclass Load(gokart.TaskOnKart):\n    folder = '{folder}'\n"
    one, other = project(tmp_path, files)
    before = state(tmp_path)
    made: dict[str, Any] = {each.qualname: load(each) for each in (one, other)}
    assert set(made) == {'APipeline', 'BPipeline'}
    for each in (one, other, one):
        with importing.importable(each):
            assert made[each.qualname]().requires().folder == each.qualname[0].lower()
    assert state(tmp_path) == before


def test_a_module_of_the_session_with_the_same_name_is_put_back(tmp_path: Path) -> None:
    write(tmp_path / 'else', {'tasks.py': 'x = 1'})
    sys.path.append(f'{tmp_path}/else')
    import tasks  # type: ignore[import-not-found]

    files = {
        'main.py': 'import tasks\n' + PIPELINE.format(name='EPipeline'),
        'tasks.py': 'import gokart\nclass Load(gokart.TaskOnKart): pass',
    }
    (pipeline,) = project(tmp_path / 'project', files)
    task_class: Any = load(pipeline)
    assert sys.modules['tasks'] is tasks
    with importing.importable(pipeline):
        assert type(task_class().requires()).__name__ == 'Load'
    assert sys.modules['tasks'] is tasks


def test_scripts_find_what_they_put_on_the_path(tmp_path: Path) -> None:
    files = {
        'scripts/main.py': "import os, sys\nsys.path.append(os.path.dirname(__file__) + '/../lib')\nimport tasks\n"
        + PIPELINE.format(name='FPipeline'),
        'lib/tasks.py': 'import gokart\nimport later\nclass Load(gokart.TaskOnKart): pass',
        'lib/later.py': '',
    }
    (pipeline,) = project(tmp_path, files)
    path = list(sys.path)
    task_class: Any = load(pipeline)
    assert sys.path == path
    with importing.importable(pipeline):
        assert task_class().requires()


@pytest.mark.parametrize('name', ['app_g/flow.py', 'app_g/__init__.py', 'app_g/__main__.py', '01-wine/flow-1.py'])
def test_files_of_all_kinds(name: str, tmp_path: Path) -> None:
    files = {'app_g/__init__.py': '', 'app_g/tasks.py': 'import gokart\nclass Load(gokart.TaskOnKart): pass'}
    relative = 'from .tasks import Load\n' if name.startswith('app_g') else ''
    (pipeline,) = project(tmp_path, {**files, name: relative + PIPELINE.format(name='GPipeline')})
    before = state(tmp_path)
    assert load(pipeline).__qualname__ == 'GPipeline'
    assert state(tmp_path) == before


def test_a_module_is_executed_once(tmp_path: Path) -> None:
    text = PIPELINE.format(name='HPipeline') + PIPELINE.format(name='IPipeline')
    pipelines = project(tmp_path, {'flow_h.py': f"{text}\nwith open({str(tmp_path / 'log')!r}, 'a') as file:\n    file.write('x')\n"})
    assert len({load(each) for each in pipelines}) == 2
    assert (tmp_path / 'log').read_text() == 'x'


def test_warnings_at_import_are_no_errors(tmp_path: Path) -> None:
    (pipeline,) = project(tmp_path, {'flow_j.py': 'import warnings\nwarnings.warn("old")\n' + PIPELINE.format(name='JPipeline')})
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        assert load(pipeline).__name__ == 'JPipeline'


def test_configuration_that_an_import_sets_stays_its_own(tmp_path: Path) -> None:
    text = "import luigi\nluigi.configuration.get_config().set('JJ', 'k', 'v')\n" + PIPELINE.format(name='JJPipeline')
    (pipeline,) = project(tmp_path, {'flow_jj.py': text})
    load(pipeline)
    config: Any = luigi.configuration
    assert not config.get_config().has_section('JJ')


# --- runs at import ---

RUNS = {
    'gokart.run': 'import gokart\ngokart.run()',
    'gokart.build': 'import gokart\ngokart.build(KPipeline())',
    'luigi.build': 'import luigi\nassert luigi.build([KPipeline()], local_scheduler=True)',
    'luigi.run': 'import luigi\nluigi.run()',
    'imported by name': 'from gokart.build import build\nbuild(KPipeline())',
    'in a function': 'import gokart\ndef main():\n    gokart.run()\nmain()',
    'and leaves': 'import sys, gokart\nsys.exit(gokart.run())',
    'and uses the result': 'import gokart\nprint(gokart.build(KPipeline()).shape)',
}


@pytest.mark.parametrize('text', RUNS.values(), ids=RUNS)
def test_nothing_runs_at_import(text: str, tmp_path: Path) -> None:
    (pipeline,) = project(tmp_path, {'flow_k.py': PIPELINE.format(name='KPipeline') + text})
    assert load(pipeline).__qualname__ == 'KPipeline'
    (refused,) = runs_refused(pipeline)
    assert refused.at.path == f'{tmp_path}/flow_k.py'
    assert 'run(' in (line := (tmp_path / 'flow_k.py').read_text().splitlines()[refused.at.line - 1]) or 'build(' in line
    assert refused.name in ('gokart.run', 'gokart.build', 'luigi.run', 'luigi.build')


def test_a_name_for_a_run_means_the_real_one_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = PIPELINE.format(name='LPipeline') + 'from gokart.build import build\nfrom gokart import run\nbuild(LPipeline())\n'
    (pipeline,) = project(tmp_path, {'flow_l.py': text})
    body = gokart.build.__code__
    load(pipeline)
    with importing.importable(pipeline):
        assert sys.modules['flow_l'].build is gokart.build
    assert gokart.build.__code__ is body


def test_runs_of_what_it_imports_are_told_too(tmp_path: Path) -> None:
    (pipeline,) = project(
        tmp_path, {'flow_m.py': 'import tasks_m\n' + PIPELINE.format(name='MPipeline'), 'tasks_m.py': 'import gokart\ngokart.run()\n'}
    )
    load(pipeline)
    assert [str(each.at) for each in runs_refused(pipeline)] == [f'{tmp_path}/tasks_m.py:2']


# --- what cannot be imported ---

FAILURES = {
    'a module that is not there': (
        {'flow_n.py': 'import tasks_n\n', 'tasks_n.py': 'import os\nimport gokart, nosuch.module\n'},
        [
            "cannot be imported: ModuleNotFoundError: No module named 'nosuch'",
            'flow_n.py:1: import tasks_n',
            'tasks_n.py:2: import gokart, nosuch.module',
            'Install what gives `nosuch`',
        ],
        1,
    ),
    'a module with an error of syntax': (
        {'flow_n.py': 'import tasks_n\n', 'tasks_n.py': 'import gokart\nx = (\n'},
        ['SyntaxError', 'flow_n.py:1: import tasks_n', 'tasks_n.py:2: x = (', 'Mend what fails there'],
        1,
    ),
    'a name that is not there': (
        {'flow_n.py': 'from tasks_n import y\n', 'tasks_n.py': 'import gokart\n'},
        ["cannot import name 'y'", 'flow_n.py:1'],
        1,
    ),
    'an error': ({'flow_n.py': '1 / 0\n'}, ['ZeroDivisionError: division by zero', 'flow_n.py:1: 1 / 0', 'Mend what fails there'], 1),
    'an error in the body of a class, of which the class line says nothing': (
        {'flow_n.py': 'import gokart\nclass M(gokart.TaskOnKart):\n    x = 1\n    d = gokart.TaskInstanceParameter(expected_type=1)\n'},
        ['expected_type must be a type', 'flow_n.py:2: class M', 'flow_n.py:4: d = gokart'],
        4,
    ),
    'a configuration file that is not there': (
        {'flow_n.py': "import gokart\ngokart.add_config('no/such.ini')\n"},
        ['cannot be imported: AssertionError\n', 'flow_n.py:2', 'There is no luigi configuration file no/such.ini, looked for from /'],
        2,
    ),
    'an end of the process': (
        {'flow_n.py': 'import sys\nsys.exit(3)\n'},
        ['it ends the process (SystemExit(3))', 'flow_n.py:2', '__main__'],
        2,
    ),
}


@pytest.mark.parametrize(('files', 'told', 'line'), FAILURES.values(), ids=FAILURES)
def test_failures(files: dict[str, str], told: list[str], line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (pipeline,) = project(tmp_path, {**files, 'flow_n.py': files['flow_n.py'] + PIPELINE.format(name='NPipeline')})
    before = state(tmp_path)
    for _ in range(2):
        with pytest.raises(ImportFailure) as caught:
            load(pipeline)
        assert [each for each in told if each not in str(caught.value)] == []
        assert str(caught.value).startswith('cannot be imported: ')
        assert caught.value.at == Place(str(tmp_path / 'flow_n.py'), line)
    assert state(tmp_path) == before


def test_a_class_that_the_import_does_not_give(tmp_path: Path) -> None:
    (pipeline,) = project(tmp_path, {'flow_o.py': PIPELINE.format(name='OPipeline') + '\ndel OPipeline\n'})
    with pytest.raises(ImportFailure, match='importing it gives no class OPipeline') as caught:
        load(pipeline)
    assert caught.value.at == Place(str(tmp_path / 'flow_o.py'), 3)
