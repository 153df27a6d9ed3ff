"""GK111: a parameter of both tasks that the outer one does not hand on."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings

TASKS = """
import gokart
import luigi
from gokart.config_params import inherits_config_params
from luigi.util import inherits


class Load(gokart.TaskOnKart[int]):
    year = luigi.IntParameter(default=2019)
    region = luigi.Parameter(default='')
    needed = luigi.BoolParameter()
    __version = luigi.IntParameter(default=1)
    data_version = luigi.IntParameter(default=1)
    _cache_key_date = luigi.DateSecondParameter(default=None)


class Train(gokart.TaskOnKart[int]):
    data = gokart.TaskInstanceParameter(expected_type=gokart.TaskOnKart, default=Load())
    year = luigi.IntParameter(default=2019)


class Many(gokart.TaskOnKart[int]):
    tasks = gokart.ListTaskInstanceParameter(default=[])
    year = luigi.IntParameter(default=2019)


class Strict(gokart.TaskOnKart[int]):
    year = luigi.IntParameter()


class Below(Load):
    pass


class Simple(luigi.Task):
    year = luigi.IntParameter(default=2019)
    other = luigi.IntParameter(default=2019)
"""


def test_what_is_not_handed_on(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        TASKS
        + """

class Pipeline(gokart.TaskOnKart[int]):
    year = luigi.IntParameter(default=2020)
    region = luigi.Parameter(default='jp')

    def requires(self):
        return Load()  # expect GK111@16

    def dictionary(self):
        return {'a': Train(year=self.year), 'b': Load(year=self.year)}  # expect GK111@50

    def siblings(self):
        return Many(tasks=[Train(year=self.year), Train(data=None)])  # expect GK111@51

    def local(this):
        task = Below(region=this.region)  # expect GK111@16
        return task

    def unrelated(self):
        load = Load(year=self.year, region=self.region)
        return [load, Train()]  # expect GK111@23

    def each(self):
        return [Load(region=region) for region in 'ab']  # expect GK111@17

    def loop(self):
        found = []
        for region in 'ab':
            found.append(Load(region=region))  # expect GK111@26
        return found

    def _helper(self):
        return self._other(Train())  # expect GK111@28

    @property
    def task(self):
        return Train()  # expect GK111@16

    def either(self, x):
        cls = Load if x else Below
        return cls(region=self.region)  # expect GK111@16

    def itself(self):
        return Pipeline(region=self.region)  # expect GK111@16

    def by_luigi(self):
        return Simple(other=3)  # expect GK111@16

    def with_others(self, **options):
        return Load(needed=True, region=self.region, **dict(rerun=False))  # expect GK111@16

    def run(self):
        def inner():
            return Train()  # expect GK111@20

        yield inner()

    def literal(self):
        return Many(tasks=[Train()], year=3)  # expect GK111@28


class Heir(Pipeline):
    def requires(self):
        return Load(region=self.region)  # expect GK111@16


@inherits(Load)
class Copying(gokart.TaskOnKart[int]):
    def requires(self):
        return Load(needed=self.needed, region=self.region)  # expect GK111@16
""",
        'GK111',
    )
    messages = [each.message for each in found]
    assert messages[0] == (
        "Pipeline.requires builds Load without 'year' and 'region', parameters of both, so that Load keeps its default: "
        'pass year=self.year and region=self.region, or the value that is meant to differ'
    )
    assert messages[1] == (
        "Pipeline.dictionary builds Load without 'region', a parameter of both, so that Load keeps its default: "
        'pass region=self.region, or the value that is meant to differ'
    )


def test_what_is_handed_on_or_is_not_meant_to_be(tmp_path: Path) -> None:
    program = (
        TASKS
        + """

class Config(luigi.Config):
    year = luigi.IntParameter(default=3)


@inherits_config_params(Config)
class Supplied(gokart.TaskOnKart[int]):
    year = luigi.IntParameter(default=2019)


class Pipeline(gokart.TaskOnKart[int]):
    year = luigi.IntParameter(default=2020)
    __version = luigi.IntParameter(default=1)
    data_version = luigi.IntParameter(default=1)
    _cache_key_date = luigi.DateSecondParameter(default=None)
    rerun = luigi.BoolParameter(default=False)
    constant = 3

    def requires(self):
        yield Load(year=self.year)
        yield Load(year=3)
        yield Load(year=self.year + 1)
        yield self.clone(Load)
        yield self.clone(Train, data=Load(year=self.year))
        yield Supplied()
        yield Load(**self.param_kwargs)
        yield Load(**{'year': 3})
        yield Load(**dict(year=self.year))
        yield Strict()

    def chain(self):
        load = Load(year=self.year)
        return Many(tasks=[Train(data=load)])

    def nested(self):
        return Train(data=Load(year=self.year))

    def downstream(self):
        return Many(tasks=[Train()], year=self.year)

    def downstream_local(self):
        tasks = []
        for _ in range(3):
            tasks.append(Train())
        return Many(tasks=tasks, year=self.year)

    def by_name(self):
        year = self.year
        load = Load(year=year)
        middle = load
        return {'train': Train(data=middle)}

    def by_key(self):
        tasks = {}
        tasks['load'] = Load(year=self.year)
        tasks['train'] = Train(data=tasks['load'])
        return tasks

    def by_attribute(self):
        self._load = Load(year=self.year)
        return Train(data=self._load)

    def by_helper(self):
        return Train(data=self._made())

    def by_property(self):
        return Train(data=self.made)

    def _made(self):
        return Load(year=self.year)

    @property
    def made(self):
        return self._made()

    def by_function(self):
        def load():
            return Load(year=self.year)

        return Train(data=load())

    def by_clone(self):
        return Train(data=self.clone(Load))

    def by_options(self, **options):
        return Train(data=Load(**options))

    def by_argument(self, year):
        return Train(data=Load(year=year))

    def by_walrus(self):
        return Train(data=(load := Load(year=self.year))), Train(data=load)

    def unpacked(self):
        load, _ = Load(year=self.year), 3
        return [Train(data=each) for each in [load]]

    @staticmethod
    def static():
        return Load()

    @classmethod
    def build(cls):
        return Load()

    default = Load()


class Other(gokart.TaskOnKart[int]):
    years = luigi.ListParameter(default=[])
    needed = 3

    def requires(self):
        return [Load(), Train()]


def outside():
    return Load()


class NoTask:
    year = 3

    def requires(self):
        return Load()
"""
    )
    assert findings(tmp_path, program, 'GK111') == []


def test_what_a_configuration_file_may_set(tmp_path: Path) -> None:
    program = """
    import gokart
    import luigi


    class Load(gokart.TaskOnKart):
        year = luigi.IntParameter(default=2019)


    class Pipeline(gokart.TaskOnKart):
        year = luigi.IntParameter(default=2020)

        def requires(self):
            return Load()
    """
    assert [each.code for each in findings(tmp_path, program, 'GK111')] == ['GK111']
    files = {'tasks.py': program, 'luigi.cfg': '[Load]\nyear = 3\n'}
    assert findings(tmp_path, files, 'GK111') == []
    (tmp_path / 'luigi.cfg').write_text('[Pipeline]\nyear = 3\n')
    assert [each.code for each in findings(tmp_path, program, 'GK111')] == ['GK111']
    main = 'import gokart\n\n\ndef main(name):\n    gokart.add_config(name)\n'
    assert findings(tmp_path, {'tasks.py': program, 'main.py': main}, 'GK111') == []


def test_unknown_classes_are_left_alone(tmp_path: Path) -> None:
    program = """
    import gokart
    import luigi
    from elsewhere import Base, decorate, default, options


    class Load(gokart.TaskOnKart):
        year = luigi.IntParameter(default=2019)


    class Mixed(Base, Load):
        pass


    @decorate
    class Decorated(Load):
        pass


    class Shaky(gokart.TaskOnKart):
        year = luigi.IntParameter(**options)


    class Pipeline(Base, gokart.TaskOnKart):
        year = luigi.IntParameter(default=2020)

        def requires(self):
            return [Mixed(), Decorated(), Shaky(), Base(), (default or Load)(), type(self)()]
    """
    assert findings(tmp_path, program, 'GK111') == []
