"""GK207: a task with a `run()` whose output is its input."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_output_is_input(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import copy
        import logging

        import gokart
        import luigi
        from gokart import TaskOnKart as Base
        from gokart.utils import flatten as flat
        from luigi.util import requires as needs


        class Load(Base):
            def run(self):
                self.dump(1)


        class Whole(gokart.TaskOnKart):
            def output(self):  # expect GK207@9
                return self.input()

            def run(self):
                self.dump(self.load())


        class Item(Base):
            def requires(self):
                return {'a': Load(), 'b': Load()}

            def output(self):  # expect GK207@9
                return self.input()['a']

            def run(self):
                data = self.load('a')
                self.dump(data)


        class Index(Base):
            def output(self):  # expect GK207@9
                return self.input()[0][-1]

            def run(self):
                logging.info('start')
                self.dump(1)


        class Get(Base):
            def output(self):  # expect GK207@9
                return self.input().get('a')

            def run(self):
                self.dump(1)


        class Values(Base):
            def output(self):  # expect GK207@9
                return list(self.input().values())

            def run(self):
                self.dump(1)


        class Next(Base):
            def output(self):  # expect GK207@9
                return next(iter(self.input().values()))

            def run(self):
                self.dump(1)


        class Flat(Base):
            def output(self):  # expect GK207@9
                return flat(self.input())

            def run(self):
                self.dump(1)


        class Local(Base):
            def output(self):  # expect GK207@9
                targets = self.input()
                first = targets['a']
                return first

            def run(self):
                self.dump(1)


        class Unpacked(Base):
            def output(self):  # expect GK207@9
                first, *others = self.input()
                second, third = self.input()['a'], self.input()['b']
                fourth, _ = self.requires()
                return [first, *others, second, third, fourth.output()]

            def run(self):
                self.dump(1)


        class Both(Base):
            flag = luigi.BoolParameter()

            def output(self):  # expect GK207@9
                return self.input()['a'] if self.flag else self.input()['b']

            def run(self):
                self.dump(1)


        class Branches(Base):
            flag = luigi.BoolParameter()

            def output(self):  # expect GK207@9
                if self.flag:
                    target = self.input()['a']
                else:
                    target = self.input()['b']
                return target

            def run(self):
                self.dump(1)


        class ManyReturns(Base):
            flag = luigi.BoolParameter()

            def output(self):  # expect GK207@9
                if self.flag:
                    return self.input()['a']
                if (targets := self.input()):
                    return targets['b']
                raise ValueError(self.flag)

            def run(self):
                self.dump(1)


        class DictOfParts(Base):
            def output(self):  # expect GK207@9
                return {'x': self.input()['a'], 'y': self.input()['b']}

            def run(self):
                self.dump(1, 'x')


        class DictCall(Base):
            def output(self):  # expect GK207@9
                return dict(x=self.input()['a'], **self.input()['b'])

            def run(self):
                self.dump(1, 'x')


        class Comprehended(Base):
            def output(self):  # expect GK207@9
                return {f'{k}_new': v for k, v in self.input().items()}

            def run(self):
                self.dump(1, 'x_new')


        class Filled(Base):
            def output(self):  # expect GK207@9
                targets = []
                targets.append(self.input()['a'])
                return targets

            def run(self):
                self.dump(1)


        class OfParameter(Base):
            dep = gokart.TaskInstanceParameter()

            def output(self):  # expect GK207@9
                return self.dep.output()

            def run(self):
                self.dump(1)


        class OfParameters(Base):
            deps = gokart.ListTaskInstanceParameter()

            def output(self):  # expect GK207@9
                return [dep.output() for dep in self.deps]

            def run(self):
                self.dump(1)


        class OfRequires(Base):
            def output(self):  # expect GK207@9
                return self.requires()['a'].output()

            def run(self):
                self.dump(1)


        class ByHelper(Base):
            def output(self):  # expect GK207@9
                return self._target()

            def _target(self):
                return self._inputs['a']

            @property
            def _inputs(this):
                return copy.copy(this.input())

            def run(self):
                self.dump(1)


        class ByAttribute(Base):
            def output(self):  # expect GK207@9
                self.target = self.input()
                return self.target

            def run(self):
                self.dump(1)


        @needs(Load)
        class OtherSelf(Base):
            def output(this):  # expect GK207@9
                return this.input()

            def run(this):
                this._run()

            @staticmethod
            def _run():
                return 1


        class 別名(Base):
            def output(self):  # expect GK207@9
                対象 = self.input()
                return 対象

            def run(self):
                self.dump(1)


        class YieldsInRun(Base):
            def output(self):  # expect GK207@9
                return self.input()

            def run(self):
                yield Load()


        class RaisesSometimes(Base):
            def output(self):  # expect GK207@9
                return self.input()

            def run(self):
                if not self.load():
                    raise ValueError


        class PlainObjectBehind(Base, object):
            def output(self):  # expect GK207@9
                return self.input()

            def run(self):
                self.dump(1)
        """,
        'GK207',
    )


def test_inherited(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        {
            'base.py': """
                import gokart


                class Alias(gokart.TaskOnKart):
                    def output(self):  # expect GK207@9
                        return self.input()


                class Runs(gokart.TaskOnKart):
                    def run(self):
                        self.dump(self._run(self.load()))

                    def _run(self, data):
                        return data


                class Template(gokart.TaskOnKart):
                    def output(self):
                        return self.input()

                    def run(self):
                        raise NotImplementedError


                class PureAlias(gokart.TaskOnKart):
                    def output(self):
                        return self.input()['a']


                class OutputMixin:
                    def output(self):  # expect GK207@9
                        return self.input()
                """,
            'tasks.py': """
                import base
                from base import Alias, OutputMixin, Runs


                class Middle(Alias):
                    pass


                class Train(Middle):
                    def run(self):
                        self.dump(1)


                class Other(Middle):
                    def run(self):
                        self.dump(2)


                class Own(Runs):
                    def output(self):  # expect GK207@9
                        return self.input()


                class Super(Alias):
                    def output(self):  # expect GK207@9
                        return super().output()['a']

                    def run(self):
                        self.dump(1)


                class Mixed(OutputMixin, Runs):
                    pass


                class A(base.Template):
                    pass


                class B(base.PureAlias):
                    pass


                class C(Alias):
                    def output(self):
                        return self.make_target('c.pkl')

                    def run(self):
                        self.dump(1)
                """,
        },
        'GK207',
    )
    end = 'is complete as soon as its dependency is, so its run() is skipped; return self.make_target(...), or remove run()'
    assert [each.message for each in found] == [
        f'Alias.output, which Train inherits, is the input: Train {end}',
        f'OutputMixin.output, which Mixed inherits, is the input: Mixed {end}',
        f'Own.output is the input: Own {end}',
        f'Super.output is the input: Super {end}',
    ]
    assert all(each.fix is None for each in found)


def test_fix_by_hand(tmp_path: Path) -> None:
    bad = """
        import gokart


        class Train(gokart.TaskOnKart):
            def output(self):
                return self.input()

            def run(self):
                self.dump(self.load())
        """
    assert len(findings(tmp_path, bad, 'GK207')) == 1
    assert findings(tmp_path, bad.replace('self.input()', "self.make_target('train.pkl')"), 'GK207') == []
