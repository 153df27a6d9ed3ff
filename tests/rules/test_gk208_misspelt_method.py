from __future__ import annotations

from pathlib import Path

from gokart_lint.fixing import apply
from tests.rules.harness import assert_marked, findings


def test_misspelt(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import gokart
        import json
        from abc import abstractmethod
        from gokart import TaskOnKart as Base
        import numpy as np


        class Train(gokart.TaskOnKart[int]):
            def require(self):  # expect GK208@9
                return []

            def outputs(self):  # expect GK208@9
                return self.make_target('x.pkl')

            def rum(self):  # expect GK208@9
                self.dump(json.dumps({}))

            def inputs(self):  # expect GK208@9
                return {}

            def complet(self) -> bool:  # expect GK208@9
                return True

            def dumps(self, value):  # expect GK208@9
                pass

            def laod(self, name=None):  # expect GK208@9
                pass

            def on_sucess(self):  # expect GK208@9
                pass

            def on_failures(self, error):  # expect GK208@9
                pass


        class More(Base):
            def reuqires(self):  # expect GK208@9
                return np.require(1)

            def runs(self, **options):  # expect GK208@9
                self.dump(Other().runs())

            def ouput(this):  # expect GK208@9
                return None

            def completed(self):  # expect GK208@9
                return True

            @classmethod
            def bulk_completes(cls, tuples):  # expect GK208@9
                return tuples


        class Other:
            def runs(self):
                return 1


        class Below(More):
            def required(self):  # expect GK208@9
                return []

            async def loads(self):  # expect GK208@15
                return 1

            @abstractmethod
            def input_(self):  # expect GK208@9
                pass


        class Twice(Base):
            if np:
                def output1(self):
                    return 1
            else:
                def output1(self):  # expect GK208@13
                    return 2
        """,
        'GK208',
    )
    assert found[0].message == (
        'Train.require is never called: gokart calls requires() to learn what a task needs, '
        'so rename it to requires, or give it a name that is less like it'
    )
    assert [each.fix is None for each in found].count(True) == 1
    assert found[-1].fix is None
    assert all(each.fix is None or not each.fix.safe for each in found)


def test_right_code(tmp_path: Path) -> None:
    assert (
        findings(
            tmp_path,
            """
            import gokart
            import luigi
            from elsewhere import Unknown, decorate, register
            from functools import cached_property


            class Right(gokart.TaskOnKart[int]):
                def requires(self):
                    return []

                def run(self):
                    self.dump(self.runs())

                def runs(self):
                    return 1

                def output(self):
                    return None

                def outputs(self):
                    return None

                def load_data_frame(self):
                    return None

                def restore(self):
                    return None


            class Called(gokart.TaskOnKart[int]):
                def require(self):
                    return 1

                def dumps(self):
                    return 1

                def loads(self):
                    return 1

                def inputs(self):
                    return 1

                def completed(self):
                    return 1

                def outputs(self):
                    return map(self.inputs, [])

                def helper(self):
                    return self.require


            def main(task):
                task.dumps()
                getattr(task, 'loads')()
                Called.completed(task)
                print([each.outputs() for each in task.all()])


            class Private(gokart.TaskOnKart[int]):
                def _run(self):
                    return 1

                def _dump(self):
                    return 1

                def __run(self):
                    return 1


            class Kinds(gokart.TaskOnKart[int]):
                @property
                def outputs(self):
                    return 1

                @cached_property
                def inputs(self):
                    return 1

                @staticmethod
                def dumps(value):
                    return 1

                @classmethod
                def loads(cls, value):
                    return 1

                @decorate
                def require(self):
                    return 1

                @gokart.TaskOnKart.event_handler(luigi.Event.SUCCESS)
                def completed(self):
                    return 1


            class Arguments(gokart.TaskOnKart[int]):
                def outputs(self, name):
                    return 1

                def runs(self, *, name):
                    return 1

                def loads(self, one, two):
                    return 1


            class Far(gokart.TaskOnKart[int]):
                def runner(self):
                    return 1

                def load_all(self):
                    return 1

                def dumped_at(self):
                    return 1

                def out(self):
                    return 1

                def rquire(self):
                    return 1


            class OfUnknown(gokart.TaskOnKart[int], Unknown):
                def outputs(self):
                    return 1


            @register
            class Registered(gokart.TaskOnKart[int]):
                def outputs(self):
                    return 1


            class FromUnknown(Unknown):
                def outputs(self):
                    return 1


            class Mixin:
                def outputs(self):
                    raise NotImplementedError


            class Overrides(Mixin, gokart.TaskOnKart[int]):
                def outputs(self):
                    return 1


            class Plain:
                def outputs(self):
                    return 1

                def require(self):
                    return 1


            class Assigned(gokart.TaskOnKart[int]):
                outputs = 1
                require: int


            def outputs(self):
                return 1
            """,
            'GK208',
        )
        == []
    )


def test_through_modules(tmp_path: Path) -> None:
    files = {
        'base.py': 'import gokart as gk\n\n\nclass Base(gk.TaskOnKart):\n    def output(self):\n        return None\n',
        'middle.py': 'from base import Base as Other\n\n\nclass Middle(Other):\n    pass\n',
        'tasks.py': """
            from middle import Middle


            class Train(Middle):
                def outputs(self):  # expect GK208@9
                    return 1

                def require(self):
                    return []


            class Below(Train):
                def outputs(self):
                    return 2
            """,
        'main.py': 'from tasks import Train\n\nTrain().require()\n',
        'other.py': 'import gokart\n\n\nclass Model(gokart.TaskOnKart):\n    def run(self):\n        return self.model.outputs\n',
    }
    assert_marked(tmp_path, files, 'GK208')


def test_the_fix(tmp_path: Path) -> None:
    before = 'import gokart\n\n\nclass Train(gokart.TaskOnKart):\n    def require( self ):\n        return []\n'
    after = before.replace('require(', 'requires(')
    fixes = [each.fix for each in findings(tmp_path, before, 'GK208') if each.fix]
    assert apply(before, fixes) == after
    assert findings(tmp_path, after, 'GK208') == []
