"""GK101's fixes: from an annotation, and from what every construction passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.expected_types import TASKS, declarations, fixed
from tests.rules.harness import findings


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
