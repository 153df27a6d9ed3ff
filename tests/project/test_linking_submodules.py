"""A module that is imported from its package: `from pipe import tasks`."""

from __future__ import annotations

from pathlib import Path

from gokart_lint.project.symbols import ModuleSymbol, Unread
from tests.project.building import load, module

TASKS = """
import gokart


class Train(gokart.TaskOnKart[int]):
    pass
"""


def test_from_a_package_whose_init_says_nothing_of_tasks(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            'pipe/__init__.py': 'from .plain import plain\n',
            'pipe/tasks.py': TASKS,
            'pipe/plain.py': 'plain = 1\n',
            'pipe/use.py': """
                import gokart

                from . import tasks
                from pipe import tasks as again
                from pipe import plain, missing
                import pipe
                """,
        },
    )
    use = module(project, tmp_path, 'pipe/use.py')
    assert use.resolve_name('tasks.Train') is module(project, tmp_path, 'pipe/tasks.py').class_named('Train')
    assert use.resolve_name('again.Train') is use.resolve_name('tasks.Train')
    assert use.resolve_name('pipe.tasks.Train') is use.resolve_name('tasks.Train')
    assert isinstance(use.resolve_name('plain'), ModuleSymbol)
    assert use.resolve_name('missing') == Unread('pipe.missing', (tmp_path / 'pipe/__init__.py').as_posix(), 'missing')
