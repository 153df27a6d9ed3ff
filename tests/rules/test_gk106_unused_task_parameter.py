"""GK106: a task parameter that nothing reads."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_parameters_that_nothing_reads(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import logging

        import gokart
        import luigi
        from gokart import TaskInstanceParameter as Dep
        from gokart import TaskOnKart as Base


        class A(Base):
            def run(self):
                self.dump(1)


        class Left(Base):
            a = gokart.TaskInstanceParameter()
            b = gokart.TaskInstanceParameter()  # expect GK106@9

            def requires(self):
                return {'a': self.a}

            def run(self):
                self.load('a')


        class Annotated(Base):
            a: gokart.TaskInstanceParameter[A] = gokart.TaskInstanceParameter(expected_type=A)  # expect GK106@42
            many: list[A] = gokart.ListTaskInstanceParameter(  # expect GK106@21
                expected_elements_type=A,
            )
            n: int = luigi.IntParameter()

            def requires(this):
                return A(n=this.n)


        class ByText(Base):
            data = Dep()  # expect GK106@12

            def requires(self):
                return []

            def run(self):
                self.load('data')
                logging.info('data %s', {'data': 1})
                data = 1
                self.dump(data)


        class Written(Base):
            a = Dep()
            b = Dep()  # expect GK106@9

            def requires(self):
                self.b = A()
                return self.a


        class Looked(Base):
            a = Dep()
            b = Dep()  # expect GK106@9

            def requires(self):
                print(f'{self}', self, isinstance(self, Base))
                return self.a

            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)


        class Parent(Base):
            a = Dep()

            def requires(self):
                return self.a


        class Child(Parent):
            b = Dep()  # expect GK106@9


        class Grown(Parent):
            b = Dep()  # expect GK106@9

            def requires(self):
                return [super().requires(), A()]


        class Custom(gokart.TaskInstanceParameter):
            pass


        class OwnParameter(Base):
            x = Custom()  # expect GK106@9

            def requires(self):
                yield A()


        class Private(Base):
            __x = Dep()  # expect GK106@11

            def requires(self):
                return A()


        class Pair(Base):
            a, b = Dep(), Dep()  # expect GK106@19

            def requires(self):
                return self.a


        def make():
            return Left(a=A(), b=A())


        class Unrelated(Base):
            b = Dep()

            def requires(self):
                return self.b
        """,
        'GK106',
    )
    assert found[0].message == (
        'Left.b is required by nothing and read by nothing, but changes the cache key: add self.b to requires(), or remove the parameter'
    )


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
                from luigi.util import inherits


                class A(Base):
                    n = luigi.IntParameter(default=1)


                class Default(Base):
                    a = Dep()


                class Spread(Base):
                    a = Dep()

                    def requires(self):
                        return {**super().requires(), 'x': A()}


                class Dictionary(Base):
                    a = Dep()

                    def requires(self):
                        return {**self.make_task_instance_dictionary(), 'x': A()}


                class InRun(Base):
                    a = Dep()

                    def requires(self):
                        return A()

                    def run(self):
                        self.a.output()


                class InHelper(Base):
                    a = Dep()

                    def requires(self):
                        return self._tasks()

                    def _tasks(self):
                        return [task for task in [self.a]]


                class InProperty(Base):
                    a = Dep()

                    @property
                    def tasks(this):
                        return (lambda: this.a)()

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
                    a = Dep()

                    def requires(self):
                        return self.source()

                    def source(self):
                        raise NotImplementedError


                class Got(Base):
                    a = Dep()

                    def requires(self):
                        return [getattr(self, name) for name in ('a',)]


                class Variables(Base):
                    a = Dep()

                    def requires(self):
                        return [value for key, value in vars(self).items() if key == 'a']


                class Keywords(Base):
                    a = Dep()

                    def requires(self):
                        return A(**self.param_kwargs)


                class Getter(Base):
                    a = Dep()

                    def requires(self):
                        return attrgetter('a')(self)


                class Cloned(Base):
                    a = Dep()

                    def requires(self):
                        return self.clone(Default)


                class HandedOn(Base):
                    a = Dep()

                    def requires(self):
                        return collect(self)


                def collect(task):
                    return task.a


                class Aliased(Base):
                    a = Dep()

                    def requires(self):
                        me = self
                        return me.a


                class Unknown(make_base()):
                    a = Dep()

                    def requires(self):
                        return A()


                class BelowUnknown(Base):
                    a = Dep()

                    def requires(self):
                        return A()


                class Below(make_base(), BelowUnknown):
                    pass


                @decorate
                class Decorated(Base):
                    a = Dep()

                    def requires(self):
                        return A()


                class Copied(Base):
                    copied = Dep()

                    def requires(self):
                        return A()


                @inherits(Copied)
                class Copying(Base):
                    def requires(self):
                        return self.copied


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


                class Plain(Base):
                    n = luigi.IntParameter()

                    def requires(self):
                        return A()


                class NoTask:
                    a = Dep()

                    def requires(self):
                        return A()


                class Nested(Base):
                    a = Dep()

                    def requires(self):
                        class Inside:
                            def find(inside):
                                return self.a

                        return Inside().find()


                class Abstract(Base):
                    a = Dep()

                    def requires(self):
                        raise NotImplementedError


                class Hidden(Base):
                    a = Dep()
                    a = None

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
