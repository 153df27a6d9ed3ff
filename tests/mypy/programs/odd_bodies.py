"""More right code without annotations: what mypy alone would refuse in it."""

import contextlib
import dataclasses
import enum
import functools
import itertools
import json
import os
import re
from collections import Counter, OrderedDict, namedtuple
from typing import NamedTuple

import gokart
import luigi
import numpy as np
import pandas as pd

Point = namedtuple('Point', ['x', 'y'])


class Mode(enum.Enum):
    A = 'a'


class Row(NamedTuple):
    x: int


@dataclasses.dataclass
class Result:
    score: float = 0.0
    rows: list[int] = dataclasses.field(default_factory=list)


class Number(gokart.TaskOnKart[int]):
    n = luigi.IntParameter(default=1)


class Frame(gokart.TaskOnKart[pd.DataFrame]):
    def run(self):
        df = pd.DataFrame({'a': [1, 2]})
        df = df[df['a'] > 1]
        df['b'] = df['a'].map(lambda x: x + 1)
        df = df.groupby('a').agg({'b': 'sum'}).reset_index()
        df.columns = ['x', 'y']
        for i, row in df.iterrows():
            print(i, row['x'])
        self.dump(df)


class UsesFrame(gokart.TaskOnKart[pd.DataFrame]):
    threshold = luigi.FloatParameter(default=0.5)

    def requires(self):
        return dict(frame=Frame(), number=Number())

    def run(self):
        df = self.load('frame')
        df = df.query('x > 3').copy()
        df.loc[df['x'] > self.threshold, 'y'] = 0
        values = df['x'].values
        values = np.array(values) * 2
        x, y = df['x'], df['y']
        x = x.astype(float)
        y = y.tolist()
        self.dump(df[['x', 'y']])
        frames = []
        frames.append(df)
        out = pd.concat(frames, axis=0)
        out.index = range(len(out))
        weights = {}
        for key, group in out.groupby('x'):
            weights[key] = group['y'].mean()
        weights = pd.Series(weights)
        return weights


class Loops(gokart.TaskOnKart[dict[str, float]]):
    words = luigi.ListParameter(default=['a'])
    conf = luigi.DictParameter(default={})

    best = None
    history = []  # E: var-annotated
    count = 0

    def run(self):
        total = 0
        for i in range(3):
            total += i * 0.5
        for i in self.words:
            total += len(i)
        best, name = None, ''
        for word in self.words:
            if best is None or len(word) > best:
                best = len(word)
                name = word
        print(best + 1, name.upper())
        self.best = best
        self.count = self.count + 0.5
        params = {'lr': 0.1, 'layers': [1, 2], 'name': 'x'}
        params['lr'] = params['lr'] * 2
        params['layers'].append(3)
        result = {'score': 0.1}
        result.update(**self.conf)
        self.dump(result)
        counts = Counter()
        counts['a'] += 1
        counts.update(['x'])
        ordered = OrderedDict()
        ordered['a'] = 1
        matched = re.match('a', 'abc')
        if matched:
            print(matched.group())
        seen = set()
        seen.add(1)
        seen.add('a')
        seen = sorted(map(str, seen))
        text = 1
        text = str(text)
        text = text.encode()
        first, *rest = self.words
        first = 3
        (a, b), c = (1, 2), 3
        a = 'x'
        print(a, b, c, rest, first)
        with open('x') as f, contextlib.suppress(OSError):
            data = json.load(f)
        with open('x', 'rb') as f:
            data = f.read()
        try:
            value = int('3')
        except ValueError as e:
            value = None
            print(e)
        finally:
            value = 'x'
        print(data, value)
        del value
        if (n := len(self.words)) > 3:
            n = 'many'
        match n:
            case 3:
                n = None
            case _:
                pass
        pairs = list(itertools.chain([1], ['a']))
        pairs.append(None)
        point = Point(1, 2)
        point = (point.x, point.y)
        model = functools.partial(print, 1)
        model = model()
        path = os.environ.get('X')
        path = path or 'y'
        path.upper()
        result = Result()
        result.rows.append(1)
        result.score = 3

    def fit(self, x=None, y=[], **params):
        x = x or {}
        y = y + [1]
        params['a'] = 1
        return x, y, json.dumps(params)

    def empty(self):
        items = [[] for _ in range(3)]
        items[0].append(1)
        table = {k: [] for k in self.words}
        table['a'].append(1)
        pair = [], {}
        left, right = [], {}
        left.append(1)
        right['a'] = 2
        nested = {'a': []}
        nested['a'].append(1)
        for each in []:
            print(each)
        return pair, dict(a=[], b={})

    def early(self, flag):
        if flag:
            return
        value = None

        def set_value():
            nonlocal value
            value = 3

        set_value()
        return value + 1

    def __repr__(self):
        return 'x'

    def __getattr__(self, name):
        return 3


class Base(gokart.TaskOnKart[int]):
    def make(self, x):
        return x

    def plain(self):
        return 1

    @property
    def size(self):
        return 1

    def requires(self):
        return {'n': Number()}


class Overrides(Base):
    size = 3

    def make(self, x, y, *, z=1):
        return super().make(x) + y + z

    @property
    def plain(self):
        return 2

    def requires(self, extra=None):
        tasks = super().requires()
        tasks.update({'m': Number(n=2)})
        return tasks

    def output(self):
        return [self.make_target('a.pkl'), luigi.LocalTarget('b')]

    def run(self):
        super().run()
        self.model = Result()
        self.model = {'a': self.model}
        self.names = []
        self.names.append('a')
        self.names.append(1)
        self.index = 0
        self.index += 1
        self.table, self.other = {}, None
        self.table['a'] = 1
        self.other = 3
        self._prepare()
        self.dump(self.late + self.other)

    def _prepare(self):
        self.late = 3
        self.names = {'a': 1}
        self.other = 'x'
        for self.index in range(3):
            pass

    @classmethod
    def build(cls, **kwargs):
        kwargs.setdefault('n', 3)
        return gokart.build(cls(**kwargs))

    @staticmethod
    def load_all(paths):
        frames = None
        for path in paths:
            frame = pd.read_csv(path)
            frames = frame if frames is None else pd.concat([frames, frame])
        return frames.reset_index()


class Mixin:
    def common(self):
        return self.not_here


class WithMixin(Mixin, gokart.TaskOnKart[int]):
    shared = None

    def run(self):
        self.shared = Result()
        self.shared.rows.append(3)
        self.dump(self.common())


class Child(WithMixin):
    def run(self):
        self.shared = 3
        print(self.shared + 1)


def in_function():
    class Local(gokart.TaskOnKart[list[int]]):
        def run(self):
            x = []
            x.append(1)
            self.dump(x)

    return Local()


if luigi:

    class Conditional(gokart.TaskOnKart[int]):
        if os.environ:

            def run(self):
                self.dump('x')  # E: call-overload

        else:

            def run(self):
                self.dump(2)


class Alias(gokart.TaskOnKart[int]):
    def _requires(self):
        return Number()

    requires_ = _requires

    run_later = lambda self: self.dump(3)  # noqa: E731


class Generic_(gokart.TaskOnKart):
    def run(self):
        out = self.load()
        out = out['x'] if isinstance(out, dict) else out
        self.dump(out)
        task = self.requires()
        task = task[0]
        task.run()
        self.output().path()
        self.output()['x'].dump(3)
        for each in self.input():
            each.load()
        for key, target in self.input().items():
            target.load()
        first, second = self.input()
        self.input().load()
        luigi.task.flatten(self.input())[0].path()
        self.set_tracking_url('x')
        self.task_log['x'] = 1
        self.task_log['y'] = 'z'
        (self.task_unique_id or '').upper()  # gokart gives it None at first, as --strict sees
        print(self.redis_host.upper())  # E: union-attr
        self.workspace_directory.upper()


class TemplateBase(gokart.TaskOnKart[str]):
    def output(self):
        return self.make_target(self.output_file_path)

    def run(self):
        self.dump(self.text_of(self.load()))
        self.nowhere()  # E: attr-defined


class TemplatePart(TemplateBase):
    output_file_path = luigi.Parameter(default='a.pkl')

    def text_of(self, data):
        return str(data)


class Begins(gokart.TaskOnKart[str]):
    source = gokart.TaskInstanceParameter()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.first = None
        self.second = 3

    def requires(self):
        self.first = Number(n=3)
        return {'first': self.first, 'source': self.source}

    def run(self):
        texts = self.load('first')  # type: list
        if isinstance(texts, list):
            texts = tuple(texts)
        self.dump(texts)


class OfAnything(gokart.TaskOnKart):
    source = gokart.TaskInstanceParameter()
    name = luigi.Parameter()

    def requires(self):
        return self.source

    def output(self):
        return self.input()[self.name]
