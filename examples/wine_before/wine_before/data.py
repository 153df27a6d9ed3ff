"""The data tasks, as people first write them."""

from logging import getLogger

import gokart
import luigi
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

logger = getLogger(__name__)


class LoadData(gokart.TaskOnKart):
    version = luigi.Parameter(default='v1')

    def output(self):
        return self.make_target('wine/data.csv', use_unique_id=False)

    def run(self):
        df = load_wine(as_frame=True).frame
        df.columns = [column.replace('/', '_per_') for column in df.columns]
        self.dump(df)


class DescribeData(gokart.TaskOnKart):
    data = gokart.TaskInstanceParameter()

    def requires(self):
        return self.data

    def run(self):
        df = self.load()
        logger.info(df.describe().to_string())


class SplitData(gokart.TaskOnKart):
    data = gokart.TaskInstanceParameter()
    test_size = luigi.FloatParameter(default=0.3)
    rerun = True

    def requires(self):
        return {'data': self.data}

    def output(self):
        return {
            'train': self.make_target('wine/train.csv'),
            'test': self.make_target('wine/test.csv'),
        }

    def run(self):
        df = self.load('data')
        train, test = train_test_split(df, test_size=self.test_size, random_state=0, stratify=df['target'])
        self.dump(train, 'train')
        self.dump(test, 'test')


class ScaleData(gokart.TaskOnKart):
    split = gokart.TaskInstanceParameter(expected_type=SplitData)
    serialized_task_definition_check = True

    def requires(self):
        return self.split

    def output(self):
        return {
            'train': self.make_target('wine/scaled_train.csv'),
            'test': self.make_target('wine/scaled_test.csv'),
        }

    def run(self):
        train = self.load('train')
        test = self.load('test')
        features = [c for c in train.columns if c != 'target']

        scaler = StandardScaler()
        train[features] = scaler.fit_transform(train[features])
        test[features] = scaler.transform(test[features])

        self.dump(train, 'train')
        self.dump(test, 'test')
