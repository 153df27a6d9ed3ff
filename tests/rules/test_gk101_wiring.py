"""GK101's fix from what every construction in the project passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.expected_types import TASKS, declarations, fixed
from tests.rules.harness import findings

WIRINGS = {
    'a call': 'Use(dep=A())',
    'in requires': 'class P(gokart.TaskOnKart[int]):\n    def requires(self):\n        return Use(dep=A())',
    'a local name': 'def f():\n    a = A()\n    return Use(dep=a)',
    'on all branches': 'def f(x):\n    if x:\n        a = A()\n    else:\n        a = A()\n    return Use(dep=a)',
    'a conditional': 'def f(x):\n    return Use(dep=A() if x else A(rerun=True))',
    'several constructions': 'Use(dep=A())\n\n\ndef f():\n    return {"x": Use(dep=A())}',
    'an expected type': (
        'class P(gokart.TaskOnKart[int]):\n    a = gokart.TaskInstanceParameter(expected_type=A)\n'
        '    def requires(me):\n        return Use(dep=me.a)'
    ),
    'clone': 'class P(gokart.TaskOnKart[int]):\n    def requires(self):\n        return self.clone(Use, dep=A())',
    'clone that copies': (
        'class P(gokart.TaskOnKart[int]):\n    dep = gokart.TaskInstanceParameter(expected_type=A)\n'
        '    def requires(self):\n        return self.clone(Use)'
    ),
    'a subclass': 'class Sub(Use):\n    pass\n\n\nSub(dep=A())',
    'a subclass below': 'class Sub(Use):\n    pass\n\n\nclass SubSub(Sub):\n    pass\n\n\nSubSub(dep=A())',
    'a nested function': 'def f():\n    def g():\n        return Use(dep=A())\n    return g()',
    'a class body': 'class P(gokart.TaskOnKart[int]):\n    use = Use(dep=A())',
    'a default': 'class P(gokart.TaskOnKart[int]):\n    use = gokart.TaskInstanceParameter(expected_type=Use, default=Use(dep=A()))',
    'a formal': 'def f(use=Use(dep=A())):\n    pass',
    'a helper': 'def make():\n    return A()\n\n\ndef f():\n    return Use(dep=make())',
    'a method': (
        'class P(gokart.TaskOnKart[int]):\n    def _a(self):\n        return A()\n'
        '    def requires(self):\n        return Use(dep=self._a())'
    ),
    'a static method': (
        'class P(gokart.TaskOnKart[int]):\n    @staticmethod\n    def _a():\n        return A()\n'
        '    def requires(self):\n        return Use(dep=P._a())'
    ),
    'a property': (
        'class P(gokart.TaskOnKart[int]):\n    @property\n    def a(self):\n        return A()\n'
        '    def requires(self):\n        return Use(dep=self.a)'
    ),
    'unpacking': 'def f():\n    a, b = A(), B()\n    return Use(dep=a)',
    'a dict': 'def f():\n    tasks = dict(a=A(), b=B())\n    return Use(dep=tasks["a"])',
    'a growing dict': 'def f():\n    tasks = {}\n    tasks["a"] = A()\n    tasks.update({"b": B()})\n    return Use(dep=tasks["a"])',
    'a loop': 'def f():\n    for a in [A(), A(rerun=True)]:\n        yield Use(dep=a)',
    'a comprehension': 'def f():\n    return [Use(dep=a) for a in (A(), A())]',
    'a walrus': 'def f():\n    if a := A():\n        return Use(dep=a)',
    'a lambda': 'f = lambda: Use(dep=A())',
    'an f-string': 'def f():\n    return f"{Use(dep=A())}"',
    'an alias': 'Other = Use\nOther(dep=A())',
    'a local alias': 'def f():\n    cls = Use\n    return cls(dep=A())',
    'a classmethod': 'class P(Use):\n    @classmethod\n    def make(cls):\n        return cls(dep=A())',
    'match': 'def f(x):\n    match x:\n        case 1:\n            a = A()\n        case _:\n            a = A()\n    return Use(dep=a)',
    'try': 'def f(x):\n    try:\n        a = A()\n    except ValueError:\n        raise\n    return Use(dep=a)',
    'requires decorator': (
        'from luigi.util import requires\n\n\n@requires(Use)\nclass P(gokart.TaskOnKart[int]):\n    pass\n\n\nP(dep=A())'
    ),
    'inherits decorator': (
        'from luigi.util import inherits, requires\n\n\n@requires(Use)\nclass P(gokart.TaskOnKart[int]):\n    pass\n\n\n'
        '@inherits(P)\nclass Q(gokart.TaskOnKart[int]):\n    def requires(self):\n        return self.clone(P)\n\n\nQ(dep=A())'
    ),
    'handed on': 'class P(Use):\n    def requires(self):\n        return Use(dep=self.dep)\n\n\nP(dep=A())',
    'handed on by a clone': 'class P(Use):\n    def requires(self):\n        return self.clone(Use)\n\n\nP(dep=A())',
    'one that leaves it out': 'Use(dep=A())\nUse()',
    'main': 'if __name__ == "__main__":\n    a = A()\n    gokart.build(Use(dep=a))',
    'assigned again': 'def f():\n    a = B()\n    a = A()\n    return Use(dep=a)',
    'after a return': 'def f(x):\n    a = A()\n    if x:\n        a = B()\n        return a\n    return Use(dep=a)',
}

UNKNOWN_WIRINGS = {
    'no construction': '',
    'two classes': 'Use(dep=A())\nUse(dep=B())',
    'two branches': 'def f(x):\n    if x:\n        a = A()\n    else:\n        a = B()\n    return Use(dep=a)',
    'a conditional': 'def f(x):\n    return Use(dep=A() if x else B())',
    'an unknown value': 'def f(a):\n    return Use(dep=a)',
    'one unknown value': 'def f(a):\n    return Use(dep=A()), Use(dep=a)',
    'keywords': 'OPTIONS = {}\nUse(dep=A())\nUse(**OPTIONS)',
    'unknown function': 'from elsewhere import make\nUse(dep=make())',
    'every task': (
        'class P(gokart.TaskOnKart[int]):\n    a = gokart.TaskInstanceParameter(expected_type=gokart.TaskOnKart)\n'
        '    def requires(self):\n        return Use(dep=self.a)'
    ),
    'no expected type': (
        'class P(gokart.TaskOnKart[int]):\n    a = gokart.TaskInstanceParameter(**{})\n'
        '    def requires(self):\n        return Use(dep=self.a)'
    ),
    'clone that copies': (
        'class P(gokart.TaskOnKart[int]):\n    dep = gokart.TaskInstanceParameter(**{})\n'
        '    def requires(self):\n        return self.clone(Use)'
    ),
    'a subclass of another': 'class Sub(Use):\n    pass\n\n\nUse(dep=A())\nSub(dep=B())',
    'overridden helper': (
        'class P(gokart.TaskOnKart[int]):\n    def _a(self):\n        return A()\n'
        '    def requires(self):\n        return Use(dep=self._a())\n\n\n'
        'class Q(P):\n    def _a(self):\n        return B()'
    ),
    'a handler': 'def f():\n    try:\n        a = A()\n    except ValueError:\n        a = B()\n    return Use(dep=a)',
    'a loop that changes it': 'def f(xs):\n    a = A()\n    for x in xs:\n        a = B()\n    return Use(dep=a)',
    'a loop that comes around': 'def f(xs):\n    a = A()\n    for x in xs:\n        Use(dep=a)\n        a = B()',
    'a list that leaves': 'def f(fill):\n    tasks = [A()]\n    fill(tasks)\n    return Use(dep=tasks[0])',
    'a second name': 'def f():\n    tasks = [A()]\n    other = tasks\n    other[0] = B()\n    return Use(dep=tasks[0])',
    'a generator': 'def make():\n    yield A()\n\n\nUse(dep=make())',
    'a helper without return': 'def make(x):\n    if x:\n        return A()\n\n\nUse(dep=make(1))',
    'a decorated helper': 'import functools\n\n\n@functools.cache\ndef make():\n    return A()\n\n\nUse(dep=make())',
    'a nested change': 'def f():\n    a = A()\n    def g():\n        nonlocal a\n        a = B()\n    g()\n    return Use(dep=a)',
    'a module list': 'TASKS = [A()]\n\n\ndef f():\n    return Use(dep=TASKS[0])',
    'a global': 'a = A()\n\n\ndef g():\n    global a\n    a = B()\n\n\ndef f():\n    return Use(dep=a)',
    'comprehension variable': 'a = A()\n\n\ndef f(xs):\n    return [Use(dep=a) for a in xs]',
    'lambda variable': 'a = A()\nf = lambda a: Use(dep=a)',
}
USE = (
    TASKS
    + """

    class Use(gokart.TaskOnKart[int]):
        dep = gokart.TaskInstanceParameter()


"""
)


def program(tail: str) -> str:
    return USE + '\n'.join(f'    {line}' for line in tail.split('\n')) + '\n'


@pytest.mark.parametrize('wiring', WIRINGS.values(), ids=list(WIRINGS))
def test_fix_from_the_wiring(tmp_path: Path, wiring: str) -> None:
    text = program(wiring)
    assert 'dep = gokart.TaskInstanceParameter(expected_type=A)\n' in fixed(tmp_path, text)
    (found,) = (each for each in findings(tmp_path, text, 'GK101') if 'Use.dep' in each.message)
    assert found.fix is not None
    assert not found.fix.safe
    assert found.fix.message == 'Expect A, which every construction in the project passes'


@pytest.mark.parametrize('wiring', UNKNOWN_WIRINGS.values(), ids=list(UNKNOWN_WIRINGS))
def test_no_fix_from_an_unclear_wiring(tmp_path: Path, wiring: str) -> None:
    (found,) = (each for each in findings(tmp_path, program(wiring), 'GK101') if 'Use.dep' in each.message)
    assert found.fix is None


def test_wiring_through_other_modules(tmp_path: Path) -> None:
    files = {
        'pkg/__init__.py': 'from .tasks import A as Data\nfrom .use import Use as Renamed\n',
        'pkg/tasks.py': TASKS,
        'pkg/use.py': """
            import gokart
            from . import tasks


            class Use(gokart.TaskOnKart[int]):
                dep = gokart.TaskInstanceParameter()
                deps = gokart.ListTaskInstanceParameter()
                mixed = gokart.ListTaskInstanceParameter()
        """,
        'main.py': """
            import pkg
            from pkg import Data


            def main():
                from pkg.tasks import B as Wanted
                deps = [pkg.Data() for _ in range(3)]
                deps.append(Data())
                pkg.Renamed(dep=Wanted(), deps=deps, mixed=[Data(), Wanted()])
        """,
    }
    result = fixed(tmp_path, files, 'pkg/use.py')
    assert declarations(result) == [
        'dep = gokart.TaskInstanceParameter(expected_type=tasks.B)',
        'deps = gokart.ListTaskInstanceParameter(expected_elements_type=tasks.A)',
        'mixed = gokart.ListTaskInstanceParameter()',
    ]


def test_a_default_counts_beside_constructions(tmp_path: Path) -> None:
    text = (
        TASKS
        + """

    class Use(gokart.TaskOnKart[int]):
        same = gokart.TaskInstanceParameter(default=A())
        other = gokart.TaskInstanceParameter(default=B())
        alone = gokart.TaskInstanceParameter(default=A())
        nothing = gokart.TaskInstanceParameter(default=None)


    Use(same=A(), other=A(), nothing=A())
    """
    )
    assert declarations(fixed(tmp_path, text)) == [
        'same = gokart.TaskInstanceParameter(expected_type=A, default=A())',
        'other = gokart.TaskInstanceParameter(default=B())',
        'alone = gokart.TaskInstanceParameter(default=A())',
        'nothing = gokart.TaskInstanceParameter(default=None)',
    ]
