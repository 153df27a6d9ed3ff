"""What an unknown module may bring."""

import gokart
from nowhere import *  # type: ignore


class Imported(gokart.TaskOnKart[int]):
    def run(self):
        self.dump(helper(1))
