"""GK309: paths that hold what matters, and targets that nobody shares."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_left_alone(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import os
        from pathlib import Path

        import gokart
        import luigi
        from gokart import TaskOnKart as Base
        from somewhere import Mixin, Own, clean, options, path_of

        TEMPLATE = '{a}_{b}.pkl'


        class Runs(Base):
            n = luigi.IntParameter()

            def run(self):
                self.dump(self.n)


        class NoRun(Base):
            n = luigi.IntParameter()

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)


        class RaisingRun(NoRun):
            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)

            def run(self):
                raise FileNotFoundError


        class PassingRun(NoRun):
            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)

            def run(self):
                pass


        class Unique(Runs):
            def output(self):
                return self.make_target('x.pkl')


        class UniqueSaid(Runs):
            def output(self):
                return self.make_target('x.pkl', use_unique_id=True)


        class UniqueUnknown(Runs):
            unique = luigi.BoolParameter(significant=False)

            def output(self):
                return self.make_target('x.pkl', use_unique_id=self.unique)


        class NoParameters(Base):
            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)

            def run(self):
                self.dump(1)


        class Insignificant(Base):
            n = luigi.IntParameter(significant=False)
            m = luigi.IntParameter(**options)
            o = Own()

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)

            def run(self):
                self.dump(1)


        class GokartsOwn(Base):
            rerun = luigi.BoolParameter(default=False)
            workspace_directory = luigi.Parameter(default='x')

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)

            def run(self):
                self.dump(1)


        class BuildsItsTasks(Base):
            def requires(self):
                return Runs(n=1)

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)

            def run(self):
                self.dump(1)


        class FString(Runs):
            def output(self):
                return self.make_target(f'{self.n:03d}.pkl', use_unique_id=False)


        class Percent(Runs):
            def output(self):
                return self.make_target('%d.pkl' % self.n, use_unique_id=False)


        class Format(Base):
            a = luigi.Parameter()
            b = luigi.Parameter()

            def output(self):
                return self.make_target(TEMPLATE.format(a=self.a, b=self.b), use_unique_id=False)

            def run(self):
                self.dump(1)


        class Plus(Runs):
            def output(self):
                return self.make_target('x_' + str(self.n) + '.pkl', use_unique_id=False)


        class Joined(Runs):
            def output(self):
                return self.make_target(os.path.join('x', str(self.n), 'x.pkl'), use_unique_id=False)


        class PathLib(Runs):
            def output(self):
                return self.make_target(str(Path('x') / f'{self.n}'), use_unique_id=False)


        class ByList(Runs):
            def output(self):
                return self.make_target('_'.join(str(x) for x in [self.n, 1]), use_unique_id=False)


        class LocalName(Runs):
            def output(self):
                name = self.n
                path = f'{name}.pkl'
                return self.make_target(path, use_unique_id=False)


        class Augmented(Runs):
            def output(self):
                path = 'x'
                path += f'{self.n}.pkl'
                return self.make_target(path, use_unique_id=False)


        class OnlyLookedAt(Runs):
            def output(self):
                old = self.make_target('old.pkl', use_unique_id=False)
                if old.exists():
                    old.remove()
                return self.make_target('x.pkl')


        class Appended(Runs):
            def output(self):
                parts = ['x']
                parts.append(self.n)
                return self.make_target('/'.join(parts), use_unique_id=False)


        class Unpacked(Runs):
            def output(self):
                name, _ = clean(self.n), 1
                return self.make_target(name, use_unique_id=False)


        class FunctionOfValue(Runs):
            def output(self):
                return self.make_target(clean(self.n), use_unique_id=False)


        class ByProperty(Runs):
            @property
            def path(self):
                return f'{self.n}.pkl'

            def output(self):
                return self.make_target(self.path, use_unique_id=False)


        class ByMethod(Runs):
            def output(self):
                return self.make_target(self._path('x'), use_unique_id=False)

            def _path(self, name):
                return f'{name}_{self._suffix()}.pkl'

            def _suffix(this):
                return this.n


        class ByStaticMethod(Runs):
            def output(self):
                return self.make_target(self._path('x', n=self.n), use_unique_id=False)

            @staticmethod
            def _path(name, n):
                return f'{name}_{n}.pkl'


        class ByTargetHelper(Runs):
            def output(self):
                return self._target(f'{self.n}.pkl')

            def _target(self, path):
                return self.make_target(path, use_unique_id=False)


        class BySuper(ByMethod):
            def _path(self, name):
                return super()._path(name) + 'x'


        class ByAttribute(Runs):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.path = f'{self.n}.pkl'

            def output(self):
                return self.make_target(self.path, use_unique_id=False)


        class ByClosure(Runs):
            def output(self):
                def name():
                    return f'{self.n}.pkl'

                return self.make_target(name(), use_unique_id=False)


        class ByLambda(Runs):
            def output(self):
                name = lambda: self.n  # noqa: E731
                return self.make_target(name(), use_unique_id=False)


        class ByWalrus(Runs):
            def output(self):
                return self.make_target(f'{(n := self.n)}.pkl', use_unique_id=False)


        class ByBranch(Base):
            flag = luigi.BoolParameter()

            def output(self):
                if self.flag:
                    return self.make_target('a.pkl', use_unique_id=False)
                return self.make_target('b.pkl', use_unique_id=False)

            def run(self):
                self.dump(1)


        class BySides(Base):
            flag = luigi.BoolParameter()

            def output(self):
                return self.make_target('a.pkl' if self.flag else 'b.pkl', use_unique_id=False)

            def run(self):
                self.dump(1)


        class ByMatch(Base):
            kind = luigi.Parameter()

            def output(self):
                match self.kind:
                    case 'a':
                        path = 'a.pkl'
                    case other:
                        path = f'{other}.pkl'
                return self.make_target(path, use_unique_id=False)

            def run(self):
                self.dump(1)


        class PartOfDependency(Base):
            dep = gokart.TaskInstanceParameter()

            def output(self):
                return self.make_target(f'{self.dep.n}_{self.dep.make_unique_id()}.pkl', use_unique_id=False)

            def run(self):
                self.dump(1)


        class UniqueId(Runs):
            def output(self):
                return self.make_target(f'x_{self.make_unique_id()}.pkl', use_unique_id=False)


        class TaskId(Runs):
            def output(self):
                return self.make_target(self.task_id, use_unique_id=False)


        class StrParams(Runs):
            def output(self):
                return self.make_target('_'.join(self.to_str_params().values()), use_unique_id=False)


        class ParamKwargs(Runs):
            def output(self):
                return self.make_target(str(self.param_kwargs), use_unique_id=False)


        class Repr(Runs):
            def output(self):
                return self.make_target(f'{self}.pkl', use_unique_id=False)


        class Getattr(Runs):
            def output(self):
                return self.make_target(getattr(self, 'n'), use_unique_id=False)


        class SelfPassed(Runs):
            def output(self):
                return self.make_target(path_of(self), use_unique_id=False)


        class SelfAlias(Runs):
            def output(self):
                task = self
                return self.make_target(path_of(task), use_unique_id=False)


        class Locals(Runs):
            def output(self):
                return self.make_target('{self.n}.pkl'.format(**locals()), use_unique_id=False)


        class Vars(Runs):
            def output(self):
                return self.make_target('%(n)s.pkl' % vars(self), use_unique_id=False)


        class Dict(Runs):
            def output(self):
                return self.make_target('{n}.pkl'.format(**self.__dict__), use_unique_id=False)


        class FromInput(Runs):
            def output(self):
                return self.make_target(self.input().path() + '.new', use_unique_id=False)


        class FromLoad(Runs):
            def output(self):
                return self.make_target(self.load('name'), use_unique_id=False)


        class Options(Runs):
            def output(self):
                return self.make_target(use_unique_id=False, **path_of(self.n))


        class StarArguments(Runs):
            def output(self):
                return self.make_target(*path_of(self.n), use_unique_id=False)


        class UnknownMethod(Runs):
            def output(self):
                return self.make_target(self.somehow(), use_unique_id=False)


        class DecoratedPath(Runs):
            @clean
            def path(self):
                return 'x.pkl'

            def output(self):
                return self.make_target(self.path(), use_unique_id=False)


        class PropertyCall(Runs):
            path = property(lambda self: f'{self.n}.pkl')

            def output(self):
                return self.make_target(self.path, use_unique_id=False)


        class BorrowedFunction(Runs):
            path = path_of

            def output(self):
                return self.make_target(self.path(), use_unique_id=False)


        class OwnMaker(Runs):
            def make_target(self, path, use_unique_id=True):
                return super().make_target(f'{self.n}/{path}', use_unique_id=use_unique_id)

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)


        class OwnFolder(Runs):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.workspace_directory = f'./{self.n}'

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)


        class Abstract(Base):
            n = luigi.IntParameter()

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)

            def run(self):
                self.dump(self.work())

            def work(self):
                raise NotImplementedError


        class UnknownBase(Mixin, Runs):
            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)


        @clean
        class UnknownDecorator(Runs):
            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)


        class SideFile(Runs):
            def run(self):
                self.make_target('log.txt', use_unique_id=False).dump('x')
                self.dump(self.n)


        class NoTask:
            n = luigi.IntParameter()

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)

            def run(self):
                self.dump(1)


        class OnlyLuigi(luigi.Task):
            n = luigi.IntParameter()

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)

            def run(self):
                pass


        class NoLongerParameter(Runs):
            n = 3

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)


        class OtherFunction(Runs):
            def output(self):
                return gokart.target.make_target('x.pkl', use_unique_id=False)
        """,
        'GK309',
    )
