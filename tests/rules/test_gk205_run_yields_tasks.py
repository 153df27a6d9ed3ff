"""GK205: a `run()` that yields tasks."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_yielded_tasks(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import gokart
        import luigi
        from gokart import TaskOnKart as Base
        from library import tasks


        class A(Base):
            def run(self):
                self.dump(1)


        class One(Base):
            def run(self):
                yield A()  # expect GK205@9
                self.dump(1)


        class Assigned(Base):
            def run(this):
                target = yield A()  # expect GK205@18
                this.dump(target.load())


        class Many(Base):
            def run(self):
                yield [A(), A()]  # expect GK205@9
                yield {'a': A()}  # expect GK205@9
                yield A(), A()  # expect GK205@9


        class Delegating(Base):
            def run(self):
                yield from self._tasks()  # expect GK205@9
                yield from (A() for _ in range(3))  # expect GK205@9

            def _tasks(self):
                yield A()


        class Looped(Base):
            deps = gokart.ListTaskInstanceParameter()

            def run(self):
                for dep in self.deps:
                    if dep:
                        yield dep  # expect GK205@17
                while tasks():
                    with tasks() as each:
                        yield each  # expect GK205@17


        class Named(Base):
            def run(self):
                task = A()
                results = [(yield task)]  # expect GK205@21
                self.dump((yield self.clone(A)) if results else None)  # expect GK205@20


        class Dynamic(Base):
            def run(self):
                yield luigi.DynamicRequirements([A()])  # expect GK205@9


        class Mixin:
            def run(self):
                yield A()  # expect GK205@9


        class Mixed(Mixin, Base):
            pass


        class Hooked(Base):
            def run(self):
                yield self._deps()  # expect GK205@9
                yield helper(3)  # expect GK205@9
                yield [1, *self.load('tasks'), made(1)]  # expect GK205@9

            def _deps(self):
                return []


        class Fills(Hooked):
            def _deps(self):
                return [A()]


        def helper(count):
            return [] if count else tasks()


        def made(count):
            for each in range(count):
                yield A()


        class Below(One):
            def run(self):
                yield from super().run()  # expect GK205@9
        """,
        'GK205',
    )
    assert found[0].message == (
        'One.run yields tasks, which its cache key does not hold and no graph shows: '
        'build them in requires(), or take them as task parameters'
    )


def test_right_code_that_looks_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        from contextlib import contextmanager

        import gokart
        import luigi
        from gokart import TaskOnKart as Base
        from library import Runner


        class A(Base):
            def run(self):
                self.dump(1)


        class Inner(Base):
            def run(self):
                def rows():
                    yield A()

                each = lambda: (yield A())
                self.dump(list(rows()))


        class Requires(Base):
            def requires(self):
                yield A()
                yield from [A()]


        class Helper(Base):
            def run(self):
                self.dump(list(self.rows()))

            def rows(self):
                yield A()


        class Bare(Base):
            def run(self):
                yield
                yield None
                yield []
                yield 'x', 1
                yield {'a': 1}
                yield len(self.name), self.count > 1, -self.count
                yield self.load('a') if self.count else [self.input(), A().output()]
                yield from numbers(3)
                yield from self._names()
                yield [numbers(each) for each in range(3)]

            def _names(self):
                for name in 'ab':
                    yield f'{name}'


        def numbers(count):
            return [1, str(count)]


        class Generator(Base):
            def run(self):
                self.dump([row for row in self.load_generator()])


        class Decorated(Base):
            @contextmanager
            def run(self):
                yield A()


        class Static(Base):
            @staticmethod
            def run():
                yield A()


        class NoTask:
            def run(self):
                yield A()


        class Foreign(Runner):
            def run(self):
                yield A()


        class Plain(luigi.Task):
            def run(self):
                yield A()


        class Other(Base):
            def run_all(self):
                yield A()

            def _run(self):
                yield A()

            class Nested:
                def run(self):
                    yield A()


        def run(self):
            yield A()
        """,
        'GK205',
    )
