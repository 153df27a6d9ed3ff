"""What `requires()` may return, and what it may not; overriding it with an annotation."""

import datetime
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import gokart
import luigi
from gokart.target import TargetOnKart


@dataclass
class Config:
    n: int = 1


class Number(gokart.TaskOnKart[int]):
    n = luigi.IntParameter(default=1)


class Plain(luigi.Task):
    pass


def make_tasks(n):
    return [Number(n=n)]


def make_number() -> Number:
    return Number()


def text() -> str:
    return ''


class Constant(gokart.TaskOnKart[int]):
    def requires(self):
        return 3  # E: gokart-requires


class Text(gokart.TaskOnKart[int]):
    def requires(self):
        return 'Number'  # E: gokart-requires


class ClassItself(gokart.TaskOnKart[int]):
    def requires(self):
        return Number  # E: gokart-requires


class ClassInDict(gokart.TaskOnKart[int]):
    def requires(self):
        return {'a': Number(), 'b': Number}  # E: gokart-requires


class ClassInList(gokart.TaskOnKart[int]):
    def requires(self):
        return [Number, Number()]  # E: gokart-requires


class InCall(gokart.TaskOnKart[int]):
    def requires(self):
        return dict(a=Number)  # E: gokart-requires


class Comprehended(gokart.TaskOnKart[int]):
    def requires(self):
        return [Number for _ in range(3)]  # E: gokart-requires


class Other(gokart.TaskOnKart[int]):
    def requires(self):
        return Config()  # E: gokart-requires


class OfParameter(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()

    def requires(self):
        return self.n  # E: gokart-requires


class OfValueParameter(gokart.TaskOnKart[int]):
    day: datetime.date = luigi.DateParameter()
    dep = gokart.TaskInstanceParameter()

    def requires(self):
        return {'dep': self.dep, 'day': self.day}  # E: gokart-requires


class Yielded(gokart.TaskOnKart[int]):
    def requires(self):
        yield Number()
        yield Number  # E: gokart-requires
        yield 3  # E: gokart-requires


class Named(gokart.TaskOnKart[int]):
    def requires(self):
        task = Number
        return task  # E: gokart-requires


class Added(gokart.TaskOnKart[int]):
    def requires(self):
        tasks = {'a': Number()}
        tasks['b'] = Number  # E: gokart-requires
        return tasks


class Appended(gokart.TaskOnKart[int]):
    def requires(self):
        tasks = []
        tasks.append(Number)  # E: gokart-requires
        return tasks


class OfMethod(gokart.TaskOnKart[int]):
    def requires(self):
        return self.output()  # E: gokart-requires


class OfText(gokart.TaskOnKart[int]):
    def requires(self):
        return text()  # E: gokart-requires


class AnnotatedBody(gokart.TaskOnKart[int]):
    def requires(self) -> Any:
        return Number  # E: gokart-requires


class AnnotatedList(gokart.TaskOnKart[int]):
    def requires(self) -> list[Number]:
        return [Number]  # E: list-item


class AnnotatedWrong(gokart.TaskOnKart[int]):
    def requires(self) -> int:  # E: override
        return 3


class AnnotatedWrongText(gokart.TaskOnKart[int]):
    def requires(self) -> list[str]:  # E: override
        return ['a']


class OutputWrong(gokart.TaskOnKart[int]):
    def output(self) -> int:  # E: override
        return 3


class RunYields(gokart.TaskOnKart[int]):
    def run(self):
        yield 3
        yield self.missing  # E: attr-defined


# right


class R1(gokart.TaskOnKart[int]):
    def requires(self):
        return None


class R2(gokart.TaskOnKart[int]):
    def requires(self):
        return []


class R3(gokart.TaskOnKart[int]):
    def requires(self):
        return {}


class R4(gokart.TaskOnKart[int]):
    def requires(self):
        return ()


class R5(gokart.TaskOnKart[int]):
    def requires(self):
        return


class R6(gokart.TaskOnKart[int]):
    dep = gokart.TaskInstanceParameter()
    deps_ = gokart.ListTaskInstanceParameter()
    cls_name = luigi.Parameter(default='Number')
    task_class = luigi.TaskParameter(default=Number)
    anything: Any = luigi.Parameter()

    def requires(self):
        if self.cls_name == 'a':
            return self.deps_
        if self.cls_name == 'b':
            return [self.dep, *self.deps_]
        if self.cls_name == 'c':
            return self.task_class()
        if self.cls_name == 'd':
            return self.anything
        if self.cls_name == 'e':
            return globals()[self.cls_name]()
        if self.cls_name == 'f':
            return make_tasks(3)
        if self.cls_name == 'g':
            return make_number()
        if self.cls_name == 'h':
            return self.dep or None
        return [Number(), [self.dep, {'a': (Number(), Plain())}]]


class R7(gokart.TaskOnKart[int]):
    def requires(self) -> Number:
        return Number()


class R8(gokart.TaskOnKart[int]):
    def requires(self) -> list[Number]:
        return [Number()]


class R9(gokart.TaskOnKart[int]):
    def requires(self) -> dict[str, Number]:
        return {'a': Number()}


class R10(gokart.TaskOnKart[int]):
    def requires(self) -> tuple[Number, R9]:
        return Number(), R9()


class R11(gokart.TaskOnKart[int]):
    def requires(self) -> Iterator[Number]:
        yield Number()


class R12(gokart.TaskOnKart[int]):
    def requires(self) -> Generator[gokart.TaskOnKart[Any], None, None]:
        yield Number()


class R13(gokart.TaskOnKart[int]):
    def requires(self) -> Sequence[luigi.Task]:
        return [Number(), Plain()]

    def output(self) -> dict[str, TargetOnKart]:
        return {'a': self.make_target('a.pkl')}


class R14(gokart.TaskOnKart[int]):
    def requires(self) -> None:
        pass

    def output(self) -> TargetOnKart:
        return self.make_target('a.pkl')


class R15(gokart.TaskOnKart[int]):
    def requires(self) -> Number | None:
        return None

    def output(self) -> luigi.LocalTarget:
        return luigi.LocalTarget('a')


class R16(gokart.TaskOnKart[int]):
    def requires(self) -> Mapping[str, gokart.TaskOnKart[int]]:
        return {'a': Number()}

    def output(self) -> list[TargetOnKart]:
        return [self.make_target('a.pkl')]


class R17(gokart.TaskOnKart[int]):
    def requires(self) -> object:
        return Number()

    def output(self) -> luigi.Target:
        return luigi.LocalTarget('a')


class R18(gokart.TaskOnKart[int]):
    def requires(self) -> Iterable[Number]:
        return (Number(n=i) for i in range(3))

    def output(self) -> Any:
        return None


class HasN(Protocol):
    n: int


class R19(gokart.TaskOnKart[int]):
    def requires(self) -> HasN:
        return Number()


class R20(gokart.TaskOnKart[int]):
    def requires(self):
        names = ['a', 'b']
        n = 3
        sizes = {'a': 1}
        return {name: Number(n=n + sizes.get(name, 0)) for name in names}


class R21(gokart.TaskOnKart[int]):
    def requires(self):
        def make(n):
            return n + 1

        class_ = Number
        tasks = []
        for each in (Number, Plain):
            tasks.append(each())
        tasks += [class_(n=make(3))]
        yield from tasks
        yield from [Number()]


class R22(R20):
    def requires(self):
        tasks = super().requires()
        tasks['x'] = Number()
        return tasks


class Base(gokart.TaskOnKart[int]):
    @property
    def task(self):
        return Number()

    source = None

    def requires(self):
        return {'a': self.task, 'b': self.source, 'c': self.made()}

    def made(self):
        return Number()


class R23(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()

    def requires(self):
        self.n = Number(n=self.n)  # E: assignment
        return self.n  # the parameter is a task by now


class R24(gokart.TaskOnKart[int]):
    def requires(self):
        return list(map(lambda n: Number(n=n), [1, 2]))


class R25(gokart.TaskOnKart[int]):
    async def later(self):
        return 3

    def requires(self):
        try:
            return Number()
        except ValueError:
            return None
        finally:
            pass


class R26(gokart.TaskOnKart[int]):
    dep = gokart.TaskInstanceParameter()
    made = luigi.Parameter()

    def requires(self):
        if self.made:
            return self.made.output()
        number = Number()
        if self.made == 1:
            return {'a': number.output()}  # E: gokart-requires
        if self.made == 2:
            return [Number(n=1).output()]  # E: gokart-requires
        return self.dep.output()  # E: gokart-requires
