"""GK301: `rerun` turned on in the code."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_class_bodies(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import gokart
        import gokart as gk
        import luigi
        from gokart import ExplicitBoolParameter, TaskOnKart as Base
        from luigi.parameter import BoolParameter

        ALWAYS = True


        class Plain(gokart.TaskOnKart[str]):
            rerun = True  # expect GK301@5


        class Annotated(gk.TaskOnKart[str]):
            rerun: bool = True  # expect GK301@5


        class Declared(Base[str]):
            rerun = luigi.BoolParameter(default=True)  # expect GK301@33


        class Descriptor(Base):
            rerun: luigi.BoolParameter = luigi.BoolParameter(significant=False, default=True)  # expect GK301@73


        class Positional(Declared):
            rerun = BoolParameter(True)  # expect GK301@27


        class Explicit(Declared):
            rerun: bool = ExplicitBoolParameter(default=True, significant=False)  # expect GK301@41


        class ManyLines(Declared):
            rerun: bool = luigi.BoolParameter(
                description='always',
                default=True,  # expect GK301@9
                significant=False,
            )


        class ByConstant(Base):
            rerun = ALWAYS  # expect GK301@5


        class ByOwnConstant(Base):
            FORCE = True
            rerun = FORCE  # expect GK301@5


        class DefaultByConstant(Base):
            rerun = luigi.BoolParameter(default=ALWAYS)  # expect GK301@33


        class Pair(Base):
            rerun, strict_check = True, False  # expect GK301@5


        class Chain(Base):
            strict_check = rerun = True  # expect GK301@5


        class Number(Base):
            rerun = 1  # expect GK301@5


        class Branched(Base):
            if ALWAYS:
                rerun = True  # expect GK301@9
            else:
                rerun = False


        class Flag(luigi.BoolParameter):
            pass


        class OwnParameter(Base):
            rerun = Flag(default=True)  # expect GK301@18


        class OwnParameterPositional(Base):
            rerun = Flag(True)  # expect GK301@18


        class 学習(Base):
            rerun = True  # expect GK301@5


        def make():
            class Local(gokart.TaskOnKart):
                rerun = True  # expect GK301@9

            return Local


        class Outer:
            class Inner(Base):
                rerun = True  # expect GK301@9
        """,
        'GK301',
    )


def test_bases_in_other_modules(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'flow/__init__.py': 'from .base import Root\n',
            'flow/base.py': """
                import gokart


                class Root(gokart.TaskOnKart):
                    pass


                class ForceMixin:
                    rerun = True  # expect GK301@5


                class UnusedMixin:
                    rerun = True


                class LateMixin:
                    rerun = True
                """,
            'flow/middle.py': """
                from flow import Root as Deep


                class Middle(Deep):
                    pass
                """,
            'flow/config.py': 'import gokart\n\nFORCE = True\n',
            'flow/tasks.py': """
                from unknown_library import Mixin

                from flow.base import ForceMixin, LateMixin, Root
                from flow.config import FORCE as 強制
                from flow import config, middle


                class A(middle.Middle):
                    rerun = True  # expect GK301@5


                class B(Mixin, Root):
                    rerun = 強制  # expect GK301@5


                class C(ForceMixin, Root):
                    pass


                class D(Root, LateMixin):
                    pass


                class E(Root):
                    rerun = config.FORCE  # expect GK301@5
                """,
        },
        'GK301',
    )


def test_constructions(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import functools
        from functools import partial

        import gokart
        import luigi
        from gokart import build
        from luigi.util import inherits

        FORCE = True


        class Load(gokart.TaskOnKart[str]):
            n = luigi.IntParameter(default=1)

            @classmethod
            def fresh(cls):
                return cls(rerun=True)  # expect GK301@20


        class Train(gokart.TaskOnKart[str]):
            dep = gokart.TaskInstanceParameter(expected_type=Load, default=Load(rerun=True))  # expect GK301@73
            helper = [Load(n=1, rerun=True)]  # expect GK301@25

            def __init__(self, *args, **kwargs):
                super().__init__(*args, rerun=True, **kwargs)  # expect GK301@33

            def requires(self):
                this = self
                load = Load()
                return dict(
                    a=Load(
                        n=2,
                        rerun=True,  # expect GK301@17
                    ),
                    b=self.clone(Load, n=3, rerun=True),  # expect GK301@37
                    c=self.clone(cls=Load, rerun=True),  # expect GK301@36
                    d=self.clone(rerun=True),  # expect GK301@26
                    e=self.dep.clone(rerun=True),  # expect GK301@30
                    f=[Load(n=i, rerun=True) for i in range(3)],  # expect GK301@26
                    g=this.clone(rerun=True),  # expect GK301@26
                    h=load.clone(rerun=True),  # expect GK301@26
                    i=(lambda: Load(rerun=True))(),  # expect GK301@29
                    j=self.__class__(rerun=True),  # expect GK301@30
                    k=type(self)(rerun=True),  # expect GK301@26
                    l=(late := Load()).clone(rerun=True),  # expect GK301@38
                    m=Load(**{'n': 3, 'rerun': True}),  # expect GK301@31
                    n=Load(**dict(rerun=True)),  # expect GK301@27
                    o=super().clone(rerun=True),  # expect GK301@29
                )

            def run(renamed):
                def inner():
                    return renamed.clone(Load, rerun=True)  # expect GK301@40

                match renamed.dep.n:
                    case 1:
                        Load(rerun=True)  # expect GK301@22
                renamed.dump(inner())


        @inherits(Load)
        class Parent(gokart.TaskOnKart):
            def requires(self):
                return self.clone_parent(rerun=True)  # expect GK301@34


        class OldForm(Load):
            def __init__(self, **kwargs):
                super(OldForm, self).__init__(rerun=True, **kwargs)  # expect GK301@39


        class NamedBase(Load):
            def __init__(self, **kwargs):
                Load.__init__(self, rerun=True, **kwargs)  # expect GK301@29


        def main(task=Load(rerun=True)):  # expect GK301@20
            from_here = Load
            force = True
            build(Load(rerun=True))  # expect GK301@16
            luigi.build([Load(n=1), Load(rerun=True)], local_scheduler=True)  # expect GK301@34
            from_here(rerun=FORCE)  # expect GK301@15
            from_here(rerun=force)  # expect GK301@15
            Load(rerun='true')  # expect GK301@10
            partial(Load, rerun=True)  # expect GK301@19
            functools.partial(Load, n=1, rerun=True)()  # expect GK301@34
            gokart.TaskOnKart(rerun=True)  # expect GK301@23


        @functools.lru_cache(Load(rerun=True))  # expect GK301@27
        def decorated():
            async def inner():
                try:
                    return await Load(rerun=True)  # expect GK301@31
                except ValueError:
                    return Load(rerun=True)  # expect GK301@25

            return inner


        if __name__ == '__main__':
            gokart.build(Load(rerun=True))  # expect GK301@23

        task = Load()
        task.clone(rerun=True)  # expect GK301@12
        """,
        'GK301',
    )


def test_messages(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        """
        import gokart


        class Train(gokart.TaskOnKart):
            rerun = True


        class Mixin:
            rerun = True


        class Valid(Mixin, gokart.TaskOnKart):
            pass


        Valid(rerun=True)
        """,
        'GK301',
    )
    why = 'a result that another run may be reading: remove it, and change a version parameter to have the task run again'
    assert [each.message for each in found] == [
        f'Train.rerun is on, so every run first deletes {why}',
        f'Valid.rerun is on, so every run first deletes {why}',
        f'rerun=True makes this Valid delete {why}',
    ]
    assert [(each.at.end_line, each.at.end_column) for each in found] == [(5, 17), (9, 17), (16, 17)]
    assert all(each.fix is None for each in found)
