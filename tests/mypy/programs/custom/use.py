"""Tasks with parameter classes of their own project, defined in another module."""

import datetime

import gokart
import luigi

from . import kinds
from .kinds import Alias, AnyTask, Box, Deeper, Level, Maybe, Money, Must, OneTask, Percent, Untyped, Weekday, Words, untyped, version


class Count(gokart.TaskOnKart[int]):
    pass


class Text(gokart.TaskOnKart[str]):
    pass


class Bare(gokart.TaskOnKart[int]):
    money = Money()
    day = Weekday()
    any_ = Untyped()
    percent = Percent()
    words = Words()
    level = Level(1, 2)
    must = Must('kg')
    box = Box[int]()
    deeper = Deeper()
    maybe = Maybe()
    one = OneTask()
    task = AnyTask(expected_type=Text)
    alias = Alias()
    version = version(2)
    unknown = untyped()
    qualified = kinds.Money(default=1)

    def values(self) -> None:
        reveal_type(self.money)  # R: int
        reveal_type(self.day)  # R: datetime.date
        reveal_type(self.any_)  # R: Any
        reveal_type(self.percent)  # R: Any
        reveal_type(self.level)  # R: int
        reveal_type(self.must)  # R: int
        reveal_type(self.box)  # R: int
        reveal_type(self.deeper)  # R: int
        reveal_type(self.maybe)  # R: int | None
        reveal_type(self.one)  # R: gokart.task.TaskOnKart[int]
        reveal_type(self.task)  # R: custom.use.Text
        reveal_type(self.alias)  # R: int
        reveal_type(self.version)  # R: int
        reveal_type(self.qualified)  # R: int
        print(self.unknown.whatever)


Bare(money=1, day=datetime.date(2020, 1, 1), any_=object(), percent=1, words=['a'], must=1, box=1, deeper=1, one=Count(), task=Text(), alias=1)
Bare(
    money='1',  # E: arg-type
    day=1,  # E: arg-type
    any_=object(),
    percent='1',
    words='ab',  # E: arg-type
    must='1',  # E: arg-type
    box='1',  # E: arg-type
    deeper='1',  # E: arg-type
    maybe='1',  # E: arg-type
    one=Text(),  # E: arg-type
    task=Count(),  # E: arg-type
    alias='1',  # E: arg-type
    version='1',  # E: arg-type
    qualified='1',  # E: arg-type
    level='1',  # E: arg-type
    unknown=object(),
)


class Typed(gokart.TaskOnKart[int]):
    money: int = Money()
    day: datetime.date = Weekday()
    any_: list[str] = Untyped()
    percent: float = Percent(0.3)
    words: list[str] = Words()
    box: Box[int] = Box()
    level: int = Level(1, high=2)
    deeper: Deeper = Deeper()
    maybe: int | None = Maybe(default=None)
    one: gokart.TaskOnKart[int] = OneTask()
    task: Text = AnyTask()
    alias: int = Alias(default=3)

    def values(self) -> None:
        reveal_type(self.money)  # R: int
        reveal_type(self.any_)  # R: list[str]
        reveal_type(self.box)  # R: int
        reveal_type(self.deeper)  # R: int
        reveal_type(self.maybe)  # R: int | None
        reveal_type(self.task)  # R: custom.use.Text


Typed(money=1, day=datetime.date(2020, 1, 1), any_=['a'], words=['a'], box=1, deeper=1, one=Count(), task=Text())
Typed(
    money='1',  # E: arg-type
    day=1,  # E: arg-type
    any_='a',  # E: arg-type
    words=1,  # E: arg-type
    box='1',  # E: arg-type
    deeper='1',  # E: arg-type
    one=Count,  # E: arg-type
    task=Count(),  # E: arg-type
)
Typed(money=1, day=datetime.date(2020, 1, 1), any_=['a'], words=['a'], box=1, deeper=1, one=Count())  # E: call-arg


class Wrong(gokart.TaskOnKart[int]):
    money: str = Money()  # E: assignment
    day: int = Weekday()  # E: assignment
    n: int = luigi.IntParameter(defualt=1)  # E: call-arg
    m = luigi.IntParameter(default='a')  # E: arg-type
    box = Box[int](default='a')  # E: arg-type
