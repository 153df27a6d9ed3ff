"""Bodies without annotations under the options that change how mypy looks at them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mypy.harness import assert_program, assert_project, output, write
from tests.mypy.library_cache import PYPROJECT

PIPELINE = """\
import functools
import gokart
import luigi


def plain(x):  # E: no-untyped-def
    return x


def wrap(function):  # E: no-untyped-def
    return functools.wraps(function)(lambda *args: function(*args))


class Load(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()

    def requires(self):
        return []

    def output(self):
        return self.make_target('a.pkl')

    def complete(self):
        return False

    @wrap
    def run(self):
        values = []
        values.append(plain(3))

        def inner(x):
            return plain(x)

        luigi.task.flatten(values)
        luigi.LocalTarget('a')
        self.helper(inner(3))
        self.clone(n=3)
        self.n.upper()  # E: attr-defined

    def helper(self, x):  # E: no-untyped-def
        return {}


class Train(gokart.TaskOnKart[str]):
    def run(self) -> None:
        x = []  # E: var-annotated
        Load(n=1).helper(3)
        plain(3)  # E: no-untyped-call
"""


def test_under_strict_nothing_asks_for_annotations_but_helpers(tmp_path: Path) -> None:
    assert_project(tmp_path, {'pipeline.py': PIPELINE}, '--strict', '.')


IGNORES = """\
import gokart
import luigi


class Load(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()

    def requires(self):
        return Load  # type: ignore[gokart-requires]

    def run(self):
        values = []
        values = {}  # type: ignore[assignment]  # E: unused-ignore
        x = self.n.upper(); y = []  # type: ignore[attr-defined]
        self.dump('x')  # type: ignore
        self.load('x')
        z = self.n.lower(); w = []  # E: attr-defined


class Train(gokart.TaskOnKart[str]):
    def requires(self):
        return {'a': Load(n=1)}

    def run(self):
        self.load('b')  # type: ignore[gokart-load-key]
"""


DISABLED = """\
# mypy: disable-error-code="gokart-load-key, gokart-requires"
import gokart


class Load(gokart.TaskOnKart[int]):
    def requires(self):
        return {'a': Load}

    def run(self):
        self.load('b')
"""

MESSAGES = """\
import gokart
import luigi
from gokart.config_params import inherits_config_params


class Conf(luigi.Config):
    day = luigi.DateParameter()


class Number(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()


@inherits_config_params(Conf)
class Train(gokart.TaskOnKart[int]):
    day = luigi.IntParameter()
    dep = gokart.TaskInstanceParameter(expected_type=Number)
    other: gokart.TaskOnKart[str] = gokart.TaskInstanceParameter()

    def requires(self):
        return {'number': self.dep}

    def run(self):
        self.load('nummer')
        self.load(self.other)
        self.clone(dict)


class Eval(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()

    def requires(self):
        yield Number
        yield 'a'
        yield self.n
        yield Conf

    def output(self) -> list[int]:
        return []
"""


@pytest.fixture(scope='module')
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What mypy says of three programs in one run that also looks for ignores that nothing needs."""
    folder = tmp_path_factory.mktemp('codes')
    write(folder, {'ignores.py': IGNORES, 'disabled.py': DISABLED, 'messages.py': MESSAGES})
    return output(folder, '--warn-unused-ignores', '.')


def test_own_codes_can_be_ignored_and_leave_no_notes(printed: str) -> None:
    assert_program('ignores.py', IGNORES, printed)
    assert 'not covered' not in printed


def test_own_codes_can_be_disabled(printed: str) -> None:
    assert_program('disabled.py', DISABLED, printed)


def test_messages_name_the_task_and_the_reason(printed: str) -> None:
    found = [line.removeprefix('messages.py:') for line in printed.splitlines() if line.startswith('messages.py:')]
    assert [line.split(' error: ')[1] for line in found if ' error: ' in line] == [
        '"Train.day" is "int", and "Conf.day", whose value it gets, is "date"  [gokart-config]',
        '"Train.requires" has no key "nummer"; it has "number"  [gokart-load-key]',
        '"Train.requires" does not return "other": add it there to load it  [gokart-load-task]',
        'clone() builds a task of a class, and "dict" is no task class  [gokart-clone]',
        '"Eval.requires" yields the class "Number" and not a task: build it, Number(...)  [gokart-requires]',
        '"Eval.requires" yields \'a\', which is no task: return a task, a list or dict of tasks, or []  [gokart-requires]',
        '"Eval.requires" yields the parameter "n", which holds "int" and no task: return a task, a list or dict of tasks, or []'
        '  [gokart-requires]',
        '"Eval.requires" yields the class "Conf" and not a task: build it, Conf(...)  [gokart-requires]',
        'Return type "list[int]" of "output" incompatible with return type "FlattenableItems[TargetOnKart]" in supertype'
        ' "gokart.task.TaskOnKart"  [override]',
    ]


WITHOUT = """\
import gokart
import luigi


class Load(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()

    def requires(self):
        return 3

    def run(self):
        self.n.upper()
        self.dump('x')

    def annotated(self) -> str:
        return self.n  # E: return-value
"""


def test_bodies_can_be_left_alone(tmp_path: Path) -> None:
    pyproject = PYPROJECT + '\n[tool.gokart-lint.mypy]\ncheck-bodies = false\n'
    assert_project(tmp_path, {'pyproject.toml': pyproject, 'pipeline.py': WITHOUT})
