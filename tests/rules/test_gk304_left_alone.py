"""GK304: right code that looks as if it read what the key does not hold."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_logging_errors_and_timing(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import logging
        import os
        import sys
        import time
        import warnings
        from datetime import datetime, timedelta
        from logging import getLogger
        from time import perf_counter

        import gokart
        import mlflow
        from loguru import logger as loguru_logger

        logger = getLogger(__name__)
        STARTED = time.time()


        class Logs(gokart.TaskOnKart):
            def run(self):
                logger.info('began at %s', datetime.now())
                print(datetime.now(), os.environ['HOST'])
                logging.getLogger('x').debug(os.getenv('USER'))
                loguru_logger.info(f'{time.time()}')
                warnings.warn(f'late: {datetime.now()}')
                sys.stderr.write(str(datetime.now()))
                mlflow.log_param('at', time.time())
                self.task_log['at'] = str(datetime.now())
                self.dump(self.load())


        class LoggedLater(gokart.TaskOnKart):
            def run(self):
                now = datetime.now()
                text = now.strftime('%H:%M')
                message = f'began at {text}'
                self.dump(self.load())
                logger.info(message)


        class Unused(gokart.TaskOnKart):
            def run(self):
                now = datetime.now()
                self.dump(self.load())


        class Timing(gokart.TaskOnKart):
            def run(self):
                start = time.time()
                data = self.load()
                took = time.time() - start
                began = datetime.now()
                end = datetime.now()
                seconds = (end - began).total_seconds()
                ms = int(perf_counter() * 1000)
                self.dump({'data': data, 'took': took, 'seconds': seconds, 'all': time.time() - STARTED, 'ms': ms})


        class TimingOnSelf(gokart.TaskOnKart):
            def run(self):
                self.started = time.time()
                self.dump(self.load())
                logger.info('%s', time.time() - self.started)


        class TimingInOtherMethods(gokart.TaskOnKart):
            def run(self):
                self.start = time.time()
                self.dump(self.load())
                self.report()

            def report(self):
                logger.info('%s', time.time() - self.start)


        class TimingInContainers(gokart.TaskOnKart):
            def run(self):
                marks = []
                marks.append(time.time())
                times = dict()
                times['load'] = datetime.now()
                self.dump(self.load())
                logger.info('%s %s', marks, times)


        class TimingElsewhere(gokart.TaskOnKart):
            def run(self):
                start = time.time()
                self.dump(self.load())
                logger.info(elapsed(start))
                self.dump(elapsed(start))


        def elapsed(start_time):
            return time.time() - start_time


        class Timeout(gokart.TaskOnKart):
            def run(self):
                deadline = time.time() + 60
                while time.time() < deadline:
                    time.sleep(1)
                end = time.time()
                end += 60
                if end < time.time():
                    return
                limit = datetime.now() + timedelta(minutes=1)
                if datetime.now() > limit:
                    raise TimeoutError(f'at {datetime.now()}')
                self.dump(self.load())


        class Errors(gokart.TaskOnKart):
            def run(self):
                if 'TOKEN' not in os.environ:
                    raise ValueError('set TOKEN')
                assert os.environ.get('X') is None, os.environ['X']
                if os.getenv('DEBUG'):
                    logger.info('debug')
                self.dump(self.load())
        """,
        'GK304',
    )


def test_what_is_seeded_or_given(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import random
        import time
        import uuid
        from datetime import date, datetime

        import gokart
        import luigi
        import numpy as np
        import pandas as pd
        from luigi.util import inherits
        from numpy.random import default_rng


        class Settings(luigi.Config):
            rows = luigi.IntParameter()


        class Seeded(gokart.TaskOnKart):
            seed = luigi.IntParameter(default=1)

            def run(self):
                a = random.Random(0).random()
                b = default_rng(self.seed).normal()
                c = np.random.RandomState(seed=42)
                d = np.random.Generator(np.random.PCG64(self.seed))
                random.seed(self.seed)
                np.random.seed(0)
                options = {'seed': 1}
                e = default_rng(**options)
                f = uuid.uuid5(uuid.NAMESPACE_DNS, 'x')
                self.dump((a, b, c, d, e, f))


        class Global(gokart.TaskOnKart):
            def run(self):
                np.random.shuffle(self.load())
                self.dump([random.random(), random.choice('ab'), np.random.rand(3), self.load().sample(frac=1)])


        class GivenMoments(gokart.TaskOnKart):
            day = luigi.DateParameter()

            def run(self):
                a = datetime(2020, 1, 1), date.fromisoformat('2020-01-01'), datetime.fromtimestamp(0)
                b = pd.Timestamp('2020-01-01'), pd.to_datetime(self.day), pd.Timestamp(self.day)
                c = time.localtime(0), time.strftime('%Y', time.gmtime(0)), time.ctime(1)
                self.dump((a, b, c, self.day.today))


        class PassesFunctions(gokart.TaskOnKart):
            def run(self):
                self.dump(self._run(self.load(), datetime.now, clock=time.time))

            @staticmethod
            def _run(data, now, clock):
                return data


        class Shadowed(gokart.TaskOnKart):
            def run(self):
                datetime = self.load('clock')
                time = self.load('time')
                self.dump((datetime.now(), time.time()))


        class Shadowing(gokart.TaskOnKart):
            def run(self):
                self.dump(self._run(self.load('clock')))

            def _run(self, datetime):
                return datetime.now()


        @gokart.config_params.inherits_config_params(Settings)
        class Inherits(gokart.TaskOnKart):
            def run(self):
                self.dump(self.rows)


        class LooksLikeOne(gokart.TaskOnKart):
            def run(self):
                self.dump((self.now(), self.environ['X'], self.load().today(), Settings.rows, Settings()))

            def now(self):
                return 1
        """,
        'GK304',
    )


def test_writes_of_the_environment(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import os
        import subprocess

        import gokart


        class Sets(gokart.TaskOnKart):
            def run(self):
                os.environ['A'] = '1'
                os.environ.setdefault('B', '1')
                os.environ.update({'C': '1'})
                del os.environ['A']
                subprocess.run(['x'], env={**os.environ, 'D': '1'})
                subprocess.run(['x'], env=os.environ.copy())
                self.dump(self.load())


        class PutsBack(gokart.TaskOnKart):
            def run(self):
                old = os.environ.get('A')
                os.environ['A'] = '1'
                self.dump(self.load())
                os.environ['A'] = old
        """,
        'GK304',
    )


def test_tasks_that_their_key_does_not_find(tmp_path: Path) -> None:
    """Their own `complete()`, a parameter that turns the cache off, an output that holds the same, no task at all, code not reached."""
    assert_marked(
        tmp_path,
        """
        import os
        import time
        from datetime import date, datetime

        import gokart
        import luigi
        from elsewhere import make_base


        class Always(gokart.TaskOnKart):
            def complete(self):
                return False

            def run(self):
                self.dump(datetime.now())


        class CacheOff(gokart.TaskOnKart):
            _cache_key_date = luigi.DateSecondParameter(default=datetime.now())

            def run(self):
                self.dump(datetime.now())


        class Named(gokart.TaskOnKart):
            def output(self):
                return self.make_target(f'{date.today()}.csv', use_unique_id=False)

            def run(self):
                self.dump(date.today())


        class OtherMethods(gokart.TaskOnKart):
            def requires(self):
                return Always(workspace_directory=os.environ['X'])

            def helper(self):
                return time.time()

            @property
            def now(self):
                return datetime.now()

            def run(self):
                self.dump(self.load())


        class Plain(luigi.Task):
            def run(self):
                print(datetime.now())
                return datetime.now()


        class NoTask:
            def run(self):
                self.dump(datetime.now())


        class NoRun(gokart.TaskOnKart):
            day = luigi.DateParameter(default=date(2020, 1, 1))


        class Builds(gokart.TaskOnKart):
            def run(self):
                self.dump(OtherMethods().task_id)


        class OverriddenHelper(gokart.TaskOnKart):
            def run(self):
                self.dump(self.stamp())

            def stamp(self):
                return 1


        class Unknown(make_base()):
            def run(self):
                self.dump(datetime.now())
        """,
        'GK304',
        cache_off_parameters=('_cache_key*',),
    )


def test_the_setting_names_the_parameters_that_turn_the_cache_off(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        from datetime import datetime

        import gokart
        import luigi


        class Nonce(gokart.TaskOnKart):
            nonce_a = luigi.Parameter()

            def run(self):
                self.dump(datetime.now())


        class Key(gokart.TaskOnKart):
            _cache_key = luigi.Parameter()

            def run(self):
                self.dump(datetime.now())  # expect GK304@19
        """,
        'GK304',
        cache_off_parameters=('nonce*',),
    )
