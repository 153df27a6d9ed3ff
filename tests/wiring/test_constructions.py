"""Where tasks are built, and what may be passed for a parameter there."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from gokart_lint.wiring.alternatives import Alternatives, Instance, Kind, Plain, Row, Several, Table
from gokart_lint.wiring.constructions import Construction, constructions
from tests.project.building import classes, load, module

TASKS = """
import gokart


class A(gokart.TaskOnKart[int]):
    pass


class B(gokart.TaskOnKart[int]):
    pass


class Sub(A):
    pass


class Use(gokart.TaskOnKart[int]):
    dep = gokart.TaskInstanceParameter(expected_type=A)
    deps = gokart.ListTaskInstanceParameter(expected_elements_type=B)
    n = 1


class SubUse(Use):
    pass
"""


def told(alternatives: Alternatives | None) -> str:
    """What a value may be, in one line: `~A` for a task of A or of a class below, `?` for anything."""
    return 'nothing' if alternatives is None else ' | '.join(sorted(map(_told, alternatives)))


def _told(each: object) -> str:
    if isinstance(each, Instance):
        return ('' if each.exact else '~') + each.cls.name.rpartition('.')[2]
    if isinstance(each, Kind):
        return f'type {each.cls.name}'
    if isinstance(each, Row):
        return f'[{", ".join(map(told, each.items))}]'
    if isinstance(each, Several):
        return f'[{told(each.element)}...]'
    if isinstance(each, Table):
        entries = [f'{key}: {told(value)}' for key, value in each.entries]
        return f'{{{", ".join([*entries, *([f"*: {told(each.rest)}"] if each.rest else [])])}}}'
    return each.text if isinstance(each, Plain) else '?'


def built(folder: Path, code: str) -> list[Construction]:
    project = load(
        folder.resolve(), {'tasks.py': TASKS, 'use.py': 'import gokart\nfrom tasks import A, B, Sub, SubUse, Use\n\n' + dedent(code)}
    )
    return list(constructions(project).in_module(module(project, folder.resolve(), 'use.py')))


def given(folder: Path, code: str, name: str = 'dep') -> list[str]:
    return [told(each.given(name)) for each in built(folder, code) if each.cls.name.endswith('Use')]


VALUES = {
    'A()': 'A',
    'A() if x else B()': 'A | B',
    'x or A()': '? | A',
    'x and A()': '?',
    '[A(), B()]': '[A, B]',
    '[A()] + [B()]': '[A, B]',
    '[A()] + x': '?',
    '[*(A(), B()), A()]': '[A, B, A]',
    '[*x, A()]': '[? | A...]',
    '{A()}': '[A...]',
    '[A() for _ in x]': '[A...]',
    '[y for y in (A(), B())]': '[A | B...]',
    '[y for z in ([A()], [B()]) for y in z]': '[A | B...]',
    '[b for a, b in [(A(), B())]]': '[B...]',
    '[a for i, a in enumerate([A()])]': '[A...]',
    '[b for a, b in zip([A()], [B()])]': '[B...]',
    'tuple(A() for _ in x)': '[A...]',
    'list({"a": A()}.values())': '[A]',
    'list({x: A()}.values())': '[A...]',
    '{"a": A()} | {"b": B()}': '{a: A, b: B}',
    '{"a": A()} | x': '?',
    '{k: A() for k in ("a", "b")}': '{a: A, b: A}',
    '{f"{k}_1": v for k, v in {"a": A(), "b": B()}.items()}': '{a_1: A, b_1: B}',
    '{k: cls() for k, cls in [("a", A), ("b", B)]}': '{a: A, b: B}',
    '{k: A() for k in ("a", "b") if x}': '{*: A}',
    '{k: A() for k in x}': '{*: A}',
    '{k: A() for k in ("a", x)}': '{*: A}',
    '{"a": A(), "b": B()}.get("b")': 'B',
    '{"a": A(), "b": B()}.get(x)': '?',
    'None': 'None',
    '-1': '-1',
    'f"a{1}"': '?',
    '[A(), 3]': '[A, 3]',
    '[v for k, v in {"a": A()}.items()]': '[A...]',
    '{"a": A(), **x}': '?',
    '{"a": A(), **{"b": B()}}': '{a: A, b: B}',
    '{x: A(), "b": B()}': '{b: B, *: A}',
    '{"a": A(), "b": B()}["b"]': 'B',
    '{"a": A(), "b": B()}[x]': 'A | B',
    '{"a": A()}["b"]': '?',
    'dict(a=A(), b=B())["a"]': 'A',
    'dict({"a": A()}, b=B())': '{a: A, b: B}',
    '(A(), B())[1]': 'B',
    '(A(), B())[-1]': 'B',
    '(A(), B())[2]': '?',
    '[A(), B()][:1]': '[A | B...]',
    '(y := A())': 'A',
    'lambda: A()': '?',
    'Use(dep=A()).dep': '~A',
    'Use(dep=A()).deps': '[~B...]',
    'Use(dep=A()).deps[0]': '~B',
    'Use(dep=A()).n': '?',
    'Use(dep=A()).clone(B)': 'B',
    'Use(dep=A()).clone()': 'Use',
    'Use(dep=A()).clone(cls=None)': 'Use',
    'x.clone(B)': 'B',
    'x.clone()': '?',
    'x.clone(x)': '?',
    'type(A())()': 'A',
    'A().__class__()': 'A',
    'await A()': '?',
    'int(3)': '?',
    'gokart.TaskOnKart()': 'TaskOnKart',
    '{"a": A, "b": B}[x]()': 'A | B',
    '(A if x else B)()': 'A | B',
    '[cls() for cls in (A, B)]': '[A | B...]',
}


@pytest.mark.parametrize(('expression', 'value'), VALUES.items(), ids=list(VALUES))
def test_expressions(tmp_path: Path, expression: str, value: str) -> None:
    assert given(tmp_path, f'async def f(x):\n    return Use(dep=({expression}), marked=1)\n')[0] == value


FUNCTIONS = {
    'a = A()\nUse(dep=a)': ['A'],
    'a = A()\na = B()\nUse(dep=a)': ['B'],
    'if x:\n    a = A()\nelse:\n    a = B()\nUse(dep=a)': ['A | B'],
    'if x:\n    a = A()\n    Use(dep=a)\nelse:\n    a = B()\nUse(dep=a)': ['A', 'A | B'],
    'if x:\n    a = A()\nUse(dep=a)': ['A'],
    'a = A()\nif x:\n    a = B()\n    raise ValueError\nUse(dep=a)': ['A'],
    'a = A()\nfor y in x:\n    Use(dep=a)\n    a = B()\nUse(dep=a)': ['A | B', 'A | B'],
    'a = A()\nwhile x:\n    if x > 1:\n        a = B()\n        break\nUse(dep=a)': ['A | B'],
    'a = A()\nfor y in x:\n    if y:\n        a = B()\n        continue\n    a = A()\nUse(dep=a)': ['A | B'],
    'for a in [A(), B()]:\n    Use(dep=a)': ['A | B'],
    'for i, a in enumerate([A()]):\n    Use(dep=a)': ['A'],
    'for k, a in dict(a=A()).items():\n    Use(dep=a)': ['A'],
    'tasks = []\nfor y in x:\n    tasks.append(A())\nUse(dep=tasks)': ['[...] | [A...]'],
    'tasks = [B()]\ntasks.append(A())\nUse(dep=tasks)': ['[B, A]'],
    'tasks = [B()]\ntasks.extend([A()])\ntasks += [B()]\nUse(dep=tasks)': ['[B, A, B]'],
    'tasks = [B()]\ntasks.insert(0, A())\nUse(dep=tasks)': ['?'],
    'tasks = {}\nfor y in x:\n    tasks[y] = A()\nUse(dep=tasks)': ['{*: A} | {}'],
    'tasks = {}\ntasks["a"] = A()\nUse(dep=tasks)': ['{a: A}'],
    'tasks = dict(a=A())\ntasks.update(b=B())\nUse(dep=tasks)': ['{a: A, b: B}'],
    'tasks = {}\ntasks |= {"a": A()}\nUse(dep=tasks)': ['{a: A}'],
    'k = "a"\ntasks = {}\ntasks[k] = A()\nUse(dep=tasks[k])': ['A'],
    'tasks = dict(a=A())\ntasks.update(x)\nUse(dep=tasks)': ['?'],
    'tasks = dict(a=A(), b=B())\ndel tasks["a"]\nUse(dep=tasks)': ['{b: B}'],
    'tasks = dict(a=A())\ndel tasks[x]\nUse(dep=tasks)': ['?'],
    'tasks = dict(a=A())\ndel tasks\nUse(dep=tasks)': ['?'],
    'tasks = dict(a=A(), b=B())\ntasks.pop("a", None)\nUse(dep=tasks)': ['{b: B}'],
    'tasks = dict(a=A(), b=B())\nUse(dep=tasks.pop("a"))\nUse(dep=tasks)': ['?', '?'],
    'tasks = dict(a=A(), b=B())\nx = tasks.pop("a")\nUse(dep=tasks)': ['?'],
    'tasks = [A(), B()]\ntasks.pop()\nUse(dep=tasks)': ['?'],
    'tasks = dict(a=A())\ntasks.setdefault("a", B())\ntasks.setdefault("b", B())\nUse(dep=tasks)': ['{a: A, b: B}'],
    'tasks = {}\nfor k in ("a", "b"):\n    tasks[k] = A()\nUse(dep=tasks)': ['{a: A, b: A}'],
    'tasks = {}\nfor k, cls in [("a", A), ("b", B)]:\n    tasks[f"{k}_x"] = cls()\nUse(dep=tasks)': ['{a_x: A, b_x: B}'],
    'tasks = []\nfor cls in (A, B):\n    tasks.append(cls())\nUse(dep=tasks)': ['[A, B]'],
    'tasks = {}\nfor k in ("a", "b"):\n    if x:\n        continue\n    tasks[k] = A()\nUse(dep=tasks)': ['{*: A} | {}'],
    'tasks = {}\nfor k in x:\n    tasks[k] = A()\nUse(dep=tasks)': ['{*: A} | {}'],
    'Use(dep=dict(zip(["a", "b"], [A(), B()])))': ['{a: A, b: B}'],
    'Use(dep=dict(zip(["a", "b"], [A() for _ in x])))': ['?'],
    'Use(dep=dict([("a", A()), ("b", B())]))': ['{a: A, b: B}'],
    'Use(dep=dict([("a", A()), (x, B())]))': ['?'],
    'tasks = dict(a=A())\nx.fill(tasks)\nUse(dep=tasks)': ['?'],
    'tasks = dict(a=A())\nlen(tasks)\nUse(dep=tasks)': ['{a: A}'],
    'tasks = dict(a=A())\nother = tasks\nUse(dep=tasks)': ['?'],
    'tasks = dict(a=A())\ndef g():\n    tasks.clear()\nUse(dep=tasks)': ['?'],
    'a, b = A(), B()\nUse(dep=b)': ['B'],
    'a, (b, c) = A(), (A(), B())\nUse(dep=c)': ['B'],
    'a, *b = A(), B()\nUse(dep=a)': ['?'],
    'a = b = A()\nUse(dep=b)': ['A'],
    'a: A = A()\nUse(dep=a)': ['A'],
    'with x as a:\n    Use(dep=a)': ['?'],
    'with x:\n    a = A()\nUse(dep=a)': ['A'],
    'try:\n    a = A()\nexcept ValueError:\n    a = B()\nUse(dep=a)': ['A | B'],
    'try:\n    a = A()\n    x()\n    a = B()\nexcept ValueError:\n    Use(dep=a)': ['?'],
    'try:\n    a = A()\nfinally:\n    Use(dep=a)': ['A'],
    'a = A()\nmatch x:\n    case 1:\n        a = B()\n    case [a]:\n        pass\nUse(dep=a)': ['? | A | B'],
    'def g():\n    return Use(dep=a)\na = A()\n': ['?'],
    'a = A()\ndef g():\n    return Use(dep=a)': ['A'],
    'a = A()\ndef g(a):\n    return Use(dep=a)': ['?'],
    'a = A()\na = B()\ndef g():\n    return Use(dep=a)': ['?'],
    'return A()\nUse(dep=B())': [],
    'from tasks import B as A\nUse(dep=A())': ['B'],
    'def make():\n    return A()\nUse(dep=make())': ['A'],
    'class Local(A):\n    pass\nUse(dep=Local())': ['Local'],
    'cls = SubUse if x else Use\ncls(dep=A())': ['A', 'A'],
    'del x\nUse(dep=x)': ['?'],
}


@pytest.mark.parametrize(('body', 'values'), FUNCTIONS.items(), ids=list(FUNCTIONS))
def test_names(tmp_path: Path, body: str, values: list[str]) -> None:
    code = 'def f(x):\n' + '\n'.join(f'    {line}' for line in body.split('\n')) + '\n'
    assert given(tmp_path, code) == values


def test_methods(tmp_path: Path) -> None:
    code = """
    class Pipeline(gokart.TaskOnKart[int]):
        dep = gokart.TaskInstanceParameter(expected_type=A)
        deps = gokart.ListTaskInstanceParameter(expected_elements_type=B)
        every = gokart.TaskInstanceParameter()

        def requires(self):
            yield Use(dep=self.dep)
            yield Use(dep=self.every)
            yield Use(dep=self.deps[0])
            yield [Use(dep=each) for each in self.deps]
            yield Use(dep=self._made())
            yield Use(dep=self._property)
            yield Use(dep=Pipeline._static())
            yield Use(dep=self._overridden())
            yield self.clone(Use)
            yield self.clone(Use, dep=B())
            yield super().clone(cls=Use)
            yield Use(dep=self)
            yield Use(dep=self.nothing)

        def _made(self):
            if self.x:
                return A()
            return B()

        @property
        def _property(self):
            return A()

        @staticmethod
        def _static():
            return B()

        def _overridden(self):
            return A()

        @classmethod
        def make(cls, dep):
            return Use(dep=cls(dep=dep))

        def run(me):
            self = B()
            Use(dep=me.dep)
            Use(dep=self)

            def inner():
                return Use(dep=me.dep)


    class Below(Pipeline):
        def _overridden(self):
            return Sub()
    """
    assert given(tmp_path, code) == [
        '~A',
        '?',
        '~B',
        '~B',
        'A | B',
        'A',
        'B',
        'A | Sub',
        '~A',
        'B',
        '~A',
        '~Pipeline',
        '?',
        '~Pipeline',
        '~A',
        'B',
        '~A',
    ]


def test_what_a_parameter_gets(tmp_path: Path) -> None:
    code = """
    class Other(gokart.TaskOnKart[int]):
        def requires(self):
            return [Use(), Use(**self.options), Use(*self.options), self.clone(Use), self.clone(Use, **self.options), self.x.clone(Use)]
    """
    assert given(tmp_path, code) == ['nothing', '?', '?', 'nothing', '?', '?']


def test_places(tmp_path: Path) -> None:
    code = """
    top = Use(dep=A())
    if True:
        Use(dep=B())
        def under():
            return Use(dep=Sub())


    @some(Use(dep=A()))
    def f(use=Use(dep=B())):
        class Local:
            use = Use(dep=Sub())

            def method(self):
                return Use(dep=A())


    class C(base(Use(dep=B()))):
        if True:
            use = Use(dep=Sub())
    """
    found = [(each.call.at.line, told(each.given('dep'))) for each in built(tmp_path, code) if each.cls.name == 'Use']
    assert found == [(5, 'A'), (7, 'B'), (9, 'Sub'), (12, 'A'), (13, 'B'), (15, 'Sub'), (18, 'A'), (21, 'B'), (23, 'Sub')]


def test_names_of_class_bodies(tmp_path: Path) -> None:
    code = """
    class C(gokart.TaskOnKart[int]):
        a, b = A(), B()
        one = Use(dep=a)
        two = Use(dep=b)
        a = B()
        three = Use(dep=a)
        if one:
            b = A()
            Use(dep=b)
        four = Use(dep=b)
        tasks = [A()]
        five = Use(dep=tasks)
        dep = gokart.TaskInstanceParameter()
        six = Use(dep=dep)

        def run(self):
            Use(dep=a)
    """
    assert given(tmp_path, code) == ['A', 'B', 'B', 'A', '?', '?', '?', '?']


def test_constructions_of_a_class_are_found_in_all_files(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    project = load(
        folder,
        {
            'tasks.py': TASKS,
            'pkg/__init__.py': 'from tasks import Use as Renamed\n\nAnother = Renamed\n',
            'a.py': 'import pkg\n\n\ndef f():\n    return pkg.Another(dep=1)\n',
            'b.py': 'def f():\n    from tasks import Use as U\n    return U(dep=1)\n',
            'c.py': 'import tasks\n\n\ndef f(x):\n    cls = tasks.Use if x else tasks.A\n    return cls(dep=1)\n',
            'd.py': 'from tasks import *\n\n\ndef f(self):\n    return self.clone(Use, dep=1)\n',
            'e.py': 'from tasks import SubUse\nSubUse(dep=1)\n',
            'private.py': 'from tasks import *\n\n\nclass _Private(A):\n    pass\n\n\nclass 学習(Use):\n    pass\n',
            'e1.py': 'import private\n\n\ndef f(x):\n    cls = private._Private if x else None\n    return cls(dep=1)\n',
            'e2.py': 'import private\n\n\ndef f(x):\n    cls = private.学習 if x else None\n    return cls(dep=1)\n',
            'f.py': 'class Use:\n    pass\n\n\nUse(dep=1)\n',
        },
    )
    use = classes(project)['tasks.Use']
    found = [each.view.place.module.name for each in constructions(project).of(use)]
    assert found == ['a', 'b', 'c', 'd']
    assert [each.view.place.module.name for each in constructions(project).of(use, *use.subclasses)] == ['a', 'b', 'c', 'd', 'e', 'e2']
    assert [each.view.place.module.name for each in constructions(project).of(classes(project)['private._Private'])] == ['e1']


def test_recursion_ends(tmp_path: Path) -> None:
    code = """
    def f(x):
        return g(x) if x else A()


    def g(x):
        return f(x)


    NAME = NAME
    ONE = TWO
    TWO = ONE
    Use(dep=f(1))
    Use(dep=NAME)
    Use(dep=ONE)
    """
    assert given(tmp_path, code) == ['? | A', '?', '?']
