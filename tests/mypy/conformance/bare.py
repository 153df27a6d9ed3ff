"""Without annotations, as most older code is written."""

import datetime
from pathlib import Path
from typing import Any

import gokart
import luigi


class Load(gokart.TaskOnKart[list[str]]):
    path = luigi.PathParameter()
    rows = luigi.IntParameter(default=10)
    day = luigi.DateParameter(default=datetime.date(2020, 1, 1))
    names = luigi.ListParameter(default=())
    options = luigi.DictParameter(default={})


class Clean(gokart.TaskOnKart[list[str]]):
    rows = luigi.IntParameter()


class Train(gokart.TaskOnKart[float]):
    data = gokart.TaskInstanceParameter(expected_type=Load)
    cleaned = gokart.TaskInstanceParameter(expected_type=Clean)
    parts = gokart.ListTaskInstanceParameter(expected_elements_type=Load, default=[])


class Limited(gokart.TaskOnKart[int]):
    limit = luigi.OptionalIntParameter()
    verbose = luigi.BoolParameter()


class Larger(Train):
    spare = gokart.TaskInstanceParameter(expected_type=Limited)


class Placed(gokart.TaskOnKart[int]):
    rows = luigi.IntParameter(3)


class Configured(gokart.TaskOnKart[int]):
    rows = luigi.IntParameter()


class Defaults(gokart.TaskOnKart[int]):
    rows = luigi.IntParameter(default='ten')  # wrong: a default of another type
    seed = luigi.IntParameter(defalut=3)  # wrong: a misspelt keyword of a declaration


# --- From here on the same in every style -----------------------------------------------------------------------------


def build(path: Path, number: int) -> None:
    """Constructions."""
    Load()  # wrong: a missing parameter
    Load(path=path, row=1)  # wrong: an unknown parameter
    Load(path)  # wrong: a positional value
    Load(path=path, rows='1')  # wrong: a text for a number
    Load(path=path, day='2020-01-01')  # wrong: a text for a date
    Load(path=path, names='abc')  # wrong: a text for a list
    load, clean = Load(path=path), Clean(rows=1)
    Train(data=clean, cleaned=clean)  # wrong: a task of another class
    Train(data=clean, cleaned=load)  # wrong: two tasks swapped
    Train(data=3, cleaned=clean)  # wrong: a number for a task
    Train(data=Load, cleaned=clean)  # wrong: a class for a task
    Train(data=None, cleaned=clean)  # wrong: None for a task
    Train(data=[load], cleaned=clean)  # wrong: a list for one task
    Train(data=load, cleaned=clean, parts=load)  # wrong: one task for a list
    Train(data=load, cleaned=clean, parts=[load, clean])  # wrong: a list with a task of another class
    Train(data=load)  # wrong: a missing task

    Load(path=path, rows=number, day=datetime.date.today())  # right: values of their types
    Load(path=path, rerun=True, workspace_directory='s3://data')  # right: parameters of gokart itself
    Load(path='a.csv')  # right: a text for a path
    Load(path=path, names=['a', 'b'])  # right: a list for a list parameter
    Load(path=path, names=('a', 'b'))  # right: a tuple for a list parameter
    Load(path=path, options={'a': 1})  # right: a dict
    Train(data=load, cleaned=clean)  # right: tasks of their classes
    Train(data=load, cleaned=clean, parts=[load])  # right: a list of tasks
    Train(data=load, cleaned=clean, parts=(load, load))  # right: a tuple of tasks
    Limited()  # right: what is optional by its class left out
    Limited(limit=None, verbose=True)  # right: None for an optional parameter
    Placed()  # right: a default given by place
    Configured()  # right: a parameter that luigi.cfg gives


class Annotated(Larger):
    """Bodies that have annotations."""

    def requires(self) -> Any:
        return dict(data=self.data, cleaned=self.cleaned)  # right: tasks in requires()

    def run(self) -> None:
        self.data.rows + 'a'  # wrong: a number used as a text
        self.data.names.append('a')  # wrong: a list parameter changed
        self.data.nothing  # wrong: an attribute that a task does not have
        rows: int = self.load(self.data)  # wrong: what a task gives, loaded as another type
        other = self.load(self.spare)  # wrong: a load of a task that requires() does not have
        self.load('date')  # wrong: a load of an unknown key
        word: int = self.load('data')[0]  # wrong: what a key gives, loaded as another type
        self.input()['date']  # wrong: an input of an unknown key
        self.dump('a')  # wrong: a dump of another type
        self.clone(Load, path=3)  # wrong: a clone with a wrong value

        self.dump(1.0 * self.data.rows)  # right: a dump
        self.dump(float(len(self.load(self.data)) + len(self.load('cleaned'))))  # right: loads by task and by key
        self.clone(Load, path=Path('a'))  # right: a clone
        for name in self.data.names:  # right: a walk over a list parameter
            name.upper()
        self.data.day.isoformat()  # right: a method of a date
        self.input()['data'].load()  # right: an input by key
        print(rows, other, word)


class Bare(Train):
    """Bodies that have none."""

    def requires(self):  # right: requires() without annotations
        return dict(data=self.data, cleaned=Clean(rows=1, row=1))  # wrong: an unknown parameter in a body without annotations

    def run(self):
        self.load('date')  # wrong: an unknown key in a body without annotations
        self.dump('a')  # wrong: a dump in a body without annotations

        for part in self.parts:  # right: a walk over a list of tasks in a body without annotations
            self.dump(float(part.rows))  # right: a dump in a body without annotations


class NoTasks(Train):
    """What requires() gives must be tasks."""

    def requires(self): return [self.data, 3]  # wrong: what is no task in requires()


def outputs(path: Path) -> None:
    """What a build gives."""
    gokart.build(Load(path=path)).bit_length()  # wrong: what a build gives, used as another type
    gokart.build(Load(path=path)).sort()  # right: what a build gives
