"""Third round: constructions in unusual places, containers of tasks, unions, optional tasks, defaults from functions."""

import dataclasses
import datetime
import functools
import itertools
import os
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, IntEnum, auto
from typing import Any, Callable, Dict, Generator, List, Optional, Tuple, Type, Union

import gokart
import luigi
from gokart import ListTaskInstanceParameter, SerializableParameter, TaskInstanceParameter, TaskOnKart
from luigi.date_interval import DateInterval, Month


class Level(IntEnum):
    LOW = auto()
    HIGH = auto()


class Kind(Enum):
    A = 'a'
    B = 'b'

    @classmethod
    def default(cls) -> 'Kind':
        return cls.A


@dataclasses.dataclass(frozen=True)
class Point:
    x: int

    def gokart_serialize(self) -> str:
        return str(self.x)

    @classmethod
    def gokart_deserialize(cls, s: str) -> 'Point':
        return cls(int(s))


class NoPoint:
    pass


class A(TaskOnKart[int]):
    n: int = luigi.IntParameter(default=1)


class B(TaskOnKart[str]):
    n: int = luigi.IntParameter(default=1)


class C(TaskOnKart[int]):
    pass


class Untold(gokart.TaskOnKart):
    pass


AnyOf = Union[A, B]


class OldTyping(TaskOnKart[int]):
    a: List[str] = luigi.ListParameter(default=[])
    b: Dict[str, int] = luigi.DictParameter(default={})
    c: Tuple[int, ...] = luigi.TupleParameter(default=())
    d: Optional[A] = TaskInstanceParameter(default=A())
    e: List[A] = ListTaskInstanceParameter(default=[])
    f: Union[A, B] = TaskInstanceParameter(default=A())
    g: AnyOf = TaskInstanceParameter(default=A())
    h: List[Union[A, B]] = ListTaskInstanceParameter(default=[])
    i: Dict[str, Any] = luigi.DictParameter(default=dict(a=1, b=[1]))
    j: Type[A] = luigi.TaskParameter(default=A)
    k: Optional[List[int]] = luigi.OptionalListParameter(default=[1])
    l: Optional[Kind] = luigi.EnumParameter(enum=Kind, default=None)  # E: arg-type
    m: Level = luigi.EnumParameter(enum=Level, default=Level.LOW)
    n: Kind = luigi.EnumParameter(enum=Kind, default=Kind.default())
    o: int = luigi.IntParameter(default=int(os.environ.get('N', '1')))
    p: datetime.date = luigi.DateParameter(default=datetime.datetime.now().date())
    q: Point = SerializableParameter(Point, default=Point(1))
    r: Point = SerializableParameter(object_type=Point, default=Point(1))
    s: 'Point' = SerializableParameter(Point, Point(1))
    t: Optional[Point] = SerializableParameter(Point, default=None)
    u: DateInterval = luigi.DateIntervalParameter(default=Month(2020, 1))
    v: str = luigi.Parameter(default=f'{os.sep}a')
    w: str = luigi.Parameter(default=os.environ.get('A', ''))
    x: str = luigi.Parameter(default=os.getenv('A'))  # E: arg-type
    y: int = luigi.IntParameter(default=Level.LOW)
    z: TaskOnKart = TaskInstanceParameter(default=B())


def old(flag: bool, one: AnyOf, more: List[AnyOf], tasks: Dict[str, A], point: Optional[Point]) -> None:
    OldTyping(a=['a'], b={'a': 1}, c=(1,), d=A(), e=[A()], f=B(), g=one, h=more, i={}, j=A, k=None, l=Kind.A, m=Level.HIGH, n=Kind.B)
    OldTyping(d=A(), f=one, g=A() if flag else B(), h=[A(), B()], q=Point(3), z=A())
    OldTyping(h=[*more, A()], e=list(tasks.values()), a=sorted(tasks), b={name: task.n for name, task in tasks.items()})
    OldTyping(f=C())  # E: arg-type
    OldTyping(g=C())  # E: arg-type
    OldTyping(h=[C()])  # E: list-item
    OldTyping(d=B())  # E: arg-type
    OldTyping(j=B)  # E: arg-type
    OldTyping(j=A())  # E: arg-type
    OldTyping(l=Level.LOW)  # E: arg-type
    OldTyping(m=Kind.A)  # E: arg-type
    OldTyping(q=NoPoint())  # E: arg-type
    OldTyping(q=None)  # E: arg-type
    OldTyping(t=point)  # E: arg-type
    OldTyping(u=datetime.date.today())  # E: arg-type
    OldTyping(b={'a': 'b'})  # E: dict-item
    OldTyping(e=[one])  # E: list-item


class Bare(gokart.TaskOnKart):
    a = TaskInstanceParameter()
    b = ListTaskInstanceParameter()
    c = luigi.EnumParameter(enum=Kind)
    d = SerializableParameter(Point)
    e = luigi.ListParameter(default=['a', 'b'])
    f = TaskInstanceParameter(default=None)  # E: arg-type
    g = luigi.Parameter(default=Kind.A)
    h = luigi.Parameter(default=[])
    i = luigi.BoolParameter(default=None)

    def requires(self):
        yield self.a
        yield from self.b
        yield A(n=len(self.e))

    def run(self):
        kinds = [self.c.value, self.c.name]
        print(kinds, self.d.x, self.g.value, self.h[0], ','.join(self.e))
        print(self.a.n)  # E: attr-defined
        print(self.b[0].n)  # E: attr-defined


Bare(a=Untold(), b=[Untold(), A(), B()], c=Kind.A, d=Point(1), e=('a',), g='x', h={}, i=True)
Bare(a=Untold, b=[], c=Kind.A, d=Point(1))  # E: arg-type
Bare(a=A(), b=A(), c=Kind.A, d=Point(1))  # E: arg-type
Bare(a=A(), b=[], c='a', d=Point(1))  # E: arg-type
Bare(a=A(), b=[], c=Kind, d=Point(1))  # E: arg-type
Bare(a=A(), b=[], c=Kind.A, d=1)  # E: arg-type
Bare(a=A(), b=[], c=Kind.A)  # E: call-arg


class Takes(TaskOnKart[int]):
    one: TaskOnKart[int] = TaskInstanceParameter()
    any_: TaskOnKart[Any] = TaskInstanceParameter(default=A())
    several: List[TaskOnKart[int]] = ListTaskInstanceParameter(default=[])


def generators(numbers: List[int]) -> Generator[Takes, None, None]:
    yield Takes(one=A())
    yield Takes(one=Untold())
    yield Takes(one=A(), several=[A(), C(), Untold()])
    yield Takes(one=A(), several=[A(n=number) for number in numbers])
    yield Takes(one=A(), several=list(itertools.chain([A()], [A()])))
    yield Takes(one=A(), several=[A()] + [A(n=2)])
    yield Takes(one=A(), several=[A()] * 3)
    yield Takes(one=A(), several=tuple(A(n=number) for number in numbers))
    yield Takes(one=B())  # E: arg-type
    yield Takes(one=A(), several=[B(n=number) for number in numbers])  # E: misc
    yield Takes(one=A(), several=(A(n=number) for number in numbers))  # E: arg-type
    yield Takes(one=A(), several={A()})  # E: arg-type
    yield Takes(one=A(), several={'a': A()})  # E: arg-type


def accumulate(numbers: List[int]) -> Takes:
    tasks = []
    for number in numbers:
        tasks.append(A(n=number))
    by_name = defaultdict(list)
    for number in numbers:
        by_name[str(number)].append(A(n=number))
    made: Callable[..., A] = functools.partial(A, n=3)
    with ThreadPoolExecutor() as pool:
        pool.map(lambda number: A(n=number), numbers)
        pool.submit(A, n=3)
    tasks_by: dict[str, type[A]] = {'a': A}
    for name, cls in tasks_by.items():
        tasks.append(cls(n=len(name)))
    for cls_ in (A, B):
        cls_(n=1)
    for other in [A, B]:
        print(other(n=1))
    try:
        task = A(n=3)
    except ValueError:
        task = A(n=4)
    assert isinstance(task, A)
    del task
    return Takes(one=made(), several=tasks + by_name['a'])


class Many(TaskOnKart[int]):
    def requires(self):
        tasks = []
        for number in range(3):
            tasks.append(A(n=number))
        mixed = [A(), B()]
        by = {'a': A(), 'b': B()}
        by['c'] = C()
        return [*tasks, *mixed, *by.values(), Takes(one=A(), several=tasks)]


gokart.build(A(n=1))
luigi.build([A(n=1), B(n=2)], local_scheduler=True)
print(A(n=1) == A(n=1), hash(A(n=1)), A(n=1).task_id, A().n, str(B()), [A()][0].n, A(n=1) if A() else None)
A(n=True)
A(n=1.5)  # E: arg-type
A(n=int('3'))
A(n='3')  # E: arg-type
A(n=None)  # E: arg-type
A(n=luigi.IntParameter())  # E: arg-type
A(N=1)  # E: call-arg
A(n=1, **{})
A(n=1, n_=2)  # E: call-arg
A(n=1, workspace_directory=3)  # E: arg-type
A(rerun=1)  # E: arg-type
A(
    # a comment
    n='a',  # E: arg-type
)
print(A, A.n, A.get_params(), A.get_param_names())
