"""luigi's configuration: values that do not parse, and names that name nothing."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from pytest_gokart.values import Place
from tests.pytest_gokart.resolving_cases import Wrong, check_wrong, resolved

TASKS = """
class Load(gokart.TaskOnKart):
    factor = luigi.IntParameter(default=1)
    source_path = luigi.Parameter(default='a')
    kind = luigi.ChoiceParameter(choices=['b', 'd', 'a'], default='a')
class Pipeline(gokart.TaskOnKart):
    wanted = luigi.BoolParameter(default=True)
    def requires(self):
        return Load()
"""


class Said(NamedTuple):
    words: str
    config: str


WRONG = {
    'a value that does not parse': Said(
        "the configuration gives [Load] factor 'ten', which an IntParameter cannot read (ValueError: invalid literal",
        """
        [Load]
        source_path = x
        factor = ten  # HERE
        """,
    ),
    'a value of the pipeline itself': Said(
        "the configuration gives [Pipeline] wanted 'perhaps', which a BoolParameter cannot read",
        """
        [Pipeline]
        wanted = perhaps  # HERE
        """,
    ),
    'a value in [DEFAULT] for a section': Said(
        "the configuration gives [Load] factor 'ten'",
        """
        [DEFAULT]
        factor = ten  # HERE
        [Load]
        source_path = x
        """,
    ),
    'a value in [TaskOnKart]': Said(
        "the configuration gives [TaskOnKart] rerun 'maybe', which a BoolParameter cannot read",
        """
        [TaskOnKart]
        rerun = maybe  # HERE
        """,
    ),
    'a choice': Said(
        "the configuration gives [Load] kind 'c', which a ChoiceParameter cannot read (its choices are 'a', 'b', 'd')",
        """
        [Load]
        kind = c  # HERE
        """,
    ),
    'a variable of the environment that is not set': Said(
        'the configuration gives [Load] source_path a value that luigi cannot read (InterpolationMissingEnvvarError',
        """
        [Load]
        source_path = ${NO_SUCH_VARIABLE_HERE}  # HERE
        """,
    ),
    'such a variable for all': Said(
        'option workspace_directory=${NO_SUCH_VARIABLE_HERE})\nSet it where pytest runs, with '
        "os.environ.setdefault('NO_SUCH_VARIABLE_HERE', ...) in conftest.py, or name other files in pytest's setting gokart_luigi_config.",
        """
        [TaskOnKart]
        workspace_directory = ${NO_SUCH_VARIABLE_HERE}  # HERE
        """,
    ),
    'such a variable for no parameter': Said(
        'luigi cannot read [Load] other (InterpolationMissingEnvvarError',
        """
        [Load]
        other = ${NO_SUCH_VARIABLE_HERE}  # HERE
        """,
    ),
    'a misspelt key': Said(
        "the configuration sets [Load] facter, which is no parameter of Load and has no effect\nDid you mean 'factor'?",
        """
        [Load]
        facter = 10  # HERE
        """,
    ),
    'a misspelt key with dashes': Said(
        "Did you mean 'source_path'?",
        """
        [Load]
        sourc-path = 10  # HERE
        """,
    ),
    'a misspelt key of gokart': Said(
        'the configuration sets [TaskOnKart] workspace_directry, which is no parameter of TaskOnKart and has no effect\n'
        "Did you mean 'workspace_directory'?",
        """
        [TaskOnKart]
        workspace_directry = /data  # HERE
        """,
    ),
    'a misspelt section': Said(
        'the configuration has a section [Laod], which names no task and has no effect\nDid you mean [Load]?',
        """
        [Laod]  # HERE
        factor = 10
        """,
    ),
    'a misspelt section for all': Said(
        'Did you mean [TaskOnKart]?',
        """
        [TaskOnCart]  # HERE
        rerun = true
        """,
    ),
}


@pytest.mark.parametrize('name', WRONG)
def test_wrong(name: str, tmp_path: Path) -> None:
    case = WRONG[name]
    config = case.config.replace('  # HERE', '')
    resolution = resolved(tmp_path, TASKS, config=config)
    line = next(number for number, line in enumerate(case.config.strip('\n').splitlines(), start=1) if '# HERE' in line)
    check_wrong(Wrong('configuration', case.words, ''), resolution, tmp_path)
    at = resolution.problems[0].at
    assert at is not None
    assert (at.path, at.line) == (str(tmp_path / 'made.ini'), line)


RIGHT = {
    'values': """
        [Load]
        factor = 10
        source-path = x
        [Pipeline]
        wanted = true
        [TaskOnKart]
        workspace_directory = /data
        fail_on_empty_dump = true
        """,
    'keys of [DEFAULT], and near none': """
        [DEFAULT]
        sourcepath = x
        [Load]
        whatever = 1
        """,
    'sections of others': """
        [core]
        no_lock = true
        [worker]
        keep_alive = true
        [loggers]
        keys = root
        [Reload]
        x = 1
        """,
    'a parameter of a task for all of its kind': """
        [TaskOnKart]
        factor = 3
        """,
}


@pytest.mark.parametrize('name', RIGHT)
def test_right(name: str, tmp_path: Path) -> None:
    resolution = resolved(tmp_path, TASKS, config=RIGHT[name])
    assert (resolution.problems, resolution.notes) == ((), ())


def test_values_are_taken(tmp_path: Path) -> None:
    config = """
        [Load]
        factor = 10
        [TaskOnKart]
        workspace_directory = data
        """
    load = resolved(tmp_path, TASKS, config=config).tasks[0]
    assert (load.factor, load.workspace_directory) == (10, 'data')


def test_a_section_of_a_class_that_nobody_imports(tmp_path: Path) -> None:
    config = """
        [Loads]
        factor = 10
        """
    assert [problem.kind for problem in resolved(tmp_path, TASKS, config=config).problems] == ['configuration']
    (tmp_path / 'others.py').write_text('import gokart\n\nclass Loads(gokart.TaskOnKart):\n    pass\n')
    assert resolved(tmp_path, TASKS, config=config).problems == ()


def test_keys_that_a_task_says_it_ignores(tmp_path: Path) -> None:
    text = TASKS.replace('    factor', "    ignore_unconsumed = {'facter'}\n    factor")
    config = """
        [Load]
        facter = 10
        """
    assert resolved(tmp_path, text, config=config).problems == ()


def test_a_missing_value_that_the_configuration_gives(tmp_path: Path) -> None:
    text = TASKS.replace('IntParameter(default=1)', 'IntParameter()')
    config = """
        [Load]
        factor = 10
        """
    assert resolved(tmp_path, text, config=config).problems == ()
    (problem,) = resolved(tmp_path, text).problems
    assert problem.message.endswith('or set it in section [Load] of the luigi configuration.')


def test_a_value_that_does_not_parse_hides_no_misspelt_key(tmp_path: Path) -> None:
    text = """
    class Below(gokart.TaskOnKart):
        epochs = luigi.IntParameter(default=1)

    class Load(gokart.TaskOnKart):
        rows = luigi.IntParameter(default=1)
        def requires(self):
            return Below()

    class Pipeline(gokart.TaskOnKart):
        limit = luigi.IntParameter(default=1)
        def requires(self):
            return Load()
    """
    misspelt = '[Below]\nepoch = 3\n'
    for wrong in ('[Load]\nrows = ten\n', '[Pipeline]\nlimit = ten\n'):
        found = resolved(tmp_path, text, config=wrong + misspelt).problems
        told = {problem.message.partition(',')[0]: problem.at for problem in found}
        file = str(tmp_path / 'made.ini')
        assert list(told.values()) == [Place(file, 2), Place(file, 4)]
        assert list(told)[1] == 'the configuration sets [Below] epoch'
    found = resolved(tmp_path, text, config=misspelt).problems
    assert [problem.at for problem in found] == [Place(file, 2)]
