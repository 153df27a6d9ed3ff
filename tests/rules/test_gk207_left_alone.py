"""GK207: outputs that are no inputs, and alias tasks."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_left_alone(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import logging

        import gokart
        import luigi
        from gokart import TaskOnKart as Base
        from somewhere import Mixin, decorate, make_base, pick

        logger = logging.getLogger(__name__)


        class UnpackedWithItsOwn(Base):
            def output(self):
                theirs, own = self.input(), self.make_target('x.pkl')
                return own

            def run(self):
                self.dump(1)


        class UnpackedAndAssigned(Base):
            def output(self):
                first, second = self.input()
                first = self.make_target('x.pkl')
                return first

            def run(self):
                self.dump(1)


        class UnpackedByOthers(Base):
            def output(self):
                first, second = split(self.input())
                return first

            def run(self):
                self.dump(1)


        class NoRun(Base):
            def output(self):
                return self.input()


        class NoRunPart(Base):
            def output(self):
                return self.input()['a']


        class EmptyRun(Base):
            def output(self):
                return self.input()

            def run(self):
                pass


        class DocstringRun(Base):
            def output(self):
                return self.input()

            def run(self):
                '''Nothing to do.'''


        class LoggingRun(Base):
            def output(self):
                return self.input()

            def run(self):
                logger.info('skipped')
                print('skipped')
                return None


        class RaisingRun(Base):
            def output(self):
                return self.input()

            def run(self):
                logger.error('never')
                raise RuntimeError('never')


        class Own(Base):
            def output(self):
                return self.make_target('x.pkl')

            def run(self):
                self.dump(self.input()['a'].load())


        class Default(Base):
            def run(self):
                self.dump(1)


        class Beside(Base):
            def output(self):
                return {'in': self.input(), 'own': self.make_target('x.pkl')}

            def run(self):
                self.dump(1, 'own')


        class BesideLater(Base):
            def output(self):
                targets = dict(self.input())
                targets['own'] = self.make_target('x.pkl')
                return targets

            def run(self):
                self.dump(1, 'own')


        class BesideUpdate(Base):
            def output(self):
                targets = self.input().copy()
                targets.update(own=self.make_target('x.pkl'))
                return targets

            def run(self):
                self.dump(1, 'own')


        class BesideStar(Base):
            def output(self):
                return [*self.input(), self.make_target('x.pkl')]

            def run(self):
                self.dump(1)


        class BesidePlus(Base):
            def output(self):
                return self.input() + [self.make_target('x.pkl')]

            def run(self):
                self.dump(1)


        class SomePaths(Base):
            flag = luigi.BoolParameter()

            def output(self):
                if self.flag:
                    return self.input()
                return self.make_target('x.pkl')

            def run(self):
                self.dump(1)


        class SomeSides(Base):
            flag = luigi.BoolParameter()

            def output(self):
                return self.input() if self.flag else self.make_target('x.pkl')

            def run(self):
                self.dump(1)


        class Or(Base):
            def output(self):
                return self.input() or self.make_target('x.pkl')

            def run(self):
                self.dump(1)


        class GetOr(Base):
            def output(self):
                return self.input().get('a', self.make_target('x.pkl'))

            def run(self):
                self.dump(1)


        class FromPath(Base):
            def output(self):
                return self.make_target(self.input().path() + '.new')

            def run(self):
                self.dump(1)


        class NewTargets(Base):
            def output(self):
                return {key: self.make_target(key) for key in self.input()}

            def run(self):
                self.dump(1, 'a')


        class Picked(Base):
            def output(self):
                return pick(self.input())

            def run(self):
                self.dump(1)


        class PathOnly(Base):
            def output(self):
                return luigi.LocalTarget(self.input().path())

            def run(self):
                self.dump(1)


        class Changed(Base):
            def output(self):
                target = self.input()
                target += [self.make_target('x')]
                return target

            def run(self):
                self.dump(1)


        class OwnComplete(Base):
            def output(self):
                return self.input()

            def complete(self):
                return False

            def run(self):
                self.dump(1)


        class OwnInput(Base):
            def input(self):
                return self.make_target('x.pkl')

            def output(self):
                return self.input()

            def run(self):
                self.dump(1)


        class Abstract(Base):
            def output(self):
                return self.input()

            def run(self):
                self.dump(self.work())

            def work(self):
                raise NotImplementedError


        class UnknownBase(Mixin, Base):
            def output(self):
                return self.input()

            def run(self):
                self.dump(1)


        class UnknownFactory(make_base()):
            def output(self):
                return self.input()

            def run(self):
                self.dump(1)


        class Decorated(Base):
            @decorate
            def output(self):
                return self.input()

            def run(self):
                self.dump(1)


        class Generated(Base):
            def output(self):
                yield self.input()

            def run(self):
                self.dump(1)


        class Plain(luigi.Task):
            def output(self):
                return self.input()

            def run(self):
                self.dump(1)


        class NoTask:
            def output(self):
                return self.input()

            def run(self):
                self.dump(1)


        class OtherTask(Base):
            def output(self):
                return NoRun().output()

            def run(self):
                self.dump(1)


        class OfPlainParameter(Base):
            thing = luigi.Parameter()

            def output(self):
                return self.thing.output()

            def run(self):
                self.dump(1)


        class LoopVariable(Base):
            def output(self):
                for target in self.input():
                    if target.exists():
                        return target
                return None

            def run(self):
                self.dump(1)


        class Recursive(Base):
            def output(self):
                return self.output()

            def run(self):
                self.dump(1)


        class OnlyRaises(Base):
            def output(self):
                raise NotImplementedError

            def run(self):
                self.dump(1)


        class Nested(Base):
            def output(self):
                def inner():
                    return self.input()

                return pick(inner)

            def run(self):
                self.dump(1)


        def output(self):
            return self.input()
        """,
        'GK207',
    )
