"""GK201: which tasks are judged at all."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_what_is_judged_at_all(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'base.py': """
                import abc

                import gokart as gk
                from gokart import TaskOnKart as 基底


                class Base(基底):
                    def run(self):
                        self.dump(self._run(self.load()))


                class AbstractBase(基底):
                    def run(self):
                        for x in self.load():
                            self.dump(self._run(x))

                    def _run(self, x):
                        raise NotImplementedError


                class AbstractByDecorator(基底):
                    def run(self):
                        self.dump(self._run() + 1)

                    @abc.abstractmethod
                    def _run(self): ...


                class RunMixin:
                    def run(self):
                        self.dump(self.load() + 1)


                class Lower(Base):
                    pass
                """,
            'tasks.py': """
                import luigi

                import base
                from base import AbstractBase, AbstractByDecorator, Lower, RunMixin
                from unknown import make_base, timer


                class Concrete(AbstractBase):
                    def _run(self, x):
                        return x + 1


                class ConcreteByDecorator(AbstractByDecorator):
                    def _run(self):
                        return [x for x in self.load()]


                class StillAbstract(AbstractBase):
                    def run(self):
                        self.dump(self.load() + 1)


                class WithMixin(RunMixin, Lower):
                    pass


                class ThreeUp(Lower):
                    def run(self):  # expect GK201@9
                        self.dump(self.load() + 1)


                class ThroughModule(base.Lower):
                    @timer
                    def run(this, **kwargs):  # expect GK201@9
                        this.dump(this.load() + 1)


                class 訓練(Lower):
                    async def run(self):  # expect GK201@15
                        self.dump(self.load() + 1)


                class UnknownToo(make_base(), Lower):
                    def run(self):  # expect GK201@9
                        self.dump(self.load() + 1)


                class OnlyUnknown(make_base()):
                    def run(self):
                        self.dump(self.load() + 1)


                class OnlyLuigi(luigi.Task):
                    def run(self):
                        self.output().dump([x for x in self.input()])


                class NoTask:
                    def run(self):
                        return [x for x in self.load()]


                class TrainPipeline(Lower):
                    def run(self):
                        self.dump(self.load() + 1)


                class PipelineOfAll(Lower):
                    def run(self):
                        self.dump(self.load() + 1)


                class Yields(Lower):
                    def run(self):
                        for n in range(3):
                            yield Lower(n=n)
                        self.dump(1)


                class YieldsBelow(Lower):
                    def run(self):  # expect GK201@9
                        def each():
                            yield 1

                        self.dump(list(each()))


                def factory(n):
                    class Inner(Lower):
                        def run(self):  # expect GK201@13
                            self.dump(self.load() + n)

                    return Inner


                class Outer(Lower):
                    def run(self):
                        self.dump(1)

                    class Nested(Lower):
                        def run(self):  # expect GK201@13
                            self.dump(self.load() + 1)
                """,
        },
        'GK201',
    )


def test_pipeline_names_are_a_setting(tmp_path: Path) -> None:
    text = """
        import gokart


        class RunAll(gokart.TaskOnKart):
            def run(self):
                self.dump(self.load() + 1)


        class TrainPipeline(gokart.TaskOnKart):
            def run(self):  # expect GK201@9
                self.dump(self.load() + 1)
        """
    assert_marked(tmp_path, text, 'GK201', pipeline_names=('Run*',))
