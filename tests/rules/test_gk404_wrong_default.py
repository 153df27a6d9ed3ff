"""GK404: defaults that are no values of their parameters. `tests/project/test_defaults.py` asks luigi itself about every class."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings

KINDS = """
    import enum
    import luigi
    import luigi as lg
    from luigi import IntParameter, IntParameter as Whole
    from luigi.parameter import OptionalParameterMixin

    LEAST = '3'
    SIZES = ('small', 'large')
    GROWING = ['a']
    GROWING.append('b')


    class Count(luigi.IntParameter):
        pass


    class Deep(Count):
        description_of = 'a count'


    class Parsing(luigi.IntParameter):
        def normalize(self, x):
            return int(x)


    class Named(luigi.EnumParameter):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)


    class OptionalDate(OptionalParameterMixin, luigi.DateParameter):
        pass


    class Fruit(enum.Enum):
        apple = 1
"""


def test_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'kinds.py': KINDS,
            'tasks.py': """
                import gokart as gk
                import luigi
                from gokart import TaskInstanceParameter as Dep
                from kinds import *
                import kinds

                class A(gk.TaskOnKart[int]):
                    FEW = 'few'
                    a = luigi.IntParameter(default='3')  # expect GK404@36
                    b = Whole('3')  # expect GK404@15
                    c = lg.IntParameter(default=1.0)  # expect GK404@33
                    d = Count(default='3')  # expect GK404@23
                    e: Deep = Deep(description='d', default=None)  # expect GK404@45
                    f = luigi.IntParameter(default=kinds.LEAST)  # expect GK404@36
                    g = luigi.IntParameter(FEW)  # expect GK404@28
                    h = luigi.IntParameter(default=10 / 2)  # expect GK404@36
                    i = luigi.FloatParameter(default=f'{1}')  # expect GK404@38
                    j = luigi.BoolParameter('yes')  # expect GK404@29
                    k = luigi.BoolParameter(default=0)  # expect GK404@37
                    l = luigi.ListParameter(default=None)  # expect GK404@37
                    m = luigi.TupleParameter(default='(1, 2)')  # expect GK404@38
                    n = luigi.DictParameter(default=[])  # expect GK404@37
                    o = luigi.DictParameter(default=list())  # expect GK404@37
                    p = luigi.DateParameter(default='2024-01-01')  # expect GK404@37
                    q = luigi.TimeDeltaParameter(default=60)  # expect GK404@42
                    r = luigi.EnumParameter(enum=Fruit, default='apple')  # expect GK404@49
                    s = luigi.EnumListParameter(enum=Fruit, default=['apple'])  # expect GK404@53
                    t = luigi.ChoiceParameter(choices=SIZES, default='medium')  # expect GK404@54
                    u = luigi.ChoiceParameter(choices=[1, 2], var_type=int, default='1')  # expect GK404@69
                    v = luigi.ChoiceListParameter(default=['small', 'tiny'], choices=kinds.SIZES)  # expect GK404@43
                    w = luigi.NumericalParameter(default=10, var_type=int, min_value=0, max_value=10)  # expect GK404@42
                    x = Dep(default=None)  # expect GK404@21
                    y = gk.ListTaskInstanceParameter(expected_elements_type=gk.TaskOnKart, default=None)  # expect GK404@84
                    z = gk.TaskInstanceParameter(gk.TaskOnKart, 'Train')  # expect GK404@49
                    aa, ab = luigi.IntParameter(default=''), luigi.StrParameter(default=1)  # expect GK404@41, GK404@73
                    ac = luigi.OptionalIntParameter(default='')  # expect GK404@45
                    ad = luigi.IntParameter(default=None if LEAST else '3')
                    ae = luigi.IntParameter(default='2' if LEAST else '3')  # expect GK404@37
                    af = luigi.PathParameter(default=None, exists=True)  # expect GK404@38
                    ag = luigi.ChoiceParameter(choices=SIZES, default=None)  # expect GK404@55
                    あ = luigi.IntParameter(default='三')  # expect GK404@36
                    if LEAST:
                        ah = luigi.IntParameter(default='3')  # expect GK404@41


                class Settings(luigi.Config):
                    n = luigi.IntParameter(default='3')  # expect GK404@36


                class Mixin:
                    n = luigi.StrParameter(default=3)  # expect GK404@36


                def make():
                    class Inner(gk.TaskOnKart[int]):
                        n: luigi.IntParameter = luigi.IntParameter(default='3')  # expect GK404@60
                    return Inner
            """,
        },
        'GK404',
    )


def test_right_that_looks_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'kinds.py': KINDS,
            'tasks.py': """
                import datetime
                import operator
                import os
                import gokart
                import luigi
                from kinds import *
                from elsewhere import ForeignParameter, IntParameter as TheirInt
                import functools

                N = 3
                N = 'three'
                counting = functools.partial(luigi.IntParameter, description='count')


                class Later(gokart.TaskOnKart[int]):
                    pass


                class A(gokart.TaskOnKart[int]):
                    twice = 'x'
                    twice = 3
                    a = luigi.Parameter(default=None)
                    b = luigi.Parameter(default=3)
                    c = luigi.IntParameter()
                    d = luigi.IntParameter(default=-1)
                    e = luigi.FloatParameter(default=1)
                    f = luigi.FloatParameter(default=60 * 60)
                    g = luigi.BoolParameter(default='true')
                    h = luigi.BoolParameter(default='False')
                    i = luigi.ListParameter(default=[])
                    j = luigi.ListParameter(default=('a',))
                    k = luigi.TupleParameter(default=[x for x in 'ab'])
                    l = luigi.DictParameter(default=dict(a=1))
                    m = luigi.OptionalParameter(default=None)
                    n = luigi.OptionalIntParameter(default=None)
                    o = luigi.OptionalListParameter(default=['a'])
                    p = luigi.OptionalPathParameter(default='data')
                    q = luigi.PathParameter(default='data')
                    r = luigi.DateParameter(default=datetime.date(2024, 1, 1))
                    s = luigi.EnumParameter(enum=Fruit, default=Fruit.apple)
                    t = luigi.EnumListParameter(enum=Fruit, default=(Fruit.apple,))
                    u = luigi.ChoiceParameter(choices=SIZES, default='small')
                    v = luigi.ChoiceParameter(choices=GROWING, default='b')
                    w = luigi.ChoiceParameter(choices=list(Fruit.__members__), default='pear')
                    x = luigi.ChoiceParameter(choices=[1, 2], var_type=int, default=True)
                    y = luigi.ChoiceListParameter(choices='abc', default='ab')
                    z = luigi.ChoiceListParameter(choices=SIZES, default=[])
                    aa = luigi.NumericalParameter(var_type=float, min_value=0, max_value=10, default=0)
                    ab = luigi.NumericalParameter(var_type=int, min_value=0, max_value=10, default=10, right_op=operator.le)
                    ac = luigi.NumericalParameter(var_type=int, min_value=0, max_value=MOST, default=10)
                    ad = Parsing(default='3')
                    ae = Named(default='apple', enum=Fruit)
                    af = OptionalDate(default=None)
                    ag = ForeignParameter(default=None)
                    ah = TheirInt(default='3')
                    ai = luigi.IntParameter(default=N)
                    aj = luigi.IntParameter(default=twice)
                    ak = luigi.IntParameter(default=int(os.environ.get('N', '3')))
                    al = luigi.IntParameter(**{'default': '3'})
                    am = luigi.IntParameter(*['3'])
                    an = gokart.TaskInstanceParameter(Later)
                    ao = gokart.TaskInstanceParameter(expected_type=Later, default=Later())
                    ap = gokart.ListTaskInstanceParameter(default=[Later()])
                    aq = counting(default='3')
                    ar = luigi.IntParameter(description='3')
                    at = luigi.IntParameter(default=3 if N else 4)
                    au = luigi.StrParameter(default='a' 'b')
                    av = luigi.ChoiceParameter(choices={'a': 1, **{}}, default='b')
                    aw = luigi.ChoiceParameter(choices=('a', *SIZES), default='small')
                    ax = gokart.ExplicitBoolParameter(default=True)
                    ay = luigi.ChoiceParameter(var_type=Fruit, choices=[Fruit.apple], default=Fruit.apple)
                    az: int = 3
                    az = 'x'

                    def run(self):
                        luigi.IntParameter(default='3')
            """,
        },
        'GK404',
    )


def test_messages(tmp_path: Path) -> None:
    text = """
        import luigi

        class A(luigi.Task):
            a = luigi.IntParameter(default='3')
            b = luigi.BoolParameter(default='no')
            c = luigi.FloatParameter(default=None)
            d = luigi.DateParameter(default=None)
            e = luigi.DateParameter(default='2024-01-01')
            f = luigi.OptionalFloatParameter(default=1)
            g = luigi.ChoiceParameter(choices=['a', 'b'], default='c')
            h = luigi.ChoiceListParameter(choices=['a', 'b'], default=('a', 'c'))
            i = luigi.NumericalParameter(var_type=int, min_value=0, max_value=9, default=9)
            j = luigi.DictParameter(default=['a'])
            k = luigi.BoolParameter(default=None)
    """
    assert [each.message for each in findings(tmp_path, text, 'GK404')] == [
        "A.a defaults to '3', which luigi.IntParameter keeps as the str that it is: give an int",
        "A.b defaults to 'no', which luigi.BoolParameter turns into None ('true' and 'false' are all that it reads): give True or False",
        'A.c defaults to None, which luigi.FloatParameter keeps as it is: use luigi.OptionalFloatParameter, or give a float',
        'A.d defaults to None, which luigi.DateParameter keeps as it is: give a datetime.date, or leave the default out',
        "A.e defaults to '2024-01-01', on which luigi.DateParameter raises when a task is built without it: give a datetime.date",
        'A.f defaults to 1, which luigi.OptionalFloatParameter keeps and warns of: give a float',
        "A.g defaults to 'c', which is none of its choices 'a', 'b', so that luigi.ChoiceParameter raises when a task is built without it: "
        'give one of them, or add it',
        "A.h defaults to a tuple, where 'c' is none of its choices 'a', 'b', so that luigi.ChoiceListParameter raises when a task is "
        'built without it: give one of them, or add it',
        'A.i defaults to 9, which luigi.NumericalParameter takes although its range is 0 <= value < 9: give a value of the range',
        'A.j defaults to a list, which luigi.DictParameter keeps as the list that it is: give a dict',
        "A.k defaults to None, which luigi.BoolParameter turns into None ('true' and 'false' are all that it reads): "
        'use luigi.OptionalBoolParameter, or give True or False',
    ]


def test_none_for_a_task_names_no_optional_form(tmp_path: Path) -> None:
    text = """
        import gokart


        class A(gokart.TaskOnKart):
            a = gokart.TaskInstanceParameter(default=None)
    """
    assert [each.message for each in findings(tmp_path, text, 'GK404')] == [
        'A.a defaults to None, on which gokart.TaskInstanceParameter raises when a task is built without it: '
        'give a task, or leave the default out'
    ]
