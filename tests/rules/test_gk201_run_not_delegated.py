"""GK201: what counts as work in `run`, and what is only handing it over."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest

from tests.rules.harness import assert_marked, findings

HEADER = """\
from __future__ import annotations

import functools
import json
import logging
import os
import time
from datetime import datetime
from logging import getLogger
from pathlib import Path
from typing import cast

import gokart
import lightgbm as lgb
import luigi
import numpy as np
import pandas as pd
from lightgbm import LGBMClassifier
from pandera.typing import DataFrame
from sklearn.linear_model import LogisticRegression

from work.functions import built_trainer, clean, make_frame, make_trainer, perhaps_trainer
from work.objects import Frame, Trainer
from work.unread import Estimator, built_estimator, prepare

logger = getLogger(__name__)
report = logging.getLogger('report')


class Data(gokart.TaskOnKart):
    def run(self):
        self.dump(1)


"""
FUNCTIONS = {
    'work/__init__.py': '',
    'work/functions.py': """
        import gokart
        import pandas as pd

        from work.objects import Trainer


        def clean(frame, n=1):
            return frame


        def make_frame(n):
            return pd.DataFrame({'n': [n]})


        def make_trainer(n) -> Trainer:
            return Trainer(n)


        def built_trainer(n):
            if n > 3:
                return Trainer(3)
            return Trainer(n)


        def perhaps_trainer(n):
            return Trainer(n) if n else pd.DataFrame()
        """,
    'work/objects.py': """
        import gokart


        class Trainer:
            def __init__(self, n):
                self.n = n

            def fit(self, frame):
                return self


        class Frame:
            pass
        """,
    'work/unread.py': """
        class Estimator:
            def fit(self, x):
                return self


        def prepare(x):
            return x


        def built_estimator():
            return Estimator()
        """,
}

CLASS = """\
class {name}(gokart.TaskOnKart):
    dep: gokart.TaskInstanceParameter[Data] = gokart.TaskInstanceParameter(expected_type=Data)
    other: gokart.TaskInstanceParameter[Data] = gokart.TaskInstanceParameter(expected_type=Data)
    n: luigi.IntParameter = luigi.IntParameter(default=1)
    name: luigi.Parameter = luigi.Parameter(default='a')
    flag: luigi.BoolParameter = luigi.BoolParameter()
    columns: luigi.ListParameter = luigi.ListParameter(default=['a'])
    options: luigi.DictParameter = luigi.DictParameter(default={{}})
    LIMIT = 10
    model_class = LGBMClassifier

    def run(self):{mark}
{body}

    @staticmethod
    def _run(*args, **kwargs):
        return args

    @staticmethod
    def _make_trainer() -> Trainer:
        return Trainer(1)

    @classmethod
    def _of_class(cls, frame):
        return frame

    def _load_all(self):
        return self.load(self.dep)

    def _is_ready(self):
        return True

    @property
    def frame(self):
        return self.load(self.dep)


"""


def program(bodies: list[str], mark: str) -> dict[str, str]:
    """A project with a task class for each body of `run`."""
    classes = (CLASS.format(name=f'T{number}', mark=mark, body=indent(dedent(body), '        ')) for number, body in enumerate(bodies))
    return {**FUNCTIONS, 'tasks.py': HEADER + ''.join(classes)}


WORK = {
    'a for loop': 'for name in self.columns:\n    self.dump(self.load(name), name)',
    'a while loop': 'while self._is_ready():\n    pass\nself.dump(1)',
    'a loop behind a branch': 'if self.flag:\n    for x in self.load(self.dep):\n        clean(x)\nself.dump(1)',
    'a list comprehension': 'self.dump([clean(x) for x in self.load(self.dep)])',
    'a generator': 'self.dump(sum(x for x in self.load(self.dep)))',
    'a dict comprehension on parameters': 'self.dump(self._run({k: v for k, v in self.options.items()}))',
    'a comprehension in a test': 'if any(c in self.columns for c in self.columns):\n    self.dump(1)',
    'arithmetic on data': 'self.dump(self.load(self.dep) + 1)',
    'arithmetic on a parameter': 'self.dump(self._run(self.load(self.dep), self.n * 2))',
    'matrix product': "self.dump(self.load('a') @ self.load('b'))",
    'a negated mask': 'self.dump(clean(~self.load(self.dep)))',
    'augmented arithmetic': 'n = self.n\nn += 1\nself.dump(n)',
    'a comparison': "self.dump(self._run(self.load(self.dep), verbose=self.name == 'debug'))",
    'a comparison of data': 'big = self.load(self.dep) > self.n\nself.dump(big)',
    'a with statement': 'with open(self.name) as file:\n    json.load(file)\nself.dump(1)',
    'with its output': "with self.output().open('w') as file:\n    json.dump({}, file)",
    'a subscript of a load': "self.dump(self.load()['x'])",
    'a subscript of a name': "frame = self.load(self.dep)\nself.dump(clean(frame['x']))",
    'a slice': 'frame = self.load(self.dep)\nself.dump(frame[:10])',
    'a subscript of a result': 'self.dump(self._run(self.load(self.dep))[0])',
    'a subscript in an argument': "data = self.load()\nself.dump(self._run(data['a'], data['b']))",
    'a mask through loc': "self.dump(clean(self.load(self.dep).loc[0, 'x']))",
    'a method of data': 'df = self.load(self.dep)\ndf = df.dropna()\nself.dump(df)',
    'a method of a load': "self.dump(self.load('k').head())",
    'a method of a target load': "self.dump(self.input()['k'].load().head())",
    'a method of a dependency load': 'self.dump(self.dep.output().load().head())',
    'a method of a loaded target name': "targets = self.input()\nself.dump(targets['k'].load().head())",
    'a method of unpacked data': 'a, b = self.load()\nself.dump(a.merge(b))',
    'a method of starred data': 'a, *b = self.load()\nself.dump(b.pop())',
    'a method of a pair': 'a, b = self.load(self.dep), 1\nself.dump(a.head(b))',
    'a method of a walrus': 'self.dump(clean((df := self.load(self.dep)), df.shape) or df.head())',
    'a method of an attribute': 'self.dump(self.load(self.dep).columns.tolist())',
    'a method of a result': 'self.dump(self._run(self.load(self.dep)).head())',
    'a method of what may be an object': 'self.dump(perhaps_trainer(self.n).fit(self.load(self.dep)))',
    'a method of a named result': 'result = self._run(self.load(self.dep))\nself.dump(result.reset_index())',
    'a method of what a class method made': 'self.dump(type(self)._of_class(self.n).head())',
    'a method of what a named class made': 'self.dump(T0._run(self.load(self.dep)).head())',
    'a method of a library result': 'self.dump(pd.read_csv(self.name).dropna())',
    'a method of a frame of data': 'self.dump(pd.DataFrame(self.load(self.dep)).head())',
    'a method of a typed frame': 'self.dump(DataFrame[Frame](self.load(self.dep)).head())',
    'a method of a project result': 'self.dump(make_frame(self.n).head())',
    'a method of an unread function': 'self.dump(prepare(self.load(self.dep)).head())',
    'a method of a helper that loads': 'self.dump(self._load_all().head())',
    'a method of a property that loads': 'self.dump(self.frame.head())',
    'a method of a kept load': 'self._frame = self.load(self.dep)\nself.dump(self._frame.head())',
    'a method of either load': "df = self.load('a') if self.flag else self.load('b')\nself.dump(df.head())",
    'a method behind a branch': 'df = make_frame(self.n)\nif self.flag:\n    df = self.load(self.dep)\nself.dump(df.head())',
    'a method of a loader': 'load = self.load\nself.dump(load(self.dep).head())',
    'a method of a mapped load': 'frames = list(map(self.load, self.columns))\nself.dump(frames.pop())',
    'a method of a cast load': 'df = cast(pd.DataFrame, self.load(self.dep))\nself.dump(df.head())',
    'a method in an f-string': "self.dump(f'{self.load(self.dep).head()}')",
    'a method of a joined display': "data = dict(a=self.load('a'), b=self.load('b'))\nself.dump(data.pop('a'))",
    'a library model by name': "model = LGBMClassifier()\nmodel.fit(self.load('x'), self.load('y'))\nself.dump(model)",
    'a library model at once': 'self.dump(LogisticRegression().fit(*self.load(self.dep)))',
    'a library model by module': "x = self.load('x')\nmodel = lgb.LGBMClassifier(n=self.n)\nself.dump(model.fit(X=x))",
    'a library model of the class': 'self.dump(self.model_class().fit(self.load(self.dep)))',
    'a loaded model': "self.dump(self.load('model').predict(self.load('x')))",
    'a loaded model that is called': "model = self.load('model')\nself.dump(model(self.load('x')))",
    'a write into data': "df = self.load(self.dep)\ndf['x'] = self.n\nself.dump(df)",
    'a write to an attribute': 'df = self.load(self.dep)\ndf.columns = self.columns\nself.dump(df)',
    'a write through loc': "df = self.load(self.dep)\ndf.loc[0, 'x'] = 1\nself.dump(df)",
    'a deleted column': "df = self.load(self.dep)\ndel df['x']\nself.dump(df)",
    'a branch on data': 'df = self.load(self.dep)\nif df is None:\n    df = make_frame(self.n)\nself.dump(df)',
    'a branch on emptiness': 'df = self.load(self.dep)\nif df.empty:\n    raise ValueError\nself.dump(df)',
    'a branch on a call': 'df = self.load(self.dep)\nself.dump(clean(df) if len(df) else df)',
    'a branch on a walrus': 'if (df := self.load(self.dep)) is None:\n    return\nself.dump(df)',
    'a match on data': 'df = self.load(self.dep)\nmatch df:\n    case []:\n        pass\n    case _:\n        self.dump(df)',
    'what is logged too': "df = self.load(self.dep).head()\nlogger.info('%s', df)\nself.dump(df)",
    'what nothing reads': 'unused = self.load(self.dep).head()\nself.dump(1)',
    'what a branch reads too': "n = self.n + 1\nlogger.info('%s', n)\nif n:\n    self.dump(1)",
    'a nested function': 'def inner(x):\n    return x\n\nself.dump(inner(self.load(self.dep)))',
    'a nested class': 'class Inner:\n    pass\n\nself.dump(Inner())',
    'work in a lambda': "self.dump(clean(self.load(self.dep), lambda row: row['x']))",
    'work in a lambda on a name': 'self.dump(clean(self.load(self.dep), lambda x: x + self.n))',
    'work in try': 'try:\n    df = self.load(self.dep).head()\nexcept KeyError:\n    df = None\nself.dump(df)',
    'an assertion on data': 'df = self.load(self.dep)\nassert len(df) > 0\nself.dump(df)',
    'work among keywords': 'self.dump(self._run(frame=self.load(self.dep).T.head()))',
    'work in a returned dump': 'return self.dump(self.load(self.dep).head())',
    'another name for self': 'this = self\nthis.dump(this.load(this.dep).head())',
    'a load above': 'self.dump(super().load(self.dep).head())',
    'a file that is read': 'self.dump(open(self.name).read())',
    'an old load': "self.dump(self.load_data_frame(required_columns={'x'}).head())",
}

NO_WORK = {
    'a static method': 'self.dump(self._run(self.load(self.dep)))',
    'a class method': 'self.dump(self._of_class(self.load(self.dep)))',
    'several loads and dumps': "a = self.load('a')\nb = self.load('b')\nself.dump(self._run(a, b), 'x')\nself.dump(a, 'y')",
    'unpacking': 'a, b = self.load()\nx, y = self._run(a, b)\nself.dump((x, y))',
    'named class': 'self.dump(T0._run(self.load(self.dep)))',
    'type of self': 'self.dump(type(self)._run(self.load(self.dep), self.__class__._of_class(self.n)))',
    'above': 'super().run()',
    'an instance method': 'df = self._load_all()\nself.dump(df)',
    'functions': 'self.dump(clean(clean(self.load(self.dep)), n=self.n))',
    'library functions': 'a, b = np.split(pd.concat([self.load("a"), self.load("b")]), self.n)\nself.dump([a, b])',
    'builtins': 'self.dump(dict(zip(list(self.load("a")), sorted(set(self.load("b"))))))',
    'classes': 'self.dump(Trainer(self.load(self.dep)))',
    'typed frames': 'self.dump(DataFrame[Frame](self._run(self.load(self.dep))))',
    'attributes of data': 'df = self.load(self.dep)\nself.dump(self._run(df.columns, df.shape))',
    'targets': "self.dump(self._run(self.input()['k'].load(), self.dep.output().load(), self.other.output().path()))",
    'its own target': 'self.output().dump(self._run(self.input().load()))',
    'two outputs': "self.output()['a'].dump(self.load('a'))",
    'a made target': "self.make_target('x.csv').dump(self.load(self.dep))",
    'a list of targets': 'targets = self.input()\nself.dump(self._run(targets[0].load(), targets[1].path()))',
    'a branch on parameters': "if self.flag and self.n > 1 and self.name == 'x' and len(self.columns) + 1 != self.LIMIT:\n"
    '    df = clean(self.load(self.dep))\nelif not self.flag:\n    df = make_frame(self.n)\nelse:\n    df = None\nself.dump(df)',
    'a conditional on parameters': 'self.dump(clean(self.load(self.dep)) if self.n > 1 else None)',
    'a match on parameters': "match self.name:\n    case 'a':\n        self.dump(1)\n    case _:\n        self.dump(2)",
    'a branch on its own method': 'if self._is_ready():\n    self.dump(self.load(self.dep))\nelse:\n    self.dump(None)',
    'a branch on the disk': 'if os.path.exists(self.name):\n    return self.dump(None)\nself.dump(self._run())',
    'a branch on its output': 'if self.output().exists():\n    return\nself.dump(1)',
    'early dump': 'if self.flag:\n    self.dump(None)\n    return\nself.dump(self._run(self.load(self.dep)))',
    'logging': "logger.info('rows: %s', len(self.load(self.dep).dropna()) + 1)\nlogging.debug([x for x in self.load()])\n"
    "report.warning(f'{self.n * 2}')\nprint(self.n + 1)\nself.dump(1)",
    'more logging': "log = getLogger('x')\nlog.error(self.n / 2)\ngetLogger(__name__).info(self.n - 1)\n"
    "self.task_log['rows'] = len(self.load(self.dep)['x']) + 1\nself.task_log.update(n=self.n + 1)\nself.dump(1)",
    'logging of an own logger': "mine = getLogger('mine')\nmine.info(self.n * 2)\nself.logger.info(self.n * 2)\nself.dump(1)",
    'what is only logged': 'start = time.time()\nself.dump(self._run(self.load(self.dep)))\nelapsed = time.time() - start\n'
    "logger.info('took %.1f s', elapsed)",
    'rows that are only logged': "df = self.load(self.dep)\nrows = len(df.dropna())\nself.task_log['rows'] = rows\nself.dump(df)",
    'branches that only log': "df = self.load(self.dep)\nif df.empty:\n    logger.warning('empty')\nself.dump(df)",
    'loops that only log': 'for name in self.load().columns:\n    logger.info(name)\nself.dump(1)',
    'displays': "self.dump({'a': self.load('a'), 'b': [self.n, *self.columns], **self.options, 'c': (1, None, 'x')})",
    'a filled display': "data = {'a': self.load('a')}\nif self.flag:\n    data['b'] = self.load('b')\nself.dump(self._run(**data))",
    'a filled list': "parts = []\nparts.append(self.load('a'))\nif self.flag:\n    parts.append(self.load('b'))\n"
    'self.dump(pd.concat(parts))',
    'a filled dict call': "data = dict(a=self.load('a'))\ndata.update(b=self.load('b'))\nself.dump(self._run(data))",
    'a project object': 'trainer = Trainer(self.n)\ntrainer.fit(self.load(self.dep))\nself.dump(trainer)',
    'a project object at once': 'self.dump(Trainer(self.load(self.dep)).fit())',
    'a project chain': 'self.dump(Trainer(self.n).fit(self.load(self.dep)).predict(self.load(self.other)))',
    'an unread project object': 'self.dump(Estimator().fit(self.load(self.dep)))',
    'an object of an annotated function': 'self.dump(make_trainer(self.n).fit(self.load(self.dep)))',
    'an object of a function that builds it': 'self.dump(built_trainer(self.n).fit(self.load(self.dep)))',
    'an object of an unread function that builds it': 'self.dump(built_estimator().fit(self.load(self.dep)))',
    'an object of an annotated method': 'self.dump(self._make_trainer().fit(self.load(self.dep)))',
    'a library object without data': 'client = lgb.Client(self.name)\nclient.connect(self.n)\nself.dump(client)',
    'calls on a parameter': "self.dump(self._run(self.name.upper(), self.options.get('x'), self.options['y'], self.columns[0]))",
    'the standard library': "self.dump(self._run(datetime.now().isoformat(), os.path.join(self.name, 'x').lower(), Path(self.name).name))",
    'text': "self.dump(self._run(f'{self.name}/{self.n}', 'a' + self.name, '%s' % self.n, '{}'.format(self.n), ','.join(self.columns)))",
    'paths': "self.dump(self._run(Path(self.name) / 'x.csv', 60 * 60))",
    'locals': 'n = self.n\ncolumns = list(self.columns)\noptions = dict(self.options)\noptions.update(x=n)\n'
    'self.dump(self._run(columns, **options))',
    'a plain lambda': 'self.dump(self._run(self.load(self.dep), lambda x: clean(x), key=lambda: self.load(self.other)))',
    'a union of types': 'df = cast(pd.DataFrame | None, self.load(self.dep))\nself.dump(df)',
    'assertions on plain things': "assert self.n > 0, f'{self.n}'\ndf = self.load(self.dep)\nassert isinstance(df, pd.DataFrame)\n"
    'assert df is not None\nself.dump(df)',
    'try': 'try:\n    df = self.load(self.dep)\nexcept FileNotFoundError as error:\n    raise RuntimeError(f"{self.n}") from error\n'
    'finally:\n    pass\nself.dump(df)',
    'raising': "raise RuntimeError(f'{self.name} does not exist')",
    'nothing': 'pass',
    'a constant': "self.dump('done')",
    'deleted names': 'df = self.load(self.dep)\nresult = self._run(df)\ndel df\nself.dump(result)',
    'an import': 'import gc\n\nself.dump(self._run(self.load(self.dep)))\ngc.collect()',
    'passing self': 'clean(self, n=self.n)',
    'passing methods': 'self.dump(self._run(self.load, functools.partial(self._of_class, self.n)))',
    'boolean': 'self.dump(self._run(self.load(self.dep) or [], not self.flag))',
    'a rebound name': 'df = self.load(self.dep)\nself.dump(clean(df))\ndf = self.name\nself.dump(df.upper(), "x")',
}


def test_work(tmp_path: Path) -> None:
    found = assert_marked(tmp_path, program(list(WORK.values()), '  # expect GK201@9'), 'GK201')
    assert len(found) == len(WORK)


@pytest.mark.parametrize('body', NO_WORK.values(), ids=NO_WORK.keys())
def test_no_work(body: str, tmp_path: Path) -> None:
    assert_marked(tmp_path, program([body], ''), 'GK201')


def test_the_message_names_the_first_kinds_of_work(tmp_path: Path) -> None:
    text = """
        import gokart


        class Train(gokart.TaskOnKart):
            def run(self):
                df = self.load()
                for column in df.columns:
                    df[column] = (
                        df[column] - 1
                    )
                self.dump(
                    df
                    .dropna()
                )


        class Predict(gokart.TaskOnKart):
            def run(self):
                df = self.load()
                self.dump(df.head().dropna().T)
        """
    advice = 'move it into a static method that run calls, so that a test needs no upstream task'
    assert [each.message for each in findings(tmp_path, text, 'GK201')] == [
        f'Train.run does its work itself (a loop on line 7, a write into data on line 8, arithmetic on line 9): {advice}',
        f'Predict.run does its work itself (a method call on line 20): {advice}',
    ]


def test_long_chains_take_no_time(tmp_path: Path) -> None:
    chain, nest, total = '.head()' * 80, 'clean(' * 80, ' + self.n' * 200
    bodies = [
        f'self.dump(self.load(self.dep){chain})',
        f'self.dump({nest}self.load(self.dep){")" * 80})',
        f'self.dump(self.load(self.dep){total})',
    ]
    assert len(findings(tmp_path, program(bodies, ''), 'GK201')) == 2
