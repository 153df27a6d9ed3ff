"""How the tasks hang together, in one place."""

import gokart
import luigi
import pandas as pd
from gokart.target import TargetOnKart
from gokart.utils import FlattenableItems

from wine.data import LoadWine, ScaleWine, SplitWine
from wine.model import EvaluateModel, TrainModel


class WinePipeline(gokart.TaskOnKart[pd.DataFrame]):
    """Another name for the evaluation at the end of the chain; `conf/param.ini` gives the parameters."""

    test_share: luigi.FloatParameter = luigi.FloatParameter()
    regularisation: luigi.FloatParameter = luigi.FloatParameter()
    seed: luigi.IntParameter = luigi.IntParameter()

    def requires(self) -> EvaluateModel:
        split = SplitWine(wine=LoadWine(), test_share=self.test_share, seed=self.seed)
        scaled = ScaleWine(split=split)
        model = TrainModel(wine=scaled, regularisation=self.regularisation)
        return EvaluateModel(model=model, wine=scaled)

    def output(self) -> FlattenableItems[TargetOnKart]:
        return self.input()
