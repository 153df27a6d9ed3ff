"""Templates: what a base loads and uses that only the classes below it, or their other bases, have."""

import abc

import gokart
import luigi
import luigi.util


class Number(gokart.TaskOnKart[int]):
    n = luigi.IntParameter(default=1)


class Text(gokart.TaskOnKart[str]):
    pass


class UsesMixin(gokart.TaskOnKart[int]):
    def run(self):
        self.dump(self.compute() + self.level + self.Inner.x)
        self.copute()  # E: attr-defined


class Mixin:
    level = 3

    class Inner:
        x = 1

    def compute(self):
        return 1


class FromMixin(Mixin, UsesMixin):
    pass


class UsesCopied(gokart.TaskOnKart[int]):
    def run(self):
        self.dump(self.n)
        self.clone_parent()
        self.m  # E: attr-defined


@luigi.util.inherits(Number)
class Copied(UsesCopied):
    pass


class UsesAssigned(gokart.TaskOnKart[int]):
    def run(self):
        print(self.made)
        print(self.mad)  # E: attr-defined


class Assigned(UsesAssigned):
    def requires(self):
        self.made = Number()
        return self.made


class OneBase(gokart.TaskOnKart[int]):
    pass


class OtherBase(gokart.TaskOnKart[int]):
    pass


class OfTwoBases(OneBase, OtherBase):
    def run(self):
        print(self.level)
        self.load('data')


class BelowTwoBases(OfTwoBases):
    level = 3
    data = gokart.TaskInstanceParameter()


# --- keys of gokart's own requires()


class Default(gokart.TaskOnKart[int]):
    data = gokart.TaskInstanceParameter(expected_type=Number)
    parts = gokart.ListTaskInstanceParameter(expected_elements_type=Number)

    def run(self):
        self.load('data')
        self.load('parts')
        self.load('dat')  # E: gokart-load-key
        self.input()['dat']  # E: gokart-load-key
        self.load_generator('dat')  # E: gokart-load-key
        [self.load('part') for _ in range(3)]  # E: gokart-load-key

    def _helper(self):
        return lambda: self.load('dat')  # E: gokart-load-key


class Empty(gokart.TaskOnKart[int]):
    def run(self):
        self.load('data')  # E: gokart-load-key


class HoldsOne(gokart.TaskOnKart[int]):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.made = Number()

    def run(self):
        self.load('made')
        self.load('mad')  # E: gokart-load-key


class HasProperty(gokart.TaskOnKart[int]):
    @property
    def made(self):
        return Number()

    def requires(self):
        return super().requires()

    def run(self):
        self.load('made')  # E: gokart-load-key


class Loads(gokart.TaskOnKart[int]):
    def run(self):
        self.load('below')
        self.load('belo')  # E: gokart-load-key


class AddsParameter(Loads):
    below = gokart.TaskInstanceParameter()


class LoadsAny(gokart.TaskOnKart[int]):
    def run(self):
        self.load('whatever')


class AddsRequires(LoadsAny):
    def requires(self):
        return {'whatever': Number()}


class LoadsToo(gokart.TaskOnKart[int]):
    def run(self):
        self.load('a')


@luigi.util.requires(a=Number)
class AddsDecorated(LoadsToo):
    pass


class MixinRequires:
    def requires(self):
        return {'data': Number()}


class LoadsMixed(gokart.TaskOnKart[int]):
    def run(self):
        self.load('data')


class AddsMixed(MixinRequires, LoadsMixed):
    pass


class Abstract(gokart.TaskOnKart[int], abc.ABC):
    @abc.abstractmethod
    def compute(self) -> int: ...

    def run(self):
        self.load('data')


def of_any(task: Empty) -> None:
    task.load('data')  # a task of a class elsewhere may have it


# --- keys of a list, and tasks that are built


class OfList(gokart.TaskOnKart[int]):
    def requires(self):
        return [Number(n=n) for n in range(3)]

    def run(self):
        self.load('n')  # E: gokart-load-key
        self.load_generator('n')  # E: gokart-load-key
        self.load(Number(n=1))
        self.load([Number(n=1), Number(n=2)])
        self.load(Text())  # E: gokart-load-task
        self.load([Number(n=1), Text()])  # E: gokart-load-task
        text = Text()
        self.load(text)  # E: gokart-load-task


class OfTuple(gokart.TaskOnKart[int]):
    def requires(self):
        return Number(), Text()

    def run(self):
        number, text = self.load()
        self.load('number')  # E: gokart-load-key


class OfStarred(gokart.TaskOnKart[int]):
    def requires(self):
        return [Number(), *[Text()]]

    def run(self):
        self.load('number')  # E: gokart-load-key
        self.load(Text())
        for each in self.load():
            print(each)


class NoneYet(gokart.TaskOnKart[int]):
    def requires(self):
        return []

    def run(self):
        self.load('data')


class OfParameters(gokart.TaskOnKart[int]):
    one = gokart.TaskInstanceParameter(expected_type=Number)
    many = gokart.ListTaskInstanceParameter(expected_elements_type=Text)
    others = gokart.ListTaskInstanceParameter(expected_elements_type=Number)
    anything = gokart.TaskInstanceParameter()

    def requires(self):
        return {'one': self.one, 'others': self.others}

    def run(self):
        self.load(self.one)
        self.load(self.many)  # E: gokart-load-task
        self.load(self.many[0])  # E: gokart-load-task
        self.load(self.others)
        self.load(self.others[0])
        self.load([self.one, *self.others])
        self.load(self.anything)
        self.load(Number())
        self.load(Text())  # E: gokart-load-task


class OfUnknown(gokart.TaskOnKart[int]):
    anything = gokart.TaskInstanceParameter()

    def requires(self):
        return {'anything': self.anything, **self._more()}

    def _more(self):
        return {'text': Text()}

    def run(self):
        self.load(Text())
        self.load('text')


class OfWide(gokart.TaskOnKart[int]):
    wide: gokart.TaskOnKart[int] = gokart.TaskInstanceParameter()

    def requires(self):
        return self.wide

    def run(self):
        self.load(Number())
        self.load(Text())  # E: gokart-load-task


class NoneElse(gokart.TaskOnKart[int]):
    wide: gokart.TaskOnKart[int] = gokart.TaskInstanceParameter()

    def requires(self):
        if self.rerun:
            return None
        return {'a': Number()}

    def run(self):
        reveal_type(self.load('a'))  # R: int
        self.load('b')  # E: gokart-load-key


class IntKeys(gokart.TaskOnKart[int]):
    def requires(self):
        return {1: Number(), 2: Text()}

    def run(self):
        self.load()[1]
        self.input()[2].load()
        for key in self.load():
            key.bit_length()
