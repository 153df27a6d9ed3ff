"""GK203: a `run()` that never dumps."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_never_dumps(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import json
        import pickle
        from abc import abstractmethod
        from functools import lru_cache
        from logging import getLogger

        import gokart
        import gokart as gk
        import luigi
        from gokart import TaskOnKart as Base, TaskInstanceParameter
        from somewhere import model, write

        logger = getLogger(__name__)


        class Nothing(gokart.TaskOnKart[str]):
            def run(self):  # expect GK203@9
                pass


        class Dots(gk.TaskOnKart):
            def run(self): ...  # expect GK203@9


        class Docstring(Base):
            def run(self):  # expect GK203@9
                '''Run.'''


        class OnlyLogs(Base):
            def run(self) -> None:  # expect GK203@9
                logger.info('done')
                print(self)
                logger.debug(f'{self} is done')


        class Returns(Base):
            def run(self):  # expect GK203@9
                return self.load()


        class OtherDumps(Base):
            path = luigi.Parameter()

            def run(self):  # expect GK203@9
                data = self.load('data')
                with open(self.path, 'wb') as file:
                    pickle.dump(data, file)
                json.dump(data, open('x.json', 'w'))
                model.dump(data)


        class OnInput(Base):
            def run(self):  # expect GK203@9
                self.input()['model'].dump(self.load())


        class Static(Base):
            dep = TaskInstanceParameter()
            ratio = luigi.FloatParameter(default=0.1)
            SCALE = 3

            def requires(self):
                return dict(dep=self.dep)

            def run(self):  # expect GK203@9
                if isinstance(self.dep, Base) and hasattr(self, 'ratio'):
                    self._compute(self.load('dep'), self.ratio, self.SCALE)
                list(map(self._one, [1, 2]))

            @staticmethod
            def _compute(data, ratio, scale):
                return data.dump(ratio * scale)

            @staticmethod
            def _one(x):
                return x


        class ClassMethod(Base):
            def run(self):  # expect GK203@9
                self._compute(self.load())
                ClassMethod._compute(1)

            @classmethod
            def _compute(cls, data):
                return cls._deeper(data)

            @classmethod
            def _deeper(cls, data):
                return data


        class Deep(Base):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self._cache = {}
                self.lines: list[str] = []

            def run(this):  # expect GK203@9
                this._first()
                this.lines.append('x')
                this.task_log['lines'] = this.lines

            def _first(me):
                me._cache['x'] = 1
                return me._second + me.__third() + me._cached()

            @property
            def _second(self):
                return 1

            def __third(self):
                return self._first()

            @lru_cache
            def _cached(self):
                return self.task_id


        class NestedFunctions(Base):
            def run(self, **kwargs):  # expect GK203@9
                def inner(x):
                    return [y for y in self.load() if (lambda z: z)(y)]

                try:
                    with open('x') as file:
                        for _ in file:
                            inner(1)
                except ValueError as error:
                    raise RuntimeError('broken') from error
                finally:
                    logger.info('done')


        class Asynchronous(Base):
            async def run(self):  # expect GK203@15
                await self._wait()

            async def _wait(self):
                return 1


        class Matches(Base):
            kind = luigi.Parameter()

            def run(self):  # expect GK203@9
                match self.kind:
                    case 'a':
                        write(self.load())
                    case _:
                        raise ValueError(self.kind)


        class RaisesSometimes(Base):
            def run(self):  # expect GK203@9
                if not self.load():
                    raise ValueError('nothing')


        class ReturnsBeforeRaise(Base):
            def run(self):  # expect GK203@9
                if self.load():
                    return
                raise ValueError('nothing')


        class OwnOutput(Base):
            def output(self):
                name = 'x.csv'
                return self.make_target(name)

            def run(self):  # expect GK203@9
                write(self.load(), 'x.csv')


        class ManyOutputs(Base):
            def output(self):
                targets = {}
                for key in ['a', 'b']:
                    targets[key] = self._target(key)
                return targets

            def _target(self, key):
                return self.make_target(f'{key}.pkl', use_unique_id=True)

            def run(self):  # expect GK203@9
                self.load()


        class MixedOutputs(Base):
            def output(self):
                return {'in': self.input(), 'own': self.make_model_target('m.zip', model.save, model.load)}

            def run(self):  # expect GK203@9
                self.load()


        class Branches(Base):
            flag = luigi.BoolParameter()

            def output(self):
                if self.flag:
                    return self.make_target('x.csv')
                return super().output()

            def run(self):  # expect GK203@9
                self.load()


        class WrongName(Base):
            def run(self):  # expect GK203@9
                self.save(self.load())

            def save(self, data):
                dump(data)


        class 学習(Base):
            def run(self):  # expect GK203@9
                結果 = self.load()
                return 結果


        @luigi.util.requires(Static)
        class Decorated(Base):
            def run(self):  # expect GK203@9
                self.load()


        def dump(data):
            class Local(Base):
                def run(self):  # expect GK203@13
                    write(data)

            return Local


        class OtherTask(Base):
            def run(self):  # expect GK203@9
                gokart.build(Nothing(), return_value=False)
                self.requires()


        class YieldInside(Base):
            def run(self):  # expect GK203@9
                def numbers():
                    yield 1

                list(numbers())
                list(self._numbers())

            def _numbers(self):
                yield from self.load_generator()
        """,
        'GK203',
    )


def test_inherited(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        {
            'flow/__init__.py': 'from .base import *\n',
            'flow/base.py': """
                import gokart


                class Root(gokart.TaskOnKart):
                    def run(self):  # expect GK203@9
                        self._run(self.load())

                    def _run(self, data):
                        raise NotImplementedError


                class Template(gokart.TaskOnKart):
                    def run(self):
                        self._run(self.load())

                    def _run(self, data):
                        pass


                class Hook(gokart.TaskOnKart):
                    def run(self):
                        pass


                class Works(gokart.TaskOnKart):
                    def run(self):  # expect GK203@9
                        self.load()


                class RunMixin:
                    def run(self):  # expect GK203@9
                        self.work()


                class Lazy(gokart.TaskOnKart):
                    def run(self):  # expect GK203@9
                        self.work()

                    def work(self):
                        return 1
                """,
            'flow/tasks.py': """
                from typing import Generic, TypeVar

                import gokart

                import flow as f
                from flow import Hook, Lazy, Root as Deep, RunMixin, Template

                T = TypeVar('T')


                class Middle(Generic[T], Deep):
                    pass


                class Dumps(Middle[int]):
                    def _run(self, data):
                        self.dump(data)


                class Forgets(Middle[int]):
                    def _run(self, data):
                        return data


                class ForgetsToo(Middle[int]):
                    def _run(self, data):
                        return self.load()


                class A(Template):
                    def _run(self, data):
                        self.dump(data)


                class B(Hook):
                    def run(self):
                        self.dump(1)


                class C(f.Works):
                    def run(self):
                        self.dump(1)


                class D(RunMixin, gokart.TaskOnKart):
                    def work(self):
                        return 1


                class E(Lazy):
                    def work(self):
                        return 2


                class Super(Lazy):
                    def work(self):
                        self.dump(super().work())

                    def run(self):
                        self.work()


                class AboveSilent(E):
                    def run(self):  # expect GK203@9
                        return super().work()
                """,
        },
        'GK203',
    )
    end = 'is never complete and nothing can load it: end run() with self.dump(...)'
    assert [each.message for each in found] == [
        f'Root.run, which Forgets inherits, never dumps, so Forgets {end}',
        f'Works.run never dumps, so Works {end}',
        f'RunMixin.run, which D inherits, never dumps, so D {end}',
        f'Lazy.run never dumps, so Lazy {end}',
        f'AboveSilent.run never dumps, so AboveSilent {end}',
    ]
    assert all(each.fix is None for each in found)


def test_dumps_after_all(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import functools
        import logging

        import gokart
        import luigi
        from gokart import TaskOnKart
        from somewhere import fit_model, saver, target_of, timed

        logger = logging.getLogger(__name__)


        class Plain(TaskOnKart):
            def run(self):
                self.dump('x')


        class Conditional(TaskOnKart):
            def run(self):
                if self.load():
                    return self.dump(1)
                logger.info('nothing')


        class Key(TaskOnKart):
            def output(self):
                return dict(a=self.make_target('a.pkl'))

            def run(self):
                for key in ['a']:
                    self.dump(1, key)


        class ByAlias(TaskOnKart):
            def run(self):
                dump = self.dump
                dump(1)


        class ByLambda(TaskOnKart):
            def run(self):
                (lambda x: self.dump(x))(1)


        class ByNested(TaskOnKart):
            def run(self):
                def save(x):
                    self.dump(x)

                save(1)


        class ByComprehension(TaskOnKart):
            def run(self):
                [self.dump(x, k) for k, x in self.load().items()]


        class OtherSelf(TaskOnKart):
            def run(this):
                this.dump(1)


        class SelfAlias(TaskOnKart):
            def run(self):
                task = self
                task.dump(1)


        class ByClass(TaskOnKart):
            def run(self):
                TaskOnKart.dump(self, 1)


        class BySuper(TaskOnKart):
            def run(self):
                super().dump(1)


        class SuperRun(Plain):
            def run(self):
                super().run()


        class OldSuperRun(Plain):
            def run(self):
                super(OldSuperRun, self).run()


        class SuperHelper(TaskOnKart):
            def save(self):
                self.dump(1)


        class UsesSuperHelper(SuperHelper):
            def save(self):
                return 1

            def run(self):
                super().save()


        class ByHelper(TaskOnKart):
            def run(self):
                self._a()

            def _a(self):
                return self._b()

            def _b(self):
                self.__c()

            def __c(self):
                self.dump(1)


        class ByProperty(TaskOnKart):
            def run(self):
                self.saved

            @functools.cached_property
            def saved(self):
                self.dump(1)


        class PassesSelf(TaskOnKart):
            def run(self):
                fit_model(self)


        class PassesSelfByKeyword(TaskOnKart):
            def run(self):
                fit_model(task=self, data=[self])


        class PassesBoundMethod(TaskOnKart):
            def run(self):
                list(map(self._one, [1]))

            def _one(self, x):
                return x


        class PassesLoad(TaskOnKart):
            def run(self):
                list(map(self.load, ['a', 'b']))


        class PassesSelfDeep(TaskOnKart):
            def run(self):
                self._help()

            def _help(self):
                return {'task': self}


        class ByGetattr(TaskOnKart):
            def run(self):
                getattr(self, 'dump')(1)


        class ByLocals(TaskOnKart):
            def run(self):
                fit_model(**locals())


        class WithOutput(TaskOnKart):
            def run(self):
                with self.output().open('w') as file:
                    file.write('x')


        class OutputPath(TaskOnKart):
            def run(self):
                path = self.output().path()
                open(path, 'w')


        class TargetFromElsewhere(TaskOnKart):
            def run(self):
                self.make_target('x.pkl').dump(1)


        class ByAttribute(TaskOnKart):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.saver = saver(self)

            def run(self):
                self.saver.save(1)


        class ByBoundAttribute(TaskOnKart):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.save = self.dump

            def run(self):
                self.save(1)


        class ByClassAttribute(TaskOnKart):
            save = saver

            def run(self):
                self.save(1)


        class RunReplaced(TaskOnKart):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.run = saver(self.run)

            def run(self):
                return 1


        class RunAssigned(TaskOnKart):
            run = saver


        class Yields(TaskOnKart):
            def run(self):
                yield Plain()


        class YieldsFrom(TaskOnKart):
            def run(self):
                targets = yield from self._tasks()
                return targets

            def _tasks(self):
                return [Plain()]


        class Raises(TaskOnKart):
            def run(self):
                raise FileNotFoundError('put the file there by hand')


        class LogsAndRaises(TaskOnKart):
            def run(self):
                logger.error('not there')
                if self.load():
                    raise ValueError
                else:
                    raise FileNotFoundError('put the file there by hand')


        class Abstract(TaskOnKart):
            def run(self):
                self.work()

            def work(self):
                raise NotImplementedError()


        class OwnComplete(TaskOnKart):
            def complete(self):
                return True

            def run(self):
                pass


        class InheritsComplete(OwnComplete):
            def run(self):
                logger.info('x')


        class AliasOutput(TaskOnKart):
            def output(self):
                return self.input()

            def run(self):
                pass


        class AliasPart(TaskOnKart):
            dep = gokart.TaskInstanceParameter()

            def output(self):
                return self.dep.output()

            def run(self):
                pass


        class NoOutput(TaskOnKart):
            def output(self):
                return []

            def run(self):
                pass


        class NoOutputAtAll(TaskOnKart):
            def output(self):
                pass

            def run(self):
                pass


        class ExternalFile(TaskOnKart):
            def output(self):
                return self.make_target('x.csv', use_unique_id=False)

            def run(self):
                fit_model('x.csv')


        class LuigiTarget(TaskOnKart):
            def output(self):
                return luigi.LocalTarget('x.csv')

            def run(self):
                open('x.csv', 'w').write('x')


        class UnknownTarget(TaskOnKart):
            def output(self):
                return target_of(self)

            def run(self):
                fit_model(1)


        class UnknownBase(fit_model, TaskOnKart):
            def run(self):
                self.work()


        class UnknownFactory(TaskOnKart, saver()):
            def run(self):
                pass


        class Wrapper(luigi.WrapperTask, TaskOnKart):
            def run(self):
                pass


        @saver
        class UnknownDecorator(TaskOnKart):
            def run(self):
                pass


        class DecoratedRun(TaskOnKart):
            @timed
            def run(self):
                return 1


        class DecoratedHelper(TaskOnKart):
            @timed
            def _save(self):
                return 1

            def run(self):
                self._save()


        class UnknownMethod(TaskOnKart):
            def run(self):
                self.whatever(1)


        class InnerClass(TaskOnKart):
            def run(self):
                class Saver:
                    def save(this):
                        self.dump(1)

                Saver().save()


        class OwnInstance(TaskOnKart):
            def run(self):
                OwnInstance().dump(1)


        class OnSuccess(TaskOnKart):
            def run(self):
                return 1

            def on_success(self):
                self.dump(1)


        class OnEvent(TaskOnKart):
            def run(self):
                return 1

            @TaskOnKart.event_handler(luigi.Event.SUCCESS)
            def after(self):
                self.dump(1)


        class TwoRuns(TaskOnKart):
            if saver:

                def run(self):
                    self.dump(1)

            else:

                def run(self):
                    return 1


        class TwoHelpers(TaskOnKart):
            if saver:

                def save(self):
                    self.dump(1)

            else:

                def save(self):
                    return 1

            def run(self):
                self.save()


        class Meta(TaskOnKart, metaclass=saver):
            def run(self):
                return 1


        class LuigiOnly(luigi.Task):
            def run(self):
                pass


        class NoTask:
            def run(self):
                pass


        class NoRun(TaskOnKart):
            def output(self):
                return self.make_target('x.csv', use_unique_id=False)


        class Walrus(TaskOnKart):
            def run(self):
                if (save := self.dump) and self.load():
                    save(1)


        class InTry(TaskOnKart):
            def run(self):
                try:
                    self.load()
                except ValueError:
                    pass
                else:
                    self.dump(1)


        class InMatch(TaskOnKart):
            def run(self):
                match self.load():
                    case []:
                        pass
                    case _:
                        self.dump(1)


        def run(self):
            pass
        """,
        'GK203',
    )


def test_fix_by_hand(tmp_path: Path) -> None:
    bad = """
        import gokart


        class Train(gokart.TaskOnKart):
            def run(self):
                self.load()
        """
    assert len(findings(tmp_path, bad, 'GK203')) == 1
    assert findings(tmp_path, bad.replace('self.load()', 'self.dump(self.load())'), 'GK203') == []
