"""Bodies without annotations: right code of the usual gokart kind."""

import asyncio
import datetime
import random
from collections import defaultdict
from functools import lru_cache, wraps
from logging import getLogger

import gokart
import luigi

logger = getLogger(__name__)


def timed(function):
    @wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)

    return inner


class Load(gokart.TaskOnKart[list[int]]):
    n = luigi.IntParameter(default=3)

    def run(self):
        values = []
        for i in range(self.n):
            values.append(i)
        self.dump(values)


class Frame(gokart.TaskOnKart):
    day: datetime.date = luigi.DateParameter(default=datetime.date(2020, 1, 1))
    path: str = luigi.Parameter(default='a.csv')

    def output(self):
        return self.make_target(self.path, use_unique_id=False)

    def run(self):
        if self.n_rows() == 0:
            return self.dump(None)
        result = {}
        result['day'] = self.day.isoformat()
        counts = defaultdict(list)
        counts['a'].append(1)
        x = None
        for each in range(3):
            x = each
        self.dump(dict(result=result, counts=counts, x=x))
        return None

    @staticmethod
    def n_rows():
        return 3

    @classmethod
    def default_path(cls):
        return cls.path

    @property
    def rows(self):
        return self.n_rows() + 1

    @rows.setter
    def rows(self, value):
        self._rows = value

    @lru_cache(maxsize=1)
    def cached(self):
        return self.day

    @timed
    def timed_one(self, x, *, y=1, **rest):
        return x + y

    async def fetch(self):
        await asyncio.sleep(0)
        return [self.day]

    def several(self):
        yield self.day
        yield 3

    def nested(self):
        def inner(x):
            return x + self.day.year

        pick = lambda v: v.month  # noqa: E731
        return inner(3), pick(self.day)


class OtherSelf(gokart.TaskOnKart[int]):
    def run(this):
        this.dump(3)

    def requires(task):
        return dict(a=Load(), f=Frame())


class Keywords(gokart.TaskOnKart[int]):
    def run(self, **kwargs):
        self.dump(kwargs.get('x', 3))

    def output(self, suffix=''):
        return self.make_target(f'a{suffix}.pkl')


class Rebinds(gokart.TaskOnKart[dict[str, int]]):
    kind = luigi.ChoiceParameter(choices=['a', 'b'], default='a')

    def requires(self):
        task = Load()
        for _ in range(3):
            task = Frame()
        if self.kind == 'a':
            task = OtherSelf()
        else:
            task = Keywords()
        return task

    def run(self):
        data = self.load()
        data = data.drop_duplicates()
        data['x'] = 3
        self.dump(data)


class AssignsSelf(gokart.TaskOnKart[int]):
    def requires(self):
        self.first = Load(n=1)
        self.second = None
        if random.random() > 0.5:
            self.second = Frame()
        return {'first': self.first, 'second': self.second or Frame()}

    def run(self):
        self.model = None
        self.model = self.load('first')
        self.state = {}
        self.state['x'] = 1
        self.cache: dict[str, int] = {}
        self.dump(len(self.model) + sum(self.state.values()))


class Updates(gokart.TaskOnKart[int]):
    names: tuple[str, ...] = luigi.ListParameter(default=['Load'])

    def requires(self):
        tasks = {}
        tasks.update({'load': Load()})
        for name in self.names:
            tasks[name] = globals()[name]()
        tasks['frame'] = Frame()
        return tasks

    def run(self):
        loaded = self.load()
        self.dump(sum(loaded['load']))
        self.load('frame').head()
        for name, target in self.input().items():
            logger.info('%s %s', name, target.path())


class Targets(gokart.TaskOnKart[str]):
    def requires(self):
        return {'m': Load(), 'f': Frame()}

    def run(self):
        values = self.input()['m'].load()
        self.input()['m'].exists()
        path = self.input()['f'].path()
        self.output().dump(values + [path])

    def complete(self):
        return all(t.exists() for t in luigi.task.flatten(self.output()))


class Writes(luigi.Task):
    day = luigi.DateParameter()

    def requires(self):
        return Load()

    def output(self):
        return luigi.LocalTarget(f'/tmp/{self.day}.txt')

    def run(self):
        with self.output().open('w') as f:
            f.write('x')
        with self.output().temporary_path() as path:
            open(path).close()


class KartWrites(gokart.TaskOnKart[str]):
    def output(self):
        return luigi.LocalTarget('/tmp/a.txt')

    def run(self):
        with self.output().open('w') as f:
            f.write('x')


class ManyOutputs(gokart.TaskOnKart[str]):
    def output(self):
        return {'a': self.make_target('a.pkl'), 'b': self.make_target('b.pkl')}

    def run(self):
        self.dump('x', 'a')
        self.dump('y', target='b')
        self.dump('z', self.output()['b'])
        for key, target in self.output().items():
            target.dump(key)


class Pass(gokart.TaskOnKart[str]):
    def requires(self):
        pass

    def run(self):
        raise NotImplementedError


class Nothing(gokart.TaskOnKart[str]):
    def requires(self):
        return None

    def run(self): ...


class Template(gokart.TaskOnKart[str]):
    def requires(self):
        raise NotImplementedError()

    def run(self):
        self.dump(self._run(self.load()))

    def _run(self, data):
        raise NotImplementedError()


class Concrete(Template):
    def requires(self):
        return Load()

    def _run(self, data):
        return str(data)


class Yields(gokart.TaskOnKart[str]):
    def requires(self):
        yield Load()
        for i in range(3):
            yield Load(n=i)

    def run(self):
        target = yield Load(n=5)
        print(target)
        yield [Load(n=1), Frame()]
        self.dump(str(self.load()))


class Wrong(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()

    def requires(self):
        return Load(n='a')  # E: arg-type

    def run(self):
        self.dump('text')  # E: call-overload
        self.n.upper()  # E: attr-defined
        return self.missing  # E: attr-defined

    def helper(self, x):
        return x + self.n.upper()  # E: attr-defined

    @classmethod
    def make(cls):
        return cls(n='x')  # E: arg-type

    @staticmethod
    def build():
        return Load(n='x')  # E: arg-type

    @property
    def prop(self):
        return Load(n='x')  # E: arg-type

    async def fetch(self):
        return Load(n='x')  # E: arg-type

    def nested(self):
        def inner(v):
            return Load(n='x')  # E: arg-type

        return inner

    def made(self):
        return [Load(n='x') for _ in range(3)]  # E: arg-type

    def late(this):
        return lambda: this.n.upper()  # E: attr-defined
