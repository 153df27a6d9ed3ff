"""What `requires()` gives, as the text says it and as gokart does it: the same program is read and run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

from gokart_lint.project.classes import Class
from gokart_lint.project.symbols import UNKNOWN
from gokart_lint.wiring.alternatives import Alternatives, Instance, Row, Table
from gokart_lint.wiring.requirements import giver, requirement
from tests.project.building import classes, load

PROGRAM = """
import gokart
import luigi
from luigi.util import inherits, requires


class A(gokart.TaskOnKart[int]):
    n = luigi.IntParameter(default=1)


class B(A):
    pass


class Nothing(gokart.TaskOnKart[int]):
    pass


class Default(gokart.TaskOnKart[int]):
    dep = gokart.TaskInstanceParameter(expected_type=A, default=A())


class One(gokart.TaskOnKart[int]):
    def requires(self):
        return A()


class Display(gokart.TaskOnKart[int]):
    def requires(self):
        return {'a': A(), 'b': [B(), A(n=2)], 'c': {'d': B()}}


class Grown(gokart.TaskOnKart[int]):
    def requires(self):
        tasks = dict(a=A())
        tasks['b'] = B()
        tasks.update({'c': A()}, d=B())
        tasks |= {'e': A()}
        return tasks | {'f': B()}


class Comprehended(gokart.TaskOnKart[int]):
    def requires(self):
        return {key: B() for key in ('x', 'y')}


class Listed(gokart.TaskOnKart[int]):
    def requires(self):
        return [A()] + [B()]


class Yielding(gokart.TaskOnKart[int]):
    def requires(self):
        yield A()
        yield {'b': B()}


class Above(Display):
    def requires(self):
        return {**super().requires(), 'more': self.more()}

    def more(self):
        return A()


class Twice(Above):
    def requires(self):
        found = super().requires()
        found['twice'] = self.clone(B)
        return found

    def more(self):
        return B()


class Extended(Default):
    def requires(self):
        return {**super().requires(), 'x': B()}


class Gathered(Default):
    def requires(self):
        return dict(self.make_task_instance_dictionary(), x=B())


class Mixin:
    def requires(self):
        return {**super().requires(), 'mixed': B()}


class Mixed(Mixin, Display):
    pass


@requires(A)
class Required(gokart.TaskOnKart[int]):
    def requires(self):
        return B()


@requires(A, B)
class RequiredBoth(gokart.TaskOnKart[int]):
    pass


@requires(first=A)
class RequiredByName(gokart.TaskOnKart[int]):
    pass


@requires(A)
@requires(B)
class Stacked(gokart.TaskOnKart[int]):
    pass


class BelowRequired(RequiredBoth):
    pass


class OverRequired(RequiredByName):
    def requires(self):
        return [super().requires(), A()]


@inherits(B)
class Inheriting(gokart.TaskOnKart[int]):
    def requires(self):
        return {'parent': self.clone_parent()}


@inherits(one=A, two=B)
class InheritingByName(gokart.TaskOnKart[int]):
    def requires(self):
        return self.clone_parents()
"""
RUN = """
import json
import tasks


def shape(value):
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    return type(value).__name__ if isinstance(value, tasks.gokart.TaskOnKart) else [shape(each) for each in value]


names = [name for name, each in vars(tasks).items() if isinstance(each, type) and issubclass(each, tasks.gokart.TaskOnKart)]
print(json.dumps({name: shape(getattr(tasks, name)().requires()) for name in names}))
"""


def _shape(found: Alternatives) -> Any:
    [value] = found
    if isinstance(value, Instance):
        return value.cls.name
    if isinstance(value, Table):
        assert value.rest == ()
        return {key: _shape(each) for key, each in value.entries}
    assert isinstance(value, Row)
    return [_shape(each) for each in value.items]


def test_what_the_text_says_is_what_gokart_does(tmp_path: Path) -> None:
    tasks = classes(load(tmp_path, {'tasks.py': PROGRAM, 'run.py': RUN}))
    run = subprocess.run([sys.executable, 'run.py'], cwd=tmp_path, capture_output=True, text=True, check=True)
    real = json.loads(run.stdout)
    assert len(real) == 23
    assert {name: _shape(requirement(tasks[f'tasks.{name}'])) for name in real} == real


UNKNOWN_PROGRAM = """
import gokart
from library import make, make_base, wrap


class A(gokart.TaskOnKart[int]):
    pass


class Foreign(gokart.TaskOnKart[int]):
    def requires(self):
        return make()


class Wrapped(gokart.TaskOnKart[int]):
    @wrap
    def requires(self):
        return A()


@wrap
class WrappedClass(gokart.TaskOnKart[int]):
    def requires(self):
        return A()


class Below(make_base(), gokart.TaskOnKart[int]):
    pass


class Attribute(gokart.TaskOnKart[int]):
    requires = make()


class Replaced(gokart.TaskOnKart[int]):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.requires = make

    def requires(self):
        return A()


class Twice(gokart.TaskOnKart[int]):
    if make:
        def requires(self):
            return A()
    else:
        def requires(self):
            return [A()]


class Falling(gokart.TaskOnKart[int]):
    def requires(self):
        if make():
            return A()


class SetByName(gokart.TaskOnKart[int]):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        setattr(self, make(), A())


class Awaited(gokart.TaskOnKart[int]):
    async def requires(self):
        return A()
"""


def test_what_the_text_does_not_say_is_unknown(tmp_path: Path) -> None:
    tasks = classes(load(tmp_path, {'tasks.py': UNKNOWN_PROGRAM}))
    found = {name: requirement(each) for name, each in tasks.items() if name != 'tasks.A'}
    assert {name for name, each in found.items() if UNKNOWN not in each} == set()
    assert len(found) == 10


def test_who_gives_requires(tmp_path: Path) -> None:
    tasks = classes(load(tmp_path, {'tasks.py': PROGRAM}))

    def given_by(name: str) -> Class | None:
        return giver(tasks[f'tasks.{name}'])

    assert given_by('Default') is None
    assert given_by('Mixed') is tasks['tasks.Mixin']
    assert given_by('BelowRequired') is tasks['tasks.RequiredBoth']
    assert given_by('Required') is tasks['tasks.Required']


def test_a_module_that_gathers_tasks_for_another(tmp_path: Path) -> None:
    files = {
        'pipe/__init__.py': '',
        'pipe/tasks.py': PROGRAM,
        'pipe/gather.py': dedent(
            """
            import gokart
            from pipe import tasks


            def both():
                return {'a': tasks.A(), 'b': tasks.B()}


            class Gather(gokart.TaskOnKart[int]):
                def requires(self):
                    return both()
            """
        ),
    }
    found = classes(load(tmp_path, files))
    assert _shape(requirement(found['pipe.gather.Gather'])) == {'a': 'A', 'b': 'B'}
