"""The model tasks, as people first write them."""

import datetime

import gokart
import luigi
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score

from wine_before.data import ScaleData, SplitData


class TrainClassifier(gokart.TaskOnKart):
    data: SplitData = gokart.TaskInstanceParameter(expected_type=ScaleData)
    c = luigi.FloatParameter(default=1.0)

    def requires(self):
        return self.data

    def run(self):
        train = self.load('train')
        model = self._fit(train)
        self.dump(model)

    def _fit(self, train):
        model = LogisticRegression(C=self.c, max_iter=1000)
        model.fit(train.drop(columns='target'), train['target'])
        return model


class EvaluateClassifier(gokart.TaskOnKart):
    model = gokart.TaskInstanceParameter()
    data = gokart.TaskInstanceParameter()
    evaluated_at = luigi.DateSecondParameter(default=datetime.datetime.now())

    def requires(self):
        return dict(model=self.model, data=self.data)

    def run(self):
        model = self.load('model')
        test = self.load('data')['test']
        predicted = model.predict(test.drop(columns='target'))
        accuracy = accuracy_score(test['target'], predicted)
        self.dump({'accuracy': accuracy, 'evaluated_at': self.evaluated_at})
