"""The classifier, and how well it does on wines that it has not seen."""

import gokart
import luigi
import pandas as pd
from gokart.target import TargetOnKart
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss

from wine.data import ScaleWine, Split


class TrainModel(gokart.TaskOnKart[LogisticRegression]):
    """A logistic regression on the training rows."""

    wine: gokart.TaskInstanceParameter[ScaleWine] = gokart.TaskInstanceParameter(expected_type=ScaleWine)
    regularisation: luigi.FloatParameter = luigi.FloatParameter(default=1.0)
    version: luigi.IntParameter = luigi.IntParameter(default=1)

    def run(self) -> None:
        self.dump(self._run(self.load(self.wine), regularisation=self.regularisation))

    @staticmethod
    def _run(wine: Split, *, regularisation: float) -> LogisticRegression:
        model = LogisticRegression(C=1 / regularisation, max_iter=1000)
        return model.fit(wine.train.drop(columns='target'), wine.train['target'])


class EvaluateModel(gokart.TaskOnKart[pd.DataFrame]):
    """Accuracy and log loss on the test rows, as a table that people can read."""

    model: gokart.TaskInstanceParameter[TrainModel] = gokart.TaskInstanceParameter(expected_type=TrainModel)
    wine: gokart.TaskInstanceParameter[ScaleWine] = gokart.TaskInstanceParameter(expected_type=ScaleWine)
    version: luigi.IntParameter = luigi.IntParameter(default=1)

    def output(self) -> TargetOnKart:
        return self.make_target('wine/metrics.csv')

    def run(self) -> None:
        self.dump(self._run(self.load(self.model), self.load(self.wine)))

    @staticmethod
    def _run(model: LogisticRegression, wine: Split) -> pd.DataFrame:
        measurements, target = wine.test.drop(columns='target'), wine.test['target']
        accuracy = accuracy_score(target, model.predict(measurements))
        loss = log_loss(target, model.predict_proba(measurements))
        return pd.DataFrame({'accuracy': [accuracy], 'log_loss': [loss]})
