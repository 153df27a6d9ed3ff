from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings

HEAD = """
import json
from datetime import datetime
from logging import getLogger

import gokart
import luigi
import pandas as pd
from gokart import TaskOnKart as Base

logger = getLogger(__name__)


def prepare(value):
    return value


class Load(gokart.TaskOnKart[pd.DataFrame]):
    name = luigi.Parameter(default='x')

    def run(self):
        self.dump(pd.DataFrame())


class Flow(Base):
    flag = luigi.BoolParameter()

    def requires(self):
        return {'a': Load(), 'b': self.clone(Load)}


"""


def pipelines(*bodies: str, mark: bool = False) -> str:
    """A pipeline for each body of `run`, one line each; with `mark` all of them are expected to be reported."""
    text = HEAD
    for number, body in enumerate(bodies):
        lines = ''.join(f'        {line}\n' for line in body.split('\n'))
        text += f'class Pipeline{number}(Flow):\n    def run(self):{"  # expect GK204@9" if mark else ""}\n{lines}\n\n'
    return text


LOGIC = {
    'self.dump(prepare(self.load("a")))': 'a call of prepare',
    'self.dump(self._run(self.load("a")))': 'a call of self._run',
    'self.dump(self.load("a").dropna())': 'a call of what it made',
    'data = self.load("a")\nself.dump(data.dropna())': 'a call of data.dropna',
    'data = self.load("a")\nself.dump(data["x"])': 'a subscript',
    'data = self.load("a")\ndata["x"] = 1\nself.dump(data)': 'a subscript',
    'for key in ("a", "b"):\n    self.dump(self.load(key))': 'a loop',
    'with open("x") as file:\n    file.write("x")\nself.dump("x")': 'a with statement',
    'self.dump(len(self.load("a")))': 'a call of len',
    'self.dump(pd.concat([self.load("a"), self.load("b")]))': 'a call of pd.concat',
    'self.dump(pd.DataFrame(self.load("a")))': 'a call of pd.DataFrame',
    'self.dump(self.load("a") + self.load("b"))': 'arithmetic',
    'self.dump(self.load("a") > 1)': 'a comparison',
    'if self.load("a").empty:\n    self.dump(1)': 'a branch on data',
    'json.dump({}, open("x"))\nself.dump("x")': 'a call of json.dump',
    'def inner():\n    return 1\nself.dump(inner())': 'a nested function',
    'try:\n    self.dump(self.load("a"))\nexcept ValueError:\n    self.dump(None)': 'a try statement',
    'yield Load()\nself.dump("x")': 'a yield',
    'gokart.build(Load())\nself.dump("x")': 'a call of gokart.build',
    'if self.flag:\n    self.dump(prepare(1))': 'a call of prepare',
    'self.dump("{}".format(self.load("a")))': 'a call of what it made',
    'self.dump(self.flag.apply(self.load("a")))': 'a call of self.flag.apply',
    'self.dump(sorted(self.load("a")))': 'a call of sorted',
    'self.dump([x for x in self.load("a") if x])': 'a comprehension',
    'data = self.load("a")\nself.dump({x: 1 for y in "ab" for x in data})': 'a comprehension',
    'x = self.load("a")\nx += 1\nself.dump(x)': 'arithmetic',
}

HANDING_OVER = (
    'self.dump("done")',
    'self.dump(None)',
    'self.dump(self.load("a"))',
    'data = self.load("a")\nself.dump(data)',
    'a, b = self.load("a"), self.load("b")\nself.dump((a, b))',
    'self.dump({"a": self.load("a"), "b": [self.load("b"), *self.load("b")]})',
    'self.dump(obj=self.load())',
    'self.dump(self.load(), "a")',
    'return self.dump(f"done {self.flag}")',
    'logger.info("%s rows", len(self.load("a")))\nself.dump("done")',
    'print(self.load("a"))\nself.dump("done")',
    'start = datetime.now()\ndata = self.load("a")\nlogger.info(datetime.now() - start)\nself.dump(data)',
    'self.dump(datetime.now())',
    'self.dump(pd.DataFrame())',
    'self.dump(pd.DataFrame({"done": [True]}))',
    'self.dump(dict(a=self.load("a")))',
    'self.dump(str(self.flag))',
    'super().run()',
    'pass',
    '"""Nothing to do."""',
    'if self.flag:\n    self.dump(self.load("a"))\nelse:\n    self.dump("done")',
    'self.dump(self.load("a") if self.flag else self.load("b"))',
    'self.dump(self.input()["a"].load())',
    'targets = self.input()\nself.dump(targets["a"].load())',
    'self.dump(self.output().path())',
    'raise NotImplementedError',
    'raise ValueError(prepare(1))',
    'self.task_log["rows"] = len(self.load("a"))\nself.dump("done")',
    'self.dump([self.load(key) for key in ("a", "b")])',
    'self.dump({key: target.load() for key, target in self.input().items()})',
    'self.dump([self.load(key) for key in self.input() if key != "a"])',
    'self.set_status_message("x")\nself.dump(self.make_unique_id())',
    'self.dump(f"done {self.flag.bit_length()}")',
    'self.dump("done {}".format(self.flag))',
    'from x import y\nself.dump("done")',
)


def test_logic(tmp_path: Path) -> None:
    found = assert_marked(tmp_path, pipelines(*LOGIC, mark=True), 'GK204')
    assert [each.message.partition('(')[2].partition(' on line')[0] for each in found] == list(LOGIC.values())
    assert found[0].message == (
        'Pipeline0.run does more than load, dump and log (a call of prepare on line 33): '
        'move that into a task of its own, which the pipeline requires'
    )


def test_handing_over(tmp_path: Path) -> None:
    assert findings(tmp_path, pipelines(*HANDING_OVER), 'GK204') == []


def test_which_classes_are_pipelines(tmp_path: Path) -> None:
    files = {
        'base.py': HEAD.replace('class Flow', 'class BasePipeline'),
        'tasks.py': """
            import gokart
            import luigi
            from luigi.util import requires

            from base import BasePipeline as Other, Load
            from elsewhere import Unknown


            class WinePipeline(Other):
                def run(self):  # expect GK204@9
                    self.dump(len(self.load('a')))


            class PipelineOfLoads(gokart.TaskOnKart):
                def requires(self):
                    return self._tasks()

                def _tasks(self):
                    return [Load(name=name) for name in 'ab']

                def run(self):  # expect GK204@9
                    self.dump([len(each) for each in self.load()])


            class Late(gokart.TaskOnKart):
                class InnerPipeline(gokart.TaskOnKart):
                    def requires(self):
                        return Load()

                    def run(self):  # expect GK204@13
                        self.dump(self.load().dropna())


            class Wine(Other):
                def run(self):
                    self.dump(len(self.load('a')))


            class CountsBase(gokart.TaskOnKart):
                def run(self):  # expect GK204@9
                    self.dump(self._run(self.load()))

                def _run(self, data):
                    raise NotImplementedError


            class Counts(CountsBase):
                def _run(self, data):
                    return data


            class CountsPipeline(Counts):
                def requires(self):
                    return [Load()]


            class SaysDone(gokart.TaskOnKart):
                def run(self):
                    self.dump('done')


            class DonePipeline(SaysDone):
                def requires(self):
                    return [Load()]


            class SklearnPipeline(gokart.TaskOnKart):
                data = gokart.TaskInstanceParameter()

                def requires(self):
                    return self.data

                def run(self):
                    self.dump(len(self.load()))


            class DefaultPipeline(gokart.TaskOnKart):
                data = gokart.TaskInstanceParameter()

                def run(self):
                    self.dump(len(self.load()))


            @requires(Load)
            class DecoratedPipeline(gokart.TaskOnKart):
                def run(self):
                    self.dump(len(self.load()))


            class UnknownPipeline(gokart.TaskOnKart):
                def requires(self):
                    return Unknown()

                def run(self):
                    self.dump(len(self.load()))


            class NoRunPipeline(Other):
                pass


            class PlainPipeline:
                def requires(self):
                    return Load()

                def run(self):
                    return len(self.load())


            class OnlyLuigiPipeline(luigi.Task):
                def requires(self):
                    return Load()

                def run(self):
                    return len([])
            """,
    }
    messages = [each.message.partition(' does ')[0] for each in assert_marked(tmp_path, files, 'GK204')]
    assert messages == ['WinePipeline.run', 'PipelineOfLoads.run', 'InnerPipeline.run', 'CountsBase.run, which CountsPipeline inherits,']


def test_other_names_of_pipelines(tmp_path: Path) -> None:
    text = pipelines('self.dump(prepare(1))').replace('class Pipeline0(Flow)', 'class RunWine(Flow)')
    assert findings(tmp_path, text, 'GK204') == []
    assert [each.code for each in findings(tmp_path, text, 'GK204', pipeline_names=('Run*',))] == ['GK204']
