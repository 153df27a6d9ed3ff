"""GK101: task parameters without an expected type, and the type that the annotation or the wiring gives them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from gokart_lint.fixing import apply
from tests.rules.harness import assert_marked, findings, write

TASKS = """
    import gokart


    class A(gokart.TaskOnKart[int]):
        pass


    class B(gokart.TaskOnKart[int]):
        pass
"""


def fixed(folder: Path, files: Mapping[str, str] | str, name: str = 'tasks.py', *, unsafe: bool = True, **settings: object) -> str:
    """The text of a file after all fixes; what was fixed must not be found again."""
    texts = write(folder, files)
    fixes = [each.fix for each in findings(folder, texts, 'GK101', **settings) if each.path.endswith(name) and each.fix is not None]
    chosen = [fix for fix in fixes if unsafe or fix.safe]
    result = apply(texts[name], chosen)
    compile(result, name, 'exec')
    left = [each.fix for each in findings(folder, {**texts, name: result}, 'GK101', **settings) if each.path.endswith(name)]
    assert not [fix for fix in left if fix is not None and (unsafe or fix.safe)]
    return result


def declarations(text: str) -> list[str]:
    return [line.strip() for line in text.split('\n') if 'Parameter(' in line and 'import ' not in line]


def test_forms(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import functools
        import gokart
        import gokart as gk
        import gokart.parameter
        from gokart import ListTaskInstanceParameter, TaskInstanceParameter, TaskInstanceParameter as Dep, TaskOnKart
        from gokart.parameter import TaskInstanceParameter as FromModule

        Alias = gokart.TaskInstanceParameter
        partial = functools.partial(gokart.TaskInstanceParameter, expected_type=TaskOnKart)
        OPTIONS = {'expected_type': TaskOnKart}


        def made():
            return gokart.TaskInstanceParameter()


        class A(TaskOnKart[int]):
            pass


        class Wrong(TaskOnKart[int]):
            plain = gokart.TaskInstanceParameter()  # expect GK101@13
            renamed = gk.TaskInstanceParameter()  # expect GK101@15
            imported = TaskInstanceParameter()  # expect GK101@16
            imported_as = Dep()  # expect GK101@19
            from_module = FromModule(significant=False)  # expect GK101@19
            dotted = gokart.parameter.TaskInstanceParameter()  # expect GK101@14
            alias = Alias(description='x')  # expect GK101@13
            none = gokart.TaskInstanceParameter(None)  # expect GK101@12
            none_by_keyword = gokart.TaskInstanceParameter(expected_type=None)  # expect GK101@23
            listed = gokart.ListTaskInstanceParameter()  # expect GK101@14
            listed_none = ListTaskInstanceParameter(expected_elements_type=None)  # expect GK101@19
            descriptor: gokart.TaskInstanceParameter[A] = gokart.TaskInstanceParameter()  # expect GK101@51
            value: A = gokart.TaskInstanceParameter()  # expect GK101@16
            elements: list[A] = gokart.ListTaskInstanceParameter()  # expect GK101@25
            in_the_call = gokart.TaskInstanceParameter[A]()  # expect GK101@19
            one, two = gokart.TaskInstanceParameter(), gokart.TaskInstanceParameter(A)  # expect GK101@16
            first = second = gokart.TaskInstanceParameter()  # expect GK101@22
            parenthesised = (gokart.TaskInstanceParameter())  # expect GK101@22
            with_default = gokart.TaskInstanceParameter(default=A())  # expect GK101@20
            if True:
                conditional = gokart.TaskInstanceParameter()  # expect GK101@23
            データ = gokart.TaskInstanceParameter()  # expect GK101@11


        class Mixin:
            dep = TaskInstanceParameter()  # expect GK101@11


        def function():
            class Local(TaskOnKart[int]):
                dep = TaskInstanceParameter()  # expect GK101@15

                class Inner(TaskOnKart[int]):
                    dep = Dep()  # expect GK101@19


        class Right(TaskOnKart[int]):
            keyword = gokart.TaskInstanceParameter(expected_type=A)
            positional = gokart.TaskInstanceParameter(A)
            positional_more = Dep(A, A())
            every = gokart.TaskInstanceParameter(expected_type=gokart.TaskOnKart)
            listed = gokart.ListTaskInstanceParameter(expected_elements_type=A)
            listed_positional = ListTaskInstanceParameter(A)
            computed = gokart.TaskInstanceParameter(expected_type=made())
            partial = partial()
            partial_in_place = functools.partial(gokart.TaskInstanceParameter, expected_type=A)()
            by_function = made()
            unpacked = gokart.TaskInstanceParameter(**OPTIONS)
            starred = gokart.TaskInstanceParameter(*[A])
            conditional = gokart.TaskInstanceParameter() if made else gokart.TaskInstanceParameter(A)
            looked_up = {'dep': gokart.TaskInstanceParameter()}
            hidden = gokart.TaskInstanceParameter()
            hidden = None

            def method(self):
                return gokart.TaskInstanceParameter()


        module_level = gokart.TaskInstanceParameter()
        """,
        'GK101',
    )


def test_parameter_classes_of_the_project(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'parameters.py': """
                import gokart
                import luigi
                from gokart import TaskInstanceParameter as Base
                from tasks import A
                from elsewhere import Unknown


                class Plain(gokart.TaskInstanceParameter):
                    pass


                class Generic(gokart.TaskInstanceParameter[A]):
                    '''Nothing at run time.'''


                class Forwarding(Base):
                    def __init__(self, *args, **kwargs):
                        super().__init__(*args, significant=False, **kwargs)


                class Deep(Forwarding):
                    def parse(self, x):
                        return x


                class Closed(Base):
                    def __init__(self, description):
                        super().__init__(description=description)


                class ByKeyword(Base):
                    def __init__(self, **kwargs):
                        super().__init__(expected_type=A, **kwargs)


                class Positional(Base):
                    def __init__(self, **kwargs):
                        super().__init__(A, **kwargs)


                class OldStyle(Base):
                    def __init__(self, **kwargs):
                        Base.__init__(self, A, **kwargs)


                class ByDict(Base):
                    def __init__(self, **kwargs):
                        kwargs['expected_type'] = A
                        super().__init__(**kwargs)


                class Assigned(Base):
                    def __init__(self, **kwargs):
                        super().__init__(**kwargs)
                        self.expected_type = A


                class BelowByKeyword(ByKeyword):
                    pass


                class Judging(Base):
                    def _warn_on_wrong_param_type(self, param_name, param_value):
                        pass


                class Mixed(Unknown, Base):
                    pass


                class ListOf(gokart.ListTaskInstanceParameter):
                    def __init__(self, **kwargs):
                        super().__init__(expected_elements_type=A, **kwargs)


                class PlainList(gokart.ListTaskInstanceParameter):
                    pass


                class Text(luigi.Parameter):
                    pass
            """,
            'tasks.py': """
                import gokart


                class A(gokart.TaskOnKart[int]):
                    pass
            """,
            'use.py': """
                import gokart
                import parameters
                from parameters import *
                from parameters import Plain as P


                class Wrong(gokart.TaskOnKart[int]):
                    plain = parameters.Plain()  # expect GK101@13
                    renamed = P()  # expect GK101@15
                    starred = Plain(None)  # expect GK101@15
                    generic = Generic()  # expect GK101@15
                    forwarding = Forwarding(description='x')  # expect GK101@18
                    deep = Deep()  # expect GK101@12
                    closed = Closed(description='x')  # expect GK101@14
                    listed = PlainList()  # expect GK101@14


                class Right(gokart.TaskOnKart[int]):
                    given = parameters.Plain(expected_type=parameters.A)
                    by_keyword = ByKeyword()
                    positional = Positional()
                    old_style = OldStyle()
                    by_dict = ByDict()
                    assigned = Assigned()
                    below = BelowByKeyword()
                    judging = Judging()
                    mixed = Mixed()
                    list_of = ListOf()
                    text = Text()
            """,
        },
        'GK101',
    )


def test_setting_annotation(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'types_.py': """
                from typing import Optional
                import gokart
                from tasks import A

                Dep = gokart.TaskInstanceParameter[A]
                MaybeA = Optional[A]
            """,
            'tasks.py': TASKS,
            'use.py': """
                from __future__ import annotations
                from typing import Annotated, Any, Optional, Sequence, TypeVar
                import gokart
                from gokart import TaskInstanceParameter
                from elsewhere import Foreign
                from tasks import A, B
                from types_ import Dep, MaybeA

                T = TypeVar('T', bound=gokart.TaskOnKart)


                class Right(gokart.TaskOnKart[int]):
                    descriptor: gokart.TaskInstanceParameter[A] = gokart.TaskInstanceParameter()
                    value: A = gokart.TaskInstanceParameter()
                    quoted: 'A' = TaskInstanceParameter()
                    quoted_descriptor: 'TaskInstanceParameter[A]' = TaskInstanceParameter()
                    inner_quotes: TaskInstanceParameter['A'] = TaskInstanceParameter()
                    every: gokart.TaskOnKart[int] = gokart.TaskInstanceParameter()
                    union: A | B = gokart.TaskInstanceParameter()
                    optional: Optional[A] = gokart.TaskInstanceParameter()
                    annotated: Annotated[A, 'data'] = gokart.TaskInstanceParameter()
                    listed: list[A] = gokart.ListTaskInstanceParameter()
                    sequence: Sequence[A] = gokart.ListTaskInstanceParameter()
                    row: tuple[A, ...] = gokart.ListTaskInstanceParameter()
                    list_descriptor: gokart.ListTaskInstanceParameter[A] = gokart.ListTaskInstanceParameter()
                    foreign: Foreign = gokart.TaskInstanceParameter()
                    variable: T = gokart.TaskInstanceParameter()
                    aliased: Dep = gokart.TaskInstanceParameter()
                    aliased_union: MaybeA = gokart.TaskInstanceParameter()
                    in_the_call = TaskInstanceParameter[A]()
                    alone: A
                    alone = TaskInstanceParameter()


                class Wrong(gokart.TaskOnKart[int]):
                    none = gokart.TaskInstanceParameter()  # expect GK101@12
                    any: Any = gokart.TaskInstanceParameter()  # expect GK101@16
                    number: int = gokart.TaskInstanceParameter()  # expect GK101@19
                    bare: gokart.TaskInstanceParameter = gokart.TaskInstanceParameter()  # expect GK101@42
                    bare_list: list = gokart.ListTaskInstanceParameter()  # expect GK101@23
            """,
        },
        'GK101',
        expected_type='annotation',
    )


def test_messages(tmp_path: Path) -> None:
    program = (
        TASKS
        + """

    class Train(gokart.TaskOnKart[int]):
        dep = gokart.TaskInstanceParameter()
        deps = gokart.ListTaskInstanceParameter()
        annotated: A = gokart.TaskInstanceParameter()
    """
    )
    assert [each.message for each in findings(tmp_path, program, 'GK101')] == [
        'Train.dep accepts every task: add expected_type=... so that no other task is taken for it',
        'Train.deps accepts tasks of every class: add expected_elements_type=... so that no other task is taken for them',
        'Train.annotated accepts every task: add expected_type=A so that no other task is taken for it',
    ]
    found = findings(tmp_path, program, 'GK101', expected_type='annotation')
    assert [each.message for each in found] == [
        'Train.dep accepts every task: add expected_type=..., or annotate it with its class, so that no other task is taken for it',
        'Train.deps accepts tasks of every class: add expected_elements_type=..., or annotate it with its class, '
        'so that no other task is taken for them',
    ]


# --- fixes from annotations ---


def test_fix_keeps_the_form_of_the_call(tmp_path: Path) -> None:
    assert fixed(
        tmp_path,
        TASKS
        + """

    class Train(gokart.TaskOnKart[int]):
        plain: A = gokart.TaskInstanceParameter()
        spaced: A = gokart.TaskInstanceParameter( )
        more: A = gokart.TaskInstanceParameter(significant=False)
        comma: A = gokart.TaskInstanceParameter(significant=False,)
        none: A = gokart.TaskInstanceParameter(None, description='x')
        none_by_keyword: A = gokart.TaskInstanceParameter(description='x', expected_type=None)
        parenthesised: A = (gokart.TaskInstanceParameter())
        lines: A = gokart.TaskInstanceParameter(  # the first
            # of all
            description=(
                'x'  # y
            ),
            significant=False,  # why
        )  # end
        hanging: A = gokart.TaskInstanceParameter(description='x',
                                                  significant=False)
        empty: A = gokart.TaskInstanceParameter(
            # nothing
        )
        elements: list[A] = gokart.ListTaskInstanceParameter(significant=False)
    """,
        unsafe=False,
    ).partition('class Train')[2] == (
        """(gokart.TaskOnKart[int]):
    plain: A = gokart.TaskInstanceParameter(expected_type=A)
    spaced: A = gokart.TaskInstanceParameter( expected_type=A)
    more: A = gokart.TaskInstanceParameter(expected_type=A, significant=False)
    comma: A = gokart.TaskInstanceParameter(expected_type=A, significant=False,)
    none: A = gokart.TaskInstanceParameter(A, description='x')
    none_by_keyword: A = gokart.TaskInstanceParameter(description='x', expected_type=A)
    parenthesised: A = (gokart.TaskInstanceParameter(expected_type=A))
    lines: A = gokart.TaskInstanceParameter(  # the first
        # of all
        expected_type=A,
        description=(
            'x'  # y
        ),
        significant=False,  # why
    )  # end
    hanging: A = gokart.TaskInstanceParameter(expected_type=A, description='x',
                                              significant=False)
    empty: A = gokart.TaskInstanceParameter(
        # nothing
    expected_type=A)
    elements: list[A] = gokart.ListTaskInstanceParameter(expected_elements_type=A, significant=False)
"""
    )


def test_fix_from_annotations(tmp_path: Path) -> None:
    result = fixed(
        tmp_path,
        {
            'tasks.py': TASKS + '\n\n    class G(gokart.TaskOnKart[int]):\n        pass\n',
            'use.py': """
                from typing import TYPE_CHECKING, Annotated, Optional, Sequence, Union
                import gokart
                import tasks
                import tasks as t
                from tasks import A, A as Renamed, G
                from redshells.train import TrainWord2Vec
                if TYPE_CHECKING:
                    from tasks import B


                class Use(gokart.TaskOnKart[int]):
                    descriptor: gokart.TaskInstanceParameter[A] = gokart.TaskInstanceParameter()
                    quoted: 'A' = gokart.TaskInstanceParameter()
                    dotted: tasks.A = gokart.TaskInstanceParameter()
                    dotted_as: 't.B' = gokart.TaskInstanceParameter()
                    renamed: Renamed = gokart.TaskInstanceParameter()
                    subscripted: G[int] = gokart.TaskInstanceParameter()
                    optional: Optional[A] = gokart.TaskInstanceParameter()
                    annotated: Annotated[A, 'x'] = gokart.TaskInstanceParameter()
                    union: 'A | None' = gokart.TaskInstanceParameter()
                    in_the_call = gokart.TaskInstanceParameter[A]()
                    library: TrainWord2Vec = gokart.TaskInstanceParameter()
                    typing_only: 'B' = gokart.TaskInstanceParameter()
                    sequence: Sequence[A] = gokart.ListTaskInstanceParameter()
                    row: 'tuple[A, ...]' = gokart.ListTaskInstanceParameter()
                    list_descriptor: gokart.ListTaskInstanceParameter[A] = gokart.ListTaskInstanceParameter()

                    two: Union[A, tasks.B] = gokart.TaskInstanceParameter()
                    every: gokart.TaskOnKart[int] = gokart.TaskInstanceParameter()
                    list_for_one: list[A] = gokart.TaskInstanceParameter()
                    one_for_list: A = gokart.ListTaskInstanceParameter()
                    below: 'Below' = gokart.TaskInstanceParameter()
                    itself: 'Use' = gokart.TaskInstanceParameter()
                    unknown: 'Nowhere' = gokart.TaskInstanceParameter()
                    not_a_task: int = gokart.TaskInstanceParameter()


                class Below(gokart.TaskOnKart[int]):
                    pass
            """,
        },
        'use.py',
        unsafe=False,
    )
    assert [each.partition('Parameter(')[2] or each for each in declarations(result)] == [
        'expected_type=A)',
        'expected_type=A)',
        'expected_type=tasks.A)',
        'expected_type=t.B)',
        'expected_type=Renamed)',
        'expected_type=G)',
        'expected_type=A)',
        'expected_type=A)',
        'expected_type=A)',
        'expected_type=TrainWord2Vec)',
        'expected_type=tasks.B)',
        'expected_elements_type=A)',
        'expected_elements_type=A)',
        'expected_elements_type=A)',
        *[')'] * 8,
    ]
    assert 'gokart.TaskInstanceParameter[A](expected_type=A)' in result


@pytest.mark.parametrize(
    ('head', 'tail'),
    [
        ('if TYPE_CHECKING:\n    from tasks import A', ''),
        ('if DEBUG:\n    from tasks import A', ''),
        ('', 'from tasks import A'),
        ('', 'class A(gokart.TaskOnKart[int]):\n    pass'),
    ],
)
def test_no_fix_where_the_name_is_not_bound(tmp_path: Path, head: str, tail: str) -> None:
    program = f"""\
from typing import TYPE_CHECKING
import os
import gokart
DEBUG = os.environ.get('DEBUG')
{head}


class Use(gokart.TaskOnKart[int]):
    dep: 'A' = gokart.TaskInstanceParameter()


{tail}
"""
    (found,) = findings(tmp_path, {'tasks.py': TASKS, 'use.py': program}, 'GK101')
    assert found.fix is None


def test_fix_under_names_of_functions_and_class_bodies(tmp_path: Path) -> None:
    result = fixed(
        tmp_path,
        {
            'tasks.py': TASKS,
            'use.py': """
                import gokart


                def test():
                    from tasks import A

                    class Local(gokart.TaskOnKart[int]):
                        pass

                    class Use(gokart.TaskOnKart[int]):
                        imported: A = gokart.TaskInstanceParameter()
                        local: Local = gokart.TaskInstanceParameter()


                class Outer(gokart.TaskOnKart[int]):
                    from tasks import B

                    class Inner(gokart.TaskOnKart[int]):
                        pass

                    imported: B = gokart.TaskInstanceParameter()
                    inner: Inner = gokart.TaskInstanceParameter()
            """,
        },
        'use.py',
    )
    assert [each.rpartition('(')[2] for each in declarations(result)] == [
        'expected_type=A)',
        'expected_type=Local)',
        'expected_type=B)',
        'expected_type=Inner)',
    ]


def test_no_safe_fix_against_the_wiring(tmp_path: Path) -> None:
    program = (
        TASKS
        + """

    class Use(gokart.TaskOnKart[int]):
        dep: A = gokart.TaskInstanceParameter()


    use = Use(dep=B())
    """
    )
    (found,) = findings(tmp_path, program, 'GK101')
    assert found.fix is None


def test_fix_of_the_projects_own_parameter_classes(tmp_path: Path) -> None:
    text = (
        TASKS
        + """

    class Closed(gokart.TaskInstanceParameter):
        def __init__(self, description):
            super().__init__(description=description)


    class Open(gokart.TaskInstanceParameter):
        def __init__(self, description='', **kwargs):
            super().__init__(description=description, **kwargs)


    class Starred(gokart.TaskInstanceParameter):
        def __init__(self, description, *args, **kwargs):
            super().__init__(*args, description=description, **kwargs)


    class Use(gokart.TaskOnKart[int]):
        closed: A = Closed('x')
        open: A = Open()
        positional: A = Open('x')
        not_a_type: A = Open(None, significant=False)
        starred: A = Starred('x')
        starred_none: A = Starred('x', None)
        starred_given: A = Starred('x', A)
    """
    )
    assert declarations(
        fixed(tmp_path, text).partition('class Use')[2].replace('Open', 'OpenParameter').replace('Starred', 'StarredParameter')
    ) == [
        'open: A = OpenParameter(expected_type=A)',
        "positional: A = OpenParameter('x', expected_type=A)",
        'not_a_type: A = OpenParameter(None, significant=False, expected_type=A)',
        "starred: A = StarredParameter('x', expected_type=A)",
        "starred_none: A = StarredParameter('x', A)",
        "starred_given: A = StarredParameter('x', A)",
    ]


# --- fixes from the wiring ---

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
