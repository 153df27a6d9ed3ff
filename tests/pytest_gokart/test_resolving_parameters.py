"""Parameters: what luigi and gokart refuse, and what they take without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pytest_gokart.newer import cases
from tests.pytest_gokart.resolving_cases import Wrong, check_wrong, resolved

WRONG = {
    'missing': Wrong(
        'missing',
        "Load is built without its parameter 'date'",
        """
        class Load(gokart.TaskOnKart):
            date = luigi.Parameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load()  # HERE
        """,
    ),
    'missing, by clone': Wrong(
        'missing',
        "Load is built without its parameter 'date'",
        """
        class Load(gokart.TaskOnKart):
            date = luigi.DateParameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return dict(
                    load=self.clone(Load),  # HERE
                )
        """,
    ),
    'missing, by the decorator': Wrong(
        'missing',
        "Load is built without its parameter 'date'",
        """
        from luigi.util import requires
        class Load(gokart.TaskOnKart):
            date = luigi.Parameter()
        @requires(Load)
        class Middle(gokart.TaskOnKart):
            pass
        del Middle.date
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Middle()
        """,
    ),
    'unknown, near': Wrong(
        'unknown',
        "Did you mean 'threshold'?",
        """
        class Load(gokart.TaskOnKart):
            threshold = luigi.IntParameter(default=1)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(treshold=n) for n in range(2)]  # HERE
        """,
    ),
    'unknown, near a missing one': Wrong(
        'unknown',
        "Did you mean 'date'?",
        """
        class Load(gokart.TaskOnKart):
            date = luigi.Parameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load(dates='2020')  # HERE
        """,
    ),
    'unknown, near none': Wrong(
        'unknown',
        "Its parameters are 'n'.",
        """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter(default=1)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load(whatever=2)  # HERE
        """,
    ),
    'comma behind a parameter': Wrong(
        'comma',
        'Load.n is a tuple that holds a parameter: remove the comma behind it',
        """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter(default=1),  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load(n=2)
        """,
    ),
    'comma behind a parameter that nobody passes': Wrong(
        'comma',
        'Load.n is a tuple that holds a parameter: remove the comma behind it',
        """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter(default=1),  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load()
        """,
    ),
    'class for an instance': Wrong(
        'unknown',
        'Load.n is the class IntParameter itself',
        """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load(n=2)
        """,
    ),
    'positional': Wrong(
        'positional',
        "the text 'red' in 'workspace_directory'",
        """
        class Load(gokart.TaskOnKart):
            name = luigi.Parameter(default='all')
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load('red')  # HERE
        """,
    ),
    'positional, for a required one': Wrong(
        'positional',
        "a positional argument of Load lands in a parameter of gokart: the text 'red' in 'workspace_directory'\nWrite Load(name=...).",
        """
        class Load(gokart.TaskOnKart):
            name = luigi.Parameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load('red')  # HERE
        """,
    ),
    'positional, for two required ones': Wrong(
        'positional',
        'Write Load(name=..., year=...).',
        """
        class Load(gokart.TaskOnKart):
            name = luigi.Parameter()
            year = luigi.IntParameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load('red', 2020)  # HERE
        """,
    ),
    'the workspace handed on by position, and one missing': Wrong(
        'missing',
        "Load is built without its parameter 'name'\nPass name=..., give it a default, or set it in section [Load]",
        """
        class Load(gokart.TaskOnKart):
            name = luigi.Parameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load(self.workspace_directory)  # HERE
        """,
    ),
    'positional number': Wrong(
        'positional',
        "3 in 'workspace_directory'",
        """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter(default=1)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return {'a': Load(3)}  # HERE
        """,
    ),
    'one parameter object, two names': Wrong(
        'shared',
        'Load.a and Load.b are one parameter object',
        """
        class Load(gokart.TaskOnKart):
            a = b = luigi.IntParameter(default=1)  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load(a=1, b=2)
        """,
    ),
    'init without super': Wrong(
        'init',
        'Load.__init__() does not call super().__init__()',
        """
        class Load(gokart.TaskOnKart):
            def __init__(self, *args, **kwargs):  # HERE
                self.x = 1
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load()
        """,
    ),
    'init that raises': Wrong(
        'construction',
        'Load.__init__() raises KeyError',
        """
        class Load(gokart.TaskOnKart):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.x = {}['x']  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load()
        """,
    ),
    'should_lock_run without redis': Wrong(
        'construction',
        'redis_host must be set',
        """
        class Load(gokart.TaskOnKart):
            pass
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load(should_lock_run=True)  # HERE
        """,
    ),
    'the same argument twice': Wrong(
        'positional',
        "lands in a parameter of gokart: the text 'x' in 'workspace_directory'",
        """
        class Load(gokart.TaskOnKart):
            pass
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load('x', workspace_directory='y')  # HERE
        """,
    ),
}


@pytest.mark.parametrize('name', cases(WRONG, {'one parameter object, two names': 'a parameter that knows its name'}))
def test_wrong(name: str, tmp_path: Path) -> None:
    check_wrong(WRONG[name], resolved(tmp_path, WRONG[name].text), tmp_path)


RIGHT = {
    'the workspace handed on by position': """
        class Load(gokart.TaskOnKart):
            pass
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load(self.workspace_directory)
        """,
    'positional arguments of a task of luigi': """
        class Load(luigi.Task):
            n = luigi.IntParameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load(3)
        """,
    'a wrong construction that the program expects': """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter(default=1)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                try:
                    return Load(m=1)
                except luigi.parameter.UnknownParameterException:
                    return Load(n=1)
        """,
    'an init that calls super later': """
        class Load(gokart.TaskOnKart):
            def __init__(self, *args, **kwargs):
                kwargs.setdefault('n', 2)
                super().__init__(*args, **kwargs)
                self.x = 1
            n = luigi.IntParameter(default=1)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load()
        """,
    'a parameter shared by two classes': """
        SHARED = luigi.IntParameter(default=1)
        class Load(gokart.TaskOnKart):
            n = SHARED
        class Save(gokart.TaskOnKart):
            n = SHARED
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(n=2), Save(n=3)]
        """,
    'tuples and parameter classes that are no parameters': """
        class Load(gokart.TaskOnKart):
            names = ('a',)
            kinds = (luigi.IntParameter, luigi.FloatParameter)
            kind = luigi.IntParameter
            n = luigi.IntParameter(default=1)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load()
        """,
    'a clone with all gokart parameters': """
        class Load(gokart.TaskOnKart):
            date = luigi.DateParameter()
        class Pipeline(gokart.TaskOnKart):
            date = luigi.DateParameter(default=datetime.date(2020, 1, 1))
            def requires(self):
                return self.clone(Load)
        """,
    'inherits and requires of luigi': """
        from luigi.util import inherits, requires
        class Load(gokart.TaskOnKart):
            date = luigi.DateParameter(default=datetime.date(2020, 1, 1))
        @requires(Load)
        class Clean(gokart.TaskOnKart):
            pass
        @inherits(Clean)
        class Train(gokart.TaskOnKart):
            def requires(self):
                return self.clone_parent()
        @requires(train=Train, clean=Clean)
        class Pipeline(gokart.TaskOnKart):
            pass
        """,
    'parameters of a configuration class': """
        class Settings(luigi.Config):
            n = luigi.IntParameter(default=4)
            other = luigi.IntParameter(default=5)
        @gokart.config_params.inherits_config_params(Settings, parameter_alias={'other': 'm'})
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter()
            m = luigi.IntParameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(), Load(n=7)]
        """,
    'private version parameters and mixins': """
        class WithDate:
            date = luigi.DateParameter(default=datetime.date(2020, 1, 1))
        class Load(WithDate, gokart.TaskOnKart):
            __version = luigi.IntParameter(default=1)
            _hidden = luigi.IntParameter(default=1, visibility=luigi.parameter.ParameterVisibility.PRIVATE)
        class Pipeline(WithDate, gokart.TaskOnKart):
            __version = luigi.IntParameter(default=2)
            def requires(self):
                return Load(date=self.date)
        """,
}


@pytest.mark.parametrize('name', RIGHT)
def test_right(name: str, tmp_path: Path) -> None:
    resolution = resolved(tmp_path, RIGHT[name])
    assert (resolution.problems, resolution.notes) == ((), ())
    assert len(resolution.tasks) > 1


def test_all_that_is_missing_and_unknown_in_one_construction(tmp_path: Path) -> None:
    text = """
        class Load(gokart.TaskOnKart):
            name = luigi.Parameter()
            year = luigi.IntParameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load(nmae='red', colour=1)
        """
    found = [problem.message.splitlines()[0] for problem in resolved(tmp_path, text).problems]
    assert found == [
        "Load has no parameter 'nmae'",
        "Load has no parameter 'colour'",
        "Load is built without its parameter 'year'",
    ]


def test_a_positional_argument_stands_for_as_many_missing_ones(tmp_path: Path) -> None:
    text = """
        class Load(gokart.TaskOnKart):
            name = luigi.Parameter()
            year = luigi.IntParameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load('red')
        """
    assert [problem.message for problem in resolved(tmp_path, text).problems] == [
        "a positional argument of Load lands in a parameter of gokart: the text 'red' in 'workspace_directory'\nWrite Load(name=...).",
        "Load is built without its parameter 'year'\n"
        'Pass year=..., give it a default, or set it in section [Load] of the luigi configuration.',
    ]


@pytest.mark.parametrize('parameter', ['TaskInstanceParameter', 'ListTaskInstanceParameter'])
def test_a_missing_task_is_to_be_passed(parameter: str, tmp_path: Path) -> None:
    text = f"""
        class Train(gokart.TaskOnKart):
            dep = gokart.{parameter}()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Train()
        """
    assert [problem.message for problem in resolved(tmp_path, text).problems] == [
        "Train is built without its parameter 'dep'\nPass dep=...",
    ]


def test_a_pipeline_that_cannot_be_built_itself(tmp_path: Path) -> None:
    text = """
        class Pipeline(gokart.TaskOnKart):
            date = luigi.DateParameter()
        """
    resolution = resolved(tmp_path, text)
    assert [problem.kind for problem in resolution.problems] == ['missing']
    assert resolution.tasks == ()
