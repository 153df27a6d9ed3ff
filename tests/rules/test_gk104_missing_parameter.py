"""GK104: a construction without a parameter that nothing else supplies."""

from __future__ import annotations

from pathlib import Path

from tests.rules.building import assert_as_marked
from tests.rules.harness import assert_marked

TASKS = """
import enum
import typing
from datetime import date

import gokart
import luigi
from gokart.config_params import inherits_config_params
from luigi.util import inherits, requires


class Color(enum.Enum):
    RED = 1


class One(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()


class Two(One):
    m: int = typing.cast(int, luigi.Parameter(description='m', significant=False))


class Dep(gokart.TaskOnKart[int]):
    dep = gokart.TaskInstanceParameter(expected_type=One)


class Deps(gokart.TaskOnKart[int]):
    deps = gokart.ListTaskInstanceParameter(One)


class OwnInit(One):
    def __init__(self, n=3, **kwargs):
        super().__init__(n=n, **kwargs)


class Positional(luigi.Task):
    a, b = luigi.IntParameter(), luigi.IntParameter()
    only = luigi.IntParameter(default=1, positional=False)


class Again(Positional):
    a = luigi.IntParameter()


class Private(gokart.TaskOnKart[int]):
    __version = luigi.IntParameter()
"""

WRONG = """
class Explicit(gokart.TaskOnKart[int]):
    flag = gokart.ExplicitBoolParameter()


class Optional(gokart.TaskOnKart[int]):
    number = luigi.OptionalNumericalParameter(var_type=int, min_value=0, max_value=3)


class Dates(gokart.TaskOnKart[int]):
    day = luigi.DateParameter()
    kind = luigi.EnumParameter(enum=Color)


class Chosen(gokart.TaskOnKart[int]):
    kind = luigi.ChoiceParameter(var_type=str, choices=['a'])


class MyParameter(luigi.IntParameter):
    def parse(self, x):
        return int(x) + 1


class Own(gokart.TaskOnKart[int]):
    n = MyParameter(description='mine')


class Again2(gokart.TaskOnKart[int]):
    n = luigi.IntParameter(default=1)


class Harder(Again2):
    n = luigi.IntParameter()


class Configured(luigi.Config):
    other = luigi.IntParameter(default=3)
    n = luigi.IntParameter(default=3)


@inherits_config_params(Configured, parameter_alias={'n': 'm'})
class Aliased(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()
    m = luigi.IntParameter()


def wrong_call():
    return One()  # expect GK104@12


def wrong_two():
    return Two(workspace_directory='x')  # expect GK104@12


def wrong_one_of_two():
    return Two(n=1)  # expect GK104@12


def wrong_task():
    return Dep()  # expect GK104@12


def wrong_tasks():
    return Deps(rerun=False)  # expect GK104@12


def wrong_init():
    return OwnInit()  # expect GK104@12


def wrong_bool():
    return Explicit()  # expect GK104@12


def wrong_optional():
    return Optional()  # expect GK104@12


def wrong_dates():
    return Dates()  # expect GK104@12


def wrong_choice():
    return Chosen()  # expect GK104@12


def wrong_own():
    return Own()  # expect GK104@12


def wrong_harder():
    return Harder()  # expect GK104@12


def wrong_alias():
    return Aliased()  # expect GK104@12


def wrong_options():
    options = dict(n=1)
    return Two(**options)  # expect GK104@12


def wrong_empty_options():
    return One(**{})  # expect GK104@12


def wrong_by_position():
    return Positional(1)  # expect GK104@12


def wrong_gokart_position():
    return One('x')  # expect GK104@12


def wrong_local_class():
    task = One
    return task()  # expect GK104@12


def wrong_either_class(x=0):
    task = One if x else Two
    return task()  # expect GK104@12


def wrong_loop():
    for task in (One, Two):
        task()  # expect GK104@9


def wrong_nested():
    return Dep(
        dep=One(),  # expect GK104@13
    )


def wrong_comprehension():
    return [Deps(deps=[One() for _ in range(2)])]  # expect GK104@24


def wrong_local():
    class Local(One):
        k = luigi.IntParameter()

    return Local(n=1)  # expect GK104@12


def wrong_lambda():
    return (lambda: One())()  # expect GK104@21


def wrong_private():
    return Private()  # expect GK104@12


class Pipeline(gokart.TaskOnKart[int]):
    def requires(self):
        return dict(one=One(), two=Two(n=1, m='x'))  # expect GK104@25


def wrong_pipeline():
    return Pipeline().requires()


def right_one():
    return One(n=1)
"""


def test_what_luigi_misses(tmp_path: Path) -> None:
    found = assert_marked(tmp_path, TASKS + WRONG, 'GK104')
    assert_as_marked(tmp_path / 'tasks.py')
    messages = [each.message for each in found]
    assert "wrong_call builds One without 'n': pass n=... or set it in [One] of a luigi configuration file" in messages
    assert "wrong_two builds Two without 'n' and 'm': pass n=... and m=... or set them in [Two] of a luigi configuration file" in messages
    assert "wrong_one_of_two builds Two without 'm': pass m=... or set it in [Two] of a luigi configuration file" in messages
    assert (
        "wrong_either_class builds One or Two without 'n': pass n=... or set it in [One] or [Two] of a luigi configuration file" in messages
    )
    assert "wrong_alias builds Aliased without 'n': pass n=... or set it in [Aliased] of a luigi configuration file" in messages
    assert "Pipeline.requires builds One without 'n': pass n=... or set it in [One] of a luigi configuration file" in messages
    assert any("without '_Private__version': pass _Private__version=..." in each for each in messages)


def test_what_the_decorators_copy_is_left_alone(tmp_path: Path) -> None:
    program = """
    import gokart
    import luigi
    from gokart.config_params import inherits_config_params
    from luigi.util import copies, inherits, requires
    from settings import Settings


    class One(gokart.TaskOnKart):
        n = luigi.IntParameter()


    @requires(One)
    class Required(gokart.TaskOnKart):
        own = luigi.IntParameter()


    @inherits(one=One)
    class Inherited(gokart.TaskOnKart):
        pass


    @inherits_config_params(Settings)
    class Supplied(gokart.TaskOnKart):
        x = luigi.IntParameter()


    @copies(One)
    class Copied(gokart.TaskOnKart):
        pass


    class Below(Inherited):
        pass


    def f():
        Required(own=1)
        Required()  # expect GK104@5
        Inherited()
        Supplied()
        Copied()
        Below()
    """
    found = assert_marked(tmp_path, program, 'GK104')
    assert found[0].message == "f builds Required without 'own': pass own=... or set it in [Required] of a luigi configuration file"


def test_through_modules_and_aliases(tmp_path: Path) -> None:
    files = {
        'pkg/__init__.py': 'from .tasks import Train as Exported\n',
        'pkg/base.py': """
            import gokart as gk
            from luigi import IntParameter as Int


            class 土台(gk.TaskOnKart):
                数 = Int()


            class Middle(土台):
                pass
            """,
        'pkg/tasks.py': """
            from .base import *


            class Train(Middle):
                n: Int = Int()
            """,
        'main.py': """
            import pkg

            task = pkg.Exported(n=1)  # expect GK104@8


            class Pipeline(pkg.Exported):
                dep = pkg.Exported(数=1)  # expect GK104@11

                @staticmethod
                def build():
                    from pkg.base import Middle as M

                    return M(n=1)  # expect GK104@16

                def requires(self):
                    return pkg.Exported(数=1, n=2)
            """,
    }
    found = assert_marked(tmp_path, files, 'GK104')
    assert [each.message.partition(':')[0] for each in found] == [
        "The module builds Train without '数'",
        "Pipeline builds Train without 'n'",
        "Pipeline.build builds Middle without '数'",
    ]
