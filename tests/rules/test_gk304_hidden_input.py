"""GK304: what `run()` reads of the world that the cache key does not hold."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_clock_environment_and_random(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import datetime
        import os
        import random
        import time
        import uuid
        from datetime import date, datetime as dt
        from os import environ
        from uuid import uuid4 as new_id

        import gokart
        import numpy as np
        import pandas as pd
        from gokart import TaskOnKart as Base
        from numpy.random import default_rng

        clock = datetime.datetime


        class Now(Base):
            def run(self):
                self.dump(dt.now())  # expect GK304@19


        class Today(Base[str]):
            def run(self):
                self.dump(f'{date.today():%Y}')  # expect GK304@22


        class LongName(gokart.TaskOnKart):
            def run(self):
                result = datetime.datetime.utcnow().isoformat()  # expect GK304@18
                self.dump(result)


        class Alias(Base):
            def run(self):
                self.dump(clock.now(tz=None))  # expect GK304@19


        class LocalAlias(Base):
            def run(self):
                now = time.time
                self.dump(now())  # expect GK304@19


        class OtherSelf(Base):
            def run(this):
                this.dump(pd.Timestamp.now())  # expect GK304@19


        class ByText(Base):
            def run(self):
                self.dump([pd.to_datetime('now'), np.datetime64('today')])  # expect GK304@20, GK304@43


        class Formatted(Base):
            def run(self):
                self.dump(time.strftime('%Y%m%d'))  # expect GK304@19


        class Environment(Base):
            def run(self):
                a = os.environ['A']  # expect GK304@13
                b = environ.get('B', 'b')  # expect GK304@13
                c = os.getenv('C')  # expect GK304@13
                d = 'D' in os.environ  # expect GK304@13
                self.dump((a, b, c, d))


        class Branch(Base):
            def run(self):
                if os.environ.get('FAST'):  # expect GK304@12
                    self.dump(1)
                else:
                    self.dump(2)


        class Deep(Base):
            def run(self):
                try:
                    with self.lock() as lock:
                        for each in self.load():
                            match each:
                                case 1 if os.getenv('X'):  # expect GK304@35
                                    self.dump([(lambda: date.today())() for _ in lock])  # expect GK304@49
                except ValueError:
                    self.dump(None)


        class Walrus(Base):
            def run(self):
                if (now := dt.now()).hour > 3:  # expect GK304@20
                    self.dump(now)


        class OwnRandom(Base):
            def run(self):
                rng = default_rng()  # expect GK304@15
                old = np.random.RandomState(seed=None)  # expect GK304@15
                self.dump((rng.normal(), old.rand(), random.Random().random()))  # expect GK304@46


        class Identity(Base):
            def run(self):
                self.dump({'id': str(uuid.uuid4()), 'other': new_id().hex})  # expect GK304@30, GK304@54


        class Containers(Base):
            def run(self):
                a, b, c = [], {}, self.load()
                a.append(time.time())  # expect GK304@18
                made = {}
                made['at'] = time.time()  # expect GK304@22
                c['at'] = time.time()  # expect GK304@19
                self.dump((a, b, made))


        class Began(Base):
            def run(self):
                self.start = date.today()  # expect GK304@22
                self.dump(self.rows())

            def rows(self):
                return self.load(), self.start


        class Aliased(Base):
            def run(self):
                data = self.load()
                row = data[0]
                row['at'] = time.time()  # expect GK304@21
                self.dump(data)


        class Shared(Base):
            def run(self):
                global LAST
                LAST = time.time()  # expect GK304@16
                self.dump(self.load())


        class Stops(Base):
            def run(self):
                while 'STOP' not in os.environ:  # expect GK304@15
                    if os.getenv('LATE'):  # expect GK304@16
                        continue
                    self.dump(1)


        class Spans(Base):
            def run(self):
                start = dt.now()
                end = dt.now()
                self.dump(dt.now() - (end - start))  # expect GK304@19


        class Reseeds(Base):
            def run(self):
                random.seed()  # expect GK304@9
                np.random.seed(None)  # expect GK304@9
                self.dump(random.random())


        class Nested(Base):
            async def run(self):
                def stamp(row):
                    return row, time.time()  # expect GK304@25

                self.dump(list(map(stamp, self.load())))


        class 予測(Base):
            def run(self):
                今日 = date.today()  # expect GK304@14
                self.dump(今日)
        """,
        'GK304',
    )
    assert found[0].message == (
        'Now.run -> dt.now() reads the clock, and the cache key of Now does not hold it: '
        'make the time a parameter, such as a luigi.DateParameter, and give it where the pipeline is built'
    )
    messages = {each.message.partition(' reads ')[0] for each in found}
    assert {"Environment.run -> os.environ['A']", "Environment.run -> environ.get('B')", "Environment.run -> 'D' in os.environ"} < messages
    assert any(
        each.message
        == 'Identity.run -> uuid.uuid4() draws from a source that gokart does not seed, and the cache key of Identity does not hold it: '
        'make the value a parameter, or draw it from a source whose seed is one'
        for each in found
    )


def test_files_of_a_literal_path(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import gzip
        import json
        import os
        import pathlib
        from glob import glob
        from pathlib import Path

        import gokart
        import joblib
        import numpy as np
        import pandas as pd
        import polars as pl

        FOLDER = 'data'
        NAME = 'x.csv'
        STOPWORDS = Path(__file__).parent / 'stopwords.txt'


        class Task(gokart.TaskOnKart):
            name = 'model.pkl'

            def run(self):
                with open('x.json') as file:  # expect GK304@14
                    a = json.load(file)
                b = open(file='x.json', mode='rb').read()  # expect GK304@13
                c = gzip.open('x.gz', 'rt')  # expect GK304@13
                d = pd.read_csv(NAME)  # expect GK304@13
                e = pl.scan_csv(os.path.join(FOLDER, NAME))  # expect GK304@13
                f = np.load(f'{FOLDER}/x.npy')  # expect GK304@13
                g = joblib.load(self.name)  # expect GK304@13
                h = glob('data/*.csv')  # expect GK304@13
                i = os.listdir(FOLDER + '/y')  # expect GK304@13
                j = Path('x.txt').read_text()  # expect GK304@13
                k = (pathlib.Path(FOLDER) / NAME).open()  # expect GK304@13
                path = Path('z').joinpath('z.txt')
                m = path.read_bytes()  # expect GK304@13
                n = STOPWORDS.read_text().split()  # expect GK304@13
                o = pd.read_parquet(path='x.parquet')  # expect GK304@13
                p = [*Path('parts').glob('*.csv')]  # expect GK304@15
                q = open('both.txt', 'r+').read()  # expect GK304@13
                if os.path.exists('r.txt') and Path('s.txt').exists():
                    q = open('r.txt'), Path('s.txt').read_text()  # expect GK304@17, GK304@32
                self.dump((a, b, c, d, e, f, g, h, i, j, k, m, n, o, p, q))
        """,
        'GK304',
    )
    assert [each.message for each in found if each.at.line == 23] == [
        "Task.run -> open('x.json') reads the file 'x.json', and the cache key of Task does not hold it: "
        'make the path a parameter, and give a file with other content another path'
    ]
    assert next(each.message for each in found if 'glob(' in each.message).startswith(
        "Task.run -> glob('data/*.csv') reads the folder 'data/*.csv', "
    )
    assert {
        "Task.run -> pl.scan_csv(...) reads the file 'data/x.csv'",
        "Task.run -> joblib.load(self.name) reads the file 'model.pkl'",
        "Task.run -> Path('x.txt').read_text() reads the file 'x.txt'",
        "Task.run -> path.read_bytes() reads the file 'z/z.txt'",
        "Task.run -> STOPWORDS.read_text() reads the file 'stopwords.txt'",
    } < {each.message.partition(', and ')[0] for each in found}


def test_values_of_a_configuration(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        {
            'tasks.py': """
                import gokart
                import luigi
                from luigi.configuration import get_config
                from settings import SERVICE, Limits, Service

                CONF = Service()


                class Task(gokart.TaskOnKart):
                    limits = Limits()

                    def run(self):
                        a = Service().url  # expect GK304@13
                        service = Service()
                        b = service.url  # expect GK304@13
                        c = CONF.url  # expect GK304@13
                        d = SERVICE.url  # expect GK304@13
                        e = self.limits.rows  # expect GK304@13
                        f = get_config().get('core', 'x')  # expect GK304@13
                        g = Service().address()  # expect GK304@13
                        h = Service().KIND
                        i = dict(**Limits().param_kwargs)  # expect GK304@20
                        self.dump((a, b, c, d, e, f, g, h, i))
                """,
            'settings.py': """
                import luigi


                class Base(luigi.Config):
                    pass


                class Service(Base):
                    KIND = 'http'
                    url = luigi.Parameter()

                    def address(self):
                        return f'{self.url}/x'


                class Limits(luigi.Config):
                    rows = luigi.IntParameter(default=1)


                SERVICE = Service()
                """,
        },
        'GK304',
    )
    assert found[0].message == (
        'Task.run -> Service().url reads a configuration, and the cache key of Task does not hold it: '
        'make the value a parameter; gokart.inherits_config_params copies those of a luigi.Config'
    )
    assert any(each.message.startswith('Task.run -> Service().address() -> Service().url ') for each in found)


def test_one_finding_for_one_read(tmp_path: Path) -> None:
    """A read that several tasks reach is told of once, for the first of them."""
    found = findings(
        tmp_path,
        """
        import time

        import gokart


        class Base(gokart.TaskOnKart):
            def run(self):
                self.dump(self.stamp())

            def stamp(self):
                return time.time()


        class One(Base):
            pass


        class Two(Base):
            def run(self):
                self.dump(self.stamp())
        """,
        'GK304',
    )
    assert [(each.at.line, each.message.partition(' reads ')[0]) for each in found] == [(11, 'Base.run -> self.stamp() -> time.time()')]
