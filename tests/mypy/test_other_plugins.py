"""Other plugins in the same list: ours has the word on tasks, whatever the order, and leaves theirs to them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.mypy.harness import assert_program, output, write
from tests.mypy.library_cache import PYPROJECT

TASKS = """\
import gokart
import luigi


class Load(gokart.TaskOnKart[int]):
    n = luigi.IntParameter(default=3)
    text: str = luigi.Parameter(description='what is not its first argument', default='a')

    def run(self):
        reveal_type(self.n)  # R: int
        self.dump('x')  # E: call-overload


class Train(gokart.TaskOnKart[int]):
    data = gokart.TaskInstanceParameter(expected_type=Load, default=Load())
    later: 'Later' = gokart.TaskInstanceParameter()


class Later(gokart.TaskOnKart[int]):
    pass


Load(n='a')  # E: arg-type
Load(n=1, text='b')
Train(later=Later())
Train(later=Load())  # E: arg-type
Train(data=Later(), later=Later())  # E: arg-type
Train(dato=Load(), later=Later())  # E: call-arg
"""
MODELS = """\
import numpy as np
import pydantic


class Point(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(frozen=True, extra='forbid')

    x: int
    y: int = 0


Point(x=1).x = 3  # E: misc
Point(x=1, z=3)  # E: call-arg
reveal_type(np.zeros(3).dtype.type)  # R: type[numpy.float64]
"""
OURS = 'gokart_lint.mypy'
SAID = 'gokart_lint.mypy takes the place of {}: leave out what it replaces in "plugins" of mypy\n'


def plugins(*names: str) -> str:
    """The settings that list some plugins."""
    return PYPROJECT.replace('["gokart_lint.mypy"]', str(list(names)))


@pytest.mark.parametrize(
    'listed',
    [('gokart.mypy', OURS), (OURS, 'luigi.mypy:plugin'), ('luigi.mypy', OURS, 'gokart.mypy')],
)
def test_it_replaces_the_plugins_of_gokart_and_luigi_in_any_order(tmp_path: Path, listed: tuple[str, ...]) -> None:
    write(tmp_path, {'pyproject.toml': plugins(*listed), 'tasks.py': TASKS})
    command = [sys.executable, '-m', 'mypy', '--cache-dir', '.cache', '.']
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert_program('tasks.py', TASKS, done.stdout)
    replaced = sorted(each.partition(':')[0] for each in listed if each != OURS)
    assert done.stderr == SAID.format(' and '.join(replaced))


def test_another_run_in_the_same_process_still_has_the_plugin_of_gokart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = 'import gokart\nimport luigi\n\n\nclass Load(gokart.TaskOnKart[int]):\n    n: int = luigi.IntParameter()\n\n\nLoad()\n'
    alone = tmp_path / 'alone'
    write(alone, {'pyproject.toml': plugins('gokart.mypy'), 'tasks.py': text})
    before = output(alone)
    assert 'Success' in before
    both = tmp_path / 'both'
    write(both, {'pyproject.toml': plugins('gokart.mypy', OURS), 'tasks.py': text})
    ours = output(both)
    assert capsys.readouterr().err.count('takes the place of') == 1
    assert 'Missing named argument' in ours  # for which gokart.mypy must be told
    (alone / 'tasks.py').write_text(f'{text}\n')
    assert output(alone) == before


@pytest.mark.filterwarnings('ignore:.numpy.typing.mypy_plugin. is deprecated')
def test_beside_pydantic_and_numpy_each_answers_for_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = plugins('pydantic.mypy', OURS, 'numpy.typing.mypy_plugin')
    write(tmp_path, {'pyproject.toml': listed, 'tasks.py': TASKS, 'models.py': MODELS})
    printed = output(tmp_path)
    assert_program('tasks.py', TASKS, printed)
    assert_program('models.py', MODELS, printed)
    assert 'takes the place of' not in capsys.readouterr().err
