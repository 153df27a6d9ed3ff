"""From the raw table to scaled rows for training and for testing."""

from typing import NamedTuple

import gokart
import luigi
import pandas as pd
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


class Split(NamedTuple):
    """Rows to learn from, and rows to be judged by; the column `target` is the cultivar."""

    train: pd.DataFrame
    test: pd.DataFrame


class LoadWine(gokart.TaskOnKart[pd.DataFrame]):
    """The 178 wines, 13 measurements each."""

    version: luigi.IntParameter = luigi.IntParameter(default=1)

    def run(self) -> None:
        self.dump(self._run())

    @staticmethod
    def _run() -> pd.DataFrame:
        return load_wine(as_frame=True).frame


class SplitWine(gokart.TaskOnKart[Split]):
    """Both parts hold the three cultivars in the same proportion."""

    wine: gokart.TaskInstanceParameter[LoadWine] = gokart.TaskInstanceParameter(expected_type=LoadWine)
    test_share: luigi.FloatParameter = luigi.FloatParameter()
    seed: luigi.IntParameter = luigi.IntParameter(default=0)
    version: luigi.IntParameter = luigi.IntParameter(default=1)

    def run(self) -> None:
        self.dump(self._run(self.load(self.wine), test_share=self.test_share, seed=self.seed))

    @staticmethod
    def _run(wine: pd.DataFrame, *, test_share: float, seed: int) -> Split:
        train, test = train_test_split(wine, test_size=test_share, random_state=seed, stratify=wine['target'])
        return Split(train, test)


class ScaleWine(gokart.TaskOnKart[Split]):
    """Every measurement with mean 0 and variance 1, as the training rows alone have them."""

    split: gokart.TaskInstanceParameter[SplitWine] = gokart.TaskInstanceParameter(expected_type=SplitWine)
    version: luigi.IntParameter = luigi.IntParameter(default=1)

    def run(self) -> None:
        self.dump(self._run(self.load(self.split)))

    @staticmethod
    def _run(split: Split) -> Split:
        measurements = split.train.columns.drop('target')
        scaler = StandardScaler().set_output(transform='pandas').fit(split.train[measurements])
        return Split(*(scaler.transform(rows[measurements]).assign(target=rows['target']) for rows in split))
