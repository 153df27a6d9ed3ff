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
