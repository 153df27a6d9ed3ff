"""GK102: annotations that contradict the expected type."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings

TASKS = """
    from typing import Generic, Optional, Protocol, TypeVar
    import gokart
    import luigi
    from elsewhere import Foreign

    T = TypeVar('T')


    class Base(gokart.TaskOnKart[int]):
        pass


    class Middle(Base):
        pass


    class A(Middle):
        pass


    class B(Base):
        pass


    class G(Generic[T], gokart.TaskOnKart[T]):
        pass


    class Half(Foreign, gokart.TaskOnKart[int]):
        pass


    class Mixin:
        pass


    class Shape(Protocol):
        pass


    class Mixed(Mixin, gokart.TaskOnKart[int]):
        pass


    Both = Optional[B]
    ManyB = list[B]
    Same = A
"""


def test_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'tasks.py': TASKS,
            'pkg/__init__.py': 'from tasks import B as Other\n',
            'use.py': """
                from __future__ import annotations
                from collections.abc import Iterable, Sequence
                from typing import TYPE_CHECKING, Annotated, ClassVar, List, Optional, Tuple, Union
                import gokart
                import pkg
                import tasks
                from gokart import ListTaskInstanceParameter, TaskInstanceParameter, TaskInstanceParameter as Dep
                from pkg import Other
                from redshells.train import TrainWord2Vec
                from tasks import A, B, Both, G, ManyB, Same
                if TYPE_CHECKING:
                    from tasks import B as Typed


                class MyParameter(gokart.TaskInstanceParameter):
                    pass


                class Use(gokart.TaskOnKart[int]):
                    descriptor: gokart.TaskInstanceParameter[B] = gokart.TaskInstanceParameter(expected_type=A)  # expect GK102@17
                    value: B = gokart.TaskInstanceParameter(A)  # expect GK102@12
                    quoted: 'B' = TaskInstanceParameter(expected_type=A)  # expect GK102@13
                    quoted_inside: TaskInstanceParameter['B'] = TaskInstanceParameter(expected_type=A)  # expect GK102@20
                    renamed: Dep[Other] = Dep(tasks.A)  # expect GK102@14
                    dotted: pkg.Other = gokart.TaskInstanceParameter(expected_type=Same)  # expect GK102@13
                    typed: Typed = gokart.TaskInstanceParameter(expected_type=A, significant=False)  # expect GK102@12
                    generic: G[int] = gokart.TaskInstanceParameter(expected_type=A)  # expect GK102@14
                    optional: Optional[B] = gokart.TaskInstanceParameter(expected_type=A)  # expect GK102@15
                    union: B | None = gokart.TaskInstanceParameter(expected_type=A)  # expect GK102@12
                    all_of_them: Union[B, G[int]] = gokart.TaskInstanceParameter(expected_type=A)  # expect GK102@18
                    annotated: Annotated[B, 'x'] = gokart.TaskInstanceParameter(expected_type=A)  # expect GK102@16
                    aliased: Both = gokart.TaskInstanceParameter(expected_type=A)  # expect GK102@14
                    library: TrainWord2Vec = gokart.TaskInstanceParameter(expected_type=A)  # expect GK102@14
                    custom: MyParameter[B] = MyParameter(expected_type=A)  # expect GK102@13
                    in_the_call = gokart.TaskInstanceParameter[B](expected_type=A)  # expect GK102@19
                    alone: B  # expect GK102@12
                    alone = TaskInstanceParameter(expected_type=A)
                    データ: B = TaskInstanceParameter(expected_type=A)  # expect GK102@10
                    many_lines: (  # why
                        B  # expect GK102@9
                    ) = TaskInstanceParameter(
                        expected_type=A,
                    )

                    elements: list[B] = ListTaskInstanceParameter(expected_elements_type=A)  # expect GK102@15
                    old: List[B] = ListTaskInstanceParameter(A)  # expect GK102@10
                    row: tuple[B, ...] = ListTaskInstanceParameter(expected_elements_type=A)  # expect GK102@10
                    old_row: 'Tuple[B, ...]' = ListTaskInstanceParameter(expected_elements_type=A)  # expect GK102@14
                    sequence: Sequence[B] = ListTaskInstanceParameter(expected_elements_type=A)  # expect GK102@15
                    iterable: Iterable['B'] = ListTaskInstanceParameter(expected_elements_type=A)  # expect GK102@15
                    many: ManyB = ListTaskInstanceParameter(expected_elements_type=A)  # expect GK102@11
                    list_descriptor: gokart.ListTaskInstanceParameter[B] = ListTaskInstanceParameter(A)  # expect GK102@22


                class Mixin:
                    dep: B = TaskInstanceParameter(expected_type=A)  # expect GK102@10


                def function():
                    class Local(gokart.TaskOnKart[int]):
                        dep: B = TaskInstanceParameter(expected_type=A)  # expect GK102@14
            """,
        },
        'GK102',
    )


def test_right(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'tasks.py': TASKS,
            'use.py': """
                from typing import Any, Optional, Sequence, TypeVar, Union
                import gokart
                from gokart import ListTaskInstanceParameter, TaskInstanceParameter, TaskOnKart
                from elsewhere import Foreign, expected
                from redshells.train import TrainTfidf, TrainWord2Vec
                from tasks import A, B, Base, G, Half, Middle, Mixed, Mixin, Same, Shape

                T = TypeVar('T', bound=B)


                class Sets(gokart.TaskInstanceParameter):
                    def __init__(self, **kwargs):
                        super().__init__(expected_type=A, **kwargs)


                class Use(TaskOnKart[int]):
                    same: gokart.TaskInstanceParameter[A] = gokart.TaskInstanceParameter(expected_type=A)
                    value: A = TaskInstanceParameter(A)
                    alias: Same = TaskInstanceParameter(A)
                    wider: Base = TaskInstanceParameter(expected_type=A)
                    wider_descriptor: TaskInstanceParameter[Base] = TaskInstanceParameter(expected_type=A)
                    narrower: A = TaskInstanceParameter(expected_type=Base)
                    every: TaskOnKart[int] = TaskInstanceParameter(expected_type=A)
                    every_expected: B = TaskInstanceParameter(expected_type=TaskOnKart)
                    generic: G[int] = TaskInstanceParameter(expected_type=G)
                    half: Half = TaskInstanceParameter(expected_type=A)
                    half_expected: A = TaskInstanceParameter(expected_type=Half)
                    foreign: Foreign = TaskInstanceParameter(expected_type=A)
                    unknown: 'Nowhere' = TaskInstanceParameter(expected_type=A)
                    any: Any = TaskInstanceParameter(expected_type=A)
                    mixin: Mixin = TaskInstanceParameter(expected_type=A)
                    mixin_expected: A = TaskInstanceParameter(expected_type=Mixin)
                    mixed: Mixin = TaskInstanceParameter(expected_type=Mixed)
                    protocol: Shape = TaskInstanceParameter(expected_type=A)
                    number: int = TaskInstanceParameter(expected_type=A)
                    variable: T = TaskInstanceParameter(expected_type=A)
                    of_a_class: type[B] = TaskInstanceParameter(expected_type=A)
                    bare: gokart.TaskInstanceParameter = TaskInstanceParameter(expected_type=A)
                    none = TaskInstanceParameter(expected_type=A)
                    missing: B = TaskInstanceParameter()
                    no_type: B = TaskInstanceParameter(expected_type=None)
                    computed: B = TaskInstanceParameter(expected_type=expected())
                    imported: B = TaskInstanceParameter(expected_type=expected)
                    chosen: B = TaskInstanceParameter(expected_type=A if expected else B)
                    unpacked: B = TaskInstanceParameter(**{'expected_type': A})
                    set_elsewhere: B = Sets()
                    optional: Optional[A] = TaskInstanceParameter(expected_type=A)
                    one_fits: Union[A, B] = TaskInstanceParameter(expected_type=A)
                    one_fits_too: 'B | Middle' = TaskInstanceParameter(expected_type=A)
                    one_unknown: Union[B, Foreign] = TaskInstanceParameter(expected_type=A)
                    libraries: TrainTfidf = TaskInstanceParameter(expected_type=TrainWord2Vec)
                    elements: list[A] = ListTaskInstanceParameter(expected_elements_type=Base)
                    row: tuple[A, B] = ListTaskInstanceParameter(expected_elements_type=Base)
                    sequence: Sequence[TaskOnKart[int]] = ListTaskInstanceParameter(expected_elements_type=A)
                    bare_list: list = ListTaskInstanceParameter(expected_elements_type=A)
                    in_the_call = TaskInstanceParameter[A](expected_type=A)
                    hidden: B = TaskInstanceParameter(expected_type=A)
                    hidden = None


                module_level: B = TaskInstanceParameter(expected_type=A)
            """,
        },
        'GK102',
    )


def test_messages(tmp_path: Path) -> None:
    program = (
        TASKS
        + """

    class Train(gokart.TaskOnKart[int]):
        one: B = gokart.TaskInstanceParameter(expected_type=A)
        many: 'list[B | G[int]]' = gokart.ListTaskInstanceParameter(A)
    """
    )
    assert [each.message for each in findings(tmp_path, program, 'GK102')] == [
        'Train.one is annotated as B, but its expected_type is A, which is neither a base nor a subclass of it: '
        'gokart refuses what type checkers ask for, so make the two agree',
        'Train.many is annotated as B or G, but its expected_elements_type is A, which is neither a base nor a subclass of it: '
        'gokart refuses what type checkers ask for, so make the two agree',
    ]
