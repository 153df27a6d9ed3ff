"""GK101: task parameters without an expected type, and the type that the annotation or the wiring gives them."""

from __future__ import annotations

from pathlib import Path

from tests.rules.expected_types import TASKS
from tests.rules.harness import assert_marked, findings


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
