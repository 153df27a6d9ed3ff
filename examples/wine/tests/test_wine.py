"""The pipeline as a whole, and its steps as the plain functions that they are."""

from pathlib import Path

import gokart
import pandas as pd
import pytest

from wine.data import LoadWine, ScaleWine, Split, SplitWine
from wine.pipeline import WinePipeline


def test_the_pipeline_learns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # gokart writes to ./resources
    metrics = gokart.build(WinePipeline(test_share=0.3, regularisation=1.0, seed=0))
    assert metrics['accuracy'].item() > 0.9


def test_a_split_keeps_the_proportion_of_the_cultivars() -> None:
    split = SplitWine._run(LoadWine._run(), test_share=0.5, seed=0)
    assert len(split.train) == len(split.test) == 89
    assert split.train['target'].value_counts().tolist() == pytest.approx(split.test['target'].value_counts().tolist(), abs=1)


def test_scaling_learns_from_the_training_rows_alone() -> None:
    train = pd.DataFrame({'alcohol': [1.0, 3.0], 'target': [0, 1]})
    test = pd.DataFrame({'alcohol': [5.0], 'target': [2]})
    scaled = ScaleWine._run(Split(train, test))
    assert scaled.train['alcohol'].tolist() == [-1.0, 1.0]
    assert scaled.test['alcohol'].tolist() == [3.0]
    assert scaled.test['target'].tolist() == [2]
