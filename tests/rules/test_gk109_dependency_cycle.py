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


        class Keyed(Base):  # expect GK109@7
            def requires(self):
                return Keyed()

            def output(self):
                return {'x': self.make_target('x.pkl')}


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


def test_tasks_that_are_handed_to_another_one(tmp_path: Path) -> None:
    files = """
        import gokart
        import luigi


        class Count(gokart.TaskOnKart):
            source = gokart.TaskInstanceParameter(gokart.TaskOnKart)
            more = gokart.ListTaskInstanceParameter(gokart.TaskOnKart, default=[])
            hidden = gokart.TaskInstanceParameter(gokart.TaskOnKart, default=None, significant=False)


        class Source(gokart.TaskOnKart):
            pass


        class Train(gokart.TaskOnKart):  # expect GK109@7
            def requires(self):
                source = Predict()
                with self.lock():
                    return {'count': Count(source=source)}


        class Predict(gokart.TaskOnKart):
            def requires(self):
                return Count(source=Source(), more=[Source(), Train()])


        class Deep(gokart.TaskOnKart):  # expect GK109@7
            def requires(self):
                yield Count(source=Count(source=Deep()))


        class Chosen(gokart.TaskOnKart):
            n = luigi.IntParameter()
            source = gokart.TaskInstanceParameter(gokart.TaskOnKart)

            def requires(self):
                tasks = [Count(source=Chosen(n=i, source=self.source)) for i in range(self.n)]
                if self.n:
                    tasks.append(Count(source=Chosen(n=self.n - 1, source=self.source)))
                later = lambda: Count(source=Chosen(n=1, source=self.source))
                tasks.append(Count(source=Chosen(n=1, source=self.source) if self.n else Source()))
                tasks.append(Count(source=self.source, hidden=Chosen(n=1, source=self.source)))
                tasks.append(Count(source=self.n and Count(source=Chosen(n=1, source=self.source))))
                return tasks


        class Early(gokart.TaskOnKart):
            n = luigi.IntParameter()

            def requires(self):
                if not self.n:
                    return []
                return Count(source=Early(n=self.n - 1))


        class Above(gokart.TaskOnKart):
            def requires(self):
                return Count(source=Below())


        class Below(Above):
            def requires(self):
                return Source()
        """
    assert_marked(tmp_path, files, 'GK109')
