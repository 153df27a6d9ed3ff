"""GK109 on right code that looks wrong."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


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


        class Refusing(Base):
            n = luigi.IntParameter()

            def requires(self):
                if self.n < 0:
                    raise ValueError(self.n)
                return Refusing(n=self.n - 1)


        class Incremental(Base):
            day = luigi.DateParameter()

            def requires(self):
                return Incremental(day=self.day - 1)

            def output(self):
                return self.make_target(f'{self.day}.pkl', use_unique_id=False)


        class Foreign(Base):
            def requires(self):
                return Foreign()

            def output(self):
                return luigi.LocalTarget('x.pkl')


        class Complete(Base):
            def requires(self):
                return [Complete()]

            def complete(self):
                return True


        class Sliced(Base):
            n = luigi.IntParameter()

            def requires(self):
                tasks = [End(), Sliced(n=1)]
                return tasks[: self.n]


        class Popped(Base):
            n = luigi.IntParameter()

            def requires(self):
                tasks = {'end': End(), 'more': Popped(n=1)}
                if self.n:
                    tasks.pop('more')
                return tasks


        class Filtered(Base):
            n = luigi.IntParameter()

            def requires(self):
                return [Filtered(n=self.n - i) for i in (1, 2) if self.n > 1]


        class Helped(Base):
            n = luigi.IntParameter()

            def requires(self):
                return self.before() or []

            def before(self):
                return Helped(n=self.n - 1) if self.n else None


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


        class Unfinished(Base):
            def requires(self):
                return Unfinished()

            def run(self):
                raise NotImplementedError


        class Pointing(Base):
            dep = gokart.TaskInstanceParameter(expected_type=Pointed)

            def requires(self):
                return self.dep


        class Pointed(Base):
            dep = gokart.TaskInstanceParameter(expected_type=Pointing)

            def requires(self):
                return self.dep


        class Up(Base):
            def requires(self):
                return Down()


        class Down(Up):
            def requires(self):
                return End()


        class Unknown(make_base(), Base):
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
