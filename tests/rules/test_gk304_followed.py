"""GK304: reads behind the methods, functions, classes and constants that `run()` uses."""

from __future__ import annotations

from pathlib import Path

from gokart_lint.checking import check
from gokart_lint.settings import Settings
from tests.rules.harness import assert_marked, write


def trails(found: list) -> list[str]:  # type: ignore[type-arg]
    return [each.message.partition(' reads ')[0].partition(' draws ')[0] for each in found]


def test_methods_of_the_class(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import os
        import time
        from abc import abstractmethod
        from datetime import date, datetime
        from functools import cached_property, lru_cache

        import gokart
        import luigi


        class Methods(gokart.TaskOnKart):
            stamp_format = os.getenv('FORMAT')  # expect GK304@20

            def run(self):
                self.dump((self._a(), self._b(1), type(self)._c, self.today, self.stamp_format))
                self._write()

            @staticmethod
            def _a():
                return os.environ['A']  # expect GK304@16

            @classmethod
            def _b(cls, x):
                return cls._d() + Methods._e()

            @classmethod
            def _d(cls):
                return os.environ['D']  # expect GK304@16

            @staticmethod
            def _e():
                return os.environ['E']  # expect GK304@16

            @cached_property
            def today(self):
                return date.today()  # expect GK304@16

            def _write(self):
                self.dump(time.time())  # expect GK304@19


        class Template(gokart.TaskOnKart):
            def run(self):
                self.dump(self._run(self.load()))

            @abstractmethod
            def _run(self, data): ...


        class Middle(Template):
            def _run(self, data):
                return data, self.__stamp()

            def __stamp(self):
                return datetime.now()  # expect GK304@16


        class Below(Middle):
            def _run(self, data):
                return super()._run(data), super(Below, self)._run(data), os.getenv('X')  # expect GK304@67


        class Cached(gokart.TaskOnKart):
            n = luigi.IntParameter()

            def run(self):
                self.dump(self.table())

            @lru_cache(maxsize=1)
            def table(self):
                again = self.table
                return open('table.csv').read(), again  # expect GK304@16
        """,
        'GK304',
    )
    assert {
        "Methods.run -> self.stamp_format -> os.getenv('FORMAT')",
        "Methods.run -> self._a() -> os.environ['A']",
        "Methods.run -> self._b() -> cls._d() -> os.environ['D']",
        "Methods.run -> self._b() -> Methods._e() -> os.environ['E']",
        'Methods.run -> self.today -> date.today()',
        'Middle.run -> self._run() -> self.__stamp() -> datetime.now()',
        "Cached.run -> self.table() -> open('table.csv')",
    } < set(trails(found))


def test_functions_classes_and_constants_of_the_module(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import os
        import time
        from concurrent.futures import ThreadPoolExecutor
        from dataclasses import dataclass
        from functools import partial

        import gokart

        BUCKET = os.environ['BUCKET']  # expect GK304@10
        NAME = f'{BUCKET}/x'
        NEVER = os.environ['NEVER']


        def scale(x):
            return x * factor()


        def factor():
            return scale(0) if NAME else float(os.environ['FACTOR'])  # expect GK304@40


        def stamp(row):
            return row, time.time()  # expect GK304@17


        def seeded(row):
            return row, time.time_ns()  # expect GK304@17


        def never():
            return time.time()


        class Scaler:
            def __init__(self, path):
                self.path = path
                self.table = open('scale.txt').read()  # expect GK304@22

            def fit(self, x):
                return self.inner(x)

            def inner(self, x):
                return x, os.getenv('SCALE')  # expect GK304@19

            @classmethod
            def from_environment(cls):
                return cls(os.environ['SCALER'])  # expect GK304@20

            def never(self):
                return os.getenv('NEVER')


        @dataclass
        class Row:
            x: int

            def __post_init__(self):
                self.at = time.time()  # expect GK304@19


        class Task(gokart.TaskOnKart):
            def run(self):
                a = scale(self.load())
                b = self.load().apply(stamp)
                with ThreadPoolExecutor() as pool:
                    c = pool.map(partial(seeded), b)
                scaler = Scaler('x')
                d = scaler.fit(a)
                e = Scaler.from_environment()
                f = Row(1)
                self.dump((a, b, c, d, e, f))
        """,
        'GK304',
    )
    assert {
        "Task.run -> scale() -> factor() -> NAME -> BUCKET -> os.environ['BUCKET']",
        "Task.run -> scale() -> factor() -> os.environ['FACTOR']",
        'Task.run -> stamp -> time.time()',
        "Task.run -> scaler.fit() -> self.inner() -> os.getenv('SCALE')",
        "Task.run -> Scaler() -> open('scale.txt')",
        'Task.run -> Row() -> time.time()',
    } < set(trails(found))


PROJECT = {
    'pkg/__init__.py': '',
    'pkg/tasks.py': """
        import gokart

        from pkg import features
        from pkg.features import scale as other
        from pkg.again import shown
        from .constants import REGION
        from .mixins import Stamped


        class Train(gokart.TaskOnKart):
            def run(self):
                a = features.scale(self.load())  # expect GK304@13
                b = other(self.load())
                c = shown(a)  # expect GK304@13
                d = REGION  # expect GK304@13
                e = features.Loader().load()  # expect GK304@13
                f = helper(a)
                self.dump((a, b, c, d, e, f, self.stamp()))


        class Score(gokart.TaskOnKart):
            def run(self):
                self.dump(features.scale(self.load()))  # expect GK304@19


        class Mixed(Stamped, gokart.TaskOnKart):
            def run(self):
                self.dump(self.stamp())


        def helper(x):
            return features.late(x)  # expect GK304@12
        """,
    'pkg/mixins.py': """
        import time

        import gokart


        class Stamped:
            def stamp(self):
                return time.time()  # expect GK304@16
        """,
    'pkg/features.py': """
        import os

        from pkg.deep.clock import moment


        def scale(x):
            return x * float(os.environ['X'])


        def late(x):
            return x, moment()


        class Loader:
            def load(self):
                return open('x.csv').read()
        """,
    'pkg/again.py': 'from pkg.deep.show import shown\n',
    'pkg/constants.py': "import os\n\nREGION = os.environ.get('REGION', 'jp')\n",
    'pkg/deep/__init__.py': '',
    'pkg/deep/clock.py': 'from datetime import datetime\n\n\ndef moment():\n    return datetime.now()\n',
    'pkg/deep/show.py': 'import uuid\n\n\ndef shown(x):\n    return x, uuid.uuid4()\n',
}


def test_other_files_even_those_that_name_no_task(tmp_path: Path) -> None:
    """A read in another file stands where the task's file is left; `features.py` and its like are never judged themselves."""
    found = assert_marked(tmp_path, PROJECT, 'GK304')
    assert {
        "Train.run -> features.scale() -> os.environ['X']",
        'Train.run -> shown() -> uuid.uuid4()',
        "Train.run -> REGION -> os.environ.get('REGION')",
        "Train.run -> features.Loader().load() -> open('x.csv')",
        'Train.run -> helper() -> features.late() -> moment() -> datetime.now()',
        "Score.run -> features.scale() -> os.environ['X']",
        'Mixed.run -> self.stamp() -> time.time()',
    } == set(trails(found))


def test_the_same_from_the_cache(tmp_path: Path) -> None:
    """A change in a file that names no task is seen by the next run."""
    write(tmp_path, PROJECT)
    settings, cache = Settings(root=tmp_path, select=('GK304',)), tmp_path / '.cache'
    first = check([tmp_path], settings, cache_dir=cache)
    assert check([tmp_path], settings, cache_dir=cache).findings == first.findings
    (tmp_path / 'pkg/features.py').write_text('def scale(x):\n    return x\n')
    after = check([tmp_path], settings, cache_dir=cache).findings
    assert sorted(trails(list(after))) == [
        'Mixed.run -> self.stamp() -> time.time()',
        "Train.run -> REGION -> os.environ.get('REGION')",
        'Train.run -> shown() -> uuid.uuid4()',
    ]


def test_one_file_alone(tmp_path: Path) -> None:
    """Only the given file is judged, the others are looked into."""
    write(tmp_path, PROJECT)
    found = check([tmp_path / 'pkg/tasks.py'], Settings(root=tmp_path, select=('GK304',))).findings
    assert len(found) == 6


def test_bases_in_other_modules(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        {
            'base.py': """
                import time

                import gokart
                from plain import now


                class Base(gokart.TaskOnKart):
                    def run(self):
                        self.dump((self.prepare(), self._run()))

                    def prepare(self):
                        return time.time(), now()  # expect GK304@16, GK304@29

                    def late(self):
                        return time.time()  # expect GK304@16

                    @staticmethod
                    def fixed():
                        return time.time()


                def moment():
                    return time.time()
                """,
            'plain.py': 'import time\n\n\ndef now():\n    return time.time()\n',
            'middle.py': 'from base import *\n\n\nclass Middle(Base):\n    pass\n',
            'tasks.py': """
                import os

                import base
                import middle as m


                class Task(m.Middle):
                    def _run(self):
                        return os.getenv('X'), self.late()  # expect GK304@16


                class Other(m.Middle):
                    def _run(self):
                        return base.moment(), base.Base.fixed()  # expect GK304@16, GK304@31
                """,
        },
        'GK304',
    )
    assert trails(found) == [
        'Base.run -> self.prepare() -> time.time()',
        'Base.run -> self.prepare() -> now() -> time.time()',
        'Task.run -> self._run() -> self.late() -> time.time()',
        "Task.run -> self._run() -> os.getenv('X')",
        'Other.run -> self._run() -> base.moment() -> time.time()',
        'Other.run -> self._run() -> base.Base.fixed() -> time.time()',
    ]


def test_constants_of_classes(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        {
            'paths.py': """
                import os


                class Paths:
                    MASTER = 'data/master.csv'
                    REGION = os.getenv('REGION')
                    BUCKET = os.environ['BUCKET']


                class Local(Paths):
                    REGION = 'jp'
                """,
            'tasks.py': """
                import gokart
                import pandas as pd
                import paths
                from paths import Local


                class Task(gokart.TaskOnKart):
                    def run(self):
                        print(paths.Paths.REGION)
                        self.dump(pd.read_csv(Local.MASTER))  # expect GK304@19
                        self.dump((paths.Paths.BUCKET.upper(), Local.REGION, Local.MASTER))  # expect GK304@20
                """,
        },
        'GK304',
    )
    assert trails(found) == [
        'Task.run -> pd.read_csv(Local.MASTER)',
        "Task.run -> paths.Paths.BUCKET -> os.environ['BUCKET']",
    ]
