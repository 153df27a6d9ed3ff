"""The base class of docs/type-checkers.md at run time: complete, and a task of it is the task that it was."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

from gokart_lint import vocabulary

BASE = Path(__file__).parent / 'conformance' / 'checked.py'

PIPELINE = """\
import gokart
import luigi
{imported}

gokart.add_config('luigi.ini')


class Load(BASE):
    rows: luigi.IntParameter = luigi.IntParameter(default=3)
    names: luigi.ListParameter[tuple[str, ...]] = luigi.ListParameter(default=('a',))
    label: luigi.OptionalStrParameter = luigi.OptionalStrParameter(default=None)
    __version: luigi.IntParameter = luigi.IntParameter(default=1)

    def run(self):
        open('runs.txt', 'a').write('Load ')
        self.dump(list(range(self.rows)))


class Sum(BASE):
    data: gokart.TaskInstanceParameter[Load] = gokart.TaskInstanceParameter(expected_type=Load)

    def run(self):
        open('runs.txt', 'a').write('Sum ')
        self.dump(sum(self.load('data')))


class Pipeline(BASE):
    factor: luigi.IntParameter = luigi.IntParameter()

    def requires(self):
        return Sum(data=Load(rows=5))

    def run(self):
        open('runs.txt', 'a').write('Pipeline ')
        self.dump(self.load() * self.factor)
"""
PLAIN, CHECKED = 'from gokart import TaskOnKart as BASE', 'from checked import CheckedTask as BASE'

BUILD = """\
import json, gokart, pipeline
root = pipeline.Pipeline()
tasks = [root, root.requires(), root.requires().data]
built = gokart.build(root, return_value=True)
print(json.dumps([built, [each.make_unique_id() for each in tasks], [each.output().path() for each in tasks], tasks[2].to_str_params()]))
"""


def project(folder: Path, imported: str) -> Path:
    """The pipeline on one of the bases; results and caches of an earlier one stay."""
    shutil.copy(BASE, folder)
    (folder / 'luigi.ini').write_text('[Pipeline]\nfactor = 2\n')
    (folder / 'pyproject.toml').write_text('[tool.gokart-lint]\nsrc = ["."]\n')
    (folder / 'pipeline.py').write_text(PIPELINE.format(imported=imported))
    return folder


def python(folder: Path, *arguments: str) -> str:
    """What Python prints in a process of its own: luigi's registry of task classes is global."""
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_names_every_parameter_class() -> None:
    [made] = [each for each in ast.walk(ast.parse(BASE.read_text())) if isinstance(each, ast.keyword) and each.arg == 'field_specifiers']
    assert isinstance(made.value, ast.Tuple)
    assert sorted(map(ast.unparse, made.value.elts)) == sorted(vocabulary.PARAMETERS)


def test_a_task_of_it_builds_and_finds_what_one_without_it_has_cached(tmp_path: Path) -> None:
    plain, on_base = (json.loads(python(project(tmp_path, each), '-c', BUILD).splitlines()[-1]) for each in (PLAIN, CHECKED))
    assert plain == on_base
    assert plain[0] == 20
    assert (tmp_path / 'runs.txt').read_text() == 'Load Sum Pipeline '  # nothing ran a second time


def test_a_pipeline_of_it_resolves(tmp_path: Path) -> None:
    printed = python(project(tmp_path, CHECKED), '-m', 'pytest', '-v', '-p', 'no:cacheprovider', '.')
    assert 'pipeline.py::Pipeline::requires PASSED' in printed


def test_the_linter_says_of_it_what_it_says_without_it(tmp_path: Path) -> None:
    command = ('-m', 'gokart_lint', 'check', '--select', 'ALL', '--exit-zero', 'pipeline.py')
    assert python(project(tmp_path, CHECKED), *command) == python(project(tmp_path, PLAIN), *command) != ''
    assert python(tmp_path, '-m', 'gokart_lint', 'check', 'checked.py') == 'All clear: 1 file.\n'
