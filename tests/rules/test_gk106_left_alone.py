"""GK106 on right code that looks wrong."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_right_code_that_looks_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'library_like.py': """
                import gokart


                class Mixin:
                    def load_all(self):
                        return self.load(self.of_mixin)


                class Above(gokart.TaskOnKart):
                    def run(self):
                        self.dump(self.load(self.of_base))
                """,
            'reader.py': """
                import gokart


                class Reader(gokart.TaskOnKart):
                    task = gokart.TaskInstanceParameter()

                    def requires(self):
                        return [self.task, self.task.from_afar]
                """,
            'tasks.py': """
                from operator import attrgetter

                import gokart
                import luigi
                from gokart import TaskInstanceParameter as Dep
                from gokart import TaskOnKart as Base
                from library import decorate, make_base
                from library_like import Above, Mixin
                from luigi.util import copies, inherits, requires as luigi_requires


                class A(Base):
                    n = luigi.IntParameter(default=1)


                class Default(Base):
                    of_default = Dep()


                class Spread(Base):
                    of_spread = Dep()

                    def requires(self):
                        return {**super().requires(), 'x': A()}


                class Dictionary(Base):
                    of_dictionary = Dep()

                    def requires(self):
                        return {**self.make_task_instance_dictionary(), 'x': A()}


                class InRun(Base):
                    of_inrun = Dep()

                    def requires(self):
                        return A()

                    def run(self):
                        self.of_inrun.output()


                class InHelper(Base):
                    of_inhelper = Dep()

                    def requires(self):
                        return self._tasks()

                    def _tasks(self):
                        return [task for task in [self.of_inhelper]]


                class InProperty(Base):
                    of_inproperty = Dep()

                    @property
                    def tasks(this):
                        return (lambda: this.of_inproperty)()

                    def requires(self):
                        return self.tasks


                class FromMixin(Mixin, Base):
                    of_mixin = Dep()

                    def requires(self):
                        return A()


                class FromBase(Above):
                    of_base = Dep()

                    def requires(self):
                        return A()


                class ForSubclass(Base):
                    later = Dep()

                    def requires(self):
                        return A()


                class Subclass(ForSubclass):
                    def requires(self):
                        return self.later


                class ForDefault(Base):
                    of_fordefault = Dep()

                    def requires(self):
                        return self.source()

                    def source(self):
                        raise NotImplementedError


                class Got(Base):
                    of_got = Dep()

                    def requires(self):
                        return [getattr(self, name) for name in ('of_got',)]


                class Variables(Base):
                    of_variables = Dep()

                    def requires(self):
                        return [value for key, value in vars(self).items() if key == 'of_variables']


                class Keywords(Base):
                    of_keywords = Dep()

                    def requires(self):
                        return A(**self.param_kwargs)


                class Getter(Base):
                    of_getter = Dep()

                    def requires(self):
                        return attrgetter('of_getter')(self)


                class Cloned(Base):
                    of_cloned = Dep()

                    def requires(self):
                        return self.clone(Default)


                class HandedOn(Base):
                    of_handedon = Dep()

                    def requires(self):
                        return collect(self)


                def collect(task):
                    return task.of_handedon


                class Aliased(Base):
                    of_aliased = Dep()

                    def requires(self):
                        me = self
                        return me.of_aliased


                class Unknown(make_base(), Base):
                    of_unknown = Dep()

                    def requires(self):
                        return A()


                class BelowUnknown(Base):
                    of_belowunknown = Dep()

                    def requires(self):
                        return A()


                class Below(make_base(), BelowUnknown):
                    pass


                @decorate
                class Decorated(Base):
                    of_decorated = Dep()

                    def requires(self):
                        return A()


                class Copied(Base):
                    copied = Dep()
                    copied_too = Dep()

                    def requires(self):
                        return A()


                @inherits(Copied)
                class Copying(Base):
                    def requires(self):
                        return self.copied


                @copies(Copied)
                class CopyingToo(Base):
                    def requires(self):
                        return self.copied_too


                class Hooked(Base):
                    hooked = Dep()

                    def __init_subclass__(cls, **options):
                        super().__init_subclass__(**options)

                    def requires(self):
                        return A()


                @luigi_requires(Default)
                class Requiring(Base):
                    of_default = Dep()


                class Given(Base):
                    given = Dep()

                    def __init__(self, *args, **options):
                        super().__init__(*args, **options)
                        self.all = [options['given']]

                    def requires(self):
                        return self.all


                class Inner(Base):
                    inner = Dep()

                    def requires(self):
                        return A()


                class Outer(Base):
                    dep = Dep(expected_type=Inner)

                    def requires(self):
                        return [self.dep, self.dep.inner]


                class Afar(Base):
                    from_afar = Dep()

                    def requires(self):
                        return A()


                class Private(Base):
                    __a = Dep()

                    def requires(self):
                        return self.__a


                class ReadBelow(Base):
                    read_below = Dep()

                    def requires(self):
                        return A()


                class Reading(ReadBelow):
                    def run(self):
                        self.dump([getattr(self, name).output().path() for name in ('read_below',)])


                class Plain(Base):
                    n = luigi.IntParameter()

                    def requires(self):
                        return A()


                class NoTask:
                    of_notask = Dep()

                    def requires(self):
                        return A()


                class Nested(Base):
                    of_nested = Dep()

                    def requires(self):
                        class Inside:
                            def find(inside):
                                return getattr(self, 'of_nested')

                        return Inside().find()


                class Abstract(Base):
                    of_abstract = Dep()

                    def requires(self):
                        raise NotImplementedError


                class AbstractElsewhere(Base):
                    elsewhere = Dep()

                    def requires(self):
                        return A()

                    def run(self):
                        raise NotImplementedError


                class Hidden(Base):
                    of_hidden = Dep()
                    of_hidden = None

                    def requires(self):
                        return A()


                class Again(Base):
                    again = Dep()

                    def requires(self):
                        return self.again


                class AgainBelow(Again):
                    again = Dep()

                    def run(self):
                        self.dump(1)
                """,
        },
        'GK106',
    )
