"""GK107 on right code that looks wrong."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked
from tests.rules.test_gk107_unknown_load_key import LIBRARY


def test_right_code_that_looks_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        LIBRARY
        + """
from contextlib import suppress
from functools import cached_property
from library import make_base, names, tasks


class Computed(Base):
    def requires(self):
        return {f'model_{i}': A(n=i) for i in range(3)}

    def run(self):
        self.load('model_1'), self.load(f'model_{2}')


class Looped(Base):
    def requires(self):
        found = {}
        for name in names:
            found[name] = A()
        return found

    def run(self):
        self.load('anything')


class Foreign(Base):
    def requires(self):
        return tasks()

    def run(self):
        self.load('anything')


class Updated(Base):
    def requires(self):
        found = {'a': A()}
        found.update(tasks())
        return found

    def run(self):
        self.load('b')


class Escaped(Base):
    def requires(self):
        found = {'a': A()}
        tasks(found)
        return found

    def run(self):
        self.load('b')


class Sometimes(Base):
    flag = luigi.BoolParameter()

    def requires(self):
        found = {'a': A()}
        if self.flag:
            found['b'] = A()
        return found

    def run(self):
        if self.flag:
            self.load('b')


class Unknown(make_base(), Base):
    def requires(self):
        return {'a': A()}

    def run(self):
        self.load('b')


class OwnLoad(Base):
    def requires(self):
        return {'a': A()}

    def load(self, target=None):
        return super().load('a')

    def run(self):
        self.load('b')


class OwnInput(Base):
    def requires(self):
        return {'a': A()}

    def input(self):
        return {'b': super().input()['a']}

    def run(self):
        self.load('b'), self.input()['b']


class TwoNames(Base):
    def requires(self):
        found = tasks = {}
        tasks['b'] = A()
        return found

    def run(self):
        self.load('b')


class Either(Base):
    flag = luigi.BoolParameter()

    def requires(self):
        found = {'a': A()}
        other = found if self.flag else {}
        other['b'] = A()
        return found

    def run(self):
        self.load('b')


class InTurn(Base):
    def requires(self):
        found, other = {'a': A()}, {}
        for tasks in (found, other):
            tasks['b'] = A()
        return found

    def run(self):
        self.load('b')


class PartOf(Base):
    def requires(self):
        found = {'x': {'a': A()}}
        part = found['x']
        part['b'] = A()
        return found['x']

    def run(self):
        self.load('b')


class Bound(Base):
    def requires(self):
        found = {'a': A()}
        add = found.update
        add(b=A())
        return found

    def run(self):
        self.load('b')


class Replaced(Base):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.load = print

    def requires(self):
        return {'a': A()}

    def run(self):
        self.load('b')


class DictOfOne(Base):
    def requires(self):
        return Both()

    def run(self):
        self.load('train'), self.input()['test']


class AnyTask(Base):
    dep = gokart.TaskInstanceParameter()

    def requires(self):
        return self.dep

    def run(self):
        self.load('whatever')


class Wide(Base):
    dep = gokart.TaskInstanceParameter(expected_type=gokart.TaskOnKart)

    def requires(self):
        return self.dep

    def run(self):
        self.load('whatever')


class HasSubclass(Base):
    def run(self):
        self.dump(1)


class WithKeys(HasSubclass):
    def output(self):
        return {'k': self.make_target('k.pkl')}


class GivenSubclass(Base):
    dep = gokart.TaskInstanceParameter(expected_type=HasSubclass)

    def requires(self):
        return self.dep

    def run(self):
        self.load('k')


class Pattern(Base):
    def run(self):
        self.load('data'), self.load('option')


class Filled(Pattern):
    def requires(self):
        return {'data': A(), 'option': A()}


class Optional(Base):
    with_option = False

    def run(self):
        self.load('data')
        if self.with_option:
            self.load('option')

        if not self.with_option:
            return
        self.load('option')


class Without(Optional):
    def requires(self):
        return {'data': A()}


class With(Optional):
    with_option = True

    def requires(self):
        return {'data': A(), 'option': A()}


class Guarded(Base):
    def requires(self):
        return {'a': A()}

    def run(self):
        if 'b' in self.input():
            self.load('b')
        try:
            self.load('c')
        except KeyError:
            pass
        with suppress(KeyError):
            self.load('d')
        e = self.load('e') if 'e' in self.requires() else None
        return e


class Assigned(Base):
    dep = gokart.TaskInstanceParameter()
    anything = luigi.Parameter(default=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.more = A()

    @cached_property
    def late(self):
        return A()

    def run(self):
        self.load('dep'), self.load('more'), self.load('late'), self.load('anything')


class SetByName(Base):
    dep = gokart.TaskInstanceParameter()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in names:
            setattr(self, name, A())

    def run(self):
        self.load('more')


class Private(Base):
    __dep = gokart.TaskInstanceParameter()

    def run(self):
        self.load('_Private__dep')


class NoDependencies(Base):
    def run(self):
        self.load('data')


class OtherSelf(Base):
    dep = gokart.TaskInstanceParameter()

    def requires(self):
        return {'a': A()}

    def run(self):
        self.dep.load('b')
        load = {}.get
        load('b')
        json = Other()
        json.load('b')

        def inner(self):
            return self.load('b')

        return inner, lambda self: self.load('b')


class Other:
    def load(self, key):
        return key


class Skipping(Base):
    def requires(self):
        return {'a': A(), 'b': A()}

    def run(self):
        for key in ('a', 'b', 'c'):
            if key == 'c':
                continue
            self.load(key)
        return [self.load(key) for key in ('a', 'd') if key != 'd']


class Asking(Base):
    def requires(self):
        return A()

    def run(self):
        targets = self.input()
        if isinstance(targets, dict):
            targets['a']


@tasks
class Wrapped(Base):
    def requires(self):
        return {'a': A()}

    def run(self):
        self.load('b')


@needs(A, A)
class Places(Base):
    def run(self):
        self.input()[0], self.input()[1]


class Abstract(Base):
    def requires(self):
        raise NotImplementedError

    def run(self):
        self.load('a')


class Numbers(Base):
    def requires(self):
        return {0: A(), '1': A()}

    def run(self):
        self.input()[0], self.load('1'), self.input()[2]
""",
        'GK107',
    )
