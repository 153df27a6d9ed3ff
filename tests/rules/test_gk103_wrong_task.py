"""GK103: what is handed over for a task parameter is not what it expects."""

from __future__ import annotations

from pathlib import Path

from tests.rules.building import assert_as_marked
from tests.rules.harness import assert_marked

TASKS = """
import gokart
import luigi


class A(gokart.TaskOnKart[int]):
    pass


class Sub(A):
    pass


class B(gokart.TaskOnKart[int]):
    pass


class Plain(luigi.Task):
    pass


class Use(gokart.TaskOnKart[int]):
    dep = gokart.TaskInstanceParameter(expected_type=A)


class SubUse(Use):
    n = luigi.IntParameter(default=1)


class UseB(gokart.TaskOnKart[int]):
    dep = gokart.TaskInstanceParameter(expected_type=B)


class Many(gokart.TaskOnKart[int]):
    deps = gokart.ListTaskInstanceParameter(expected_elements_type=A)


class Any(gokart.TaskOnKart[int]):
    dep = gokart.TaskInstanceParameter()
    others = gokart.ListTaskInstanceParameter(default=[])
"""

WRONG = """
def make():
    return B()


def wrong_call():
    return Use(dep=B())  # expect GK103@16


def wrong_local():
    task = B()
    return Use(dep=task)  # expect GK103@16


def wrong_branches(x=0):
    if x:
        task = B()
    else:
        task = B()
    return Use(dep=task)  # expect GK103@16


def wrong_loop():
    for task in [B(), UseB(dep=B())]:
        Use(dep=task)  # expect GK103@13


def wrong_unpacked():
    a, (b, _) = A(), (B(), A())
    Use(dep=a)
    return Use(dep=b)  # expect GK103@16


def wrong_key():
    tasks = dict(a=A(), b=B()) | {'c': B()}
    tasks.update(d=A())
    Use(dep=tasks['d'])
    Use(dep=tasks['b'])  # expect GK103@9
    return Use(dep=tasks['c'])  # expect GK103@16


def wrong_comprehended_key():
    tasks = {f'{name}_task': cls() for name, cls in [('a', A), ('b', B)]}
    Use(dep=tasks['a_task'])
    return Use(dep=tasks['b_task'])  # expect GK103@16


def wrong_helper():
    return Use(dep=make())  # expect GK103@16


def wrong_class():
    return Use(dep=A)  # expect GK103@16


def wrong_none():
    return Use(dep=None)  # expect GK103@16


def wrong_text():
    return SubUse(
        n=2,
        dep='A',  # expect GK103@9
    )


def wrong_list_for_one():
    return Use(dep=[A()])  # expect GK103@16


def wrong_dict_for_one():
    return Use(dep={'a': A()})  # expect GK103@16


def wrong_one_for_list():
    return Many(deps=A())  # expect GK103@17


def wrong_element():
    return Many(deps=[A(), B()])  # expect GK103@17


def wrong_comprehension():
    return Many(deps=[B() for _ in range(2)])  # expect GK103@17


def wrong_appended():
    deps = []
    for _ in range(2):
        deps.append(B())
    return Many(deps=deps)  # expect GK103@17


def wrong_number_in_list():
    return Many(deps=(A(), 3))  # expect GK103@17


def wrong_none_for_list():
    return Many(deps=None)  # expect GK103@17


def wrong_dict_for_list():
    return Many(deps={'a': A()})  # expect GK103@17


def wrong_generator():
    return Many(deps=(A() for _ in range(2)))  # expect GK103@17


def wrong_view():
    tasks = {'a': A()}
    return Many(deps=tasks.values())  # expect GK103@17


def wrong_map():
    return Many(deps=map(lambda n: A(), range(2)))  # expect GK103@17


def wrong_luigi_task():
    return Any(dep=Plain())  # expect GK103@16


def wrong_luigi_element():
    return Any(dep=A(), others=[Plain()])  # expect GK103@25


def wrong_arm(x=0):
    return Use(dep=A() if x else B())  # expect GK103@16


def wrong_options():
    options = {'dep': B()}
    return Use(**options)  # expect GK103@16


def wrong_class_of_two(x=0):
    cls = Use if x else SubUse
    return cls(dep=B())  # expect GK103@16


def wrong_attribute():
    return Use(dep=UseB(dep=B()).dep)  # expect GK103@16


def wrong_clone():
    return UseB(dep=B()).clone(Use)  # expect GK103@12


def wrong_clone_argument():
    return A().clone(Use, dep=B())  # expect GK103@27


class Pipeline(gokart.TaskOnKart[int]):
    b = gokart.TaskInstanceParameter(expected_type=B)
    bs = gokart.ListTaskInstanceParameter(expected_elements_type=B)

    def one(this):
        return Use(dep=this.b)  # expect GK103@20

    def many(self):
        return Many(deps=self.bs)  # expect GK103@21

    def element(self):
        return Use(dep=self.bs[0])  # expect GK103@20

    def each(self):
        return [Use(dep=each) for each in self.bs]  # expect GK103@21

    def itself(self):
        return Use(dep=self)  # expect GK103@20

    def helped(self):
        def build():
            return Use(dep=self._made())  # expect GK103@24

        return build()

    def _made(self):
        return self.b


def wrong_one():
    return Pipeline(b=B(), bs=[B()]).one()


def wrong_many():
    return Pipeline(b=B(), bs=[B()]).many()


def wrong_element_of_self():
    return Pipeline(b=B(), bs=[B()]).element()


def wrong_each():
    return Pipeline(b=B(), bs=[B()]).each()


def wrong_itself():
    return Pipeline(b=B(), bs=[B()]).itself()


def wrong_helped():
    return Pipeline(b=B(), bs=[B()]).helped()
"""


def test_what_gokart_refuses(tmp_path: Path) -> None:
    found = assert_marked(tmp_path, TASKS + WRONG + 'def right_one():\n    return Use(dep=A())\n', 'GK103')
    assert_as_marked(tmp_path / 'tasks.py')
    messages = [each.message for each in found]
    why = ': gokart raises TypeError when it is built; pass '
    assert messages[0] == f'wrong_call passes B for Use.dep, which expects A{why}a task of A, or change what is expected'
    assert 'wrong_class passes the class A for Use.dep, which expects A' + why + 'a task of A, or change what is expected' in messages
    assert any(each.startswith('wrong_none passes None for Use.dep, which expects A') for each in messages)
    assert any(each.startswith("wrong_text passes 'A' for SubUse.dep") for each in messages)
    many = f'which expects tasks of A{why}a list of A tasks, or change what is expected'
    assert f'wrong_element passes a list with B for Many.deps, {many}' in messages
    assert f'wrong_one_for_list passes one A for Many.deps, {many}' in messages
    writes = 'gokart cannot write it into the key of the task, and raises TypeError; pass a list or a tuple'
    assert f'wrong_generator passes a generator for Many.deps: {writes}' in messages
    assert f'wrong_view passes a view of a dict for Many.deps: {writes}' in messages
    assert f'wrong_map passes a map object for Many.deps: {writes}' in messages
    assert any(each.startswith('wrong_luigi_task passes Plain for Any.dep, which expects TaskOnKart') for each in messages)
    assert any(each.startswith('Pipeline.one passes B for Use.dep') for each in messages)


def test_through_modules_and_aliases(tmp_path: Path) -> None:
    files = {
        'pkg/__init__.py': 'from .tasks import Use as Exported, 別 as Other\n',
        'pkg/tasks.py': """
            from gokart import TaskOnKart as Base, TaskInstanceParameter as Dep


            class Lowest(Base):
                pass


            class Middle(Lowest):
                pass


            class 別(Base[int]):
                pass


            class Use(Lowest):
                dep: Dep[Middle] = Dep(Middle)
            """,
        'main.py': """
            import pkg
            from pkg.tasks import *


            class Pipeline(Lowest):
                made = pkg.Exported(dep=pkg.Other())  # expect GK103@25
                right = Use(dep=Middle())

                @classmethod
                def build(cls):
                    return Use(dep=Lowest())  # expect GK103@20

                @property
                def 仕事(self):
                    return [pkg.Exported(dep=(found := pkg.Other())), found]  # expect GK103@30
            """,
    }
    found = assert_marked(tmp_path, files, 'GK103')
    assert [each.message.partition(',')[0] for each in found] == [
        'Pipeline passes 別 for Use.dep',
        'Pipeline.build passes Lowest for Use.dep',
        'Pipeline.仕事 passes 別 for Use.dep',
    ]
