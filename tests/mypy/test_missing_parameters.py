"""Parameters that are not passed: an error unless a luigi configuration file of the project, or its code, gives them."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from mypy import api

from tests.mypy.harness import assert_program, assert_project, output, write
from tests.mypy.library_cache import PYPROJECT

TASKS = """\
import gokart
import luigi


class Load(gokart.TaskOnKart[int]):
    path: str = luigi.Parameter()
    days = luigi.IntParameter()


class Child(Load):
    pass


class Spaced(gokart.TaskOnKart[int]):
    task_namespace = 'store'
    n: luigi.IntParameter = luigi.IntParameter()


class Private(gokart.TaskOnKart[int]):
    __version = luigi.IntParameter()
    dashed_name = luigi.IntParameter()


class Free(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()


class Called(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()


class Kart(gokart.TaskOnKart[int]):
    workspace = luigi.Parameter()
"""

USES = """\
from tasks import Called, Child, Free, Kart, Load, Private, Spaced

Load()
Load(path='a')
Load(path=1)  # E: arg-type
Child(days=1)  # E: call-arg
Child(path='a', days=1)
Spaced()
Private()
Free()  # E: call-arg
Free(n=1)
Called()
Kart()  # E: call-arg
"""

LUIGI = """\
[Load]
path = a
days = 3

[store.Spaced]
n = 3

[Private]
_Private__version = 3
dashed-name = 4

[TaskOnKart]
workspace = a
"""

MAIN = """\
import gokart
import luigi

gokart.add_config('conf/base.ini')
luigi.configuration.get_config().set('Called', 'n', '3')

if __name__ == '__main__':
    gokart.run()
"""

SETTINGS = '[tool.gokart-lint.mypy]\nmissing-parameters = "{}"\n'


def _files(**files: str) -> dict[str, str]:
    return {
        'tasks.py': TASKS,
        'uses.py': USES,
        'main.py': MAIN,
        'conf/base.ini': LUIGI,
        **{k.replace('_py', '.py'): v for k, v in files.items()},
    }


def _errors(printed: str) -> int:
    return sum(': error: ' in line for line in printed.splitlines())


def test_a_luigi_file_and_code_give_parameters_and_an_edit_of_the_file_is_seen_in_the_next_run(tmp_path: Path) -> None:
    printed = assert_project(tmp_path, _files())
    assert 'uses.py:10: error: Missing named argument "n" for "Free"  [call-arg]' in printed

    config = tmp_path / 'conf' / 'base.ini'
    config.write_text(LUIGI.replace('days = 3', '').replace('\nn = 3', '') + '\n[Free]\nn = 3\n')
    _age(config)
    edited = USES.replace('Load()\n', 'Load()  # E: call-arg\n').replace("Load(path='a')\n", "Load(path='a')  # E: call-arg\n")
    edited = (
        edited.replace('# E: arg-type', '# E: arg-type, call-arg')
        .replace('Spaced()\n', 'Spaced()  # E: call-arg\n')
        .replace('Free()  # E: call-arg', 'Free()')
    )
    assert_program('uses.py', edited, output(tmp_path))

    (tmp_path / 'pyproject.toml').write_text(PYPROJECT + SETTINGS.format('never'))
    never = output(tmp_path)
    assert _errors(never) == 1, never

    (tmp_path / 'pyproject.toml').write_text(PYPROJECT + SETTINGS.format('always'))
    always = output(tmp_path)
    for number in (3, 4, 6, 8, 9, 10, 12, 13):
        assert f'uses.py:{number}: error: Missing named argument' in always, number

    (tmp_path / 'pyproject.toml').write_text(PYPROJECT + '[tool.gokart-mypy]\ndisallow_missing_parameters = true\n')
    assert output(tmp_path) == always


def _age(path: Path) -> None:
    """Give a file another time, whatever the clock of the file system."""
    later = time.time() + 5
    os.utime(path, (later, later))


def test_without_any_configuration_every_parameter_without_a_default_must_be_passed(tmp_path: Path) -> None:
    files = {
        'tasks.py': TASKS,
        'luigi.cfg': '[DEFAULT]\nn = 3\n\n[Free]\nother = 1\n\n[Child]\npath = a\n',
        'uses.py': """\
            from tasks import Called, Child, Free, Load

            Free()
            Called()  # E: call-arg
            Child(days=1)
            Child()  # E: call-arg
            Load(days=1)  # E: call-arg
        """,
    }
    assert_project(tmp_path, files)


def test_a_configuration_that_nobody_can_read_from_here_gives_whatever_is_missing(tmp_path: Path) -> None:
    files = {
        'tasks.py': TASKS,
        'main.py': 'import os\nimport gokart\n\ngokart.add_config(os.environ["CONFIG"])\n',
        'uses.py': 'from tasks import Load\n\nLoad()\nLoad(path=1)  # E: arg-type\nLoad(pth=1)  # E: call-arg\n',
    }
    assert_project(tmp_path, files)


@pytest.mark.parametrize(
    ('settings', 'said'),
    [
        ('[tool.gokart-lint.mypy]\nmissing-parameters = "allways"\n', 'missing-parameters: it must be one of config-aware, always, never'),
        ('[tool.gokart-lint.mypy]\nmissing-parameter = "always"\n', "missing-parameter: unknown key; did you mean 'missing-parameters'?"),
        ('[tool.gokart-lint.mypy]\ncheck-bodies = 1\n', 'check-bodies: it must be true or false, not 1'),
        ('[tool.gokart-lint]\nmypy = 3\n', 'tool.gokart-lint.mypy must be a table, not 3'),
    ],
)
def test_a_wrong_setting_is_one_message_and_status_2(tmp_path: Path, settings: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {'pyproject.toml': PYPROJECT + settings, 'tasks.py': 'n: int = 1\n'})
    monkeypatch.chdir(tmp_path)
    printed, complaints, status = api.run(['--cache-dir', str(tmp_path / '.mypy_cache'), '.'])
    assert status == 2, printed
    assert said in printed + complaints
    assert 'Traceback' not in printed + complaints
    assert len((printed + complaints).strip().splitlines()) == 1, printed + complaints
