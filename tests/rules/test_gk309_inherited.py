"""GK309: paths, parameters and runs that come from bases."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


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
