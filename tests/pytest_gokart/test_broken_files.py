"""Files of pipelines that Python cannot read are items that fail; what only looks broken, or is nobody's pipeline, is none."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_gokart.finding.discovery import decode, encode, search
from pytest_gokart.values import BrokenFile
from tests.project.building import write
from tests.pytest_gokart.sessions import run

FLOW = 'import gokart\n\n\nclass WinePipeline(gokart.TaskOnKart):\n    def requires(self):\n        return []\n'
BASE = 'import gokart\n\n\nclass Kart(gokart.TaskOnKart):\n    pass\n'


def broken(folder: Path, files: dict[str, str | bytes]) -> list[BrokenFile]:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found = search(str(folder))
    assert decode(encode(found)) == replace(found, left_out=())
    return list(found.broken)


# --- what is told ---

TOLD: dict[str, tuple[dict[str, str | bytes], int, str]] = {
    'a bracket': ({'flow.py': f'{FLOW}\nx = (\n'}, 8, "'(' was never closed"),
    'a merge that is not done': ({'flow.py': f'{FLOW}<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> b\n'}, 7, 'invalid syntax'),
    'an unfinished text': ({'flow.py': f"{FLOW}\nx = 'wine\n"}, 8, 'unterminated string literal'),
    'an unfinished docstring': ({'flow.py': f'{FLOW}\n"""wine\n'}, 8, 'unterminated triple-quoted string literal'),
    'indentation': ({'flow.py': f'{FLOW}\n      x = 1\n'}, 8, 'unindent does not match'),
    'a colon': ({'flow.py': FLOW.replace('requires(self):', 'requires(self)')}, 5, "expected ':'"),
    'tabs and spaces': ({'flow.py': f'{FLOW}\nif x:\n        y = 1\n\tz = 2\n'}, 10, 'inconsistent use of tabs'),
    'too many brackets': ({'flow.py': f'{FLOW}\nx = {"(" * 250}1{")" * 250}\n'}, 8, 'too many nested parentheses'),
    'Shift JIS': ({'flow.py': f"{FLOW}\nx = '日本'\n".encode('cp932')}, 8, 'is not text in utf-8'),
    'Shift JIS in a comment': ({'flow.py': f'# 日本\n{FLOW}'.encode('cp932')}, 1, 'is not text in utf-8'),
    'NUL bytes': ({'flow.py': f'{FLOW}\n\0'}, 8, 'NUL bytes'),
    'an unknown encoding': ({'flow.py': f'# coding: nosuch\n{FLOW}'}, 1, "unknown encoding 'nosuch'"),
    'print of Python 2, with gokart': ({'flow.py': f'{FLOW}\nprint "x"\n'}, 8, "Missing parentheses in call to 'print'"),
    'another name for gokart': ({'flow.py': 'import gokart as gk\nclass A(gk.TaskOnKart): pass\nx = (\n'}, 3, 'never closed'),
    'names of gokart': ({'flow.py': 'from gokart import (\n  TaskOnKart as T,\n)\nclass A(T): pass\nx = (\n'}, 5, 'never closed'),
    'luigi': ({'flow.py': 'import os, luigi\nclass A(luigi.Task): pass\nx = (\n'}, 3, 'never closed'),
    'a class under a condition': ({'flow.py': 'import gokart\nif 1:\n  class A(gokart.TaskOnKart[int]): pass\nx = (\n'}, 4, 'never closed'),
    'a base of the project': (
        {'base.py': BASE, 'flow.py': 'from base import Kart\n\nclass A(Kart):\n    def f(self:\n        pass\n'},
        4,
        "'(' was never closed",
    ),
    'a base of the project, by its module': ({'base.py': BASE, 'flow.py': 'import base\nclass A(base.Kart): pass\n1 +\n'}, 3, 'invalid'),
    'a pipeline that another file builds': (
        {
            'kinds.py': 'import gokart\nKart = gokart.TaskOnKart\n',
            'flow.py': 'from kinds import Kart\nclass WinePipeline(Kart): pass\n1 +\n',
            'main.py': 'import gokart\nfrom flow import WinePipeline\ngokart.build(WinePipeline())\n',
        },
        3,
        'invalid syntax',
    ),
    'a base that nothing else knows': (
        {'base.py': 'from flow import A\nclass WinePipeline(A): pass\n', 'flow.py': f'{BASE}1 +\n'},
        6,
        'invalid syntax',
    ),
    'braces in texts are no template': (
        {'flow.py': FLOW + "X = f'{{ wine }}' + '{% if %}' + '$name'  # {{ wine }}\n1 +\n"},
        8,
        'invalid syntax',
    ),
    'a folder whose name begins like one of templates': ({'templated/flow.py': f'{FLOW}1 +\n'}, 7, 'invalid syntax'),
}


@pytest.mark.parametrize(('files', 'line', 'reason'), TOLD.values(), ids=TOLD)
def test_told(files: dict[str, str | bytes], line: int, reason: str, tmp_path: Path) -> None:
    [found] = broken(tmp_path, files)
    assert Path(found.at.path).name == 'flow.py'
    assert found.at.line == line
    assert reason in found.reason


@pytest.mark.skipif(sys.platform != 'linux', reason='a file that even root cannot read')
def test_a_file_that_cannot_be_opened_is_told_if_another_one_shows_that_it_has_pipelines(tmp_path: Path) -> None:
    (tmp_path / 'flow.py').symlink_to('/proc/self/mem')
    assert broken(tmp_path, {'main.py': 'import gokart\nimport flow\n'}) == []
    [found] = broken(tmp_path, {'main.py': 'import gokart\nfrom flow import WinePipeline\n'})
    assert found.reason.startswith('it cannot be read: ')
    assert found.at.line == 1
    assert broken(tmp_path, {'main.py': 'import gokart\nfrom flow import clean\n'}) == []


# --- what is not ---

LUIGI = 'import luigi\n\nclass Load(luigi.Task):\n    pass\n'
SILENT: dict[str, dict[str, str | bytes]] = {
    'nothing of gokart': {'flow.py': 'class WinePipeline(object):\n    x = (\n'},
    'gokart in a comment': {'flow.py': '# import gokart\nclass WinePipeline(object):\n    x = (\n'},
    'gokart in a text': {'flow.py': 'X = "import gokart"\nclass WinePipeline(object):\n    x = (\n'},
    'a package with such a name': {'flow.py': 'import gokart_pipeliner\nclass A(gokart_pipeliner.A): pass\n1 +\n'},
    'no class': {'flow.py': 'import gokart\ngokart.run(\n'},
    'a class without bases': {'flow.py': 'import gokart\nclass A:\n    pass\ngokart.run(\n'},
    'a class with the name of no task': {'base.py': BASE, 'flow.py': 'from app import Model\nclass A(Model): pass\n1 +\n'},
    'print of Python 2': {'flow.py': f'{LUIGI}\nprint "wine"\n'},
    'print of Python 2, with a name': {'flow.py': f'{LUIGI}\nprint wine, beer\n'},
    'exec of Python 2': {'flow.py': f'{LUIGI}\nexec "wine" in {{}}\n'},
    'raise of Python 2': {'flow.py': f'{LUIGI}\nraise ValueError, "wine"\n'},
    'except of Python 2': {'flow.py': f'{LUIGI}\ntry:\n    pass\nexcept (ValueError, KeyError), e:\n    pass\n'},
    'backticks': {'flow.py': f'{LUIGI}\nx = `1`\n'},
    'an operator of Python 2': {'flow.py': f'{LUIGI}\nx = 1 <> 2\n'},
    'long numbers': {'flow.py': f'{LUIGI}\nx = 10L\n'},
    'a library of Python 2': {'flow.py': f'import urllib2\n{LUIGI}\ndef f((a, b)):\n    pass\n'},
    'jinja': {'flow.py': 'import gokart\nclass {{ name }}(gokart.TaskOnKart):\n    pass\n'},
    'jinja, after what goes wrong': {'flow.py': 'import gokart\n{%- if a %}\nclass A(gokart.TaskOnKart): pass\n{% endif %}\n'},
    'cookiecutter': {'flow.py': 'import gokart\nfrom {{cookiecutter.slug}}.base import A\nclass B(A):\n    pass\n'},
    'format': {'flow.py': 'import gokart\nclass {name}(gokart.TaskOnKart):\n    pass\n'},
    'mako': {'flow.py': 'import gokart\n<%def name="a()">\nclass A(gokart.TaskOnKart): pass\n'},
    'string.Template': {'flow.py': 'import gokart\nclass ${name}Pipeline(gokart.TaskOnKart):\n    pass\n'},
    'IPython': {'flow.py': f'{FLOW}\n%load_ext autoreload\n'},
    'a folder of cookiecutter': {'{{cookiecutter.slug}}/flow.py': f'{FLOW}1 +\n'},
    'templates': {'app/templates/flow.py': f'{FLOW}1 +\n'},
    'other people': {'vendor/shop/flow.py': f'{FLOW}1 +\n', '_vendor/flow.py': f'{FLOW}1 +\n'},
    'tests': {'tests/data/flow.py': f'{FLOW}1 +\n', 'test_flow.py': f'{FLOW}1 +\n', 'conftest.py': f'{FLOW}1 +\n'},
    'what tests read': {'testdata/flow.py': f'{FLOW}1 +\n', 'app/fixtures/flow.py': f'{FLOW}1 +\n'},
    'what is built or installed': {
        f'{each}/flow.py': f'{FLOW}1 +\n' for each in ('build', 'dist', '.venv', 'node_modules', '.tox', 'site-packages')
    },
    'an environment': {'env/pyvenv.cfg': '', 'env/flow.py': f'{FLOW}1 +\n'},
    'what git ignores': {'.git/x': '', '.gitignore': 'old/\n', 'old/flow.py': f'{FLOW}1 +\n'},
    'what the settings leave out': {
        'pyproject.toml': '[tool.gokart-lint]\nextend-exclude = ["old"]\n',
        'old/flow.py': f'{FLOW}1 +\n',
    },
    'what Python reads and we do not': {'flow.py': f'{FLOW}X = {" + ".join(["1"] * 700)}\n'},
    'what is no Python file': {'flow.py.j2': f'{FLOW}1 +\n', 'flow.pyi': f'{FLOW}1 +\n', 'flow.txt': FLOW},
}


@pytest.mark.parametrize('files', SILENT.values(), ids=SILENT)
def test_not_told(files: dict[str, str | bytes], tmp_path: Path) -> None:
    assert broken(tmp_path, files) == []


@pytest.mark.parametrize('caught', ['ValueError', '(ValueError, KeyError)'])
def test_a_script_for_python_2_that_a_later_python_would_read_has_no_pipelines(caught: str, tmp_path: Path) -> None:
    body = f'try:\n            return []\n        except {caught}, e:\n            return None\n'
    script = f'class WinePipeline(luigi.Task):\n    def requires(self):\n        {body}'
    write(tmp_path, {'flow.py': f'import luigi\n{script}', 'modern.py': f'import gokart\nimport luigi\n{script}'})
    found = search(str(tmp_path))
    assert found.broken == ()
    expected = ['flow', 'modern'] if sys.version_info >= (3, 14) else ['modern']
    assert [each.module for each in found.pipelines] == expected


# --- in a session ---

SHOP = {
    'pyproject.toml': """
        [tool.pytest.ini_options]
        pythonpath = ["src"]
        testpaths = ["tests"]
        addopts = ["--strict-markers"]
        filterwarnings = ["error", "ignore::DeprecationWarning:luigi"]

        [tool.pytest-gokart.parameters."shop.flow.BrokenPipeline"]
        year = 2021
        """,
    'src/shop/__init__.py': '',
    'src/shop/flow.py': 'import gokart\n\nclass BrokenPipeline(gokart.TaskOnKart):\n    def requires(self):\n        return [self.\n',
    'src/shop/good.py': FLOW,
    'src/shop/uses.py': 'import gokart\nfrom shop.flow import BrokenPipeline\n\nclass UsingPipeline(gokart.TaskOnKart):\n    pass\n',
    'tests/test_x.py': 'def test_x(): pass\n',
}
ITEM = 'src/shop/flow.py::pipelines'
RESULTS = {
    'tests/test_x.py::test_x': 'PASSED',
    ITEM: 'ERROR',
    'src/shop/good.py::WinePipeline::requires': 'PASSED',
    'src/shop/uses.py::UsingPipeline::requires': 'ERROR',
}
TEXT = """\
src/shop/flow.py:5: cannot be read: '[' was never closed
    return [self.
    Mend it, and its pipelines are checked.
"""


@pytest.fixture(scope='module')
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp('shop').resolve()
    write(folder, SHOP)
    return folder


def test_plain_pytest(shop: Path) -> None:
    result = run(shop, '-v', '--junitxml=junit.xml', '-o', 'junit_family=xunit1')
    assert result.results == RESULTS
    assert list(result.results) == list(RESULTS)
    assert result.status == 1
    assert TEXT in result.output
    assert '2 pipelines in 2 files; 1 file that cannot be read; luigi configuration: none' in result.output
    assert 'src/shop/uses.py:2: cannot be imported: SyntaxError: ' in result.output
    [case] = [each for each in ET.parse(shop / 'junit.xml').iter('testcase') if each.get('name') == 'pipelines']
    assert (case.get('classname'), case.get('file'), case.get('line')) == ('src.shop.flow', 'src/shop/flow.py', '4')  # counted from 0
    [failure] = case
    assert failure.get('message') == """failed on setup with "cannot be read: '[' was never closed\""""
    again = run(shop, '--lf', '--collect-only', '-q')
    assert ITEM in again.collected


def test_with_two_workers(shop: Path) -> None:
    result = run(shop, '-v', '-n2')
    assert result.results == RESULTS
    assert TEXT in result.output


@pytest.mark.parametrize(
    'arguments', [('src/shop/flow.py',), ('src', '-k', 'flow'), (ITEM,), ('-m', 'gokart', '-k', 'flow'), ('--gokart', '-k', 'flow')]
)
def test_the_file_is_chosen(arguments: tuple[str, ...], shop: Path) -> None:
    result = run(shop, '-v', *arguments)
    assert result.results == {ITEM: 'ERROR'}, result.output
    assert run(shop, '--collect-only', '-q', *arguments).collected == [ITEM]


@pytest.mark.parametrize('arguments', [('tests/test_x.py',), ('--no-gokart',), ('-m', 'not gokart'), ('-o', 'gokart_paths=tests')])
def test_the_file_is_left_out(arguments: tuple[str, ...], shop: Path) -> None:
    result = run(shop, '-v', *arguments)
    assert result.results == {'tests/test_x.py::test_x': 'PASSED'}, result.output


def test_a_class_that_is_named_gets_the_reason(shop: Path) -> None:
    """pytest by itself says that there is no such class."""
    result = run(shop, 'src/shop/flow.py::BrokenPipeline')
    assert result.status != 0
    assert TEXT in result.output


def test_a_file_that_holds_tests_is_told_by_pytest(tmp_path: Path) -> None:
    write(tmp_path, {'flow.py': f'{FLOW}\ndef test_it(): pass\n\nx = (\n'})
    result = run(tmp_path, 'flow.py')
    assert result.status == 2
    assert "'(' was never closed" in result.output


def test_it_is_checked_once_it_is_mended(tmp_path: Path) -> None:
    write(tmp_path, {'flow.py': f'{FLOW}\nx = (\n'})
    assert run(tmp_path, '-v').results == {'flow.py::pipelines': 'ERROR'}
    write(tmp_path, {'flow.py': f'{FLOW}\nx = ()\n'})
    assert run(tmp_path, '-v').results == {'flow.py::WinePipeline::requires': 'PASSED'}
