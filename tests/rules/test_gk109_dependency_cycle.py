"""GK109: tasks that require each other without end."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_dependencies_without_end(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import gokart
        import luigi
        from gokart import TaskOnKart as Base
        from luigi.util import inherits, requires as needs


        class First(Base):  # expect GK109@7
            def requires(self):
                return Second()


        class Second(Base):
            def requires(self):
                return {'third': Third(), 'end': End()}


        class Third(Base):
            def requires(self):
                tasks = [End(), First()]
                return tasks


        class End(Base):
            pass


        class Before(Base):
            def requires(self):
                return First()


        class Counting(Base):  # expect GK109@7
            n = luigi.IntParameter()

            def requires(self):
                return Counting(n=self.n - 1)


        class Cloning(Base):  # expect GK109@7
            n = luigi.IntParameter()

            def requires(self):
                return [self.clone(n=self.n + 1)]


        class Typed(Base):  # expect GK109@7
            def requires(self):
                return dict(again=type(self)())


        class Yielding(Base):  # expect GK109@7
            def requires(self):
                yield End()
                yield Yielded()


        @needs(Yielding)
        class Yielded(Base):
            pass


        class Parent(Base):  # expect GK109@7
            def requires(self):
                return Child()


        @inherits(Parent)
        class Child(Base):
            def requires(self):
                return self.clone_parent()


        class Left(Base):  # expect GK109@7
            flag = luigi.BoolParameter()

            def requires(self):
                if self.flag:
                    return Right(n=1)
                else:
                    return {'r': Right(n=2), 'e': End()}


        class Right(Base):
            n = luigi.IntParameter()

            def requires(self):
                return self._tasks()

            def _tasks(self):
                return make_left() if self.n else {'left': Left()}


        def make_left():
            return Left(flag=True)


        class Template(Base):
            def requires(self):
                return self.upstream()

            def upstream(self):
                raise NotImplementedError


        class Hen(Template):  # expect GK109@7
            def upstream(self):
                return Egg()


        class Egg(Template):
            def upstream(self):
                return Hen()


        class Root(Base):
            def requires(self):
                return Leaf()


        class Leaf(Root):  # expect GK109@7
            pass


        class Hub(Base):  # expect GK109@7, GK109@7
            def requires(self):
                return [SpokeA(), SpokeB()]


        class SpokeA(Base):
            def requires(self):
                return Hub()


        class SpokeB(SpokeA):
            pass
        """,
        'GK109',
    )
    messages = [each.message for each in found]
    assert messages[:2] == [
        'First requires itself: First -> Second -> Third -> First; '
        'take one of these dependencies away, or build it only as long as a parameter says so',
        'Counting.requires always builds another Counting, without end: build it only as long as a parameter says so',
    ]
    assert [each.partition(';')[0] for each in messages[-2:]] == [
        'Hub requires itself: Hub -> SpokeA -> Hub',
        'Hub requires itself: Hub -> SpokeB -> Hub',
    ]


def test_across_modules_on_the_first_file(tmp_path: Path) -> None:
    files = {
        'pipe/__init__.py': '',
        'pipe/a.py': """
            import gokart as gk


            class A(gk.TaskOnKart):  # expect GK109@7
                def requires(self):
                    from pipe import z

                    return z.Z()
            """,
        'pipe/z.py': """
            from .a import A as Other
            import gokart


            class Z(gokart.TaskOnKart):
                def requires(self):
                    return {'a': Other()}
            """,
    }
    found = assert_marked(tmp_path, files, 'GK109')
    assert found[0].message.startswith('A requires itself: A -> Z -> A;')


def test_right_code_that_looks_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import gokart
        import luigi
        from gokart import TaskOnKart as Base
        from library import decorate, days, make_base


        class End(Base):
            pass


        class Daily(Base):
            n = luigi.IntParameter()

            def requires(self):
                if self.n > 0:
                    return Daily(n=self.n - 1)
                return []


        class Early(Base):
            n = luigi.IntParameter()

            def requires(self):
                if self.n == 0:
                    return End()
                return Early(n=self.n - 1)


        class Ternary(Base):
            n = luigi.IntParameter()

            def requires(self):
                return Ternary(n=self.n - 1) if self.n else End()


        class Grown(Base):
            n = luigi.IntParameter()

            def requires(self):
                tasks = {'end': End()}
                if self.n:
                    tasks['again'] = self.clone(n=self.n - 1)
                return tasks


        class Ranged(Base):
            n = luigi.IntParameter()

            def requires(self):
                return [Ranged(n=i) for i in range(self.n)]


        class Looped(Base):
            days = luigi.ListParameter()

            def requires(self):
                tasks = []
                for day in self.days:
                    tasks.append(Looped(days=[]))
                return tasks


        class Matched(Base):
            n = luigi.IntParameter()

            def requires(self):
                match self.n:
                    case 0:
                        return End()
                    case _:
                        return Matched(n=0)


        class Tried(Base):
            n = luigi.IntParameter()

            def requires(self):
                try:
                    return Tried(n=days[self.n])
                except KeyError:
                    return []


        class Either(Base):
            n = luigi.IntParameter()

            def requires(self):
                return self.n and Either(n=self.n - 1)


        class Lazy(Base):
            def requires(self):
                make = lambda: Lazy()

                def other():
                    return Lazy()

                return End()


        class Handed(Base):
            dep = gokart.TaskInstanceParameter()

            def requires(self):
                return self.dep


        class Chain(Base):
            def requires(self):
                return Handed(dep=End())


        class Expecting(Base):
            dep = gokart.TaskInstanceParameter(expected_type=Chain)

            def requires(self):
                return {'dep': self.dep, 'chain': Chain()}


        class Abstract(Base):
            def requires(self):
                return Concrete()

            def run(self):
                raise NotImplementedError


        class Concrete(Abstract):
            def requires(self):
                return End()

            def run(self):
                self.dump(1)


        class Up(Base):
            def requires(self):
                return Down()


        class Down(Up):
            def requires(self):
                return End()


        class Unknown(make_base()):
            def requires(self):
                return Unknown()


        @decorate
        class Decorated(Base):
            def requires(self):
                return Decorated()


        class Switch(Base):
            n = luigi.IntParameter()

            def requires(self):
                return {'a': Switch(n=1), 'b': End()}[self.n]


        class Yielding(Base):
            n = luigi.IntParameter()

            def requires(self):
                yield End()
                if self.n:
                    yield Yielding(n=self.n - 1)


        class Ending(Base):
            n = luigi.IntParameter()

            def requires(self):
                if not self.n:
                    return
                yield Ending(n=self.n - 1)


        class Run(Base):
            def requires(self):
                return End()

            def run(self):
                yield Run()


        class Twice(Base):
            if days:

                def requires(self):
                    return End()

            else:

                def requires(self):
                    return Twice()


        class LowerA(Base):
            n = luigi.IntParameter()

            def requires(self):
                return LowerB(n=self.n)


        class LowerB(Base):
            n = luigi.IntParameter()

            def requires(self):
                return LowerA(n=self.n - 1) if self.n > 0 else End()
        """,
        'GK109',
    )
