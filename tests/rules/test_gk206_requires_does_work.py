"""GK206: what `requires()` does beside naming tasks."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_work_in_requires(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        {
            'tasks.py': """
                import gzip
                import json
                import urllib.request
                from pathlib import Path

                import boto3
                import gokart
                import luigi
                import pandas as pd
                import requests
                import sqlalchemy as sa
                from gokart import TaskOnKart as Base, build as make
                from google.cloud import bigquery, storage
                from local import names

                NAMES = json.load(open('names.json'))


                class Load(Base):
                    name = luigi.Parameter()

                    def run(self):
                        self.dump(open(self.name).read())


                class Results(Base):
                    dep = gokart.TaskInstanceParameter()

                    def requires(self):
                        a = self.load()  # expect GK206@13
                        b = self.load('x')  # expect GK206@13
                        c = self.input()['x'].load()  # expect GK206@13
                        d = self.dep.output().load()  # expect GK206@13
                        target = self.dep.output()
                        e = target.load()  # expect GK206@13
                        self.dump(a)  # expect GK206@9
                        self.output().dump(b)  # expect GK206@9
                        f = super().load_data_frame('x')  # expect GK206@13
                        g = [each.load() for each in (c, d, e, f)]
                        return g


                class Files(Base):
                    path = luigi.Parameter()

                    def requires(this):
                        with open(this.path) as file:  # expect GK206@14
                            lines = file.readlines()
                        a = gzip.open('x.gz', 'rt')  # expect GK206@13
                        b = pd.read_csv(this.path)  # expect GK206@13
                        c = Path(this.path).read_text()  # expect GK206@13
                        open('out.txt', 'w').write('x')  # expect GK206@9
                        if (rows := pd.read_parquet(f'{this.path}/x')).empty:  # expect GK206@21
                            return {name: Load(name=name) for name in json.load(open('x'))}  # expect GK206@65
                        return [lines, a, b, c, rows]


                class Remote(Base):
                    def requires(self):
                        s3 = boto3.client('s3')
                        a = s3.list_objects_v2(Bucket='x')  # expect GK206@13
                        bucket = storage.Client().bucket('x')
                        b = [blob.name for blob in bucket.list_blobs()]  # expect GK206@36
                        c = storage.Client().bucket('x').blob('y').download_as_text()  # expect GK206@13
                        d = bigquery.Client().query('select 1').result()  # expect GK206@13
                        e = pd.read_sql('select 1', 'sqlite://')  # expect GK206@13
                        with sa.create_engine('sqlite://').connect() as connection:  # expect GK206@14
                            f = connection.execute('select 1')  # expect GK206@17
                        g = requests.get('http://x').json()  # expect GK206@13
                        h = urllib.request.urlopen('http://x')  # expect GK206@13
                        return [a, b, c, d, e, f, g, h]


                class Runs(Base):
                    dep = gokart.TaskInstanceParameter()

                    def requires(self):
                        gokart.build(Load(name='x'))  # expect GK206@9
                        make(Load(name='x'))  # expect GK206@9
                        luigi.build([Load(name='x')])  # expect GK206@9
                        Load(name='x').run()  # expect GK206@9
                        task = Load(name='y')
                        task.run()  # expect GK206@9
                        self.dep.run()  # expect GK206@9
                        self.run()  # expect GK206@9
                        return task

                    def run(self):
                        self.dump(open('x').read())


                class Helpers(Base):
                    def requires(self):
                        return [Load(name=name) for name in (*self._names(), *names(), *self._lines())]  # expect GK206@63

                    @staticmethod
                    def _names():
                        return json.load(open('x'))  # expect GK206@26

                    def _lines(self):
                        return self.load('lines')  # expect GK206@16


                class Heir(Helpers):
                    pass
                """,
            'local.py': """
                def names():
                    with open('names.txt') as file:
                        return file.readlines()
                """,
        },
        'GK206',
    )
    messages = {each.message for each in found}
    assert (
        'Results.requires -> self.load() loads a result while luigi asks what Results needs: '
        'do it in a task that is required, or give what it tells as a parameter'
    ) in messages
    assert (
        "Helpers.requires -> names() -> open('names.txt') opens a file while luigi asks what Helpers needs: "
        'do it in a task that is required, or give what it tells as a parameter'
    ) in messages
    assert ('Runs.requires -> gokart.build() runs a task while luigi asks what Runs needs: return the task, and luigi runs it') in messages
    assert any(each.startswith('Remote.requires -> s3.list_objects_v2() reads an object store while ') for each in messages)
    assert any(each.startswith('Remote.requires -> bigquery.Client().query() reads a database while ') for each in messages)
    assert any(each.startswith('Remote.requires -> requests.get() reads from the network while ') for each in messages)


def test_right_requires(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import json
        import logging
        import os
        import subprocess
        from datetime import date
        from glob import glob
        from pathlib import Path

        import gokart
        import luigi
        import yaml
        from elsewhere import Loader, load_names, open_store

        NAMES = json.load(open('names.json'))


        class Load(gokart.TaskOnKart):
            name = luigi.Parameter()

            def run(self):
                self.dump(open(self.name).read())

            @staticmethod
            def parse(text):
                return json.loads(text)

            def rows(self):
                return open(self.name).readlines()


        class Names(gokart.TaskOnKart):
            names = luigi.ListParameter()
            day = luigi.DateParameter(default=date(2020, 1, 1))
            dep = gokart.TaskInstanceParameter()
            options = luigi.DictParameter()

            def requires(self):
                logging.info('%s', self.names)
                a = [Load(name=name) for name in self.names]
                b = [Load(name=name) for name in NAMES]
                c = self.clone(Load, name=f'{date.today()}')
                d = Load(name=os.environ['NAME'])
                e = self.dep if self.dep.complete() else None
                f = self.dep.output().exists()
                g = Path('x').exists() and os.path.join('a', 'b')
                h = self.options.get('load')
                i = json.loads('[]'), json.dumps({})
                j = Load.parse('[]')
                k = dict(run=self.run, load=self.load, rows=Load(name='x').rows)
                m = glob('x/*')
                return [a, b, c, d, e, f, g, h, i, j, k, m]

            def run(self):
                self.dump(self.load())


        class Unknown(gokart.TaskOnKart):
            store = luigi.Parameter()

            def requires(self):
                a = load_names()
                b = open_store('x').get('y')
                c = Loader().load()
                d = self.store.load()
                e = subprocess.run(['true'])
                load = self.options
                open = self.store
                return [a, b, c, d, e, load(), open('x')]


        class OwnLoad(gokart.TaskOnKart):
            def load(self, target=None):
                return [1]

            def requires(self):
                return [Load(name=str(each)) for each in self.load()]


        class Super(Names):
            def requires(self):
                return [super().requires(), self.input()]


        class Plain(luigi.Task):
            def requires(self):
                return yaml.safe_load(open('x'))


        class NoTask:
            def requires(self):
                return open('x').read()
        """,
        'GK206',
    )
