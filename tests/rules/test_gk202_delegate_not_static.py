"""GK202: which instance methods could be static, and the fix that makes them so."""

from __future__ import annotations

from pathlib import Path

import gokart

from gokart_lint import vocabulary
from tests.rules.harness import assert_marked, findings


def test_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'base.py': """
                import gokart
                import luigi


                class Root(gokart.TaskOnKart):
                    n: luigi.IntParameter = luigi.IntParameter(default=1)
                    RATE = 0.5


                class Template(Root):
                    def run(self):
                        self.dump(self._work(self.load()))


                class Middle(Template):
                    pass
                """,
            'tasks.py': """
                from abc import ABC

                import gokart
                import luigi
                from luigi.util import inherits, requires

                import base
                from base import Middle, Root


                class Open(gokart.TaskOnKart, ABC):
                    def run(self):
                        self.dump(self._run(self.load()))

                    def _run(self, df):
                        raise NotImplementedError


                class FillsIn(Open):
                    def _run(self, df):  # expect GK202@9
                        return df.dropna()


                class NeverUsesSelf(gokart.TaskOnKart):
                    def run(self):
                        self.dump(self._run(self.load()))

                    def _run(self, df):  # expect GK202@9
                        return df.dropna()


                class UsesParameters(Root):
                    def run(self):
                        df = self.load()
                        self.dump(self._run(df))

                    def _run(self, df):  # expect GK202@9
                        return df.head(self.n) * self.workspace_directory


                class UsesConstants(Root):
                    COLUMNS = ['a', 'b']
                    Frame = dict

                    def run(self):
                        self.dump(self._run(self.load()))

                    def _run(self, df):  # expect GK202@9
                        return self.Frame(df[self.COLUMNS] * self.RATE)


                class UsesStaticAndClassMethods(Root):
                    def run(self):
                        self.dump(self._run(self.load()))

                    def _run(self, df):  # expect GK202@9
                        return self._scale(self._clean(df))

                    @staticmethod
                    def _scale(df):
                        return df * 2

                    @classmethod
                    def _clean(cls, df):
                        return df.dropna()


                class OnTheWay(Root):
                    def run(self):
                        self._all()

                    def _all(self):
                        self.dump(self._first(self.load()))

                    def _first(self, df):
                        return self._second(df)

                    def _second(self, df):  # expect GK202@9
                        return df + 1


                class ThroughProperty(Root):
                    def run(self):
                        self.dump(self.frame)

                    @property
                    def frame(self):
                        return self._clean(self.load())

                    def _clean(self, df):  # expect GK202@9
                        return df.dropna()


                class ThroughSuper(Middle):
                    def run(self):
                        super().run()

                    def _work(self, df):  # expect GK202@9
                        return df[0]


                class RunTwoUp(Middle):
                    def _work(self, df):  # expect GK202@9
                        return [x * self.n for x in df]


                class Inherited(base.Template, ABC):
                    def _work(this, df, /, *more, scale=1, **kwargs):  # expect GK202@9
                        def inner(x):
                            return x * this.n

                        return [inner(x) for x in df] + list(map(lambda x: x * this.n, more))


                class WithoutArguments(Root):
                    def run(self):
                        self.dump(self._make())

                    def _make(self):  # expect GK202@9
                        import pandas as pd

                        return pd.DataFrame({'n': [self.n]})


                class OnlyBelow(Root):
                    def _help(self, df):  # expect GK202@9
                        return df.head(self.n)


                class Below(OnlyBelow):
                    def run(self):
                        self.dump(self._help(self.load()))


                @requires(Root)
                class Copied(gokart.TaskOnKart):
                    def run(self):
                        self.dump(self._run(self.load()))

                    def _run(self, df):  # expect GK202@9
                        return df * self.n


                @inherits(Root)
                class CopiedToo(gokart.TaskOnKart):
                    def run(self):
                        self.dump(self.__run(self.load()))

                    def __run(self, df):  # expect GK202@9
                        return df * self.n


                class 日本(Root):
                    値 = luigi.IntParameter(default=2)

                    def run(self):
                        self.dump(self._計算(self.load()))

                    def _計算(self, df):  # expect GK202@9
                        return df * self.値


                class Mixture(Root):
                    def run(self):
                        self.dump(self._async(self._generate(self.load())))

                    async def _async(self, df):  # expect GK202@15
                        return df + 1

                    def _generate(self, df):  # expect GK202@9
                        yield from df


                class UsedElsewhereToo(Root):
                    def run(self):
                        self.dump(self._run(self.load()))

                    def _run(self, df):  # expect GK202@9
                        return df.dropna()

                    def output(self):
                        return self.make_target(str(self._run(3)))


                class SameNameElsewhere(Root):
                    def run(self):
                        self.dump(self._only_here(self.load()))

                    def _only_here(self, df):  # expect GK202@9
                        return df.dropna()


                class Other:
                    def _only_here(self):
                        return self._only_here
                """,
        },
        'GK202',
    )


def test_all_members_of_a_task_are_known() -> None:
    members = {name for name in dir(gokart.TaskOnKart) if not name.startswith(('__', '_Task__'))}
    assert members <= vocabulary.TASK_MEMBERS


def test_messages(tmp_path: Path) -> None:
    text = """
        import gokart
        import luigi


        class Train(gokart.TaskOnKart):
            c = luigi.FloatParameter(default=1.0)
            n = luigi.IntParameter(default=1)
            m = luigi.IntParameter(default=1)
            LIMIT = 3

            def run(self):
                a, b, c = self._none(1), self._one(2), self._three(3)
                self.dump(self._constant(a), self._mixed(b, c))

            def _none(self, x):
                return x + 1

            def _one(self, x):
                return x * self.c + self.c

            def _three(self, x):
                return x * self.c + self.n - self.m

            def _constant(self, x):
                return x + self.LIMIT

            def _mixed(self, x, y):
                return self._static(x) + self.c + self.LIMIT

            @staticmethod
            def _static(x):
                return x
        """
    assert [each.message for each in findings(tmp_path, text, 'GK202')] == [
        'Train._none never uses self: make it a static method, so that a test needs no task',
        'Train._one uses self for nothing but the parameter c: '
        'make it a static method that takes it as an argument, so that a test needs no task',
        'Train._three uses self for nothing but the parameters c, n and m: '
        'make it a static method that takes them as arguments, so that a test needs no task',
        'Train._constant uses self for nothing but the constant LIMIT: '
        'make it a static method or a class method, so that a test needs no task',
        'Train._mixed uses self for nothing but the parameter c, the constant LIMIT and the method _static: '
        'make it a static method that takes c as an argument, so that a test needs no task',
    ]
