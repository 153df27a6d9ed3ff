"""Files that cannot concern a task, looked into when a task calls what is in them."""

from __future__ import annotations

from pathlib import Path

from gokart_lint.project.symbols import UNKNOWN, Unread
from tests.project.building import load, module, told

FILES = {
    'tasks.py': """
        import gokart
        import pkg
        from pkg import again, broken, features
        from pkg.again import shown
        from pkg.features import LIMIT, Scaler, missing, scale
        """,
    'pkg/__init__.py': 'from pkg.features import scale as shorter\n',
    'pkg/features.py': 'LIMIT = 3\n\n\ndef scale(x):\n    return x\n\n\nclass Scaler:\n    pass\n',
    'pkg/again.py': 'from pkg.features import scale as shown\nfrom pkg.again import round\n',
    'pkg/broken.py': 'def scale(:\n',
}


def test_names_of_files_that_were_not_read(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)
    tasks = module(project, tmp_path, 'tasks.py')

    def beyond(name: str) -> str:
        return told(project.beyond(tasks.global_name(name)), tmp_path)

    assert isinstance(tasks.global_name('scale'), Unread)
    for name in ('scale', 'features.scale', 'shown', 'again.shown', 'pkg.shorter'):
        assert beyond(name) == 'function pkg/features.py:scale'
    assert beyond('Scaler') == 'class pkg/features.py:Scaler'
    assert beyond('LIMIT') == 'value pkg/features.py:1'
    for name in ('missing', 'again.round', 'broken.scale'):
        assert beyond(name) == 'unknown'
    assert beyond('gokart.TaskOnKart') == 'gokart.TaskOnKart'


def test_they_are_no_part_of_the_modules_that_are_judged(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)
    tasks = module(project, tmp_path, 'tasks.py')
    assert project.beyond(tasks.global_name('scale')) is not UNKNOWN
    assert [each.name for each in project.all_modules()] == ['tasks']
    assert project.module(f'{tmp_path.as_posix()}/pkg/features.py') is None
    project.forget()
    assert project.linked == 0


def test_what_is_forgotten_wholly_is_linked_again(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)
    before = module(project, tmp_path, 'tasks.py')
    known = told(project.beyond(before.global_name('scale')), tmp_path)
    rested_on = project.forget(wholly=True)
    assert rested_on.files == {f'{tmp_path.as_posix()}/{name}' for name in ('tasks.py', 'pkg/features.py')}
    assert not vars(before)
    again = module(project, tmp_path, 'tasks.py')
    assert told(project.beyond(again.global_name('scale')), tmp_path) == known
