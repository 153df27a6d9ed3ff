"""Classes: what they derive from, by any name and through any number of modules, and what that makes them."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from gokart_lint.project.classes import Class, Method
from gokart_lint.project.symbols import UNKNOWN, Library
from gokart_lint.vocabulary import TASK_ON_KART, canonical
from tests.project.building import classes, load, module
from tests.project.conftest import Shop
from tests.project.pipelines import MODULES

TASK = 'class A(gokart.TaskOnKart): ...'


def read(folder: Path, text: str, **others: str) -> dict[str, Class]:
    """The classes of `tasks.py` by qualified name."""
    files = {'tasks.py': text, **{f'{name}.py': other for name, other in others.items()}}
    return {each.qualname: each for each in module(load(folder, files), folder, 'tasks.py').classes}


def bases(found: Class) -> list[str]:
    return [repr(each) if isinstance(each, Class) else each.name if isinstance(each, Library) else '?' for each in found.ancestors[1:]]


# --- against Python itself --------------------------------------------------------------------------------------------


def test_the_same_classes_are_found(shop: Shop) -> None:
    assert set(shop.read) == set(shop.live)
    assert {name.rpartition('.')[0] for name in shop.live} >= set(MODULES) - {'shop.parameters'}


def test_the_method_resolution_order_is_pythons(shop: Shop) -> None:
    def of_the_project(names: list[str]) -> list[str]:
        return [name for name in names if name in shop.live or name in (TASK_ON_KART, 'luigi.Task')]

    got = {}
    for name, found in shop.read.items():
        ancestors = [
            f'{each.module.name}.{each.qualname}' if isinstance(each, Class) else getattr(each, 'name', '?') for each in found.ancestors
        ]
        assert '?' not in ancestors, name
        got[name] = of_the_project(ancestors)
    configuration = {'shop.steps.Config'}  # luigi.Config is a luigi.Task to Python, none to the rules
    expected = {name: of_the_project([canonical(base) for base in live['mro']]) for name, live in shop.live.items()}
    assert {name: got[name] for name in got.keys() - configuration} == {name: expected[name] for name in expected.keys() - configuration}


def test_what_is_a_task(shop: Shop) -> None:
    for name, found in shop.read.items():
        is_task = 'gokart.task.TaskOnKart' in shop.live[name]['mro']
        assert (found.is_task, found.is_luigi_task) == (is_task, is_task), name
        assert found.is_fully_known or not is_task, name


def test_subclasses(shop: Shop) -> None:
    for name, found in shop.read.items():
        below = {other for other, live in shop.live.items() if name in live['mro'][1:]}
        assert {f'{each.module.name}.{each.qualname}' for each in found.subclasses} == below, name


def test_derives_from_is_issubclass(shop: Shop) -> None:
    tasks = {name: found for name, found in shop.read.items() if found.is_task}
    for name, found in tasks.items():
        for other, target in shop.read.items():
            assert found.derives_from(target) is (other in shop.live[name]['mro']), (name, other)
        assert found.derives_from(Library(TASK_ON_KART)) is ('gokart.task.TaskOnKart' in shop.live[name]['mro'])


# --- one by one -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    'header',
    [
        'import gokart\nclass A(gokart.TaskOnKart): ...',
        'import gokart as gk\nclass A(gk.TaskOnKart[int]): ...',
        'import gokart.task\nclass A(gokart.task.TaskOnKart): ...',
        'import gokart.task as t\nclass A(t.TaskOnKart): ...',
        'from gokart import TaskOnKart\nclass A(TaskOnKart): ...',
        'from gokart import TaskOnKart as Base\nclass A(Base): ...',
        'from gokart import task\nclass A(task.TaskOnKart): ...',
        'from gokart.task import TaskOnKart\nclass A(TaskOnKart): ...',
        'from gokart import *\nclass A(TaskOnKart): ...',
        'import gokart\nBase = gokart.TaskOnKart\nclass A(Base): ...',
        'import gokart\nBase = gokart.TaskOnKart[int]\nclass A(Base): ...',
        'import gokart\nBase: type = gokart.TaskOnKart\nOther = Base\nclass A(Other): ...',
        'import gokart\ngk = gokart\nclass A(gk.TaskOnKart): ...',
        'import gokart\nA1 = A2 = gokart.TaskOnKart\nclass A(A2): ...',
        'try:\n    import gokart\nexcept ImportError:\n    gokart = None\nclass A(gokart.TaskOnKart): ...',
        'try:\n    from gokart import TaskOnKart\nexcept ImportError:\n    from gokart.task import TaskOnKart\nclass A(TaskOnKart): ...',
        'import gokart\nimport gokart.build\nclass A(gokart.TaskOnKart): ...',
        'import gokart\nif True:\n    class A(gokart.TaskOnKart): ...',
        'import gokart\ntry:\n    pass\nfinally:\n    class A(gokart.TaskOnKart): ...',
        'import gokart\nfor i in (1,):\n    class A(gokart.TaskOnKart): ...',
        'import gokart\nwith x:\n    class A(gokart.TaskOnKart): ...',
        'import gokart\nclass A[T](gokart.TaskOnKart[T]): ...',
        'import gokart\nclass A[*Ts, **P](gokart.TaskOnKart[tuple[*Ts]], metaclass=M): ...',
        'import gokart\nfrom typing import Generic\nclass A(Generic[T], gokart.TaskOnKart[T]): ...',
        'import gokart\nclass A((gokart.TaskOnKart)): ...',
        'from kannon import TaskOnBullet\nclass A(TaskOnBullet): ...',
        'import redshells.train\nclass A(redshells.train.TrainWord2Vec): ...',
        'from redshells.train import TrainWord2Vec as A\nclass A(A): ...',
    ],
)
def test_a_task_by_any_name(header: str, tmp_path: Path) -> None:
    for name, text in {'module': header, 'function': f'def f():\n{indent(header, "    ")}'}.items():
        if 'import *' in text and name == 'function':
            continue  # no Python allows that
        (folder := tmp_path / name).mkdir()
        found = read(folder, f'# gokart\n{text}')
        if 'class A(A)' in text and name == 'function':
            continue  # the name is local to the function, and two things there
        assert [each.is_task for each in found.values()] == [True], text


@pytest.mark.parametrize(
    'header',
    [
        'class A: ...',
        'class A(gokart.TaskOnKart): ...',
        'import gokart\nclass A(gokart.TaskInstanceParameter): ...',
        'import luigi\nclass A(luigi.Task): ...',
        'import gokart\nclass A(make(gokart.TaskOnKart)): ...',
        'import gokart\nclass A(*[gokart.TaskOnKart]): ...',
        'import gokart\nclass A(**{}): ...',
        'import gokart\nclass A(metaclass=gokart.TaskOnKart): ...',
        'import gokart\nclass A(gokart): ...',
        'import gokart\nclass A(gokart.TaskOnKart if x else object): ...',
        'import gokart\nclass A(A): ...',
        'import gokart\nclass A(B): ...\nclass B(A): ...',
        'import gokart\nclass A(len): ...',
        'from elsewhere import TaskOnKart\nclass A(TaskOnKart): ...',
        'from elsewhere import *\nclass A(TaskOnKart): ...',
        'import gokart\nclass TaskOnKart: ...\nclass A(TaskOnKart): ...',
        'import gokart\nBase = gokart.TaskOnKart\nBase = object\nclass A(Base): ...',
        'from .nowhere import TaskOnKart\nclass A(TaskOnKart): ...',
        'from ......... import TaskOnKart\nclass A(TaskOnKart): ...',
    ],
)
def test_no_task(header: str, tmp_path: Path) -> None:
    assert not read(tmp_path, f'# gokart\n{header}')['A'].is_task


@pytest.mark.parametrize('base', ['make()', 'elsewhere.Base', 'Undefined', 'Base[0]()', '*bases'])
def test_an_unknown_base_is_unknown(base: str, tmp_path: Path) -> None:
    found = read(tmp_path, f'import gokart, elsewhere\nclass A(gokart.TaskOnKart, {base}): ...\nclass B(A): ...\nclass C: ...\n')
    assert [(each.is_task, each.is_fully_known) for each in found.values()] == [(True, False), (True, False), (False, True)]
    assert found['B'].derives_from(found['C']) is None
    assert found['B'].derives_from(found['A']) is True
    assert found['B'].method('run') is UNKNOWN


def test_classes_in_functions_and_classes(tmp_path: Path) -> None:
    text = """
        import gokart

        Inner = object

        class Outer:
            class Inner(gokart.TaskOnKart): ...
            class Sibling(Inner): ...
            Alias = Inner
            class Aliased(Alias): ...

            def method(self):
                class NoSibling(Inner): ...  # a function sees no class around it

        def f():
            Base = gokart.TaskOnKart
            class A(Base): ...
            def g():
                import gokart as gk
                class B(A): ...
                class C(gk.TaskOnKart): ...
            class H:
                def m(self):
                    class D(A): ...
                    return D

        class E(Outer.Inner): ...
        class F(f.A): ...
    """
    found = read(tmp_path, text)
    tasks = {name for name, each in found.items() if each.is_task}
    assert tasks == {
        'Outer.Inner', 'Outer.Sibling', 'Outer.Aliased', 'E', 'f.<locals>.A', 'f.<locals>.g.<locals>.B', 'f.<locals>.g.<locals>.C',
        'f.<locals>.H.m.<locals>.D',
    }  # fmt: skip


def test_a_class_that_replaces_what_it_derives_from(tmp_path: Path) -> None:
    text = 'from other import Train, Load\nclass Train(Train): ...\nclass Deep(Train): ...\nclass Load(other.Load): ...\n'
    found = read(tmp_path, text, other='import gokart\nclass Train(gokart.TaskOnKart): ...\nclass Load(gokart.TaskOnKart): ...\n')
    assert bases(found['Train']) == ['<other.Train>', TASK_ON_KART, 'luigi.Task']
    assert bases(found['Deep']) == ['<tasks.Train>', '<other.Train>', TASK_ON_KART, 'luigi.Task']
    assert bases(found['Load']) == ['?']


def test_two_classes_of_one_name_are_not_confused(tmp_path: Path) -> None:
    text = f'import gokart\nif x:\n    {TASK}\nelse:\n    {TASK}\nclass B(A): ...\nclass C: ...\nclass C(gokart.TaskOnKart): ...\n'
    files = {'tasks.py': text}
    found = module(load(tmp_path, files), tmp_path, 'tasks.py').classes
    assert [(each.name, each.is_task) for each in found] == [('A', True), ('A', True), ('B', False), ('C', False), ('C', True)]
    assert found[2].derives_from(found[0]) is None


def test_circles_end(tmp_path: Path) -> None:
    found = read(
        tmp_path, 'import gokart\nclass A(B): ...\nclass B(C): ...\nclass C(A): ...\nclass D(A): ...\nX = Y\nY = X\nclass E(X): ...\n'
    )
    assert all(each.derives_from(each) and not each.is_task and not each.is_fully_known for each in found.values())
    assert found['A'] not in found['A'].ancestors[1:]


def test_an_impossible_order_has_an_answer(tmp_path: Path) -> None:
    found = read(tmp_path, 'import gokart\nclass A: ...\nclass B(A): ...\nclass C(A, B): ...\nclass D(C, C): ...\n')
    assert [each.qualname for each in found['C'].ancestors if isinstance(each, Class)] == ['C', 'A', 'B']
    assert [each.qualname for each in found['D'].ancestors if isinstance(each, Class)] == ['D', 'C', 'A', 'B']


def test_names_in_a_class_body(tmp_path: Path) -> None:
    text = """
        import datetime
        import gokart, luigi
        from datetime import date

        class A(gokart.TaskOnKart):
            import json
            Kind = luigi.IntParameter
            number = Kind()
            date = luigi.DateParameter(default=date.today())
            later = date.today()
            x = y
            y = x
            datetime = datetime.datetime
            now = datetime.now
            parsed = json.loads
    """
    found = read(tmp_path, text)['A']
    values = {name: assign.value for name, assign in found.own_attributes.items()}

    def function_of(name: str) -> object:
        value = values[name]
        assert value is not None
        return found.resolve(getattr(value, 'function', value))

    assert function_of('number') == Library('luigi.IntParameter')
    assert found.own_parameters['number'].library_class == 'luigi.IntParameter'
    default = found.own_parameters['date'].call.keyword('default')
    assert default is not None
    assert found.resolve(default.value.function) == Library('datetime.date.today')  # type: ignore[union-attr]
    assert function_of('later') is UNKNOWN  # the name is a parameter by then
    assert function_of('x') is UNKNOWN
    assert function_of('now') == Library('datetime.datetime.now')
    assert function_of('parsed') == Library('json.loads')


# --- methods ----------------------------------------------------------------------------------------------------------

METHODS = """
    import abc, functools
    import gokart
    from abc import abstractmethod
    from typing import override
    import other

    class Base(gokart.TaskOnKart):
        def run(self): self.dump(1)
        @staticmethod
        def static(a): ...
        @classmethod
        def made(cls): ...
        @property
        def prop(self): ...
        @functools.cached_property
        def cached(self): ...
        @prop.setter
        def prop(self, value): ...
        @override
        def kept(me, a): ...
        @other.wrap
        def wrapped(self): ...
        @staticmethod
        @other.wrap
        def static_wrapped(a): ...
        @abstractmethod
        def todo(self): ...
        @abc.abstractmethod
        def done(self): ...
        def raises(self):
            '''Says why.'''
            raise NotImplementedError('yet')
        def fails(self): raise ValueError
        def nothing(): ...
        def stars(*args): ...

    class Sub(Base):
        run = None
        def done(self): ...
        def todo(self): ...
        def raises(self): ...
"""


def test_methods(tmp_path: Path) -> None:
    found = read(tmp_path, METHODS)
    base, sub = found['Base'], found['Sub']
    kinds = {name: method.kind for name, method in base.own_methods.items()}
    assert kinds == {
        'run': 'instance',
        'static': 'static',
        'made': 'class',
        'prop': 'decorated',
        'cached': 'property',
        'kept': 'instance',
        'wrapped': 'decorated',
        'static_wrapped': 'static',
        'todo': 'instance',
        'done': 'instance',
        'raises': 'instance',
        'fails': 'instance',
        'nothing': 'instance',
        'stars': 'instance',
    }
    assert [base.own_methods[name].self_name for name in ('run', 'static', 'made', 'kept', 'nothing', 'stars')] == [
        'self',
        '',
        'cls',
        'me',
        '',
        '',
    ]
    assert [name for name, method in base.own_methods.items() if method.is_abstract] == ['todo', 'done', 'raises']
    assert [name for name, method in base.own_methods.items() if method.only_raises] == ['raises', 'fails']
    assert (base.is_abstract, sub.is_abstract) == (True, False)
    assert sub.method('run') is UNKNOWN
    assert sub.method('load') is None
    done = sub.project_method('done')
    assert isinstance(done, Method)
    assert done.owner is sub
    assert [method.owner.name for method in sub.methods() if method.function.name in ('done', 'static')] == ['Sub', 'Base']
    assert 'run' not in [method.function.name for method in sub.methods()]


def test_nothing_of_the_project_is_lost(shop: Shop) -> None:
    assert set(shop.read) == set(classes(next(iter(shop.read.values())).module.project))
