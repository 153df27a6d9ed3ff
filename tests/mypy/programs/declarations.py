"""Declarations: expected type, annotation, default and keywords against one another."""

from __future__ import annotations

import datetime
import enum
from typing import Any, Generic, Literal, NewType, Optional, Protocol, TypedDict, TypeVar, Union

import gokart
import luigi
from gokart import ListTaskInstanceParameter, TaskInstanceParameter

T = TypeVar('T')


class Color(enum.Enum):
    RED = 1


class Shape(enum.Enum):
    ROUND = 1


class Count(gokart.TaskOnKart[int]):
    pass


class SmallCount(Count):
    pass


class Text(gokart.TaskOnKart[str]):
    pass


class Bare(gokart.TaskOnKart):
    pass


class HasRows(Protocol):
    def rows(self) -> int: ...


class Rows(gokart.TaskOnKart[int]):
    def rows(self) -> int:
        return 1


Number = Union[int, float]
UserId = NewType('UserId', int)


class Options(TypedDict):
    a: int


class Right(gokart.TaskOnKart[int]):
    a: Count = TaskInstanceParameter(expected_type=Count)
    b: gokart.TaskOnKart[int] = TaskInstanceParameter(expected_type=Count)
    c: gokart.TaskOnKart = TaskInstanceParameter(expected_type=Count)
    d: gokart.TaskOnKart[Any] = TaskInstanceParameter(expected_type=Count)
    e: Any = TaskInstanceParameter(expected_type=Count)
    f: SmallCount = TaskInstanceParameter(expected_type=Count)
    g: gokart.TaskInstanceParameter = TaskInstanceParameter(expected_type=Count)
    h: TaskInstanceParameter[Count] = TaskInstanceParameter(Count)
    i: TaskInstanceParameter[gokart.TaskOnKart[int]] = TaskInstanceParameter(expected_type=gokart.TaskOnKart)
    j: gokart.TaskOnKart[int] = TaskInstanceParameter(expected_type=gokart.TaskOnKart)
    k: gokart.TaskOnKart[int] = TaskInstanceParameter(expected_type=Bare)
    l: list[gokart.TaskOnKart[int]] = ListTaskInstanceParameter(expected_elements_type=Count)
    m: tuple[Count, ...] = ListTaskInstanceParameter(Count)
    n: ListTaskInstanceParameter[Count] = ListTaskInstanceParameter(expected_elements_type=Count)
    o: list[Count] = ListTaskInstanceParameter(expected_elements_type=Count, default=[])
    p: HasRows = TaskInstanceParameter()  # a protocol
    q: HasRows = TaskInstanceParameter(expected_type=Rows)
    r: Count | Text = TaskInstanceParameter()
    s: Union[Count, Text] = TaskInstanceParameter(default=Count())
    t: Color = luigi.EnumParameter(enum=Color)
    u: 'Color' = luigi.EnumParameter(enum=Color, default=Color.RED)
    v: list[Color] = luigi.EnumListParameter(enum=Color, default=[Color.RED])
    w: tuple[Color, ...] = luigi.EnumListParameter(enum=Color, default=(Color.RED,))
    x: float = luigi.IntParameter(default=1)
    y: Number = luigi.FloatParameter(default=1)
    z: Optional[int] = luigi.IntParameter(default=None)


class Plain(gokart.TaskOnKart[int]):
    a: str = luigi.Parameter()
    b: str = luigi.Parameter(default='a')
    c: int = luigi.Parameter(default=3)
    d: str | None = luigi.Parameter(default=None)
    e: Optional[str] = luigi.OptionalParameter(default=None)
    f: datetime.date = luigi.DateParameter(default=datetime.date.today())
    g: datetime.datetime = luigi.DateSecondParameter(default=datetime.datetime.now())
    h: list[str] = luigi.ListParameter(default=['a'])
    i: list[str] = luigi.ListParameter(default=('a',))
    j: tuple[str, ...] = luigi.ListParameter(default=['a'])
    k: dict[str, int] = luigi.DictParameter(default={'a': 1})
    l: dict[str, Any] = luigi.DictParameter(default=dict(a=1))
    m: Options = luigi.DictParameter(default={'a': 1})
    n: list[list[int]] = luigi.ListParameter(default=[[1], [2]])
    o: bool = luigi.BoolParameter(parsing=luigi.BoolParameter.EXPLICIT_PARSING)
    p: bool = gokart.ExplicitBoolParameter(default=False)
    q: Literal['a', 'b'] = luigi.ChoiceParameter(choices=['a', 'b'], default='a')
    r: UserId = luigi.IntParameter()
    s: float = luigi.FloatParameter(default=1)
    t: int = luigi.NumericalParameter(var_type=int, min_value=0, max_value=3, default=1)
    u: str = luigi.Parameter('a', significant=False, description='text')
    v: int = luigi.IntParameter(3)
    w: bool = luigi.BoolParameter(False)
    x = luigi.Parameter(None)
    y = luigi.ListParameter(default=None)
    z = luigi.ChoiceParameter(choices=range(3), var_type=int, default=1)


Plain(a='a', r=UserId(1), q='b', x=3, y=['a'], m={'a': 2}, n=[[1]], z=2)
Plain(a='a', r=UserId(1), m={'b': 2})  # E: typeddict-item, typeddict-unknown-key
Plain(a='a', r=UserId(1), q='c')  # E: arg-type
Plain(a=1, r=UserId(1))  # E: arg-type
Right(  # E: call-arg
    a=Count(), b=SmallCount(), c=Count(), d=Count(), e=Count(), f=SmallCount(), g=Count(), h=Count(), i=Count(), j=Count(), k=Bare(),
    l=[Count()], m=[Count()], n=(Count(),), p=Rows(), q=Rows(), r=Text(), v=[Color.RED], w=[Color.RED]
)


class Wrong(gokart.TaskOnKart[int]):
    a: Text = TaskInstanceParameter(expected_type=Count)  # E: assignment
    b: gokart.TaskOnKart[str] = TaskInstanceParameter(expected_type=Count)  # E: assignment
    c: TaskInstanceParameter[Text] = TaskInstanceParameter(expected_type=Count)  # E: assignment
    d: list[Text] = ListTaskInstanceParameter(expected_elements_type=Count)  # E: assignment
    e: Count = ListTaskInstanceParameter(expected_elements_type=Count)  # E: assignment
    f: list[Count] = TaskInstanceParameter(expected_type=Count)  # E: assignment
    g: Shape = luigi.EnumParameter(enum=Color)  # E: assignment
    h: str = luigi.IntParameter()  # E: assignment
    i: int = luigi.DateParameter()  # E: assignment
    j: luigi.StrParameter = luigi.IntParameter()  # E: assignment
    k: int = luigi.FloatParameter()
    l: str = luigi.BoolParameter()  # E: assignment
    m: str = gokart.TaskInstanceParameter()  # E: assignment
    n: int = luigi.DictParameter()  # E: assignment
    o: int = luigi.ListParameter()  # E: assignment
    p: dict[str, int] = luigi.ListParameter()  # E: assignment


class WrongDefault(gokart.TaskOnKart[int]):
    a: int = luigi.IntParameter(default='a')  # E: arg-type
    b = luigi.IntParameter(default='a')  # E: arg-type
    c: luigi.IntParameter = luigi.IntParameter(default='a')  # E: arg-type
    d = TaskInstanceParameter(expected_type=Count, default=None)  # E: arg-type
    e: Count = TaskInstanceParameter(default=None)  # E: arg-type
    f = TaskInstanceParameter(expected_type=Count, default=Text())  # E: arg-type
    g = TaskInstanceParameter(expected_type=Count, default=Count)  # E: arg-type
    h = ListTaskInstanceParameter(expected_elements_type=Count, default=[Text()])  # E: list-item
    i = ListTaskInstanceParameter(expected_elements_type=Count, default=Count())  # E: arg-type
    j = ListTaskInstanceParameter(Count, None)  # E: arg-type
    k: str = luigi.Parameter(default=1)  # E: arg-type
    l: str = luigi.Parameter(default=None)  # E: arg-type
    m = luigi.EnumParameter(enum=Color, default=Shape.ROUND)  # E: arg-type
    n = luigi.DateParameter(default='2020-01-01')  # E: arg-type
    o = luigi.BoolParameter(default='true')  # E: arg-type
    p = luigi.ListParameter(default='abc')  # E: arg-type
    q = luigi.DictParameter(default=[1])  # E: arg-type
    r = TaskInstanceParameter(Count, Text())  # E: arg-type
    s: gokart.TaskOnKart[int] = TaskInstanceParameter(default=Text())  # E: arg-type
    t: list[int] = luigi.ListParameter(default=['a'])  # E: list-item
    u: dict[str, int] = luigi.DictParameter(default={'a': 'b'})  # E: dict-item


class Misspelt(gokart.TaskOnKart[int]):
    a = luigi.IntParameter(defualt=1)  # E: call-arg
    b: int = luigi.IntParameter(default=1, signficant=False)  # E: call-arg
    c = TaskInstanceParameter(expect_type=Count)  # E: call-arg
    d = TaskInstanceParameter(expected_elements_type=Count)  # E: call-arg
    e = ListTaskInstanceParameter(expected_type=Count)  # E: call-arg
    f = luigi.DateParameter(significant='no')  # E: arg-type
    h = luigi.OptionalIntParameter(dafault=1)  # E: call-arg
    i = luigi.NumericalParameter(var_type=int, min_value=0, maxvalue=3)  # E: call-arg


class Later(gokart.TaskOnKart[int]):
    a = TaskInstanceParameter(expected_type=Below)  # E: gokart-declaration
    b = TaskInstanceParameter(expected_type=Generous[int])  # E: gokart-declaration
    c = TaskInstanceParameter(expected_type=gokart.TaskOnKart[int])  # E: gokart-declaration
    d: Below = TaskInstanceParameter()
    e: 'Below' = TaskInstanceParameter()
    f = TaskInstanceParameter(expected_type=Later)  # E: gokart-declaration
    g = TaskInstanceParameter(expected_type='Count')  # E: arg-type
    h = TaskInstanceParameter(expected_type=Count())  # E: arg-type
    i = TaskInstanceParameter(expected_type=[Count])  # E: arg-type
    j: TaskInstanceParameter[Below] = TaskInstanceParameter()
    k = TaskInstanceParameter(expected_type=(Count, Text))  # E: arg-type
    l = TaskInstanceParameter(expected_type=int)  # E: type-var


class Generous(gokart.TaskOnKart[T], Generic[T]):
    pass


class Below(gokart.TaskOnKart[int]):
    pass


def inside() -> None:
    class Local(gokart.TaskOnKart[int]):
        a = TaskInstanceParameter(expected_type=Count)
        b: int = luigi.IntParameter()

    Local(a=Count(), b=1)
    Local(a=Text(), b=1)  # E: arg-type
    Local(a=Count())  # E: call-arg


class Serializes:
    def gokart_serialize(self):
        return ''

    @classmethod
    def gokart_deserialize(cls, s):
        return cls()


class Unpacked(gokart.TaskOnKart[int]):
    a = luigi.IntParameter(**dict(default=3, significant=False))
    b = luigi.DateParameter(**{'significant': False})
    c = luigi.IntParameter(default='x', **{'significant': False})  # E: arg-type
    d = luigi.EnumParameter(**{'enum': Color})


class Needed(gokart.TaskOnKart[int]):
    a = luigi.EnumParameter(Color)  # E: gokart-declaration
    b = luigi.EnumListParameter()  # E: gokart-declaration
    c = luigi.ChoiceParameter(default='a')  # E: gokart-declaration
    d: str = luigi.ChoiceParameter()  # E: gokart-declaration
    e = luigi.NumericalParameter(var_type=int)  # E: gokart-declaration
    f = luigi.EnumParameter(Color.RED, enum=Color)
    g = gokart.SerializableParameter(Count)  # E: type-var
    h = gokart.SerializableParameter(object_type=Serializes)
    i: Serializes = gokart.SerializableParameter(Serializes)
    j: Count = gokart.SerializableParameter(object_type=Count)  # E: type-var


def takes(tasks: tuple[Count, ...]) -> None: ...


class Tuples(gokart.TaskOnKart[int]):
    several: tuple[Count, ...] = ListTaskInstanceParameter(expected_elements_type=Count)
    wide: tuple[gokart.TaskOnKart[int], ...] = ListTaskInstanceParameter(expected_elements_type=Count)
    listed: list[Count] = ListTaskInstanceParameter(expected_elements_type=Count)

    def run(self) -> None:
        takes(self.several)
        takes(self.wide)
        takes(tuple(self.listed))
        self.listed.copy()  # E: attr-defined


class OptionalTaskParameter(TaskInstanceParameter[Count]):
    def _warn_on_wrong_param_type(self, param_name, param_value):
        pass


class Nothing(gokart.TaskOnKart[int]):
    a: Optional[Count] = TaskInstanceParameter(default=None)  # E: arg-type
    b: 'Count | None' = TaskInstanceParameter(expected_type=Count, default=None)  # E: arg-type
    c: list[Count] | None = ListTaskInstanceParameter(default=None)  # E: arg-type
    d: Optional[Count] = TaskInstanceParameter()
    e: Optional[Count] = OptionalTaskParameter(default=None)

    def run(self):
        if self.d is not None:
            self.load(self.d).bit_length()


Nothing(d=Count(), e=None)
Nothing(d=None)  # E: arg-type
