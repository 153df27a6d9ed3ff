"""GK103: what looks wrong and is right, asked of the real gokart too."""

from __future__ import annotations

from pathlib import Path

from tests.rules.building import assert_as_marked
from tests.rules.harness import assert_marked, findings
from tests.rules.test_gk103_wrong_task import TASKS

RIGHT = """
from typing import Protocol, runtime_checkable


class Judging(gokart.TaskInstanceParameter):
    def _warn_on_wrong_param_type(self, param_name, param_value):
        pass


class Normal(gokart.TaskInstanceParameter):
    def normalize(self, x):
        return A() if x is None else x


@runtime_checkable
class Runs(Protocol):
    def run(self): ...


class Mixin:
    pass


class Mixed(Mixin, gokart.TaskOnKart[int]):
    pass


class Both(A, B):
    pass


class Kinds(gokart.TaskOnKart[int]):
    every = gokart.TaskInstanceParameter(expected_type=gokart.TaskOnKart, default=A())
    luigis = gokart.TaskInstanceParameter(expected_type=luigi.Task, default=A())
    judging = Judging(expected_type=A, default=A())
    normal = Normal(expected_type=A, default=A())
    structural = gokart.TaskInstanceParameter(expected_type=Runs, default=A())
    mixed = gokart.TaskInstanceParameter(expected_type=Mixin, default=Mixed())
    anything = luigi.Parameter(default='')


class Rewritten(gokart.TaskOnKart[int]):
    dep = gokart.TaskInstanceParameter(expected_type=B)

    def task(self):
        self.dep = A()
        return Use(dep=self.dep)


class Wide(gokart.TaskOnKart[int]):
    every = gokart.TaskInstanceParameter(expected_type=gokart.TaskOnKart)
    some = gokart.TaskInstanceParameter()
    a = gokart.TaskInstanceParameter(expected_type=A)

    def tasks(self):
        return [Use(dep=self.every), Use(dep=self.some), Use(dep=self.a), self.clone(Use, dep=self.every), Any(dep=self)]


class Cloner(gokart.TaskOnKart[int]):
    dep = gokart.TaskInstanceParameter(expected_type=B)

    def task(self):
        return self.clone(Use, dep=A())


def make(x):
    return A() if x else None


def right_subclass():
    Use(dep=Sub())
    Use(dep=Both())
    UseB(dep=Both())
    Many(deps=[Sub(), A()])


def right_kinds():
    Kinds(every=B(), luigis=Plain(), judging=B(), normal=None, structural=B(), mixed=Mixed(), anything=None)
    Kinds(anything=[A()])
    Kinds(anything=A)


def right_lists():
    Many(deps=[])
    Many(deps=())
    Many(deps={A(), Sub()})
    Many(deps=list({'a': A()}.values()))
    Many(deps=tuple(A() for _ in range(2)))
    Many(deps=[*(A(), A()), *[Sub()]])
    Any(dep=B(), others=[A(), B()])


def right_later(x=1):
    task = B()
    if x:
        task = A()
    Use(dep=task)


def right_none_first():
    task = None
    for task in [A()]:
        Use(dep=task)
    if task is not None:
        Use(dep=task)


def right_by_kind(x=1):
    task = A() if x else B()
    return Use(dep=task) if x else UseB(dep=task)


def right_class_by_kind(x=0):
    cls = Use if x else UseB
    return cls(dep=A() if x else B())


def right_guarded():
    for task in [A(), B()]:
        if isinstance(task, A):
            Use(dep=task)


def right_helper():
    return Use(dep=make(1))


def right_rebound():
    B = A
    return Use(dep=B())


def right_shadowed(B=A):
    return Use(dep=B())


def right_key(key='a'):
    tasks = {'a': A(), 'b': B()}
    return Use(dep=tasks[key])


def right_replaced():
    tasks = {'a': B()}
    tasks['a'] = A()
    return Use(dep=tasks['a'])


def right_filled():
    tasks = {'a': B()}
    fill(tasks)
    return Use(dep=tasks['a'])


def fill(tasks):
    tasks['a'] = A()


def right_methods():
    Rewritten(dep=B()).task()
    Wide(every=A(), some=A(), a=Sub()).tasks()
    Cloner(dep=B()).task()


def right_demanded():
    import pytest

    with pytest.raises(TypeError):
        Use(dep=B())
    pytest.raises(TypeError, lambda: Use(dep=B()))

    def build():
        return Use(dep=B())

    pytest.raises(TypeError, build)
    try:
        Use(dep=None)
    except (TypeError, ValueError):
        pass
"""


def test_what_gokart_takes(tmp_path: Path) -> None:
    assert_marked(tmp_path, TASKS + RIGHT, 'GK103')
    (tmp_path / 'tasks.py').write_text((tmp_path / 'tasks.py').read_text() + '\n\ndef wrong_one():\n    return Use(dep=B())\n')
    assert_as_marked(tmp_path / 'tasks.py')


def test_what_is_not_known_is_left_alone(tmp_path: Path) -> None:
    program = """
    import gokart
    from base import A, B, Use, make_base, register
    from elsewhere import Base, Foreign, cls, options, task


    @register
    class Registered(gokart.TaskOnKart):
        pass


    class Unknown(Base):
        pass


    class Made(make_base()):
        pass


    class Virtual(gokart.TaskOnKart):
        pass


    class Loose(Base, gokart.TaskOnKart):
        every = gokart.TaskInstanceParameter(**options)
        foreign = gokart.TaskInstanceParameter(expected_type=Foreign)
        computed = gokart.TaskInstanceParameter(expected_type=cls())


    class Inherits(Base, Use):
        pass


    def f(given, *rest, **more):
        Use(dep=given)
        Use(dep=task)
        Use(dep=Registered())
        Use(dep=Unknown())
        Use(dep=Made())
        Use(dep=rest[0])
        Use(**more)
        Use(dep=cls())
        Use(dep=given.clone())
        Use(dep=A() or B())
        Inherits(dep=B())
        Loose(every=None, foreign=A(), computed=A())
        with given as B2:
            Use(dep=B2)
        Use(dep=given and B())
        match given:
            case [B()]:
                Use(dep=given)


    async def g(given):
        Use(dep=await given)
    """
    base = """
    import gokart


    def make_base():
        return gokart.TaskOnKart


    def register(cls):
        return A


    class A(gokart.TaskOnKart):
        pass


    class B(gokart.TaskOnKart):
        pass


    class Use(gokart.TaskOnKart):
        dep = gokart.TaskInstanceParameter(expected_type=A)
    """
    assert findings(tmp_path, {'tasks.py': program, 'base.py': base}, 'GK103') == []


def test_conditional_declarations_are_left_alone(tmp_path: Path) -> None:
    program = """
    import sys

    import gokart


    class A(gokart.TaskOnKart):
        pass


    class B(gokart.TaskOnKart):
        pass


    class Use(gokart.TaskOnKart):
        if sys.platform == 'linux':
            dep = gokart.TaskInstanceParameter(expected_type=A)
        else:
            dep = gokart.TaskInstanceParameter(expected_type=B)


    class Constant(Use):
        dep = 1


    def f():
        Use(dep=A())
        Use(dep=B())
        Constant(dep=A())
    """
    assert findings(tmp_path, program, 'GK103') == []
