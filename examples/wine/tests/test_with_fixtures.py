"""One task at a time, with the fixtures of pytest-gokart: the real `run()`, on rows that fit on a page.

The first three are what many projects write with `task.load = MagicMock(...)` and `task.dump = MagicMock(...)`; the comments are those
tests. A mock takes any key, any argument and any value, and nothing says that `requires()` offers what `run()` loads.
"""

from pathlib import Path

import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

from pytest_gokart.fixtures.fixtures import GokartBuild, GokartRun, GokartSnapshot
from wine.data import LoadWine, ScaleWine, Split, SplitWine
from wine.model import EvaluateModel, TrainModel
from wine.pipeline import WinePipeline

TRAIN = pd.DataFrame({'alcohol': [-1.0, -0.5, 0.5, 1.0], 'target': [0, 0, 1, 1]})
TEST = pd.DataFrame({'alcohol': [-2.0, 2.0], 'target': [0, 1]})


def test_a_task_that_loads_nothing(gokart_run: GokartRun) -> None:
    # task = LoadWine()
    # task.dump = MagicMock(side_effect=self._dump)
    # task.run()
    # self.assertEqual(178, len(self.output_data))
    wine = gokart_run(LoadWine())
    assert len(wine) == 178


def test_a_task_with_one_input(gokart_run: GokartRun) -> None:
    # task = TrainModel(wine=_DummyTask())
    # task.load = MagicMock(side_effect=self._load)
    # task.dump = MagicMock(side_effect=self._dump)
    # task.run()
    # self.assertIsInstance(self.dump_data, LogisticRegression)
    model = gokart_run(TrainModel, inputs={'wine': Split(TRAIN, TEST)})
    assert isinstance(model, LogisticRegression)
    assert model.predict(TEST.drop(columns='target')).tolist() == [0, 1]


def test_a_task_with_several_inputs(gokart_run: GokartRun) -> None:
    # self.input_data = {'model': Model(), 'wine': Split(train, test)}
    # task = EvaluateModel(model=_DummyTask(), wine=_DummyTask())
    # task.load = MagicMock(side_effect=lambda key: self.input_data[key])
    # task.dump = MagicMock(side_effect=self._dump)
    # task.run()
    # self.assertEqual([1.0], self.dump_data['accuracy'].tolist())
    model = LogisticRegression().fit(TRAIN.drop(columns='target'), TRAIN['target'])
    metrics = gokart_run(EvaluateModel, inputs={'model': model, 'wine': Split(TRAIN, TEST)})
    assert metrics['accuracy'].tolist() == [1.0]


def test_parameters_are_given_by_name_or_with_the_task(gokart_run: GokartRun) -> None:
    wine = pd.DataFrame({'alcohol': [1.0, 2.0, 3.0, 4.0], 'target': [0, 0, 1, 1]})
    by_name = gokart_run(SplitWine, inputs={'wine': wine}, test_share=0.5)
    with_the_task = gokart_run(SplitWine(wine=LoadWine(), test_share=0.5), inputs={'wine': wine})
    pd.testing.assert_frame_equal(by_name.train, with_the_task.train)
    assert sorted(by_name.test['target']) == [0, 1]


def test_the_metrics_survive_their_csv_file(gokart_run: GokartRun, gokart_workspace: Path) -> None:
    model = LogisticRegression().fit(TRAIN.drop(columns='target'), TRAIN['target'])
    metrics = gokart_run(EvaluateModel, inputs={'model': model, 'wine': Split(TRAIN, TEST)}, files=True)
    assert metrics.columns.tolist() == ['accuracy', 'log_loss']
    assert len(list(gokart_workspace.rglob('metrics_*.csv'))) == 1


def test_scaling_takes_a_split_and_nothing_else(gokart_run: GokartRun) -> None:
    with pytest.raises(Exception, match=r"inputs\['wine'\] is not required"):
        gokart_run(ScaleWine, inputs={'wine': TRAIN})


def test_the_whole_pipeline_in_memory(gokart_build: GokartBuild) -> None:
    metrics = gokart_build(WinePipeline(test_share=0.3, regularisation=1.0, seed=0))
    assert metrics['accuracy'].item() > 0.9


def test_no_task_runs_again_unseen(gokart_snapshot: GokartSnapshot) -> None:
    gokart_snapshot(WinePipeline(test_share=0.3, regularisation=1.0, seed=0))
