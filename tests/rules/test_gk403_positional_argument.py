"""GK403: an argument without a keyword where a gokart task is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gokart
import luigi

from tests.rules.harness import assert_marked, findings


def test_the_first_positional_argument_is_the_workspace() -> None:
    """What the rule says of luigi and gokart, asked of them."""

    class Load(gokart.TaskOnKart[int]):
        path = luigi.Parameter(default='')

    class ByInit(gokart.TaskOnKart[int]):
        path = luigi.Parameter(default='')

        def __init__(self, path: str = 'x', **kwargs: Any) -> None:
            super().__init__(path=path, **kwargs)  # type: ignore[no-untyped-call]

    load: Any = Load  # a type checker finds the mistake too
    assert (load('a', 'b').workspace_directory, load('a', 'b').local_temporary_directory, load('a').path) == ('a', 'b', '')
    assert (ByInit('a').workspace_directory, ByInit('a').path) == ('./resources/', 'a')


def test_positional_arguments(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import gokart
        import luigi
        from gokart import TaskOnKart as Base


        class Load(Base[int]):
            path = luigi.Parameter()
            n = luigi.IntParameter(default=1)


        class Below(Load):
            pass


        class Moved(Load):
            workspace_directory = luigi.Parameter(default='here')


        class Empty(Base):
            pass


        class 読む(Base):
            道 = luigi.Parameter(default='')


        def f(x, *rest, **more):
            Load('a')  # expect GK403@10
            Load('a', 3)  # expect GK403@10, GK403@15
            Load(x, n=3)  # expect GK403@10
            Load(
                x,  # expect GK403@9
                **more,
            )
            Below('a')  # expect GK403@11
            Moved('a')  # expect GK403@11
            Empty(1)  # expect GK403@11
            gokart.TaskOnKart('x')  # expect GK403@23
            Load(*['a'])  # expect GK403@10
            Load(x, *rest)  # expect GK403@10
            cls = Load if x else Below
            cls('a')  # expect GK403@9
            (Load)(Empty())  # expect GK403@12
            [Load(each) for each in x]  # expect GK403@11
            読む('a')  # expect GK403@8
            return lambda: Load('x')  # expect GK403@25


        class Pipeline(Base):
            dep = Load('a')  # expect GK403@16

            def requires(self):
                return dict(a=Load(self.dep), b=type(self)('x'))  # expect GK403@28, GK403@52

            @classmethod
            def build(cls, x):
                return cls(x)  # expect GK403@20
        """,
        'GK403',
    )
    because = "because TaskOnKart's own parameters come first"
    messages = [each.message for each in found]
    assert messages[0] == f'f passes Load an argument without a name, which lands in workspace_directory, {because}: write path=...'
    assert (
        messages[2]
        == f"f passes Load an argument without a name, which lands in one of TaskOnKart's own parameters, {because}: write n=..."
    )
    moved = f"f passes Moved an argument without a name, which lands in one of TaskOnKart's own parameters, {because}: write path=..."
    assert moved in messages
    empty = f'f passes Empty an argument without a name, which lands in workspace_directory, {because}: write the name of the parameter'
    assert empty in messages
    assert any(each.startswith('f passes Load or Below an argument') for each in messages)
    assert any(each.startswith('Pipeline passes Load an argument') for each in messages)


def test_other_calls_are_left_alone(tmp_path: Path) -> None:
    program = """
    import contextlib
    import functools
    import sys

    import gokart
    import luigi
    import pytest
    from elsewhere import Base, Meta, decorate, make, task


    class Load(gokart.TaskOnKart):
        path = luigi.Parameter(default='')


    class Simple(luigi.Task):
        path = luigi.Parameter(default='')


    class Wrapper(luigi.WrapperTask):
        path = luigi.Parameter(default='')


    class OwnInit(gokart.TaskOnKart):
        path = luigi.Parameter(default='')

        def __init__(self, path, **kwargs):
            super().__init__(path=path, **kwargs)


    class BelowInit(OwnInit):
        pass


    class OwnNew(gokart.TaskOnKart):
        def __new__(cls, path):
            return super().__new__(cls)


    class WithMeta(gokart.TaskOnKart, metaclass=Meta):
        pass


    class Unknown(Base):
        pass


    class Mixed(Base, gokart.TaskOnKart):
        pass


    class Made(make()):
        pass


    @decorate
    class Decorated(gokart.TaskOnKart):
        pass


    class NoTask:
        def __init__(self, path):
            self.path = path


    class Root(gokart.TaskOnKart):
        @classmethod
        def build(cls, path):
            return cls(path)

        def requires(self):
            yield self.clone(Load)
            yield self.clone(Load, path='x')
            yield self.clone(cls=Load)
            yield Load(path=self.build)


    class Inited(Root):
        def __init__(self, path):
            super().__init__()


    if sys.argv:

        class Twice(gokart.TaskOnKart):
            pass

    else:

        class Twice(luigi.Task):
            n = luigi.IntParameter()


    def f(given, *rest, **more):
        Simple('x')
        Wrapper('x')
        OwnInit('x')
        BelowInit('x')
        OwnNew('x')
        WithMeta('x')
        Unknown('x')
        Mixed('x')
        Made('x')
        Decorated('x')
        NoTask('x')
        Twice('x')
        task('x')
        given('x')
        Load(*rest)
        Load(**more)
        Load(path='x')
        Load()
        (given or Load)('x')
        (Load if given else Simple)('x')
        functools.partial(Load, path='x')
        isinstance(given, Load)
        type(given)('x')
        Load.path('x')
        with pytest.raises(Exception):
            Load('x')
        with contextlib.suppress(TypeError):
            Load('x')


    def g(Load):
        return Load('x')
    """
    assert findings(tmp_path, program, 'GK403') == []


def test_both_of_one_call(tmp_path: Path) -> None:
    """The parameter that was meant stays missing."""
    program = """
    import gokart
    import luigi


    class Load(gokart.TaskOnKart):
        path = luigi.Parameter()


    Load('x')  # expect GK104@1, GK403@6
    """
    assert_marked(tmp_path, program, 'GK104', 'GK403')
