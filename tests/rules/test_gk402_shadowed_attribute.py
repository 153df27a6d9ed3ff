from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_shadowing(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import os
        from functools import cached_property

        import gokart
        import luigi
        from gokart import TaskOnKart as Base

        NAMES = ['a']


        class Load(Base):
            input = luigi.Parameter()  # expect GK402@5


        class Annotated(gokart.TaskOnKart[int]):
            output: luigi.Parameter = luigi.Parameter(default='x')  # expect GK402@5


        class ValueStyle(gokart.TaskOnKart[int]):
            load: int = luigi.IntParameter()  # expect GK402@5


        class OfTask(Base):
            requires = gokart.TaskInstanceParameter(expected_type=Load)  # expect GK402@5


        class OfTasks(Base):
            deps: list[Load] = gokart.ListTaskInstanceParameter()  # expect GK402@5


        class Several(Base):
            a, dump = luigi.IntParameter(), luigi.IntParameter()  # expect GK402@8
            clone = restore = luigi.Parameter()  # expect GK402@5, GK402@13


        class Constants(Base):
            run = None  # expect GK402@5
            complete = False  # expect GK402@5
            get_info = {}  # expect GK402@5
            initialized = ['x']  # expect GK402@5
            make_unique_id = f'{1}'  # expect GK402@5
            on_success = 'x' + 'y'  # expect GK402@5
            on_failure = NAMES  # expect GK402@5
            make_target = dict(a=1)  # expect GK402@5
            output = luigi.LocalTarget('x')  # expect GK402@5
            load = os.path.join('a', 'b')  # expect GK402@5
            to_str_params = [x for x in 'ab']  # expect GK402@5
            trigger_event = Load(input='x')  # expect GK402@5
            _get_input_targets = ()  # expect GK402@5


        class Given(Base):
            task_id = luigi.Parameter()  # expect GK402@5
            param_kwargs = luigi.DictParameter()  # expect GK402@5
            task_log = luigi.Parameter()  # expect GK402@5
            task_unique_id = 'x'  # expect GK402@5


        class Properties(Base):
            task_family = 'Other'  # expect GK402@5
            param_args = luigi.ListParameter()  # expect GK402@5


        class InBranch(Base):
            if NAMES:
                input = luigi.Parameter()  # expect GK402@9


        class Later(Base):
            def output(self):
                return None

            output = 'x'  # expect GK402@5


        class Custom(luigi.Parameter):
            pass


        class OfCustom(Base):
            input = Custom()  # expect GK402@5


        class AProperty(Base):
            @property
            def output(self):  # expect GK402@9
                return self.make_target('x.pkl')

            @cached_property
            def requires(self):  # expect GK402@9
                if self.rerun:
                    return []
                return {'a': Load(input='x')}


        class Mixin:
            load = luigi.Parameter()  # expect GK402@5


        class WithMixin(Mixin, Base):
            pass


        class Below(Load):
            clone = luigi.Parameter()  # expect GK402@5
        """,
        'GK402',
    )
    messages = {each.message.partition(' ')[0]: each.message for each in found}
    assert messages['Load.input'] == (
        'Load.input hides the method input() of every task: whoever calls it, gokart and luigi first, gets a TypeError; '
        'give the parameter another name, such as input_path'
    )
    assert messages['Given.task_id'] == (
        'Given.task_id meets the task_id that gokart and luigi set on every task: one of the two values is lost; '
        'give the parameter another name, such as own_task_id'
    )
    assert messages['Properties.task_family'] == (
        'Properties.task_family hides the property task_family of every task: luigi reads this value in its place; '
        'give the attribute another name, such as own_task_family'
    )
    assert messages['AProperty.output'].endswith('give the property another name, such as output_path')


def test_right_code(tmp_path: Path) -> None:
    files = {
        'shared.py': 'def run(self):\n    self.dump(1)\n\n\nTABLE = 1\n',
        'tasks.py': """
            from functools import partialmethod

            import gokart
            import luigi
            import shared
            from elsewhere import make, MyParameter, Unknown
            from shared import run as run_it


            def make_output(name):
                return lambda self: self.make_target(name)


            def timed(function):
                return function


            class Call:
                def __call__(self):
                    return True


            class Overrides(gokart.TaskOnKart[int]):
                def input(self):
                    return super().input()

                def output(self):
                    return self.make_target('x.pkl')

                def run(self):
                    self.dump(1)

                @classmethod
                def get_params(cls):
                    return super().get_params()

                @staticmethod
                def is_task_on_kart(value):
                    return False

                @property
                def priority(self):
                    return 1

                @property
                def task_family(self):
                    return 'x'

                @property
                def complete(self):
                    return make(self)

                async def load(self):
                    return 1


            class Settable(gokart.TaskOnKart[int]):
                priority = 1
                retry_count = 2
                resources = {'a': 1}
                owner_email = 'a@b.c'
                worker_timeout = 3
                disabled = True
                task_namespace = 'wine'
                max_batch_size = 2
                batchable = True
                accepts_messages = True
                disable_window = 2
                disable_hard_timeout = 3
                use_cmdline_section = False


            class Own(gokart.TaskOnKart[int]):
                workspace_directory = luigi.Parameter(default='x', significant=False)
                rerun = luigi.BoolParameter(default=False)
                significant = False
                fail_on_empty_dump = True
                redis_host: str = luigi.Parameter(default='')


            class OnlyAnnotated(gokart.TaskOnKart[int]):
                input: str
                output: 'luigi.LocalTarget'
                run: object


            class Callables(gokart.TaskOnKart[int]):
                run = run_it
                output = make_output('x')
                input = lambda self: None
                complete = Call()
                load = shared.run
                requires = timed(lambda self: [])
                dump = partialmethod(make, 1)
                clone = Unknown
                deps = Unknown()
                restore = MyParameter()
                on_success = gokart.TaskOnKart.on_success
                get_info = run or None


            class FromOwnMethod(gokart.TaskOnKart[int]):
                def _run(self):
                    self.dump(1)

                run = _run
                run = timed(run)


            class Replaced(gokart.TaskOnKart[int]):
                run = None

                def run(self):
                    self.dump(1)


            class Similar(gokart.TaskOnKart[int]):
                inputs = luigi.Parameter()
                output_path = luigi.Parameter()
                runs = 3
                load_path = 'x'
                Input = luigi.Parameter()
                __run = 1


            class Plain:
                input = 1
                output = 'x'


            class Config(luigi.Config):
                input = luigi.Parameter()
                output = luigi.Parameter()


            class OnlyLuigi(luigi.Task):
                input = luigi.Parameter()


            class FromUnknown(Unknown):
                input = luigi.Parameter()


            class Behind(gokart.TaskOnKart[int], Plain):
                pass


            class Inner(gokart.TaskOnKart[int]):
                class Meta:
                    input = 1
                    output = 2

                def run(self):
                    input = self.load()
                    output = input
                    self.dump(output)
            """,
    }
    assert findings(tmp_path, files, 'GK402') == []


def test_through_modules(tmp_path: Path) -> None:
    files = {
        'base.py': 'from gokart import TaskOnKart\n\n\nclass Mine(TaskOnKart):\n    pass\n',
        'middle.py': 'from base import Mine as Base\n\n\nclass Middle(Base):\n    pass\n',
        'tasks.py': """
            import luigi

            from middle import Middle


            class Train(Middle):
                dump = luigi.Parameter()  # expect GK402@5


            def make():
                class Local(Middle):
                    load = luigi.Parameter()  # expect GK402@9

                return Local
            """,
    }
    assert_marked(tmp_path, files, 'GK402')
