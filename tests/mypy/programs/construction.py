"""What a construction takes."""

import enum

import gokart
import luigi


class Size(enum.Enum):
    SMALL = 1


class Load(gokart.TaskOnKart[int]):
    n: luigi.IntParameter = luigi.IntParameter()
    m: int = luigi.IntParameter(default=3)
    k = luigi.IntParameter(5)
    size = luigi.EnumParameter(enum=Size, default=Size.SMALL)
    names: list[str] = luigi.ListParameter(default=[])
    options = luigi.DictParameter(default={})
    mode = luigi.ChoiceParameter(choices=['a', 'b'], default='a')
    limit = luigi.OptionalIntParameter()
    debug = luigi.BoolParameter()
    __version = luigi.IntParameter(default=1)

    def again(self):
        return Load(n=1, __version=2)  # E: call-arg

    @classmethod
    def private(cls):
        cls(n=1, _Load__version='a')  # E: arg-type
        return cls(n=1, _Load__version=2)

    def values(self) -> None:
        reveal_type(self.n)  # R: int
        reveal_type(self.m)  # R: int
        reveal_type(self.k)  # R: int
        reveal_type(self.size)  # R: construction.Size
        reveal_type(self.names)  # R: list[str]
        reveal_type(self.mode)  # R: str
        reveal_type(self.limit)  # R: int | None
        reveal_type(self.debug)  # R: bool


class Train(gokart.TaskOnKart[str]):
    data = gokart.TaskInstanceParameter(expected_type=Load)
    parts = gokart.ListTaskInstanceParameter(expected_elements_type=Load, default=[])


Load(n=1)
Load(n='1')  # E: arg-type
Load()  # E: call-arg
Load(n=1, names=('a',), options={'a': 1}, mode='b', limit=None, debug=True, rerun=True)
Load(n=1, names='abc')  # E: arg-type
Load(n=1, mode='c')  # E: arg-type
Load(n=1, nn=2)  # E: call-arg
Load(1)  # E: call-arg
Load(n=1, __version=2)  # E: call-arg
Load(n=1, _Load__version=2)
Load(n=1).clone(__version=2)  # E: call-arg
Load(n=1).clone(_Load__version=2)
Load(n=1).clone(Load, _Load__version='a')  # E: arg-type
Load(**{'n': 1, '_Load__version': 2})
Load(**{'n': 1, '__version': 2})  # E: call-arg
Load(**{'n': 'x'})  # E: arg-type
Train(data=Load(n=1))
Train(data=Load)  # E: arg-type
Train(data=None)  # E: arg-type
Train(data=Train(data=Load(n=1)))  # E: arg-type
Train(data=Load(n=1), parts=[Load(n=2)])
Train(data=Load(n=1), parts=Load(n=2))  # E: arg-type
Train(data=Load(n=1), parts=[Load(n=2), 3])  # E: list-item
Train(data=[Load(n=1)])  # E: arg-type
