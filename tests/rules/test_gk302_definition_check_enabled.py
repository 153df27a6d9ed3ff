"""GK302: `serialized_task_definition_check` turned on in the code."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_turned_on(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'base.py': """
                import gokart
                import luigi

                CHECK = True


                class Root(gokart.TaskOnKart):
                    n = luigi.IntParameter(default=1)


                class CheckMixin:
                    serialized_task_definition_check = True  # expect GK302@5
                """,
            'tasks.py': """
                import luigi
                from gokart import ExplicitBoolParameter, TaskInstanceParameter
                from luigi import BoolParameter as Flag

                import base
                from base import *
                from base import Root as 根


                class A(Root):
                    serialized_task_definition_check = True  # expect GK302@5


                class B(base.Root):
                    serialized_task_definition_check: bool = True  # expect GK302@5


                class C(根):
                    serialized_task_definition_check = Flag(default=True)  # expect GK302@45


                class D(A):
                    serialized_task_definition_check = Flag(True)  # expect GK302@45


                class E(A):
                    serialized_task_definition_check: ExplicitBoolParameter = ExplicitBoolParameter(
                        default=True,  # expect GK302@9
                        significant=False,
                    )


                class F(A):
                    serialized_task_definition_check = base.CHECK  # expect GK302@5


                class G(base.CheckMixin, Root):
                    dep = TaskInstanceParameter(expected_type=A)

                    def requires(self):
                        return [
                            A(serialized_task_definition_check=True),  # expect GK302@15
                            base.Root(n=2, serialized_task_definition_check=CHECK),  # expect GK302@28
                            self.clone(A, serialized_task_definition_check=True),  # expect GK302@27
                            self.clone(serialized_task_definition_check=True),  # expect GK302@24
                            self.dep.clone(serialized_task_definition_check=True),  # expect GK302@28
                            *(A(n=i, serialized_task_definition_check=True) for i in range(3)),  # expect GK302@22
                        ]


                def main():
                    task = A
                    luigi.build([task(serialized_task_definition_check=True)])  # expect GK302@23
                    A(
                        n=1,
                        serialized_task_definition_check=True,  # expect GK302@9
                    )
                """,
        },
        'GK302',
    )


def test_left_alone(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import gokart
        import luigi
        from somewhere import Base, Mixin, flags

        CHECK = False


        class A(gokart.TaskOnKart):
            serialized_task_definition_check = False


        class B(gokart.TaskOnKart):
            serialized_task_definition_check = CHECK


        class C(gokart.TaskOnKart):
            serialized_task_definition_check = flags.CHECK


        class D(gokart.TaskOnKart):
            serialized_task_definition_check: bool = luigi.BoolParameter(default=False)


        class E(gokart.TaskOnKart):
            serialized_task_definition_check: bool = luigi.BoolParameter()


        class F(gokart.TaskOnKart):
            serialized_task_definition_check: bool


        class G(gokart.TaskOnKart):
            serialized_task_definition_check = luigi.BoolParameter(**flags)


        class H(gokart.TaskOnKart):
            modification_time_check = True
            definition_check = True
            rerun = True


        class I(Base):
            serialized_task_definition_check = True


        class J(luigi.Task):
            serialized_task_definition_check = True


        class K:
            serialized_task_definition_check = True


        class L(luigi.Config):
            serialized_task_definition_check = luigi.BoolParameter(default=True)


        class M(gokart.TaskOnKart):
            def serialized_task_definition_check(self):
                return True


        class N(gokart.TaskOnKart):
            def __init__(self, serialized_task_definition_check=True, **kwargs):
                super().__init__(serialized_task_definition_check=serialized_task_definition_check, **kwargs)

            def requires(self):
                check = self.serialized_task_definition_check
                return [
                    A(serialized_task_definition_check=False),
                    A(serialized_task_definition_check=check),
                    A(serialized_task_definition_check=self.serialized_task_definition_check),
                    A(serialized_task_definition_check=not check),
                    A(serialized_task_definition_check=None),
                    A(rerun=True),
                    A(**flags),
                    J(serialized_task_definition_check=True),
                    K(serialized_task_definition_check=True),
                    Base(serialized_task_definition_check=True),
                    self.clone(Base, serialized_task_definition_check=True),
                    self.clone(A, serialized_task_definition_check=False),
                    dict(serialized_task_definition_check=True),
                    dict(A={'serialized_task_definition_check': True}),
                    A(n={'serialized_task_definition_check': True}),
                    Mixin.clone(serialized_task_definition_check=True),
                ]
        """,
        'GK302',
    )


def test_messages(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        """
        import gokart


        class Train(gokart.TaskOnKart):
            serialized_task_definition_check = True


        Train(serialized_task_definition_check=True)
        """,
        'GK302',
    )
    why = (
        'a changed comment gives a new key to it and to what requires it: remove it, and change a version parameter when the result changes'
    )
    assert [each.message for each in found] == [
        f'Train.serialized_task_definition_check is on, so {why}',
        f'this Train is built with serialized_task_definition_check=True, so {why}',
    ]
