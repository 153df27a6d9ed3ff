"""Where the modules of pipelines are imported from, and what importing them would run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_gokart.finding.discovery import decode, encode, find, search
from pytest_gokart.finding.searching import names_gokart
from pytest_gokart.values import Pipeline
from tests.project.building import write


def found(folder: Path, files: Mapping[str, str]) -> list[Pipeline]:
    write(folder, files)
    return list(find(str(folder)))


TASKS = 'import gokart\n\nclass Load(gokart.TaskOnKart):\n    pass\n'


def flow(*imports: str) -> str:
    return '\n'.join(
        ['import gokart', *imports, 'class APipeline(gokart.TaskOnKart):', '    def requires(self):', '        return Load()', '']
    )


LAYOUTS: dict[str, tuple[dict[str, str], str, str, list[str]]] = {
    'flat': ({'flow.py': flow('from tasks import Load'), 'tasks.py': TASKS}, 'flow', '', []),
    'package': ({'app/__init__.py': '', 'app/flow.py': flow('from .tasks import Load'), 'app/tasks.py': TASKS}, 'app.flow', '', []),
    'src': (
        {'src/app/__init__.py': '', 'src/app/flow.py': flow('from app.tasks import Load'), 'src/app/tasks.py': TASKS},
        'app.flow',
        'src',
        [],
    ),
    'a src that the project itself names': (
        {
            'src/__init__.py': '',
            'src/app/__init__.py': '',
            'src/app/flow.py': flow('from src.app.tasks import Load'),
            'src/app/tasks.py': TASKS,
        },
        'src.app.flow',
        '',
        [],
    ),
    'a src with __init__.py that the project does not name': (
        {
            'src/__init__.py': '',
            'src/app/__init__.py': '',
            'src/app/flow.py': flow('from app.tasks import Load'),
            'src/app/tasks.py': TASKS,
        },
        'app.flow',
        'src',
        [],
    ),
    'namespace': ({'src/ns/app/flow.py': flow('from ns.app.tasks import Load'), 'src/ns/app/tasks.py': TASKS}, 'ns.app.flow', 'src', []),
    'namespace, relative': ({'ns/app/flow.py': flow('from .tasks import Load'), 'ns/app/tasks.py': TASKS}, 'ns.app.flow', '', []),
    'a folder of scripts': (
        {'scripts/a/flow.py': flow('from tasks import Load'), 'scripts/a/tasks.py': TASKS, 'scripts/b/tasks.py': TASKS},
        'flow',
        'scripts/a',
        [],
    ),
    'scripts beside a package': (
        {
            'app/__init__.py': '',
            'app/tasks.py': TASKS,
            'scripts/helper.py': 'import app.tasks',
            'scripts/flow.py': flow('import helper', 'from app.tasks import Load'),
        },
        'flow',
        'scripts',
        [''],
    ),
    'a folder that is no name': ({'01-wine/flow.py': flow('from tasks import Load'), '01-wine/tasks.py': TASKS}, 'flow', '01-wine', []),
    'two packages side by side': (
        {
            'one/src/one/__init__.py': '',
            'one/src/one/flow.py': flow('from two.tasks import Load'),
            'two/src/two/__init__.py': '',
            'two/src/two/tasks.py': TASKS,
        },
        'one.flow',
        'one/src',
        ['two/src'],
    ),
    'as others import it': (
        {
            'lib/__init__.py': '',
            'lib/flow.py': flow('from .tasks import Load'),
            'lib/tasks.py': TASKS,
            'main.py': 'import gokart\nimport lib.flow',
        },
        'lib.flow',
        '',
        [],
    ),
}


@pytest.mark.parametrize(('files', 'module', 'root', 'folders'), LAYOUTS.values(), ids=LAYOUTS)
def test_homes(files: dict[str, str], module: str, root: str, folders: list[str], tmp_path: Path) -> None:
    (pipeline,) = found(tmp_path, files)
    assert pipeline.module == module
    assert pipeline.root == os.path.normpath(tmp_path / root)
    assert [os.path.relpath(each, tmp_path) for each in pipeline.folders] == [each or '.' for each in folders]


def test_a_folder_on_the_path_is_a_root(tmp_path: Path) -> None:
    write(tmp_path, {'lib/ns/flow.py': flow('from ns.tasks import Load'), 'lib/ns/tasks.py': TASKS})
    (pipeline,) = search(str(tmp_path), roots=[str(tmp_path / 'lib')]).pipelines
    assert (pipeline.module, pipeline.root) == ('ns.flow', f'{tmp_path}/lib')


# --- scripts ---


def test_runs_at_import(tmp_path: Path) -> None:
    files = {
        'flow.py': """
            from luigi import build
            from tasks import *

            class APipeline(gokart.TaskOnKart):
                data = build([])

                def requires(self):
                    return gokart.build(Load())

            if __name__ == '__main__':
                gokart.run()
            elif __name__ == 'flow':
                gokart.run()
            if True:
                print(gokart.build(APipeline()))
            """,
        'tasks.py': f'{TASKS}\ngokart.run()\n',
    }
    (pipeline,) = found(tmp_path, files)
    assert [f'{Path(each.path).name}:{each.line}' for each in pipeline.unguarded] == ['flow.py:5', 'flow.py:13', 'flow.py:15', 'tasks.py:6']


# --- the first look ---


def test_the_word_is_looked_for_in_the_projects_own_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            'a.py': 'import luigi',
            'build/b.py': 'import gokart',
            '.venv/c.py': 'import gokart',
            'env/pyvenv.cfg': '',
            'env/lib/d.py': 'import gokart',
        },
    )
    (tmp_path / 'gone.py').symlink_to(tmp_path / 'nowhere')
    os.mkfifo(tmp_path / 'pipe.py')
    assert not names_gokart(str(tmp_path))
    write(tmp_path, {'data/deep/e.py': '# gokart'})
    assert names_gokart(str(tmp_path))
    assert not names_gokart(str(tmp_path), lambda folder: folder == 'data')


# --- between processes ---


def test_what_was_found_travels(tmp_path: Path) -> None:
    write(tmp_path, {'flow.py': TASKS + flow(), 'luigi.cfg': '[Load]\nn = 3\n'})
    result = search(str(tmp_path))
    assert result.pipelines
    assert result.configuration is not None
    assert result.classes == ('flow.Load', 'flow.APipeline')
    assert [each.name for each in result.left_out] == ['Load']
    assert decode(encode(result)) == replace(result, left_out=())


def test_a_second_search_gives_the_same(tmp_path: Path) -> None:
    write(tmp_path / 'project', {'flow.py': TASKS + flow()})
    first, second = (search(str(tmp_path / 'project'), cache=tmp_path / 'cache') for _ in range(2))
    assert first == second
