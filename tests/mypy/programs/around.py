"""Cloning, luigi's decorators, configs, building."""

import datetime

import gokart
import luigi
import luigi.util
from gokart.config_params import inherits_config_params
from luigi.util import inherits, requires


class Number(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()
    day: datetime.date = luigi.DateParameter(default=datetime.date(2020, 1, 1))


class Text(gokart.TaskOnKart[str]):
    name = luigi.Parameter()
    n = luigi.IntParameter()


class Clones(gokart.TaskOnKart[str]):
    n = luigi.IntParameter()

    def requires(self):
        reveal_type(self.clone(Number))  # R: around.Number
        reveal_type(self.clone(cls=Number))  # R: around.Number
        reveal_type(self.clone())  # R: around.Clones
        reveal_type(self.clone(n=3))  # R: around.Clones
        self.clone(Number, n='x')  # E: arg-type
        self.clone(n='x')  # E: arg-type
        self.clone(Number, nn=3)  # E: call-arg
        self.clone(Text)  # E: call-arg
        self.clone(Text, name='x')
        self.clone(Text, name='x', rerun=True)
        self.clone(dict)  # E: gokart-clone
        self.clone(3)  # E: gokart-clone
        self.clone(Number(n=1))  # E: gokart-clone
        options = {'n': 3}
        self.clone(Number, **options)
        for cls in (Number, Text):
            self.clone(cls)
            self.clone(cls, n=3)
        cls2 = globals()['Number']
        return {'a': self.clone(cls2), 'b': self.clone(Number)}

    def run(self):
        reveal_type(self.load('b'))  # R: int


def clone_outside(task: Number) -> None:
    reveal_type(task.clone(n=3))  # R: around.Number
    reveal_type(task.clone(Text, name='x'))  # R: around.Text
    task.clone(Text, name='a', n='x')  # E: arg-type


def clone_any(kind: type[Number], task: Number) -> Number:
    return task.clone(kind)


@requires(Number)
class Required(gokart.TaskOnKart[str]):
    x = luigi.Parameter(default='a')

    def run(self):
        reveal_type(self.n)  # R: int
        reveal_type(self.day)  # R: datetime.date
        reveal_type(self.load())  # R: int
        self.clone_parent()
        self.nn  # E: attr-defined


Required(n=1)
Required()  # E: call-arg
Required(n='x')  # E: arg-type
Required(n=1, x='b', day=datetime.date(2020, 1, 1))
Required(n=1, name='b')  # E: call-arg


class Sub(Required):
    y = luigi.IntParameter(default=3)

    def run(self):
        reveal_type(self.n)  # R: int
        reveal_type(self.load())  # R: int


Sub(n=1, y=2)
Sub(y=2)  # E: call-arg


@inherits(Number)
@inherits(Text)
class Stacked(gokart.TaskOnKart[str]):
    def requires(self):
        return self.clone_parent(n=3)

    def run(self):
        self.name.upper()
        reveal_type(self.load())  # R: int


Stacked(n=1, name='x')
Stacked(n=1)  # E: call-arg


@luigi.util.requires(Number, Text)
class Several(gokart.TaskOnKart[str]):
    n = luigi.IntParameter(default=3)


Several(name='x')
Several(name='a', n='x')  # E: arg-type


class Conf(luigi.Config):
    n = luigi.IntParameter(default=3)
    title = luigi.Parameter(default='x')
    rate = luigi.FloatParameter(default=0.3)


Conf()
Conf().n.bit_length()
Conf(n='x')  # E: arg-type


@inherits_config_params(Conf)
class Configured(gokart.TaskOnKart[str]):
    n = luigi.IntParameter()
    extra = luigi.Parameter()

    def run(self):
        reveal_type(self.n)  # R: int
        self.dump('x')


Configured(extra='x')
Configured(extra='x', n=3)
Configured(extra='x', n='y')  # E: arg-type
Configured(n=3)  # E: call-arg


@inherits_config_params(Conf, parameter_alias={'title': 'name'})
class Aliased(gokart.TaskOnKart[str]):
    name = luigi.Parameter()
    title = luigi.Parameter()


Aliased(title='x')
Aliased()  # E: call-arg


@inherits_config_params(Conf)
class Disagrees(gokart.TaskOnKart[str]):  # E: gokart-config
    n = luigi.DateParameter()


@inherits_config_params(Conf, parameter_alias={'n': 'size'})
class DisagreesAlias(gokart.TaskOnKart[str]):  # E: gokart-config
    size = luigi.ListParameter()


@inherits_config_params(Conf)
class Agrees(gokart.TaskOnKart[str]):
    n = luigi.OptionalIntParameter()
    rate = luigi.FloatParameter()
    title = luigi.OptionalParameter()


class SubConfigured(Configured):
    more = luigi.IntParameter()


SubConfigured(extra='x', more=3)

reveal_type(gokart.build(Number(n=1)))  # R: int
reveal_type(gokart.build(Text(name='x', n=1)))  # R: str
gokart.build(Number)  # E: call-overload
gokart.build(Number(n=1), return_value=False)
gokart.build(3)  # E: call-overload
reveal_type(gokart.build(Configured(extra='x')))  # R: str


class Dumps(gokart.TaskOnKart[dict[str, int]]):
    def output(self):
        return {'a': self.make_target('a.pkl'), 'b': self.make_target('b.pkl')}

    def run(self):
        self.dump({'a': 3})
        self.dump({})
        self.dump(3, 'a')
        self.dump(3, target=self.output()['b'])
        self.dump('x', 'a')  # E: call-overload
        self.dump({'a': 'x'})  # E: dict-item
        return self.dump({'a': 3}, custom_labels={'x': 'y'})


class DumpsAny(gokart.TaskOnKart):
    def run(self):
        self.dump(3)
        self.dump('x', 'a')
        self.dump(obj=None)


class DumpsList(gokart.TaskOnKart[list[float]]):
    def run(self):
        self.dump([1, 2])
        values = [1, 2]
        self.dump(values)  # E: arg-type
