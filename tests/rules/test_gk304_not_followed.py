"""GK304: code that a task does not surely run, or that the text does not show."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import findings


def test_what_is_not_followed(tmp_path: Path) -> None:
    assert (
        findings(
            tmp_path,
            {
                'tasks.py': """
                    import random
                    import time

                    import gokart
                    import numpy as np
                    from library import stamp
                    from local import given, hidden, logged, pick, quiet

                    LIMIT = 3
                    TIMES = {'now': time.time}
                    LAZY = lambda: LIMIT


                    class Task(gokart.TaskOnKart):
                        def run(self):
                            a = stamp()
                            b = getattr(self, 'secret')()
                            c = TIMES['now']
                            d = given(time.time)
                            e = pick()()
                            quiet(self.load())
                            self.dump((a, b, c, d, e, LAZY(), logged(1)))

                        def secret(self):
                            return time.time()


                    class Started(gokart.TaskOnKart):
                        def __init__(self, *args, **kwargs):
                            super().__init__(*args, **kwargs)
                            TIMES.update(at=time.time())


                    class Clock:
                        @staticmethod
                        def now():
                            return 0

                        @staticmethod
                        def now():
                            return time.time()


                    class Builds(gokart.TaskOnKart):
                        def run(self):
                            self.dump((Started().task_id, Clock.now()))


                    class Parent(gokart.TaskOnKart):
                        @classmethod
                        def stamp(cls):
                            return cls.now()

                        @staticmethod
                        def now():
                            return 0


                    class Child(Parent):
                        def run(self):
                            self.dump(Parent.stamp())

                        @staticmethod
                        def now():
                            return time.time()


                    class Twice(gokart.TaskOnKart):
                        def run(self):
                            self.dump(self.now())

                        if LIMIT:

                            def now(self):
                                return time.time()

                        else:

                            def now(self):
                                return 0
                    """,
                'local.py': """
                    import logging
                    import os
                    import time


                    def given(clock):
                        return clock


                    def pick():
                        return unknown


                    def hidden():
                        return time.time()


                    def logged(x):
                        start = time.time()
                        logging.info('%s in %s on %s', x, time.time() - start, os.environ.get('HOST'))
                        return x


                    def quiet(x):
                        print(time.time())
                    """,
            },
            'GK304',
        )
        == []
    )


def test_what_may_be_a_parameter_is_in_the_key(tmp_path: Path) -> None:
    maker = """
        import datetime
        import os

        import luigi


        def today(**options):
            return luigi.DateParameter(default=datetime.date.today(), **options)


        def wrapped():
            return today(description='the day')


        def place():
            return os.environ.get('PLACE')
    """
    tasks = """
        import os

        import gokart
        import luigi
        from makers import place, today, wrapped


        class Train(gokart.TaskOnKart):
            day = today()
            other_day = wrapped()
            size = luigi.IntParameter() if os.getenv('SIZE') is None else luigi.IntParameter(default=3)
            place = place()

            def run(self):
                self.dump((self.day, self.other_day, self.size, self.place))
    """
    found = findings(tmp_path, {'makers.py': maker, 'tasks.py': tasks}, 'GK304')
    assert [each.message.partition(' reads')[0] for each in found] == ["Train.run -> self.place -> place() -> os.environ.get('PLACE')"]
