"""GK106: a task parameter that nothing reads."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_parameters_that_nothing_reads(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import logging

        import gokart
        import luigi
        from gokart import TaskInstanceParameter as Dep
        from gokart import TaskOnKart as Base


        class A(Base):
            def run(self):
                self.dump(1)


        class Left(Base):
            a = gokart.TaskInstanceParameter()
            b = gokart.TaskInstanceParameter()  # expect GK106@5

            def requires(self):
                return {'a': self.a}

            def run(self):
                self.load('a')


        class Annotated(Base):
            a: gokart.TaskInstanceParameter[A] = gokart.TaskInstanceParameter(expected_type=A)  # expect GK106@5
            many: list[A] = gokart.ListTaskInstanceParameter(  # expect GK106@5
                expected_elements_type=A,
            )
            n: int = luigi.IntParameter()

            def requires(this):
                return A(n=this.n)


        class ByText(Base):
            data = Dep()  # expect GK106@5

            def requires(self):
                return []

            def run(self):
                self.load('data')
                logging.info('data %s', {'data': 1})
                data = 1
                self.dump(data)


        class Written(Base):
            a = Dep()
            b = Dep()  # expect GK106@5

            def requires(self):
                self.b = A()
                return self.a


        class Looked(Base):
            a = Dep()
            b = Dep()  # expect GK106@5

            def requires(self):
                print(f'{self}', self, isinstance(self, Base))
                return self.a

            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)


        class Parent(Base):
            a = Dep()

            def requires(self):
                return self.a


        class Child(Parent):
            b = Dep()  # expect GK106@5


        class Grown(Parent):
            b = Dep()  # expect GK106@5

            def requires(self):
                return [super().requires(), A()]


        class Custom(gokart.TaskInstanceParameter):
            pass


        class OwnParameter(Base):
            x = Custom()  # expect GK106@5

            def requires(self):
                yield A()


        class Private(Base):
            __x = Dep()  # expect GK106@5

            def requires(self):
                return A()


        class Pair(Base):
            a, b = Dep(), Dep()  # expect GK106@8

            def requires(self):
                return self.a


        def make():
            return Left(a=A(), b=A())


        class Unrelated(Base):
            b = Dep()

            def requires(self):
                return self.b
        """,
        'GK106',
    )
    assert found[0].message == (
        'Left.b is required by nothing and read by nothing, but changes the cache key: add self.b to requires(), or remove the parameter'
    )
