"""GK305: parameters that are not significant and reach what is dumped."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_parameters_that_reach_the_dump(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import gokart
        import luigi
        from gokart import TaskOnKart as Base
        from elsewhere import train

        OFF = dict(significant=False)


        class Direct(Base):
            a = luigi.IntParameter(significant=False)
            b: luigi.IntParameter = luigi.IntParameter(default=1, significant=False)

            def run(self):
                self.dump((self.a, self.b + 1))  # expect GK305@20, GK305@28


        class Keyword(Base):
            a = luigi.IntParameter(significant=False)

            def run(this):
                this.dump(obj={'a': [this.a]})  # expect GK305@30


        class ThroughTarget(Base):
            a = luigi.IntParameter(significant=False)
            empty = luigi.BoolParameter(significant=False)

            def run(self):
                if self.empty:  # expect GK305@12
                    return self.dump(None)
                self.output()['a'].dump(self.a)  # expect GK305@33


        class ThroughNames(Base):
            a = luigi.IntParameter(significant=False)
            b = luigi.IntParameter(significant=False)
            c = luigi.IntParameter(significant=False)
            d = luigi.IntParameter(significant=False)

            def run(self):
                limit = self.a  # expect GK305@17
                rows, rest = self.load(), self.b  # expect GK305@35
                found = []
                for row in rows[:limit]:
                    found.append(row * self.c)  # expect GK305@32
                with self.lock(self.d) as lock:  # expect GK305@24
                    self.dump((found, lock))
                print(rest)
                self.dump(rest)


        class Chooses(Base):
            fast = luigi.BoolParameter(significant=False)
            mode = luigi.Parameter(significant=False)
            times = luigi.IntParameter(significant=False)
            skip = luigi.BoolParameter(significant=False)

            def run(self):
                data = self.load()
                if self.fast:  # expect GK305@12
                    data = data.head()
                match self.mode:  # expect GK305@15
                    case 'a':
                        data = data + 1
                for _ in range(self.times):  # expect GK305@24
                    data = data + 1
                if not self.skip:  # expect GK305@16
                    self.dump(data)


        class ThroughMethods(Base):
            a = luigi.IntParameter(significant=False)
            b = luigi.IntParameter(significant=False)
            c = luigi.IntParameter(significant=False)
            d = luigi.IntParameter(significant=False)
            e = luigi.IntParameter(significant=False)

            def run(self):
                self.dump(self._run(self.load(), self.a))  # expect GK305@42
                self._write(1)

            def _run(self, data, n):
                return train(data, n, self._more(), self.size)

            def _more(self):
                if self.b:  # expect GK305@12
                    return 1
                return self.c  # expect GK305@16

            @property
            def size(self):
                return self.d * 2  # expect GK305@16

            def _write(self, x):
                self.dump(x + self.e)  # expect GK305@23


        class ThroughSelf(Base):
            a = luigi.IntParameter(significant=False)

            def run(self):
                self.limit = self.a  # expect GK305@22
                self.dump(self._run())

            def _run(self):
                return self.limit


        class Parent(Base):
            a = luigi.IntParameter(significant=False)

            def run(self):
                self.dump(self._run(self.a))  # expect GK305@29

            def _run(self, n):
                raise NotImplementedError


        class Child(Parent):
            b = luigi.IntParameter(significant=False)

            def _run(self, n):
                return n + self.b  # expect GK305@20
        """,
        'GK305',
    )
    assert found[0].message == (
        "'a' of Direct is not significant, but reaches what it dumps: all values share one result; leave significant=False out"
    )


def test_parameters_that_do_not(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import logging

        import gokart
        import luigi
        from elsewhere import OPTIONS

        logger = logging.getLogger(__name__)


        class OtherName(Base):
            a = luigi.IntParameter(significant=False)

            def run(self):
                rows, limit = self.load(), self.a
                print(limit)
                self.input().dump(limit)
                self.dump(rows)


        class Significant(gokart.TaskOnKart):
            a = luigi.IntParameter()
            b = luigi.IntParameter(significant=True)
            c = luigi.IntParameter(**OPTIONS)
            d = luigi.IntParameter(significant=OPTIONS)

            def run(self):
                self.dump((self.a, self.b, self.c, self.d))


        class Logged(gokart.TaskOnKart):
            verbose = luigi.BoolParameter(significant=False)
            name = luigi.Parameter(significant=False)
            unused = luigi.Parameter(significant=False)
            level = luigi.IntParameter(significant=False)

            def run(self):
                logger.info('%s', self.name)
                data = self.load()
                if self.verbose:
                    logger.info('%s', data)
                    shown = data.head()
                    print(shown)
                text = f'{self.level}'
                self.log(text)
                self.dump(data)

            def log(self, text):
                print(self.verbose, text)


        class Dependencies(gokart.TaskOnKart):
            dep = gokart.TaskInstanceParameter(significant=False)
            path = luigi.Parameter(significant=False)

            def requires(self):
                return {'x': self.dep, 'y': Logged(name=self.path)}

            def output(self):
                return self.make_target(self.path)

            def run(self):
                self.dump(self.load(self.dep))


        class Sends(gokart.TaskOnKart):
            address = luigi.Parameter(significant=False)

            def run(self):
                result = self.load()
                self.send(result)
                self.dump(result)

            def send(self, result):
                return self.address, result


        class GokartsOwn(gokart.TaskOnKart):
            def run(self):
                self.dump((self.rerun, self.workspace_directory))


        class NotReached(gokart.TaskOnKart):
            a = luigi.IntParameter(significant=False)

            def run(self):
                self.dump(1)

            def other(self):
                self.dump(self.a)


        class Redeclares(NotReached):
            a = luigi.IntParameter()

            def run(self):
                self.dump(self.a)


        class Plain(luigi.Task):
            a = luigi.IntParameter(significant=False)

            def run(self):
                self.dump(self.a)


        class NoRun(gokart.TaskOnKart):
            a = luigi.IntParameter(significant=False)
        """,
        'GK305',
    )


def test_a_base_in_another_module(tmp_path: Path) -> None:
    """The use stands in the base, the parameter in the class below."""
    found = findings(
        tmp_path,
        {
            'base.py': """
                import gokart


                class Base(gokart.TaskOnKart):
                    def run(self):
                        self.dump(self.limit)
                """,
            'tasks.py': """
                import luigi
                from base import Base


                class Task(Base):
                    limit = luigi.IntParameter(significant=False)
                """,
        },
        'GK305',
    )
    assert [(Path(each.path).name, each.at.line, each.message.partition(' is ')[0]) for each in found] == [
        ('base.py', 6, "'limit' of Task"),
    ]


def test_it_is_off_unless_selected(tmp_path: Path) -> None:
    text = """
        import gokart
        import luigi


        class Task(gokart.TaskOnKart):
            a = luigi.IntParameter(significant=False)

            def run(self):
                self.dump(self.a)
        """
    assert [each.code for each in findings(tmp_path, text)] == []
    assert [each.code for each in findings(tmp_path, text, 'ALL') if each.code == 'GK305'] == ['GK305']
