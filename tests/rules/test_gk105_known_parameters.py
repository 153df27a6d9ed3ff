"""GK105: what looks wrong and is right, asked of the real gokart too."""

from __future__ import annotations

from pathlib import Path

from tests.rules.building import assert_as_marked
from tests.rules.harness import assert_marked
from tests.rules.test_gk105_unknown_parameter import TASKS

RIGHT = """
SHARED = luigi.IntParameter(default=1)


def made():
    return luigi.IntParameter(default=1)


class Shared(gokart.TaskOnKart[int]):
    shared = SHARED
    made = made()
    first, second = luigi.IntParameter(default=1), luigi.IntParameter(default=2)
    if SHARED:
        under = luigi.IntParameter(default=1)
    else:
        other = luigi.IntParameter(default=1)
    third = fourth = luigi.IntParameter(default=1)


class Named(gokart.TaskOnKart[int]):
    for name in ('a', 'b'):
        locals()[name] = luigi.IntParameter(default=1)


class Outside(gokart.TaskOnKart[int]):
    pass


Outside.late = luigi.IntParameter(default=1)
Outside.late.__set_name__(Outside, 'late')
later = luigi.IntParameter(default=1)
later.__set_name__(Outside, 'later')
setattr(Outside, 'la' + 'ter', later)


class Inner(gokart.TaskOnKart[int]):
    rate = luigi.FloatParameter(default=1)

    @classmethod
    def build(cls, **kwargs):
        return cls(depth=1, **kwargs)

    def another(self):
        return type(self)(depth=2)


class Deeper(Inner):
    depth = luigi.IntParameter(default=1)


class Factory(gokart.TaskOnKart[int]):
    def clone(self, cls=None, extra=None, **kwargs):
        return super().clone(cls, **kwargs)

    def requires(self):
        return self.clone(Train, extra=3)


class NoTask:
    def __init__(self, anything):
        self.anything = anything


def right_own():
    Train(learning_rate=1, epochs=2, _Train__version=3)
    Below(learning_rate=1, depth=2, _Train__version=3)
    Simple(n=2)
    OwnInit(n=2)


def right_gokart():
    Empty(workspace_directory='x', rerun=False, complete_check_at_run=True, fix_random_seed_value=3)
    Fixed(learning_rate=2, rerun=False)


def right_shared():
    Shared(shared=2)
    Shared(made=2)
    Shared(first=1, second=2, under=3)
    Shared(third=1)
    Named(a=1, b=2)
    Outside(late=1, later=2)


def right_copied():
    Copied(epochs=1, learning_rate=2)
    CopiedByLuigi(epochs=1, rerun=False)


def right_deeper():
    Deeper.build(rate=1)
    Deeper().another()


def right_clone():
    Factory().requires()
    Train().clone(cls=Below, depth=3, epochs=2)
    Train().clone(epochs=3)


def right_others():
    NoTask(anything=1)
    dict(epoch=1)


def right_class_by_kind(x=1):
    cls = Below if x else Train
    return cls(depth=1) if x else cls(epochs=1)


def right_demanded():
    import pytest

    with pytest.raises(luigi.parameter.UnknownParameterException):
        Train(epoch=1)
"""


def test_what_luigi_knows(tmp_path: Path) -> None:
    assert_marked(tmp_path, TASKS + RIGHT, 'GK105')
    (tmp_path / 'tasks.py').write_text((tmp_path / 'tasks.py').read_text() + '\n\ndef wrong_one():\n    return Train(x=1)\n')
    assert_as_marked(tmp_path / 'tasks.py')


def test_gokart_itself_may_be_the_project(tmp_path: Path) -> None:
    files = {
        'gokart/__init__.py': 'from gokart.task import TaskOnKart\n',
        'gokart/task.py': 'import luigi\n\n\nclass TaskOnKart(luigi.Task):\n    redis_port = luigi.IntParameter(default=1)\n',
        'test/test_task.py': """
            import gokart


            class Train(gokart.TaskOnKart):
                pass


            def test():
                gokart.TaskOnKart(redis_port=1)
                Train(redis_port=1)
                Train(redis_prt=1)  # expect GK105@11
            """,
    }
    assert_marked(tmp_path, files, 'GK105')
