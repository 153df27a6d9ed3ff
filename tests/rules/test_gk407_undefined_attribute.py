from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_undefined(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import gokart
        import luigi
        from gokart import TaskOnKart as Base
        from typing import Generic, TypeVar, final

        T = TypeVar('T')


        class Other:
            def __init__(self):
                self.elsewhere = 1


        class Train(gokart.TaskOnKart[int]):
            model = luigi.Parameter()
            names: list = luigi.ListParameter()
            __version = luigi.IntParameter(default=1)

            def requires(self):
                return self.modle  # expect GK407@21

            def output(self):
                return self.make_targt('x.pkl')  # expect GK407@21

            def run(self):
                self.dump(self.name)  # expect GK407@24
                if self.missing:  # expect GK407@17
                    print(f'{self.absent!r}')  # expect GK407@27
                values = [self.nothing for _ in range(3)]  # expect GK407@24
                late = lambda: self.nothing  # expect GK407@29
                self._halper()  # expect GK407@14
                self.missing.deep = 1  # expect GK407@14
                self.dump(self.__versoin)  # expect GK407@24
                self.dump(self.elsewhere)  # expect GK407@24
                self.rounds += 1  # expect GK407@14
                del self.rounds  # expect GK407@18
                self.seen = self.fresh = 1
                self.seen += 1
                del self.fresh

                def inner():
                    return self.nothing  # expect GK407@25

                try:
                    self.nothing  # expect GK407@18
                except ValueError:
                    pass

            def _helper(self):
                return self.model

            @property
            def path(this):
                return this.modl  # expect GK407@21

            async def later(self):
                await self.nothing  # expect GK407@20


        class Below(Train):
            def run(self):
                self.dump(self.model + self.model2)  # expect GK407@37
                super().run()


        @final
        class Typed(Base, Generic[T]):
            limit = 3

            def run(self):
                match self.limits:  # expect GK407@20
                    case 3:
                        self.dump(self.limit)


        class Mixin:
            def log(self):
                print(self.anything)


        class WithMixin(Mixin, Base):
            def run(self):
                self.log()
                self.logg()  # expect GK407@14

            @wrapped
            def decorated(self):
                return self.nothing  # expect GK407@21
        """,
        'GK407',
    )
    messages = {each.at.line: each.message for each in found}
    said = [messages[line] for line in sorted(messages)]
    assert said[0] == ('Train.requires reads self.modle, which neither the class, its bases nor gokart define: did you mean self.model?')
    assert 'self.make_targt, which neither the class, its bases nor gokart define: did you mean self.make_target?' in said[1]
    assert said[3] == (
        'Train.run reads self.missing, which neither the class, its bases nor gokart define: declare it as a parameter, or assign it'
    )
    assert any('Train.path reads this.modl,' in each for each in said)


def test_right_code(tmp_path: Path) -> None:
    files = {
        'tasks.py': """
            import contextlib
            import gokart
            import luigi
            from elsewhere import Unknown, decorate, make_base
            from luigi.util import inherits, requires


            class All(gokart.TaskOnKart):
                n = luigi.IntParameter()
                a, b = luigi.IntParameter(), luigi.IntParameter()
                __version = luigi.IntParameter(default=1)
                annotated: int
                if True:
                    conditional = 1
                for looped in (1, 2):
                    pass
                import os
                from sys import path as the_path

                class Inner:
                    pass

                def __init__(self, *args, **kwargs):
                    super().__init__(*args, **kwargs)
                    self.made = 1
                    self.x, (self.y, *self.z) = 1, (2, 3)
                    for self.counter in range(3):
                        pass
                    with open('x') as self.file:
                        pass
                    setattr(self, 'by_name', 1)
                    self.typed: int

                    def inner():
                        self.nested = 1

                def run(self):
                    self.dump((self.n, self.a, self.b, self.__version, self._All__version, self.annotated, self.conditional))
                    self.dump((self.looped, self.os, self.the_path, self.Inner, self.made, self.x, self.y, self.z))
                    self.dump((self.counter, self.file, self.by_name, self.typed, self.nested, self.prop, self.other()))
                    self.dump((self.workspace_directory, self.task_id, self.task_log, self.task_unique_id, self.param_kwargs))
                    self.dump((self.rerun, self.__class__.__name__, self.__dict_, self.__doc__, self.make_unique_id()))
                    self.dump((self.from_outside, self.from_setattr, self.on_class, self._rerun_state, self.listed, self.clone(All)))
                    self.set_status_message('x')
                    self.later = 2
                    self.total = 0
                    self.total += 1

                __dict_ = 1

                @property
                def prop(self):
                    return self.later

                def other(self):
                    return self.from_class_method

                @classmethod
                def of_class(cls):
                    cls.from_class_method = 1
                    return cls.register

                @staticmethod
                def static(self):
                    return self.anything

                def __new__(cls, *args, **kwargs):
                    return cls.anything


            def outside(task):
                task.from_outside = 1
                setattr(task, 'from_setattr', 1)


            All.on_class = 1
            for each in ('listed', 'too'):
                setattr(All, each, 1)


            class Guarded(gokart.TaskOnKart):
                def run(self):
                    if hasattr(self, 'a'):
                        self.dump(self.a)
                    self.dump(getattr(self, 'b', None))
                    try:
                        self.c
                    except AttributeError:
                        pass
                    try:
                        self.d
                    except (KeyError, AttributeError):
                        pass
                    with contextlib.suppress(AttributeError):
                        self.e

                def ask(self):
                    if isinstance(self, Unknown):
                        return self.f


            class Template(gokart.TaskOnKart):
                def run(self):
                    self.dump(self._make() + self.suffix)


            class Concrete(Template):
                suffix = 'x'

                def _make(self):
                    return 1


            class TemplateOfUnknown(gokart.TaskOnKart):
                def run(self):
                    self.dump(self.unknown)


            class BelowUnknown(TemplateOfUnknown, Unknown):
                pass


            class FromUnknown(Unknown):
                def run(self):
                    self.dump(self.x)


            class FromCall(make_base(), gokart.TaskOnKart):
                def run(self):
                    self.dump(self.x)


            @decorate
            class Decorated(gokart.TaskOnKart):
                def run(self):
                    self.dump(self.x)


            @requires(All)
            class Requires(gokart.TaskOnKart):
                def run(self):
                    self.dump(self.n + self.x)


            @inherits(Unknown)
            class Inherits(gokart.TaskOnKart):
                def run(self):
                    self.dump(self.x)


            class BelowInherits(Inherits):
                def run(self):
                    self.dump(self.x)


            class Meta(gokart.TaskOnKart, metaclass=Unknown):
                def run(self):
                    self.dump(self.x)


            class Answers(gokart.TaskOnKart):
                def __getattr__(self, name):
                    return name

                def run(self):
                    self.dump(self.x)


            class Dynamic(gokart.TaskOnKart):
                def __init__(self, *args, **kwargs):
                    super().__init__(*args, **kwargs)
                    for name in 'abc':
                        setattr(self, name, 1)

                def run(self):
                    self.dump(self.a)


            class ByDict(gokart.TaskOnKart):
                def __init__(self, *args, **kwargs):
                    self.__dict__.update(kwargs)

                def run(self):
                    self.dump(self.a)


            class ByVars(gokart.TaskOnKart):
                def run(self):
                    vars(self)['a'] = 1
                    self.dump(self.a)


            class ByLocals(gokart.TaskOnKart):
                for name in 'ab':
                    locals()[name] = luigi.Parameter()

                def run(self):
                    self.dump(self.a)


            class Shadows(gokart.TaskOnKart):
                def run(self):
                    def inner(self):
                        return self.anything

                    self.dump([inner(1)])

                def other(self):
                    return [self.x for self in 'abc']

                def third(self):
                    return lambda self: self.x

                def fourth(self):
                    self = Unknown()
                    return self.x

                @gokart.TaskOnKart.event_handler(luigi.Event.SUCCESS)
                def on_any(self):
                    self.anything

                @decorate
                def validator(this):
                    return this.anything

                def narrowed(self: Unknown):
                    return self.anything

                def with_class(self):
                    class Local:
                        def method(self):
                            return self.anything

                    return Local


            class Plain:
                def method(self):
                    return self.anything


            class OnlyLuigi(luigi.Task):
                def run(self):
                    return self.anything


            def function(self):
                return self.anything
            """,
    }
    assert findings(tmp_path, files, 'GK407') == []
