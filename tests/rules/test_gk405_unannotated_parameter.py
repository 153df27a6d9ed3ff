"""GK405: parameters without an annotation, and the annotations that every type checker understands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from gokart_lint.checking import check
from gokart_lint.findings import Finding
from gokart_lint.fixing import apply
from gokart_lint.settings import Settings
from tests.rules.harness import assert_marked, findings


def mended(folder: Path, text: str) -> str:
    """A program after all fixes of the rule, which must leave nothing that could be fixed."""
    found = findings(folder, text, 'GK405')
    after = apply(dedent(text).lstrip('\n'), [each.fix for each in found if each.fix is not None])
    (folder / 'tasks.py').write_text(after, encoding='utf-8')
    left: list[Finding] = list(check([folder], Settings(root=folder, select=('GK405',))).findings)
    assert [each for each in left if each.fix is not None] == []
    return after


def types(folder: Path, text: str) -> str:
    """What mypy says of a program, with no plugin."""
    (folder / 'mypy.ini').write_text('[mypy]\nplugins =\n', encoding='utf-8')
    (folder / 'tasks.py').write_text(text, encoding='utf-8')
    command = [sys.executable, '-m', 'mypy', '--strict', '--config-file', 'mypy.ini', '--cache-dir', str(folder / 'cache'), 'tasks.py']
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout


def runs(folder: Path) -> bool:
    """Whether Python can import `tasks.py`, which evaluates the annotations."""
    done = subprocess.run([sys.executable, '-W', 'ignore', 'tasks.py'], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return True


PROGRAM = """
    import enum

    import gokart
    import luigi
    import luigi as lg
    from gokart import ListTaskInstanceParameter, TaskInstanceParameter as Dep
    from luigi import IntParameter as Whole


    class Kind(enum.Enum):
        RED = 1


    class Count(luigi.IntParameter):
        pass


    class Load(gokart.TaskOnKart[int]):
        a = luigi.Parameter()
        b = luigi.Parameter(default='b')
        c = luigi.Parameter(default=1)
        d = luigi.Parameter(default=None)
        e = lg.IntParameter(default=1)
        f = Whole()
        g = Count(default=1)
        h = luigi.EnumParameter(enum=Kind, default=Kind.RED)
        i = luigi.EnumListParameter(enum=Kind)
        j = luigi.ChoiceParameter(choices=['a', 'b'])
        k = luigi.ChoiceParameter(choices=[1, 2], var_type=int, default=1)
        l = luigi.ChoiceListParameter(choices=['a'])
        m = luigi.NumericalParameter(var_type=float, min_value=0.0, max_value=1.0)
        n = luigi.ListParameter()
        o = luigi.ListParameter(default=['a'])
        p = luigi.ListParameter(default=())
        q = luigi.TupleParameter(default=(1, 2))
        r = luigi.DictParameter(default={})
        s = luigi.OptionalParameter(default=None)
        t = luigi.OptionalListParameter()
        u = luigi.OptionalIntParameter(
            default=None,
            description='u',
        )
        v = luigi.DateParameter()
        w = luigi.TaskParameter()
        x = luigi.BoolParameter()
        __version = luigi.IntParameter(default=1)


    class Train(gokart.TaskOnKart[int]):
        a = Dep(expected_type=Load)
        b = gokart.TaskInstanceParameter()
        c = gokart.TaskInstanceParameter(expected_type=gokart.TaskOnKart)
        d = ListTaskInstanceParameter(expected_elements_type=Load)
        e = gokart.TaskInstanceParameter(Load)
        f = gokart.TaskInstanceParameter[Load](expected_type=Load)


    load = Load(a='a', f=1, i=(Kind.RED,), j='a', l=('a',), m=0.5, n=(1,), v=__import__('datetime').date(2024, 1, 1), w=Train)
    train = Train(a=load, b=load, c=load, d=[load], e=load, f=load)
"""

ANNOTATED = {
    'Load': [
        'luigi.Parameter[str]', 'luigi.Parameter[str]', 'luigi.Parameter[int]', 'luigi.Parameter[Any]', 'lg.IntParameter', 'Whole',
        'Count', 'luigi.EnumParameter[Kind]', 'luigi.EnumListParameter[Kind]', 'luigi.ChoiceParameter[str]', 'luigi.ChoiceParameter[int]',
        'luigi.ChoiceListParameter[Any]', 'luigi.NumericalParameter[float]', 'luigi.ListParameter', 'luigi.ListParameter[Any]',
        'luigi.ListParameter', 'luigi.TupleParameter', 'luigi.DictParameter', 'luigi.OptionalParameter', 'luigi.OptionalListParameter',
        'luigi.OptionalIntParameter', 'luigi.DateParameter', 'luigi.TaskParameter[Any]', 'luigi.BoolParameter',
    ],
    'Train': [
        'Dep[Load]', 'gokart.TaskInstanceParameter[Any]', 'gokart.TaskInstanceParameter[gokart.TaskOnKart[Any]]',
        'ListTaskInstanceParameter[Load]', 'gokart.TaskInstanceParameter[Load]', 'gokart.TaskInstanceParameter[Load]',
    ],
}  # fmt: skip


def test_the_fix_is_what_mypy_understands(tmp_path: Path) -> None:
    before = types(tmp_path, dedent(PROGRAM).lstrip('\n'))
    assert 'Unexpected keyword argument "a" for "Load"' in before
    after = mended(tmp_path, PROGRAM)
    lines = [line.strip() for line in after.splitlines()]
    said = [line.partition(' = ')[0].partition(': ')[2] for line in lines if ' = ' in line and ': ' in line.partition(' = ')[0]]
    assert said == [*ANNOTATED['Load'], *ANNOTATED['Train']]
    assert lines[:4] == ['from typing import Any', 'import enum', '', 'import gokart']
    assert types(tmp_path, after) == 'Success: no issues found in 1 source file\n'
    assert runs(tmp_path)
    wrong = after.replace("Load(a='a', f=1", "Load(a='a', f='1', zz=1").replace('Train(a=load', 'Train(a=train')
    said_of_it = types(tmp_path, wrong.replace('train = Train(', 'train: Train = Train('))
    assert 'Argument "f" to "Load" has incompatible type "str"; expected "int"' in said_of_it
    assert 'Unexpected keyword argument "zz" for "Load"' in said_of_it
    assert 'Argument "a" to "Train" has incompatible type "Train"; expected "Load"' in said_of_it


def test_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'base.py': """
                import gokart
                import luigi

                class Base(gokart.TaskOnKart[int]):
                    known: luigi.IntParameter = luigi.IntParameter()
                    unknown = luigi.IntParameter()  # expect GK405@5
            """,
            'tasks.py': """
                import gokart as gk
                import luigi
                from base import *
                from base import Base as Root

                class A(Root):
                    unknown = luigi.IntParameter(default=1)  # expect GK405@5
                    known = luigi.IntParameter(default=1)  # expect GK405@5
                    a, b = luigi.IntParameter(), luigi.StrParameter()  # expect GK405@5, GK405@8
                    c = d = luigi.IntParameter()  # expect GK405@5, GK405@9
                    数 = luigi.IntParameter()  # type: ignore  # expect GK405@5
                    if Root:
                        e = luigi.IntParameter()  # expect GK405@9

                class Conf(luigi.Config):
                    n = luigi.IntParameter(default=1)  # expect GK405@5

                class Plain(luigi.Task):
                    n = luigi.IntParameter()  # expect GK405@5
                    dep = gk.TaskInstanceParameter(expected_type=A)  # expect GK405@5

                def make():
                    class Inner(Base):
                        m = luigi.IntParameter()  # expect GK405@9
                    return Inner

                class Outer:
                    class Nested(Base):
                        m = luigi.IntParameter()  # expect GK405@9
            """,
        },
        'GK405',
    )


def test_right_that_looks_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'base.py': """
                import gokart
                import luigi

                class Base(gokart.TaskOnKart[int]):
                    known: luigi.IntParameter = luigi.IntParameter()
                    value: int = luigi.IntParameter()
            """,
            'tasks.py': """
                import functools
                from typing import ClassVar
                import gokart
                import luigi
                from base import Base
                from elsewhere import Foreign, foreign_parameter

                OF_MODULE = luigi.IntParameter()
                made = functools.partial(luigi.IntParameter, default=1)

                def parameter():
                    found = luigi.IntParameter()
                    return found

                class A(Base):
                    value = luigi.IntParameter(default=4)
                    a: luigi.IntParameter = luigi.IntParameter()
                    b: int = luigi.IntParameter()
                    c: 'luigi.IntParameter' = luigi.IntParameter()
                    e: gokart.TaskInstanceParameter[Base] = gokart.TaskInstanceParameter(expected_type=Base)
                    f: int
                    f = luigi.IntParameter()
                    g = parameter()
                    h = made()
                    i = foreign_parameter()
                    j = 3
                    __version = luigi.IntParameter(default=1)
                    k = OF_MODULE
                    l = luigi.parameter.ParameterVisibility.PRIVATE
                    m = luigi.IntParameter
                    n = [luigi.IntParameter()]
                    o = luigi.IntParameter()
                    o = 3
                    p = luigi.LocalTarget('p')

                    def run(self):
                        x = luigi.IntParameter()
                        self.dump(x)

                class Mixin:
                    n = luigi.IntParameter()

                class Unknown(Foreign):
                    n = luigi.IntParameter()
            """,
        },
        'GK405',
    )


def test_nothing_is_proposed_where_the_annotation_would_mean_something_else(tmp_path: Path) -> None:
    text = """
        import luigi
        from luigi import IntParameter

        class A(luigi.Task):
            str = luigi.Parameter()
            luigi = luigi.StrParameter()
            a, b = IntParameter(), IntParameter()
            c = d = IntParameter()
            (e) = IntParameter()

        class B(luigi.Task):
            m = luigi.IntParameter()
            m = luigi.IntParameter(default=1)
    """
    lines = [(each.at.line, each.fix) for each in findings(tmp_path, text, 'GK405')]
    assert lines == [(line, None) for line in (5, 6, 7, 7, 8, 8, 9, 13)]


@pytest.mark.parametrize(
    ('head', 'after', 'annotation'),
    [
        ('import luigi', 'from typing import Any\n\nimport luigi', 'luigi.Parameter[Any]'),
        ('from typing import Any\nimport luigi', 'from typing import Any\nimport luigi', 'luigi.Parameter[Any]'),
        ('import typing\nimport luigi', 'import typing\nimport luigi', 'luigi.Parameter[typing.Any]'),
        ('import typing as t\nimport luigi', 'import typing as t\nimport luigi', 'luigi.Parameter[t.Any]'),
        ('from x import Any\nimport luigi', 'from x import Any\nimport luigi', 'luigi.Parameter'),
        (
            'from __future__ import annotations\nimport os\nimport luigi',
            'from __future__ import annotations\nfrom typing import Any\nimport os\nimport luigi',
            'luigi.Parameter[Any]',
        ),
        (
            'try:\n    import luigi\nexcept ImportError:\n    raise',
            'try:\n    import luigi\nexcept ImportError:\n    raise',
            'luigi.Parameter',
        ),
    ],
)
def test_the_import_of_any(head: str, after: str, annotation: str, tmp_path: Path) -> None:
    body = 'class A(luigi.Task):\n    p{} = luigi.Parameter(default=None)\n'
    assert mended(tmp_path, f'{head}\n{body.format("")}') == f'{after}\n{body.format(f": {annotation}")}'


def test_a_type_comment_is_no_annotation_and_goes(tmp_path: Path) -> None:
    text = """
        import gokart
        import luigi


        class A(gokart.TaskOnKart[int]):
            a = luigi.IntParameter()  # type: int
            b = luigi.BoolParameter(
                default=True,
            )  # type: bool # noqa: GK101
            c = luigi.IntParameter()  # type: ignore[misc]


        A(a=1, b=True, c=1)
    """
    assert 'Unexpected keyword argument "a"' in types(tmp_path, dedent(text).lstrip('\n'))
    after = mended(tmp_path, text)
    assert after.splitlines()[5:10] == [
        '    a: luigi.IntParameter = luigi.IntParameter()',
        '    b: luigi.BoolParameter = luigi.BoolParameter(',
        '        default=True,',
        '    )  # noqa: GK101',
        '    c: luigi.IntParameter = luigi.IntParameter()  # type: ignore[misc]',
    ]
    assert types(tmp_path, after) == (
        'tasks.py:10: error: Unused "type: ignore" comment  [unused-ignore]\nFound 1 error in 1 file (checked 1 source file)\n'
    )


def test_message(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, 'import luigi\nclass A(luigi.Task):\n    n = luigi.IntParameter()\n', 'GK405')
    assert found.message == 'A.n has no annotation, so that type checkers know no such argument: annotate it, n: luigi.IntParameter = ...'
    assert found.fix is not None
    assert found.fix.safe
