"""GK301: what does not enable a rerun."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_left_alone(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import os
        from dataclasses import dataclass

        import gokart
        import luigi
        from somewhere import Remote, make_base, options

        FORCE = False
        CHANGED = True
        SPLIT = True if os.environ.get('X') else False
        if os.environ.get('Y'):
            EITHER = True
        else:
            EITHER = False


        class Load(gokart.TaskOnKart[str]):
            rerun = False
            rerunning = True
            strict_check = True


        class Declared(gokart.TaskOnKart):
            rerun = luigi.BoolParameter(default=False)
            other = luigi.BoolParameter(default=True)


        class NoDefault(gokart.TaskOnKart):
            rerun: luigi.BoolParameter = luigi.BoolParameter()


        class OnlyAnnotated(gokart.TaskOnKart):
            rerun: bool


        class ByFalseConstant(gokart.TaskOnKart):
            rerun = FORCE


        class Computed(gokart.TaskOnKart):
            rerun = bool(os.environ.get('RERUN'))


        class ComputedConstant(gokart.TaskOnKart):
            rerun = SPLIT


        class EitherConstant(gokart.TaskOnKart):
            rerun = EITHER


        class ManyOptions(gokart.TaskOnKart):
            rerun = luigi.BoolParameter(**options)


        class NotTrue(gokart.TaskOnKart):
            rerun = luigi.BoolParameter(default='yes')  # luigi makes None of it


        class OwnOrder(luigi.BoolParameter):
            def __init__(self, hidden, **kwargs):
                super().__init__(**kwargs)


        class WithOwnOrder(gokart.TaskOnKart):
            rerun = OwnOrder(True)


        class OnlyLuigi(luigi.Task):
            rerun = True


        class Settings(luigi.Config):
            rerun = luigi.BoolParameter(default=True)


        @dataclass
        class Options:
            rerun: bool = True


        class Unknown(make_base()):
            rerun = True


        class Shadowed(gokart.TaskOnKart):
            FORCE = False
            rerun = FORCE


        def rerun(rerun=True):
            return rerun


        class Train(gokart.TaskOnKart):
            dep = gokart.TaskInstanceParameter(expected_type=Load)
            name = luigi.Parameter()

            def requires(self):
                yes = True
                yes = not yes
                return [
                    Load(rerun=False),
                    Load(rerun=self.rerun),
                    Load(rerun=yes),
                    Load(rerun=SPLIT),
                    Load(**{'rerun': False}),
                    Load(**{'rerun': self.rerun}),
                    Load(**options),
                    Load(rerun='yes'),
                    Load(rerun=1),
                    self.clone(Load),
                    self.clone(Load, rerun=False),
                    self.clone(OnlyLuigi, rerun=True),
                    self.clone(Remote, rerun=True),
                    self.name.clone(rerun=True),
                    OnlyLuigi(rerun=True),
                    Options(rerun=True),
                    Remote(rerun=True),
                    self.task_class(rerun=True),
                    Load(strict_check=True),
                ]

            def run(self):
                self.rerun = True  # too late: gokart looked at it when the task was built
                self.dump(rerun(rerun=True))

            @staticmethod
            def make(cls):
                return cls(rerun=True)


        def change():
            global CHANGED
            CHANGED = False


        class ByChanged(gokart.TaskOnKart):
            rerun = CHANGED


        def build(self, force, copy, Load=Load):
            self.clone(rerun=True)
            copy.clone(rerun=True)
            Load(rerun=True)
            for task in [Train()]:
                task.clone(rerun=True)
            gokart.build(Train(rerun=force), rerun=True)
            dict(rerun=True)
            luigi.build([Train()], rerun=True)
        """,
        'GK301',
    )
