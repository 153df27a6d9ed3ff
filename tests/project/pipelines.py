"""A project of many forms, that Python really imports: what it says of its classes is what the text must be read as."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TypedDict


class Live(TypedDict):
    """What Python says of one class."""

    mro: list[str]
    parameters: dict[str, tuple[str, bool]]
    """By name, in luigi's order: the class of the parameter, and whether it is significant."""


FILES = {
    'src/shop/__init__.py': """
        from shop.base import *
        from .parameters import VersionParameter as Version
    """,
    'src/shop/base.py': """
        from __future__ import annotations

        import abc
        from typing import TYPE_CHECKING, Generic, TypeVar

        import gokart
        import gokart as gk
        import luigi
        from gokart import TaskOnKart as Root

        if TYPE_CHECKING:
            from shop.steps import Load

        __all__ = ['ProjectTask', 'Base', '_Listed', 'Abstract']
        T = TypeVar('T')
        Base = gokart.TaskOnKart


        class Naming:
            prefix = luigi.Parameter(default='p', significant=False)

            def name(self) -> str:
                return self.prefix


        class ProjectTask(Naming, Base[T], Generic[T]):
            # Both words of the header are generic.
            date = luigi.DateParameter()
            __version = luigi.IntParameter(default=1)


        class _Listed(Root):
            '''Private, but listed.'''
            seed: int = luigi.IntParameter(default=1)


        class NotListed(gk.TaskOnKart[int]):
            pass


        class Abstract(ProjectTask[str], metaclass=abc.ABCMeta):
            @property
            @abc.abstractmethod
            def rows(self): ...
    """,
    'src/shop/parameters.py': """
        import gokart
        import luigi
        import luigi.parameter


        class VersionParameter(luigi.IntParameter):
            def __init__(self, default=0, **options):
                super().__init__(default=default, **options)


        class Deep(VersionParameter):
            pass


        class TaskParameter(gokart.TaskInstanceParameter):
            pass


        Text = luigi.parameter.StrParameter
    """,
    'src/shop/steps.py': """
        import gokart
        import luigi
        from luigi.util import inherits, requires

        import shop
        import shop.base
        import shop.parameters as sp
        from shop import Abstract, ProjectTask, Version, _Listed
        from shop.base import NotListed as Load

        try:
            from shop.nowhere import Fallback
        except ImportError:
            Fallback = None


        class Config(luigi.Config):
            path = luigi.Parameter(default='')


        class Load(Load):
            # Named like the class that it wraps.
            source = luigi.Parameter()


        class Clean(ProjectTask[int]):
            dep: gokart.TaskOnKart[int] = gokart.TaskInstanceParameter(expected_type=Load)
            a, b = luigi.IntParameter(default=1), luigi.FloatParameter(default=1.0, significant=False)
            version = Version()
            deep = sp.Deep(significant=False)
            text = shop.parameters.Text(default='')
            if luigi:
                mode = luigi.ChoiceParameter(choices=['a'], default='a')
            else:
                mode = 'a'
            if not luigi:
                either = 1
            else:
                either = luigi.IntParameter(default=1)
            gone = luigi.IntParameter(default=1)
            gone = 3
            back = 3
            back = luigi.IntParameter(default=2)

            def hidden(self):
                pass

            hidden = luigi.IntParameter(default=1)
            covered = luigi.IntParameter(default=1)

            def covered(self):
                pass


        class Constant(Clean):
            version = 7
            __version = luigi.Parameter(default='2')

            def text(self):
                return ''

            @property
            def prefix(self):
                return ''


        class Again(Constant):
            version = luigi.IntParameter(default=3)
            date = luigi.DateMinuteParameter()


        class Rows(Abstract):
            @property
            def rows(self):
                return 1


        class Listed(_Listed):
            deps = gokart.ListTaskInstanceParameter(expected_elements_type=shop.base.Base)


        class Left(_Listed):
            x = luigi.IntParameter(default=1)


        class Right(_Listed):
            x = luigi.FloatParameter(default=1.0)
            y = luigi.BoolParameter()


        class Diamond(Left, Right):
            pass


        class Twist(Right, shop.base.Naming, Left):
            pass


        @requires(Clean)
        class Required(ProjectTask):
            a = 5
            own = luigi.Parameter()


        @inherits(Right, Left)
        class First(gokart.TaskOnKart):
            pass


        @inherits(Left)
        @inherits(Right)
        class Stacked(gokart.TaskOnKart):
            pass


        class Above(gokart.TaskOnKart):
            y = 'taken'


        @inherits(left=Left, right=Right)
        class Named(Above):
            pass


        class BelowRequired(Required):
            extra = gokart.ExplicitBoolParameter()


        class Outer:
            class Inner(gokart.TaskOnKart):
                n = luigi.IntParameter()

            class Sibling(Inner):
                m = luigi.IntParameter()

            Alias = Inner

            class Aliased(Alias):
                pass


        class Nested(Outer.Sibling):
            pass


        @luigi.util.inherits(Config)
        class Configured(gokart.TaskOnKart):
            rerun = luigi.BoolParameter(default=True, significant=False)
    """,
    'src/shop/late.py': """
        from .steps import *
        from . import steps, Base as B
        from .cycle import Second


        class Late(Clean):
            pass


        class Qualified(steps.Clean, Second):
            pass


        class Bare(B):
            pass
    """,
    'src/shop/cycle.py': """
        import shop.other as other


        class Second(other.First):
            pass
    """,
    'src/shop/other.py': """
        import gokart

        import shop.cycle


        class First(gokart.TaskOnKart):
            pass


        class Third(First):
            pass
    """,
    'flat.py': """
        import shop.late
        from spaces.inner.tasks import Spaced as S


        class Flat(shop.late.Late, S):
            pass
    """,
    'spaces/inner/tasks.py': """
        import shop


        class Spaced(shop.ProjectTask):
            pass
    """,
}
MODULES = ('shop.base', 'shop.parameters', 'shop.steps', 'shop.cycle', 'shop.other', 'shop.late', 'spaces.inner.tasks', 'flat')

_ASK = """
import importlib, json, sys
import gokart, luigi
from luigi.parameter import Parameter

def classes(holder, module):
    for value in list(vars(holder).values()):
        if isinstance(value, type) and value.__module__ == module:
            yield value
            if not issubclass(value, Parameter):
                yield from classes(value, module)

found = {}
for name in sys.argv[1:]:
    for each in classes(importlib.import_module(name), name):
        own = dict(gokart.TaskOnKart.get_params())
        parameters = each.get_params() if hasattr(each, 'get_params') else []
        found[f'{name}.{each.__qualname__}'] = {
            'mro': [f'{base.__module__}.{base.__qualname__}' for base in each.__mro__],
            'parameters': {key: [type(value).__name__, value.significant] for key, value in parameters if own.get(key) is not value},
        }
print(json.dumps(found))
"""


def live(folder: Path) -> dict[str, Live]:
    """What Python says of all classes of the project, written to a folder."""
    environment = {**os.environ, 'PYTHONPATH': os.pathsep.join([str(folder / 'src'), str(folder)])}
    done = subprocess.run(
        [sys.executable, '-W', 'ignore', '-c', _ASK, *MODULES], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Live] = json.loads(done.stdout)
    return answer
