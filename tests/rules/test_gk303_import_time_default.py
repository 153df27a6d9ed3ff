"""GK303: defaults of parameters that are computed when the module is imported."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_computed_defaults(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        {
            'tasks.py': """
                import datetime
                import os
                import random
                import time
                import uuid
                from datetime import date, datetime as dt, timedelta
                from os import environ, getenv

                import constants
                import gokart
                import luigi
                import numpy as np
                import pandas as pd
                from constants import TODAY, yesterday
                from gokart import TaskOnKart as Base
                from luigi import DateParameter as Day

                NOW = dt.now()
                LATER = NOW + timedelta(days=1)
                tick = time.time


                def stamp(offset=0):
                    return int(time.time()) + offset


                class Dated(luigi.DateParameter):
                    pass


                class Settings:
                    NAME = 'x'
                    USER = os.environ['USER']


                class Task(Base):
                    a = Day(default=date.today())  # expect GK303@21
                    b: datetime.date = Day(date.today() - timedelta(days=1))  # expect GK303@28
                    c: luigi.Parameter = luigi.Parameter(default=f'{NOW:%Y}')  # expect GK303@50
                    d = luigi.DateSecondParameter(default=LATER)  # expect GK303@43
                    e = luigi.Parameter(
                        description='when',
                        default=datetime.datetime.now().strftime('%Y'),  # expect GK303@17
                    )
                    f = luigi.IntParameter(default=stamp())  # expect GK303@36
                    fa = luigi.Parameter(default=Settings.USER.lower())  # expect GK303@34
                    fb = luigi.Parameter(default=Settings.NAME)
                    g = luigi.DateParameter(default=TODAY)  # expect GK303@37
                    h = luigi.DateParameter(default=constants.TODAY)  # expect GK303@37
                    i = luigi.DateParameter(default=yesterday())  # expect GK303@37
                    j = luigi.Parameter(default=str(uuid.uuid4()))  # expect GK303@33
                    k = luigi.IntParameter(default=random.randint(0, 9))  # expect GK303@36
                    l = luigi.FloatParameter(default=np.random.rand())  # expect GK303@38
                    m = luigi.Parameter(default=getenv('USER', 'x'))  # expect GK303@33
                    n = luigi.Parameter(default=environ['USER'])  # expect GK303@33
                    o = luigi.Parameter(default=os.environ.get('HOME') or '/')  # expect GK303@33
                    p = luigi.FloatParameter(default=tick())  # expect GK303@38
                    q = luigi.Parameter(default=pd.Timestamp.today() if NOW else None)  # expect GK303@33
                    r = Dated(default=date.today())  # expect GK303@23
                    ra = Dated(date.today())  # expect GK303@16
                    here = dt.now()
                    s = luigi.DateSecondParameter(default=here)  # expect GK303@43
                    t = luigi.ListParameter(default=[time.time(), 1])  # expect GK303@37
                    u = luigi.Parameter(default=date.today(), significant=True)  # expect GK303@33
                    v, w = luigi.Parameter(default=1), luigi.Parameter(default=os.getpid())  # expect GK303@64
                    __version = luigi.Parameter(default=dt.utcnow())  # expect GK303@41
                    if os.name == 'nt':
                        x = luigi.Parameter(default=time.strftime('%Y'))  # expect GK303@37

                    def run(self):
                        self.dump(self.a)


                class Plain(luigi.Task):
                    day = luigi.DateParameter(default=date.today())  # expect GK303@39


                class Mixin:
                    day = luigi.DateParameter(default=date.today())  # expect GK303@39


                class Mixed(Mixin, Base):
                    dep = gokart.TaskInstanceParameter(Plain, Plain(day=date.today()))  # expect GK303@47


                def make():
                    class Inner(Base):
                        day = luigi.DateParameter(default=date.today())  # expect GK303@43

                    return Inner
                """,
            'constants.py': """
                from datetime import date, timedelta

                TODAY = date.today()


                def yesterday():
                    return TODAY - timedelta(days=1)
                """,
        },
        'GK303',
    )
    messages = {each.message.partition(' ')[0]: each.message for each in found}
    assert messages['Task.a'] == (
        'Task.a takes its default from date.today() when the module is imported, so that its cache key is another one each time: '
        'leave the default out and give the value where the pipeline is built'
    )
    assert messages['Task.d'].startswith('Task.d takes its default from LATER -> NOW -> dt.now() when ')
    assert messages['Task.f'].startswith('Task.f takes its default from stamp() -> time.time() when ')
    assert messages['Task.i'].startswith('Task.i takes its default from yesterday() -> TODAY -> date.today() when ')
    assert ' so that its task id is another one each time: ' in messages['Plain.day']
    assert messages['Task.s'].startswith('Task.s takes its default from here -> dt.now() when ')
    assert " environ['USER'] when the module is imported, so that its cache key is another one in each environment: " in messages['Task.n']


def test_right_defaults(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import logging
        import os
        import random
        import time
        import uuid
        from datetime import date, datetime, timedelta
        from functools import partial

        import gokart
        import luigi
        import numpy as np
        from elsewhere import DEFAULT, today

        START = date(2020, 1, 1)
        NOW = datetime.now()
        logger = logging.getLogger(__name__)


        def fixed():
            logger.info('%s on %s', time.time(), os.environ.get('HOST'))
            return START + timedelta(days=1)


        def clock():
            return time.time()


        def lazily(function):
            return function


        class Task(gokart.TaskOnKart):
            a = luigi.DateParameter(default=date(2020, 1, 1))
            b = luigi.DateParameter(default=START)
            c = luigi.DateParameter(default=fixed())
            d = luigi.DateSecondParameter(default=datetime.now(), significant=False)
            e = luigi.Parameter(default=uuid.uuid4().hex, significant=False)
            _cache_key_date = luigi.DateSecondParameter(default=datetime.now())
            _cache_key = luigi.DateSecondParameter(default=NOW)
            f = luigi.Parameter(default=datetime.now)
            g = luigi.Parameter(default=lambda: datetime.now())
            h = luigi.Parameter(default=partial(datetime.now, tz=None))
            i = luigi.Parameter(default=clock)
            j = luigi.Parameter(default=lazily(clock))
            k = luigi.DateSecondParameter(default=datetime.fromtimestamp(0))
            m = luigi.DateSecondParameter(default=datetime.min)
            n = luigi.Parameter(default=os.path.join('a', 'b'))
            o = luigi.Parameter(default=os.sep)
            p = luigi.Parameter(default=DEFAULT)
            q = luigi.Parameter(default=today())
            r = luigi.FloatParameter(default=random.Random(0).random())
            s = luigi.FloatParameter(default=np.random.default_rng(1).random())
            t = luigi.Parameter(default=uuid.uuid5(uuid.NAMESPACE_DNS, 'x').hex)
            u = luigi.Parameter(description=str(datetime.now()))
            v = luigi.Parameter(default=time.strftime('%Y', time.gmtime(0)))
            w = luigi.Parameter(significant=bool(DEFAULT), default=datetime.now())
            x = datetime.now()
            y = luigi.Parameter(default='datetime.now()')
            z = luigi.Parameter()
            text = luigi.Parameter(default=open('default.txt').read())

            def run(self):
                other = luigi.Parameter(default=datetime.now())
                self.dump(other)


        class Settings(luigi.Config):
            day = luigi.DateParameter(default=date.today())


        class NoTask:
            day = luigi.DateParameter(default=date.today())


        class Redeclared(gokart.TaskOnKart):
            day = luigi.DateParameter(default=date.today())
            day = luigi.DateParameter(default=START)


        class Odd(luigi.Parameter):
            def __init__(self, when, **kwargs):
                super().__init__(**kwargs)


        class ByPlace(gokart.TaskOnKart):
            day = Odd(date.today())
            dep = gokart.TaskInstanceParameter(Task)
            options = gokart.SerializableParameter(date.today())
        """,
        'GK303',
    )


def test_random_numbers_of_a_module_that_seeds(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import random
        import uuid

        import gokart
        import luigi

        random.seed(0)


        class Task(gokart.TaskOnKart):
            a = luigi.IntParameter(default=random.randint(0, 9))
            b = luigi.Parameter(default=uuid.uuid1())  # expect GK303@33
        """,
        'GK303',
    )


def test_the_setting_replaces_the_names_that_are_exempt(tmp_path: Path) -> None:
    text = """
        from datetime import datetime

        import gokart
        import luigi


        class Task(gokart.TaskOnKart):
            nonce_a = luigi.Parameter(default=datetime.now())
            _cache_key = luigi.Parameter(default=datetime.now())
        """
    assert [each.at.line for each in findings(tmp_path, text, 'GK303')] == [8]
    assert [each.at.line for each in findings(tmp_path, text, 'GK303', cache_off_parameters=('nonce*',))] == [9]
