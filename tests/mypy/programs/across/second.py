"""The other half of the cycle."""

import luigi

import gokart as gk

from . import first
from .first import First


class Second(gk.TaskOnKart[str]):
    first: First = gk.TaskInstanceParameter()
    size = luigi.IntParameter(default=1)
    bare = gk.TaskInstanceParameter(expected_type=first.First, default=None) if False else luigi.Parameter(default='')  # type: ignore

    def requires(self):
        return first.First(n=self.size, later=self)


class Third(First):
    pass


Second(first=Third(n=1, later=Second(first=Third(n=1, later=Third(n=1, later=None)))))  # E: arg-type, arg-type
