"""Tasks of several outputs in one list, dict, loop or name; what is dumped elsewhere; the keywords of an own constructor."""

from typing import Generic, Protocol, TypedDict, TypeVar

import gokart
import luigi
from gokart.target import TargetOnKart
from typing_extensions import Unpack

T = TypeVar('T')


class Base(gokart.TaskOnKart[T]):
    version = luigi.IntParameter(default=1)


class Number(Base[int]):
    n = luigi.IntParameter(default=1)


class Text(Base[str]):
    path = luigi.Parameter(default='')


class Pair(gokart.TaskOnKart[tuple[int, T]], Generic[T]):
    pass


class Mixed(gokart.TaskOnKart[int]):
    number = gokart.TaskInstanceParameter(expected_type=Number)
    text = gokart.TaskInstanceParameter(expected_type=Text)
    numbers = gokart.ListTaskInstanceParameter(expected_elements_type=Number)
    values: list[int] = luigi.ListParameter(default=[])
    flag = luigi.BoolParameter()

    def rows(self):
        number, text = self.load([self.number, self.text])
        reveal_type(number)  # R: int
        reveal_type(text)  # R: str
        reveal_type(self.load([self.number, self.number]))  # R: list[int]
        reveal_type(self.load([self.number]))  # R: list[int]
        reveal_type(self.load([each for each in self.numbers]))  # R: list[int]
        reveal_type(self.load((self.number, self.text))[1])  # R: str
        for loaded in self.load([self.number, *self.numbers]):
            loaded.bit_length()
        for loaded_too in self.load([each for each in (self.number, self.text)]):
            print(loaded_too)
        self.load([self.numbers, self.number])
        self.load(each for each in self.numbers)
        self.load([self.number, 3])  # E: list-item
        self.load([self.number, 'x'])  # E: list-item
        self.load({'a': self.number})  # E: arg-type

    def loops(self):
        for one in [self.number, self.text]:
            self.load(one).anything()
            one.version.bit_length()
            one.n  # E: attr-defined
        for name, two in {'a': self.number, 'b': self.text}.items():
            self.load(two)
        for name, three in zip('ab', [self.number, self.text]):
            self.load(three)
        for i, four in enumerate((self.number, self.text)):
            self.load(four)
        best = max([self.number, self.text], key=lambda each: each.version)
        chosen = self.number if self.flag else self.text
        return {name: self.load(each) for name, each in {'a': self.number, 'b': best, 'c': chosen}.items()}

    def tuples(self):
        self.numbers + (self.number,)
        self.numbers + self.numbers
        self.values + (1,)
        self.values + tuple(range(3))
        self.values + self.more()
        self.numbers + [self.number]  # E: operator
        self.values + [1]  # E: operator

    def more(self):
        return ()

    def elsewhere(self):
        target = self.make_target('log.txt')
        self.dump('x', target)
        self.dump('x', self.make_target('log.txt'))
        self.dump('x', target=self.log())
        self.dump('x', self.output())  # E: call-overload
        self.dump('x', 'key')  # E: call-overload

    def log(self) -> TargetOnKart:
        return self.make_target('log.txt')


def takes(floats: gokart.TaskOnKart[float], several: list[gokart.TaskOnKart[float]]) -> None: ...


class TakesFloats(gokart.TaskOnKart[int]):
    one: gokart.TaskOnKart[float] = gokart.TaskInstanceParameter()
    pair: Pair[float] = gokart.TaskInstanceParameter()


def covariant(number: Number, text: Text, ints: Pair[int], texts: Pair[str]) -> None:
    takes(number, [number])
    takes(text, [number])  # E: arg-type
    TakesFloats(one=number, pair=ints)
    TakesFloats(one=text, pair=ints)  # E: arg-type
    TakesFloats(one=number, pair=texts)  # E: arg-type


class Options(TypedDict, total=False):
    n: int
    name: str


class OwnConstructor(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()
    name = luigi.Parameter(default='x')

    def __init__(self, **kwargs: Unpack[Options]) -> None:
        super().__init__(**kwargs)


def built(options: Options) -> None:
    OwnConstructor(n=1)
    OwnConstructor(n=1, name='a')
    OwnConstructor(**options)
    OwnConstructor(n='x')  # E: arg-type
    OwnConstructor()  # E: call-arg
    OwnConstructor(k=1)  # E: call-arg


class Fits(Protocol):
    def fit(self, rows: int) -> int: ...


class OfProtocol(gokart.TaskOnKart[int]):
    one: Fits = gokart.TaskInstanceParameter()
    several: list[Fits] = gokart.ListTaskInstanceParameter(default=[])

    def run(self):
        self.load(self.one)
        self.load(self.several)
        self.load(self.several[0])
        for each in self.several:
            self.load(each)
        for loaded in self.load_generator(self.several):
            print(loaded)
        self.load(self.one.fit)  # E: call-overload
        self.load(self.one.fi)  # E: attr-defined
