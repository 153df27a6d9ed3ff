"""Parameters that a subclass fixes: by a constant, a property, None, a method's result."""

import functools

import gokart
import luigi


class Text(gokart.TaskOnKart[str]):
    pass


class Base(gokart.TaskOnKart[int]):
    n: int = luigi.IntParameter()
    m = luigi.IntParameter()
    k: luigi.IntParameter = luigi.IntParameter()
    name: str = luigi.Parameter()
    dep: Text = gokart.TaskInstanceParameter()
    bare = gokart.TaskInstanceParameter(expected_type=Text)


class ByProperty(Base):
    @property
    def n(self) -> int:
        return 3

    @property
    def m(self):
        return 3

    @property
    def k(self) -> int:
        return 3

    @property
    def dep(self) -> Text:
        return Text()

    @functools.cached_property
    def bare(self) -> Text:
        return Text()


class ByConstant(Base):
    n = 3
    m = 4
    k = 5
    name = 'a'
    dep = Text()
    bare = Text()


class ByNone(Base):
    n = None
    m = None
    name = None
    dep = None
    bare = None


class WithSetter(Base):
    @property
    def n(self) -> int:
        return 3

    @n.setter
    def n(self, value: int) -> None:
        print(value)


class WithDefault(Base):
    n: int = luigi.IntParameter(default=3)
    m = luigi.IntParameter(default=4)
    k: luigi.IntParameter = luigi.IntParameter(default=4)
    name: str = luigi.Parameter(default='a')
    dep: Text = gokart.TaskInstanceParameter(default=Text())
    bare = gokart.TaskInstanceParameter(expected_type=Text, default=Text())


class Restyled(Base):
    n = luigi.IntParameter(default=3)
    m: int = luigi.IntParameter(default=4)
    k: int = luigi.IntParameter(default=4)
    name: luigi.StrParameter = luigi.StrParameter(default='a')
    dep = gokart.TaskInstanceParameter(expected_type=Text)
    bare: Text = gokart.TaskInstanceParameter()


class Renewed(ByConstant):
    n = luigi.IntParameter()


ByProperty(name='a')
ByConstant()
ByNone(k=1)
WithDefault()
WithDefault(n=1, m=2, k=3, name='b', dep=Text(), bare=Text())
Restyled(dep=Text(), bare=Text())
Restyled(n=1, m=2, k=3, name='b', dep=Text(), bare=Text())
Renewed(n=3)
WithSetter(m=1, k=1, name='a', dep=Text(), bare=Text())
ByProperty(n=1, name='a')  # E: call-arg
ByConstant(bare=Text())  # E: call-arg
Renewed()  # E: call-arg
Restyled(n='1', dep=Text(), bare=Text())  # E: arg-type


def read(a: ByProperty, b: ByConstant, c: Restyled) -> None:
    reveal_type(a.n)  # R: int
    reveal_type(a.k)  # R: int
    reveal_type(b.n)  # R: int
    reveal_type(b.k)  # R: int
    reveal_type(c.n)  # R: int
    reveal_type(c.k)  # R: int
    reveal_type(c.name)  # R: str
    reveal_type(c.dep)  # R: overridden.Text
