"""The pipeline, as people first write it."""

from logging import getLogger

import gokart
import luigi

from wine_before.data import LoadData, ScaleData, SplitData
from wine_before.model import EvaluateClassifier, TrainClassifier

logger = getLogger(__name__)


class ClassificationPipeline(gokart.TaskOnKart):
    test_size = luigi.FloatParameter()

    def requires(self):
        data = LoadData('v2')
        split = SplitData(data=data, test_size=self.test_size)
        scaled = ScaleData(split=split)
        model = TrainClassifier(data=scaled)
        return EvaluateClassifier(model=model, data=scaled, rerun=True)

    def output(self):
        return self.input()

    def run(self):
        metrics = self.load()
        logger.info('accuracy: %s', metrics['accuracy'])
        self.dump(metrics)
