"""GK304: objects of the project that time the work, and logging that is set up from the environment."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked

TIMERS = """
    import logging
    import os
    import time
    from contextlib import ContextDecorator
    from datetime import datetime


    def get_logger(name):
        logger = logging.getLogger(name)
        logger.setLevel(os.environ.get('LEVEL', 'INFO'))
        return logger


    class Timer(ContextDecorator):
        def __init__(self, name):
            self.name = name
            self.begun = datetime.now()

        def __enter__(self):
            return self

        def __exit__(self, *error):
            logging.info('%s: %s since %s', self.name, datetime.now() - self.begun, self.begun)


    class Laps:
        def __init__(self):
            self.reset()

        def reset(self):
            self.start = time.time()

        def lap(self):
            took = time.time() - self.start
            self.reset()
            return took


    class Open:
        def __init__(self):
            self.opened = time.time()

        def took(self):
            return time.time() - self.opened


    class Stamped:
        def __init__(self):
            self.created = datetime.now()

        def info(self):
            return {'at': self.created}


    class Model:
        def __init__(self):
            self.trained = datetime.now()
    """


def test_timers_and_loggers_of_the_project(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'timers.py': TIMERS,
            'tasks.py': """
                import logging
                import os
                import time

                import gokart
                from timers import Laps, Model, Open, Stamped, Timer, get_logger

                logger = get_logger(__name__)


                class Timed(gokart.TaskOnKart):
                    def run(self):
                        laps = Laps()
                        with Timer('load'):
                            data = self.load()
                        logger.info(laps.lap())
                        laps.start()
                        self.dump(data)


                class SetsUp(gokart.TaskOnKart):
                    def run(self):
                        if os.environ.get('DEBUG'):
                            logger.setLevel('DEBUG')
                        logging.basicConfig(level=os.environ['LEVEL'])
                        self.dump(1)


                class Again(gokart.TaskOnKart):
                    def run(self):
                        self._restart()
                        logger.info(time.time() - self._t)
                        self._restart()
                        self.dump(1)

                    def _restart(self):
                        self._t = time.time()


                class FromOutside(gokart.TaskOnKart):
                    def run(self):
                        file = Open()  # expect GK304@16
                        logger.info(file.took())
                        self.dump(file.opened)


                class Result(gokart.TaskOnKart):
                    def run(self):
                        self.dump(Model())  # expect GK304@19


                class Told(gokart.TaskOnKart):
                    def run(self):
                        self.dump(Stamped().info())  # expect GK304@19
                """,
        },
        'GK304',
    )
