"""GK203: runs that dump after all, and tasks that need none."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


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
