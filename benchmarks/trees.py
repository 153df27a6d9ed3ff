"""Trees of tasks that gokart's own walks find hard, any size: wide, deep, and with each task handed to two others."""

from __future__ import annotations

from typing import Any

import gokart
import luigi


class Leaf(gokart.TaskOnKart[int]):
    group: Any = luigi.IntParameter()
    number: Any = luigi.IntParameter()


class Group(gokart.TaskOnKart[int]):
    group: Any = luigi.IntParameter()
    size: Any = luigi.IntParameter()

    def requires(self) -> Any:
        return [Leaf(group=self.group, number=number) for number in range(self.size)]


class Wide(gokart.TaskOnKart[int]):
    """`size` tasks in groups of 100."""

    size: Any = luigi.IntParameter()

    def requires(self) -> Any:
        return [Group(group=group, size=99) for group in range(self.size // 100)]


class Chain(gokart.TaskOnKart[int]):
    """`size` tasks, each of which requires the next one."""

    size: Any = luigi.IntParameter()

    def requires(self) -> Any:
        return Chain(size=self.size - 1) if self.size > 1 else []


class Link(gokart.TaskOnKart[int]):
    number: Any = luigi.IntParameter()
    below: Any = gokart.TaskInstanceParameter()


class Links(gokart.TaskOnKart[int]):
    """`size` tasks, each handed to the next one as a parameter."""

    size: Any = luigi.IntParameter()

    def requires(self) -> Any:
        task: Any = Leaf(group=0, number=0)
        for number in range(self.size):
            task = Link(number=number, below=task)
        return task


class Rung(gokart.TaskOnKart[int]):
    number: Any = luigi.IntParameter()
    left: Any = gokart.TaskInstanceParameter()
    right: Any = gokart.TaskInstanceParameter()


class Ladder(gokart.TaskOnKart[int]):
    """`size` levels of two tasks, each handed to both of the level above."""

    size: Any = luigi.IntParameter()

    def requires(self) -> Any:
        left: Any = Leaf(group=0, number=0)
        right: Any = Leaf(group=0, number=1)
        for number in range(self.size):
            left, right = Rung(number=2 * number, left=left, right=right), Rung(number=2 * number + 1, left=left, right=right)
        return [left, right]
