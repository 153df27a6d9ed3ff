"""One small project for every cell: a pipeline of two branches that every supported gokart takes."""

from __future__ import annotations

import gokart
import luigi


class Load(gokart.TaskOnKart[str]):
    name = luigi.Parameter(default='all')

    def run(self):
        self.dump(str(self.name))


class Clean(gokart.TaskOnKart[str]):
    data = gokart.TaskInstanceParameter(expected_type=Load)

    def requires(self):
        return self.data

    def run(self):
        self.dump(self.load().strip())


class ShopPipeline(gokart.TaskOnKart[str]):
    clean = luigi.BoolParameter(default=False)

    def requires(self):
        load = Load()
        return Clean(data=load) if self.clean else load

    def run(self):
        self.dump(self.load())
