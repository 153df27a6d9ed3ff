"""A cycle of imports: `first` and `second` need one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gokart
import luigi

if TYPE_CHECKING:
    from .second import Second


class First(gokart.TaskOnKart[int]):
    n: int = luigi.IntParameter()
    later: Second = gokart.TaskInstanceParameter()
    many: list[Second] = gokart.ListTaskInstanceParameter(default=[])

    def again(self):
        from .second import Second

        return First(n=1, later=Second(first=self, size='a'))  # E: arg-type


First(n=1, later=1)  # E: arg-type
First(n='1', later=First(n=1, later=None))  # E: arg-type, arg-type, arg-type
