"""GK104: what looks wrong and is right, asked of the real gokart too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.building import assert_as_marked
from tests.rules.harness import assert_marked, findings
from tests.rules.test_gk104_missing_parameter import TASKS

RIGHT = """
SHARED = luigi.IntParameter(default=1)


def made():
    return luigi.IntParameter(default=1)


class Defaults(gokart.TaskOnKart[int]):
    flag = luigi.BoolParameter()
    flag2 = luigi.OptionalBoolParameter()
    text = luigi.OptionalParameter()
    number = luigi.OptionalIntParameter(description='x')
    items = luigi.ListParameter([])
    day = luigi.DateParameter(date(2020, 1, 1))
    dep = gokart.TaskInstanceParameter(One, One(n=1))
    deps = gokart.ListTaskInstanceParameter(default=[])
    kind = luigi.EnumParameter(enum=Color, default=Color.RED)
    none = luigi.Parameter(default=None)
    shared = SHARED
    made = made()
    explicit = gokart.ExplicitBoolParameter(False)


class Constant(One):
    n = 3


class Property(One):
    @property
    def n(self):
        return 3


class Easier(Two):
    n = luigi.IntParameter(default=1)
    m = luigi.Parameter(default='')


class Giving(luigi.IntParameter):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault('default', 3)
        super().__init__(*args, **kwargs)


class Given(gokart.TaskOnKart[int]):
    n = Giving()


class Config(luigi.Config):
    n = luigi.IntParameter(default=3)


class MoreConfig(Config):
    m = luigi.IntParameter(default=3)


@inherits_config_params(MoreConfig)
class Supplied(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()


class Below(Supplied):
    m = luigi.IntParameter()


@inherits_config_params(Config, {'n': 'rate'})
class Renamed(gokart.TaskOnKart[int]):
    rate = luigi.IntParameter()


class Copying(gokart.TaskOnKart[int]):
    n = luigi.IntParameter(default=1)

    def requires(self):
        return [self.clone(One), self.clone(cls=Two, m=''), One(n=self.n), One(**self.options())]

    def options(self):
        return {'n': 1}

    @classmethod
    def build(cls, **kwargs):
        return cls(**kwargs)


class Needing(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()

    @classmethod
    def standard(cls):
        return cls()

    def another(self):
        return type(self)(n=2), self.__class__(n=3), self.clone(n=4), self.clone()


class Settled(Needing):
    n = luigi.IntParameter(default=5)


class Switched(gokart.TaskOnKart[int]):
    if SHARED is not None:
        n = luigi.IntParameter(default=1)
    else:
        n = luigi.IntParameter()


class Once(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()
    n = luigi.IntParameter(default=3)


class Outside(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()


Outside.n = luigi.IntParameter(default=3)
Outside.n.__set_name__(Outside, 'n')


def right_defaults():
    return Defaults(), Constant(), Property(), Easier(), Given(), Switched(), Once(), Outside()


def right_config():
    return Supplied(), Below(), Renamed()


def right_calls():
    Two(n=1, m='')
    Two(**dict(n=1), **{'m': ''})
    Two(**{'n': 1} | {'m': ''})
    Dep(dep=One(n=1))
    Private(_Private__version=1)


def right_filled(x=0):
    options = {'n': 1}
    options.update(m='')
    options['workspace_directory'] = 'x'
    Two(**options)
    more = {}
    if x == 0:
        more['n'] = 3
    One(**more)


def right_position():
    Positional(1, 2)
    Positional(1, b=2)
    Positional(a=1, b=2)
    Positional(*(1, 2))
    Again(1, 2)


def right_methods():
    Copying().requires()
    Copying.build(n=1)
    Settled.standard()
    Needing(n=1).another()


def right_class_of_each(x=1):
    cls = Needing if x else Settled
    return cls(n=1) if x else cls()


def right_demanded():
    import contextlib

    import pytest

    with pytest.raises(luigi.parameter.MissingParameterException):
        One()
    with contextlib.suppress(luigi.parameter.MissingParameterException):
        One()
    try:
        return One()
    except luigi.parameter.ParameterException:
        return None
"""


def test_what_luigi_builds(tmp_path: Path) -> None:
    assert_marked(tmp_path, TASKS + RIGHT, 'GK104')
    (tmp_path / 'tasks.py').write_text((tmp_path / 'tasks.py').read_text() + '\n\ndef wrong_one():\n    return One()\n')
    assert_as_marked(tmp_path / 'tasks.py')


PIPELINE = """
import gokart
import luigi


class Train(gokart.TaskOnKart[int]):
    rate = luigi.FloatParameter()
    __version = luigi.IntParameter()


class Space(gokart.TaskOnKart[int]):
    task_namespace = 'here'
    rate = luigi.FloatParameter()


class Path(gokart.TaskOnKart[int]):
    rate = luigi.FloatParameter(config_path={'section': 'Old', 'name': 'rate'})


class Called(gokart.TaskOnKart[int]):
    rate = luigi.FloatParameter(config_path=dict(section='Old', name='rate'))


class Computed(gokart.TaskOnKart[int]):
    rate = luigi.FloatParameter(config_path=PATH)


def tasks():
    return [Train(_Train__version=1), Space(), Path(), Called(), Computed()]
"""

CONFIGURED = {
    'nothing': ('', ['Train', 'Space', 'Path', 'Called']),
    'by class': ('[Train]\nrate = 1\n[Space]\nrate = 1\n', ['Space', 'Path', 'Called']),
    'by family': ('[here.Space]\nrate = 1\n[Old]\nrate = 2\n', ['Train']),
    'from the environment': ('[Train]\nrate = ${RATE}\n[Path]\nrate = 2\n', ['Space', 'Called']),
    'by default': ('[DEFAULT]\nrate = 1\n[Train]\nother = 1\n', ['Space', 'Path', 'Called']),
    'for all of gokart': ('[TaskOnKart]\nrate = 1\n', ['Train', 'Space', 'Path', 'Called']),
}


@pytest.mark.parametrize(('text', 'missing'), CONFIGURED.values(), ids=list(CONFIGURED))
def test_configuration_files(tmp_path: Path, text: str, missing: list[str]) -> None:
    found = findings(tmp_path, {'tasks.py': PIPELINE, 'luigi.cfg': text}, 'GK104')
    assert [each.message.split()[2] for each in found] == missing


RUNS = {
    'add_config': ("gokart.add_config('conf/base.ini')", ['Space', 'Path', 'Called']),
    'a file that is not there': ("gokart.add_config('conf/other.ini')", []),
    'a computed name': ("gokart.add_config(f'conf/{stage}.ini')", []),
    'set in code': ("luigi.configuration.get_config().set('Train', 'rate', '1')", ['Space', 'Path', 'Called']),
    'a flag': ("gokart.run(['Train', '--local-scheduler', '--Train-rate', '3', '--here.Space-rate=3'])", ['Path', 'Called']),
    'flags in one text': ("gokart.run('Train --Train-rate 3'.split())", ['Space', 'Path', 'Called']),
}


@pytest.mark.parametrize(('call', 'missing'), RUNS.values(), ids=list(RUNS))
def test_configuration_in_code(tmp_path: Path, call: str, missing: list[str]) -> None:
    main = f'import gokart\nimport luigi\nimport tasks\n\n\ndef main(stage):\n    {call}\n'
    files = {'tasks.py': PIPELINE, 'main.py': main, 'conf/base.ini': '[Train]\nrate = 1\n'}
    assert [each.message.split()[2] for each in findings(tmp_path, files, 'GK104')] == missing


def test_what_is_not_known_is_left_alone(tmp_path: Path) -> None:
    program = """
    import gokart
    import luigi
    from elsewhere import Base, Meta, decorate, make, options, parameter


    class Unknown(Base):
        n = luigi.IntParameter()


    class Mixed(Base, gokart.TaskOnKart):
        n = luigi.IntParameter()


    class Made(make()):
        n = luigi.IntParameter()


    @decorate
    class Decorated(gokart.TaskOnKart):
        n = luigi.IntParameter()


    class WithMeta(gokart.TaskOnKart, metaclass=Meta):
        n = luigi.IntParameter()


    class New(gokart.TaskOnKart):
        n = luigi.IntParameter()

        def __new__(cls, *args, **kwargs):
            return super().__new__(cls)


    class Values(gokart.TaskOnKart):
        n = luigi.IntParameter()

        @classmethod
        def get_param_values(cls, params, args, kwargs):
            return super().get_param_values(params, args, {'n': 1, **kwargs})


    class Subclassed(gokart.TaskOnKart):
        def __init_subclass__(cls, **kwargs):
            cls.n = luigi.IntParameter(default=1)


    class Under(Subclassed):
        n = luigi.IntParameter()


    class Strange(gokart.TaskOnKart):
        a = luigi.IntParameter(**options)
        b = parameter()
        c = parameter
        d = luigi.Parameter(config_path=options)


    class Shaky(luigi.Task):
        a = luigi.IntParameter()
        b = parameter
        c = luigi.IntParameter()


    def f(given, *rest, **more):
        Unknown()
        Mixed()
        Made()
        Decorated()
        WithMeta()
        New()
        Values()
        Under()
        Strange()
        Shaky(1)
        Values(*rest)
        cls = given or One
        cls()
        One(*rest)
        One(**more)
        One(**options)
        One(**{**more})
        One(**{given: 1})
        more['n'] = 1
        gokart.TaskOnKart()
        given.clone(One)
        partial = __import__('functools').partial(One, n=1)
        partial()


    class One(gokart.TaskOnKart):
        n = luigi.IntParameter()
    """
    assert findings(tmp_path, program, 'GK104') == []


def test_families_that_are_not_known(tmp_path: Path) -> None:
    program = """
    import gokart
    import luigi

    luigi.namespace('here')


    class Train(gokart.TaskOnKart):
        rate = luigi.FloatParameter()


    luigi.namespace()
    Train()
    """
    assert [each.message for each in findings(tmp_path, program, 'GK104')] == [
        "The module builds Train without 'rate': pass rate=... or set it in [Train] of a luigi configuration file"
    ]
    assert findings(tmp_path, {'tasks.py': program, 'luigi.cfg': '[here.Train]\nrate = 3\n'}, 'GK104') == []
