"""GK501: a task that does work and builds its own dependencies."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_nested_dependencies(tmp_path: Path) -> None:
    text = """
        import gokart
        from gokart import TaskOnKart as Base


        class A(Base):
            def run(self):
                self.dump(1)


        class One(Base):
            def requires(self):
                return A()  # expect GK501@16

            def run(self):
                self.dump(self.load() + 1)


        class Many(Base):
            def requires(self):
                tasks = {'a': A(), 'b': [A() for _ in range(3)]}  # expect GK501@23, GK501@34
                tasks['c'] = self.clone(A)  # expect GK501@22
                tasks.update(d=(lambda: A())())  # expect GK501@33
                return tasks

            def run(self):
                self.dump(self.load('a'))


        class Helped(Base):
            def requires(self):
                return [*self._tasks(), self._shared()]

            def _tasks(self):
                return [A()]  # expect GK501@17

            def run(self):
                self._work()

            def _work(self):
                self.dump([self._shared(), self.requires()])

            def _shared(self):
                return A()


        class Blueprint(Base):
            def requires(self):
                return [self._first(), self._second(), self._third()]

            def run(self):
                self.dump(sum(self.load()))

            def _first(self):
                raise NotImplementedError

            def _second(self):
                return A()  # expect GK501@16

            def _third(self):
                return A()


        class Drawn(Blueprint):
            def _first(self):
                return A()  # expect GK501@16

            def _third(self):
                return []


        class DrawnPipeline(Blueprint):
            def _first(self):
                return A()


        class Conditional(Base):
            flag = gokart.ExplicitBoolParameter()

            def requires(self):
                if self.flag:
                    yield A()  # expect GK501@19

            def run(self):
                for target in self.input():
                    self.dump(target.load())


        class Template(Base):
            def requires(self):
                return A()  # expect GK501@16


        class Concrete(Template):
            def run(self):
                self.dump(self.load())


        class Chained(Base):
            def requires(self):
                return Given(a=A())  # expect GK501@16, GK501@24

            def run(self):
                self.dump({'done': self.load()})


        class Given(Base):
            a = gokart.TaskInstanceParameter()
        """
    found = assert_marked(tmp_path, text, 'GK501')
    assert found[0].message == 'One does work and builds A for itself: take it as a task parameter, and build it in the pipeline task'
    assert 'Concrete does work and builds A for itself' in ' '.join(each.message for each in found)


def test_it_is_off_by_default(tmp_path: Path) -> None:
    text = """
        import gokart


        class A(gokart.TaskOnKart):
            def run(self):
                self.dump(1)


        class B(gokart.TaskOnKart):
            def requires(self):
                return A()

            def run(self):
                self.dump(self.load())
        """
    assert findings(tmp_path, text) == []
    assert [each.code for each in findings(tmp_path, text, 'GK5')] == ['GK501']


def test_names_of_pipelines_are_a_setting(tmp_path: Path) -> None:
    text = """
        import gokart


        class RunAll(gokart.TaskOnKart):
            def requires(self):
                return RunAll()

            def run(self):
                self.dump(self.load())
        """
    assert [each.code for each in findings(tmp_path, text, 'GK501')] == ['GK501']
    assert findings(tmp_path, text, 'GK501', pipeline_names=('Run*',)) == []


def test_right_code_that_looks_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import logging

        import gokart
        import luigi
        from gokart import TaskOnKart as Base
        from library import make

        logger = logging.getLogger(__name__)
        DONE = 'done'


        class A(Base):
            def run(self):
                self.dump(1)


        class TrainPipeline(Base):
            def requires(self):
                return A()

            def run(self):
                self.dump(self.load())


        class NoRun(Base):
            def requires(self):
                return {'a': A()}


        class Constant(Base):
            def requires(self):
                return [A()]

            def run(self):
                self.dump('done')


        class Named(Base):
            def requires(self):
                return A()

            def run(this):
                logger.info('all done')
                this.dump(DONE)


        class Literals(Base):
            def requires(self):
                return A()

            def run(self):
                '''Nothing to do.'''
                result = {'state': ['done', 1]}
                self.dump({'state': ['done', 1], 'of': None})


        class Passing(Base):
            def requires(self):
                return A()

            def run(self):
                pass


        class Multiple(Base):
            def requires(self):
                return A()

            def run(self):
                self.dump(True, 'first')
                return self.dump(obj=())


        class BasePipelineLike(Base):
            def requires(self):
                return A()

            def run(self):
                self.dump('ok')


        class Inheriting(BasePipelineLike):
            pass


        class HandedOn(Base):
            a = gokart.TaskInstanceParameter()

            def requires(self):
                return {'a': self.a}

            def run(self):
                self.dump(self.load('a'))


        class Default(Base):
            a = gokart.TaskInstanceParameter()

            def run(self):
                self.dump(self.load('a'))


        class Elsewhere(Base):
            a = gokart.TaskInstanceParameter(default=A())

            def run(self):
                self.dump(A().output().path())


        class Unknown(Base):
            def requires(self):
                return make()

            def run(self):
                self.dump(self.load())


        class Abstract(Base):
            def requires(self):
                return A()

            def run(self):
                self.dump(self.result())

            def result(self):
                raise NotImplementedError


        class NoTask:
            def requires(self):
                return A()

            def run(self):
                return self.load()


        def build():
            return A()


        class Numbers(Base):
            numbers = luigi.ListParameter()

            def requires(self):
                return [str(n) for n in self.numbers if isinstance(n, dict)]

            def run(self):
                self.dump(sum(self.numbers))
        """,
        'GK501',
    )
