"""GK309: `use_unique_id=False` with a path that does not hold a parameter."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_shared_files(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import os
        from os.path import join

        import gokart
        import luigi
        from gokart import TaskOnKart as Base
        from luigi.util import inherits
        from somewhere import clean, model

        FOLDER = 'out'
        UNIQUE = False


        class Plain(gokart.TaskOnKart):
            n = luigi.IntParameter()

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)  # expect GK309@42

            def run(self):
                self.dump(self.n)


        class DefaultPath(Base):
            n: int = luigi.IntParameter(default=1)

            def output(self):
                return self.make_target(use_unique_id=False)  # expect GK309@33

            def run(self):
                self.dump(self.n)


        class Positional(Base):
            n = luigi.IntParameter()

            def output(self):
                return self.make_target('x.pkl', False)  # expect GK309@42

            def run(self):
                self.dump(self.n)


        class LargeFrame(Base):
            n = luigi.IntParameter()

            def output(self):
                return self.make_large_data_frame_target(  # many lines
                    'x.zip',
                    use_unique_id=False,  # expect GK309@13
                )

            def run(self):
                self.dump(self.n)


        class Model(Base):
            n = luigi.IntParameter()

            def output(self):
                return self.make_model_target('x.zip', model.save, model.load, False)  # expect GK309@72

            def run(self):
                self.dump(self.n)


        class ModelKeyword(Base):
            n = luigi.IntParameter()

            def output(self):
                return self.make_model_target(
                    relative_file_path='x.zip', save_function=model.save, load_function=model.load, use_unique_id=UNIQUE  # expect GK309@93
                )

            def run(self):
                self.dump(self.n)


        class TaskParameter(Base):
            dep = gokart.TaskInstanceParameter()

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)  # expect GK309@42

            def run(self):
                self.dump(self.load())


        class TaskList(Base):
            deps = gokart.ListTaskInstanceParameter()
            shown = luigi.BoolParameter(significant=False)

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)  # expect GK309@42

            def run(self):
                self.dump(self.load())


        class OneOfThree(Base):
            a = luigi.Parameter()
            b = luigi.Parameter(default='b', significant=True)
            version = luigi.IntParameter(default=1)

            def output(self):
                return self.make_target(f'{self.a}.pkl', use_unique_id=False)  # expect GK309@50

            def run(self):
                self.dump(self.b)


        class Many(Base):
            a, b, c = luigi.Parameter(), luigi.Parameter(), luigi.Parameter()
            d = luigi.Parameter()
            e = luigi.Parameter()

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)  # expect GK309@42

            def run(self):
                self.dump(1)


        class PrivateVersion(Base):
            __version = luigi.IntParameter(default=1)

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)  # expect GK309@42

            def run(self):
                self.dump(1)


        class ByLocals(Base):
            n = luigi.IntParameter()
            name = 'x'

            def output(self):
                folder = join(FOLDER, 'deep', self.workspace_directory)
                path = os.path.join(folder, '%s.%s' % (self.name, 'pkl'), type(self).__name__, self.__class__.__name__, self.task_family)
                return self.make_target(path, use_unique_id=False)  # expect GK309@39

            def run(self):
                self.dump(self.n)


        class ByHelpers(Base):
            n = luigi.IntParameter()
            m = luigi.IntParameter()
            EXTENSION = 'pkl'

            def output(self):
                return self._target('x', self.m)

            def _target(this, name, m, last='y'):
                return this.make_target(this._path(name, m, last), use_unique_id=False)  # expect GK309@60

            def _path(self, name, m, last):
                return clean(f'{name}_{m}_{last}.{self._extension}')

            @property
            def _extension(self):
                return self.EXTENSION

            def run(self):
                self.dump(self.n)


        class StaticPath(Base):
            n = luigi.IntParameter()

            def output(self):
                return self.make_target(self._path('x'), use_unique_id=False)  # expect GK309@50

            @staticmethod
            def _path(name):
                return name + '.pkl'

            def run(self):
                self.dump(self.n)


        class ManyTargets(Base):
            n = luigi.IntParameter()

            def output(self):
                return {
                    'a': self.make_target('a.pkl', use_unique_id=False),  # expect GK309@44
                    'b': self.make_target(f'b{self.n}.pkl', use_unique_id=False),
                    'c': self.make_target('c.pkl'),
                    **{k: self.make_target(f'{k}.pkl', use_unique_id=False) for k in 'de'},  # expect GK309@48
                }

            def run(self):
                self.dump(self.n, 'a')


        class InProperty(Base):
            n = luigi.IntParameter()

            @property
            def target(self):
                return self.make_target('x.pkl', use_unique_id=False)  # expect GK309@42

            def output(self):
                return self.target

            def run(self):
                self.dump(self.n)


        class LocalMaker(Base):
            n = luigi.IntParameter()

            def output(self):
                make = self.make_target
                return make('x.pkl', use_unique_id=False)  # expect GK309@30

            def run(self):
                self.dump(self.n)


        class SuperMaker(Base):
            n = luigi.IntParameter()

            def output(self):
                return super().make_target('x.pkl', use_unique_id=False)  # expect GK309@45

            def run(self):
                self.dump(self.n)


        @inherits(Plain)
        class Copied(Base):
            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)  # expect GK309@42

            def run(self):
                self.dump(self.n)


        class 学習(Base):
            日付 = luigi.DateParameter()

            def output(self):
                return self.make_target('結果.pkl', use_unique_id=False)  # expect GK309@43

            def run(self):
                self.dump(self.日付)


        class AssignedPath(Base):
            n = luigi.IntParameter()

            def requires(self):
                self.path = 'x.pkl'
                return []

            def output(self):
                return self.make_target(self.path, use_unique_id=False)  # expect GK309@44

            def run(self):
                self.dump(self.n)


        class ThroughNames(Base):
            n = luigi.IntParameter()

            def output(self):
                found, made = [], {}
                first = self.make_target('a.pkl', use_unique_id=False)  # expect GK309@43
                second = self.make_target('b.pkl', use_unique_id=False)  # expect GK309@44
                third = self.make_target('c.pkl', use_unique_id=False)  # expect GK309@43
                found.append(first)
                made['b'] = again = second
                self._add(third, made)
                return [*found, *made.values()]

            def _add(self, target, made):
                made['c'] = target

            def run(self):
                self.dump(self.n)
        """,
        'GK309',
    )
    texts = [each.message for each in found]
    assert texts[0] == "Plain writes every value of 'n' to one file: put it into the path, or drop use_unique_id=False"
    assert "OneOfThree writes every value of 'b' and 'version' to one file: put them into the path, or drop use_unique_id=False" in texts
    assert (
        "Many writes every value of 'a', 'b', 'c' and 2 more parameters to one file: put them into the path, or drop use_unique_id=False"
        in texts
    )
    assert "ByHelpers writes every value of 'n' to one file: put it into the path, or drop use_unique_id=False" in texts
    assert all(each.fix is None for each in found)


def test_inherited(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        {
            'flow/__init__.py': 'from .base import Root as Root\n',
            'flow/base.py': """
                import gokart
                import luigi


                class Root(gokart.TaskOnKart):
                    def output(self):
                        return self.make_target(self.path(), use_unique_id=False)  # expect GK309@46

                    def path(self):
                        return 'root.pkl'


                class Completed(gokart.TaskOnKart):
                    n = luigi.IntParameter()

                    def output(self):
                        return self.make_target(self.path(), use_unique_id=False)

                    def path(self):
                        return 'base.pkl'

                    def run(self):
                        self.dump(self.n)


                class Runs(gokart.TaskOnKart):
                    a = luigi.Parameter()
                    b = luigi.Parameter()

                    def run(self):
                        self.dump(1)


                class OwnFolder(gokart.TaskOnKart):
                    n = luigi.IntParameter()

                    @property
                    def workspace_directory(self):
                        return f'./{self.n}'
                """,
            'flow/tasks.py': """
                import luigi

                from flow import Root
                from flow.base import Completed, OwnFolder, Runs


                class Middle(Root):
                    pass


                class Fine(Middle):
                    n = luigi.IntParameter()

                    def path(self):
                        return f'{self.n}.pkl'

                    def run(self):
                        self.dump(self.n)


                class Shared(Middle):
                    n = luigi.IntParameter()

                    def run(self):
                        self.dump(self.n)


                class External(Middle):
                    n = luigi.IntParameter()


                class Complete(Completed):
                    def path(self):
                        return f'{self.n}.pkl'


                class Own(Runs):
                    a = 'fixed'

                    def output(self):
                        return self.make_target('own.pkl', use_unique_id=False)  # expect GK309@44


                class Deep(Own):
                    b = 'fixed'


                class Folder(OwnFolder):
                    def output(self):
                        return self.make_target('x.pkl', use_unique_id=False)

                    def run(self):
                        self.dump(1)
                """,
        },
        'GK309',
    )
    assert [each.message.partition(':')[0] for each in found] == [
        "Shared writes every value of 'n' to one file",
        "Own writes every value of 'b' to one file",
    ]


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


def test_fix_by_hand(tmp_path: Path) -> None:
    bad = """
        import gokart
        import luigi


        class Train(gokart.TaskOnKart):
            n = luigi.IntParameter()

            def output(self):
                return self.make_target('x.pkl', use_unique_id=False)

            def run(self):
                self.dump(self.n)
        """
    assert len(findings(tmp_path, bad, 'GK309')) == 1
    assert findings(tmp_path, bad.replace("'x.pkl'", "f'{self.n}.pkl'"), 'GK309') == []
    assert findings(tmp_path, bad.replace(', use_unique_id=False', ''), 'GK309') == []
