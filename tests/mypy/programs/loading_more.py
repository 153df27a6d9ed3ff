"""What a task loads: annotated, decorated, generic, nested and odd requirements."""

from typing import Any, Generic, TypeVar

import gokart
import luigi
import luigi.util

T = TypeVar('T')


class Number(gokart.TaskOnKart[int]):
    n = luigi.IntParameter(default=1)


class Text(gokart.TaskOnKart[str]):
    n = luigi.IntParameter(default=1)


class Anything(gokart.TaskOnKart):
    pass


class Files(gokart.TaskOnKart[str]):
    def output(self):
        return {'a': self.make_target('a.pkl'), 'b': self.make_target('b.pkl')}


class Call(gokart.TaskOnKart[str]):
    def requires(self):
        return dict(a=Number(), b=Text())


class Annotated(gokart.TaskOnKart[str]):
    def requires(self) -> dict[str, Number]:
        return {f'{i}': Number(n=i) for i in range(3)}

    def run(self) -> None:
        self.load('1').bit_length()
        for each in self.requires().values():
            each.n


class AnnotatedList(gokart.TaskOnKart[str]):
    def requires(self) -> list[Number]:
        return [Number(n=i) for i in range(3)]

    def run(self) -> None:
        reveal_type(self.load())  # R: list[int]
        self.requires()[0].n


class AnnotatedOne(gokart.TaskOnKart[str]):
    def requires(self) -> Number:
        return Number()

    def run(self) -> None:
        reveal_type(self.load())  # R: int


class AnnotatedWide(gokart.TaskOnKart[str]):
    def requires(self) -> gokart.TaskOnKart[Any]:
        return Number()

    def run(self) -> None:
        self.load().bit_length()


class Inherited(Call):
    def run(self):
        reveal_type(self.load('a'))  # R: int
        self.load('c')  # E: gokart-load-key


@luigi.util.requires(Number)
class Required(gokart.TaskOnKart[str]):
    def run(self):
        reveal_type(self.load())  # R: int
        reveal_type(self.n)  # R: int


@luigi.util.requires(Number, Text)
class RequiredTwo(gokart.TaskOnKart[str]):
    def run(self):
        a, b = self.load()
        reveal_type(a)  # R: int
        reveal_type(b)  # R: str


@luigi.util.requires(a=Number, b=Text)
class RequiredNamed(gokart.TaskOnKart[str]):
    def run(self):
        self.load('a').bit_length()
        reveal_type(self.load('b'))  # R: str
        self.load('c')  # E: gokart-load-key
        self.n


@luigi.util.inherits(Number)
class InheritsOne(gokart.TaskOnKart[str]):
    def requires(self):
        return self.clone_parent()

    def run(self):
        self.load().bit_length()
        self.n


@luigi.util.inherits(Number, Text)
class InheritsTwo(gokart.TaskOnKart[str]):
    def requires(self):
        return self.clone_parents()

    def run(self):
        a, b = self.load()
        b.upper()


@luigi.util.inherits(Number)
@luigi.util.inherits(Text)
class InheritsStacked(gokart.TaskOnKart[str]):
    def requires(self):
        return {'a': self.clone(Number), 'b': self.clone(Text, n=3)}

    def run(self):
        reveal_type(self.load('a'))  # R: int
        reveal_type(self.load('b'))  # R: str
        self.load('c')  # E: gokart-load-key


class OfGeneric(gokart.TaskOnKart[T], Generic[T]):
    dep: gokart.TaskOnKart[T] = gokart.TaskInstanceParameter()

    def requires(self):
        return {'dep': self.dep}

    def run(self):
        self.dump(self.load('dep'))


class OfInt(OfGeneric[int]):
    def run(self):
        reveal_type(self.load('dep'))  # R: int
        self.dump(3)
        self.dump('a')  # E: call-overload


class Nested(gokart.TaskOnKart[str]):
    def requires(self):
        return {'data': {'a': Number(), 'b': Text()}, 'list': [Number(), Number()]}

    def run(self):
        self.load('data')['a'].bit_length()
        self.load('data')['b'].upper()
        self.load('list')[0].bit_length()
        self.input()['data']['a'].load()
        self.input()['list'][0].load()


class HelperMethod(gokart.TaskOnKart[str]):
    def requires(self):
        return self._tasks()

    def _tasks(self):
        return {'a': Number()}

    def run(self):
        self.load('a')
        self.load('b')


class Outside(gokart.TaskOnKart[str]):
    def requires(self):
        return dict(a=Number(), b=Text())

    def run(self):
        helper(self)

    def nested(self):
        def inner(key):
            return self.load(key)

        return inner('a'), self.load('zz')  # E: gokart-load-key


def helper(task: Outside) -> str:
    reveal_type(task.load('a'))  # R: int
    task.load('zz')  # E: gokart-load-key
    return task.load('b')


class ListOfSelf(gokart.TaskOnKart[str]):
    parts = gokart.ListTaskInstanceParameter(expected_elements_type=Number)

    def requires(self):
        return self.parts

    def run(self):
        reveal_type(self.load())  # R: list[int]
        sum(self.load())
        for target in self.input():
            target.load()


class Combined(gokart.TaskOnKart[str]):
    parts = gokart.ListTaskInstanceParameter(expected_elements_type=Number)
    dep = gokart.TaskInstanceParameter(expected_type=Text)

    def requires(self):
        return [self.dep, *self.parts]

    def run(self):
        text, *numbers = self.load()
        text.upper()
        self.load(self.dep)


class Concat(gokart.TaskOnKart[str]):
    def requires(self):
        return [Number()] + [Text() for _ in range(3)]

    def run(self):
        self.load()[0].bit_length()
        self.load()[1].upper()


class AppendLoop(gokart.TaskOnKart[str]):
    def requires(self):
        tasks = []
        for i in range(3):
            tasks.append(Number(n=i))
        return tasks

    def run(self):
        for each in self.load():
            each.bit_length()


class Optional_(gokart.TaskOnKart[str]):
    dep = gokart.TaskInstanceParameter(expected_type=Number)
    use = luigi.BoolParameter()

    def requires(self):
        return {'dep': self.dep} if self.use else {}

    def run(self):
        if self.use:
            self.load('dep').bit_length()


class Walrus(gokart.TaskOnKart[str]):
    def requires(self):
        return (tasks := {'a': Number()}) and tasks

    def run(self):
        self.load('a')


class Conditional(gokart.TaskOnKart[str]):
    use = luigi.BoolParameter()

    def requires(self):
        return Number() if self.use else Text()

    def run(self):
        self.load()


class LoadsTarget(gokart.TaskOnKart[str]):
    dep = gokart.TaskInstanceParameter()

    def requires(self):
        return self.dep

    def run(self):
        self.load(self.dep.output())
        self.load(self.input())
        self.dep.output().path()
        self.load().x.y


class OverrideLoad(gokart.TaskOnKart[str]):
    def requires(self):
        return Number()

    def load(self, target=None):
        return 'text'

    def run(self):
        self.load('a').upper()
        self.load().upper()


class OneKeyless(gokart.TaskOnKart[str]):
    def requires(self):
        return Files()

    def run(self):
        self.load('zz')  # E: gokart-load-key
        self.input()['zz']  # E: gokart-load-key


class PathTarget(gokart.TaskOnKart[str]):
    def output(self):
        return self.make_target('a.csv', use_unique_id=False)


class OfPath(gokart.TaskOnKart[str]):
    def requires(self):
        return PathTarget()

    def run(self):
        reveal_type(self.load())  # R: str
        self.input().path()
        self.load('a')  # E: gokart-load-key


class Alias(gokart.TaskOnKart[str]):
    def requires(self):
        return Number()

    def output(self):
        return self.input()


class OfAlias(gokart.TaskOnKart[str]):
    def requires(self):
        return {'alias': Alias(), 'files': Files()}

    def run(self):
        reveal_type(self.load('alias'))  # R: str
        self.load('files')['a'].upper()
        self.input()['files']['a'].path()


class NoTasks(gokart.TaskOnKart[str]):
    def run(self):
        self.input()[0].load()
        for each in self.input():
            each.load()
        self.load()
