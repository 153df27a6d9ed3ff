"""`gokart_run`: one real run() on given values."""

# the tasks are as people write them: without gokart.mypy, and luigi has few annotations
# mypy: disable-error-code="arg-type,call-arg,call-overload,dict-item,import-untyped,index,name-defined,no-untyped-call,union-attr"

from __future__ import annotations

import enum
import random
from pathlib import Path
from typing import Any, NamedTuple

import gokart
import luigi
import numpy as np
import pandas as pd
import pytest
from luigi.util import inherits, requires

from pytest_gokart.fixtures.running import NotRun, run_task
from pytest_gokart.fixtures.shapes import NOT_GIVEN, WrongInputs


class Parts(NamedTuple):
    train: list[int]
    test: list[int]


class Wine(gokart.TaskOnKart[pd.DataFrame]):
    def run(self) -> None:
        raise AssertionError('nothing of the upstream runs')


class Split(gokart.TaskOnKart[Any]):
    wine: Any = gokart.TaskInstanceParameter(expected_type=Wine)
    share = luigi.FloatParameter()

    def output(self) -> Any:
        return {'train': self.make_target('train.csv'), 'test': self.make_target('test.csv')}

    def run(self) -> None:
        rows = self.load('wine')
        cut = int(len(rows) * self.share)
        self.dump(rows[cut:], 'train')
        self.dump(rows[:cut], 'test')


class Train(gokart.TaskOnKart[Any]):
    split: Any = gokart.TaskInstanceParameter(expected_type=Split)

    def requires(self) -> Any:
        return self.split

    def run(self) -> None:
        self.dump({'rows': len(self.load('train')), 'of': len(self.load(self.split)['test'])})


class Ensemble(gokart.TaskOnKart[float]):
    models: Any = gokart.ListTaskInstanceParameter()

    def requires(self) -> Any:
        return self.models

    def run(self) -> None:
        self.dump(sum(self.load()) / sum(1 for _ in self.load_generator()))


class Pair(gokart.TaskOnKart[Any]):
    left: Any = gokart.TaskInstanceParameter(expected_type=Wine)
    right: Any = gokart.TaskInstanceParameter(expected_type=Wine)

    def run(self) -> None:
        self.dump((self.load(self.left), self.load(self.right)))


class Unpacked(gokart.TaskOnKart[Any]):
    first: Any = gokart.TaskInstanceParameter()
    others: Any = gokart.ListTaskInstanceParameter()

    def requires(self) -> Any:
        return self.first, self.others

    def run(self) -> None:
        first, others = self.load()
        self.dump([first, *others])


class Model(gokart.TaskOnKart[Any]):
    def output(self) -> Any:
        return self.make_model_target('model.zip', save_function=_save, load_function=_load)

    def run(self) -> None:
        self.dump({'weights': [1, 2]})


class Predict(gokart.TaskOnKart[Any]):
    model: Any = gokart.TaskInstanceParameter(expected_type=Model)

    def run(self) -> None:
        self.dump(self.input()['model'].load()['weights'])


def _save(model: Any, path: str) -> None:
    Path(path).write_text(','.join(map(str, model['weights'])))


def _load(path: str) -> Any:
    return {'weights': [int(part) for part in Path(path).read_text().split(',')]}


class Large(gokart.TaskOnKart[pd.DataFrame]):
    def output(self) -> Any:
        return self.make_large_data_frame_target('large.zip', max_byte=16)

    def run(self) -> None:
        self.dump(self.load_or_make())

    def load_or_make(self) -> pd.DataFrame:
        return pd.DataFrame({'a': range(10)})


def run(task: Any, inputs: Any = NOT_GIVEN, folder: Path | None = None, **parameters: Any) -> Any:
    return run_task(task, inputs, parameters, folder)


FRAME = pd.DataFrame({'a': [1, 2, 3, 4], 'code': ['01', '02', '03', '04']})


class TestShapes:
    def test_by_key_with_several_outputs(self) -> None:
        dumped = run(Split(wine=Wine(), share=0.5), {'wine': FRAME})
        assert dumped['test'].to_dict('list') == {'a': [1, 2], 'code': ['01', '02']}
        assert dumped['train'].to_dict('list') == {'a': [3, 4], 'code': ['03', '04']}

    def test_one_dependency_of_several_outputs(self) -> None:
        parts = {'train': [1, 2], 'test': [3]}
        assert run(Train(split=Split(wine=Wine(), share=0.5)), parts) == {'rows': 2, 'of': 1}

    def test_one_dependency_by_the_name_of_its_parameter(self) -> None:
        assert run(Train, {'split': {'train': [1, 2], 'test': [3]}}) == {'rows': 2, 'of': 1}

    def test_a_list(self) -> None:
        assert run(Ensemble(models=[Wine(), Model()]), [1.0, 3.0]) == 2.0

    def test_a_list_for_a_class_has_as_many_stand_ins(self) -> None:
        assert run(Ensemble, [1.0, 2.0, 6.0]) == 3.0
        assert run(Ensemble, {'models': [1.0, 2.0]}) == 1.5

    def test_nested(self) -> None:
        assert run(Unpacked(first=Wine(), others=[Model(), Large()]), [1, [2, 3]]) == [1, 2, 3]
        assert run(Unpacked, {'first': 1, 'others': [2, 3, 4]}) == [1, 2, 3, 4]

    def test_a_class_has_stand_ins_that_are_told_apart(self) -> None:
        assert run(Pair, {'left': 1, 'right': 2}) == (1, 2)

    def test_plain_parameters_for_a_class(self) -> None:
        assert len(run(Split, {'wine': FRAME}, share=0.25)['train']) == 3

    def test_no_inputs(self) -> None:
        nothing: tuple[Any, ...] = (NOT_GIVEN, None, {}, [])
        for inputs in nothing:
            assert run(Large(), inputs)['a'].tolist() == list(range(10))

    def test_one_task_under_two_keys(self) -> None:
        assert run(Pair(left=Wine(), right=Wine()), {'left': float('1.5'), 'right': float('1.5')}) == (1.5, 1.5)
        assert run(Pair(left=Wine(), right=Wine()), {'left': FRAME, 'right': FRAME})[1].equals(FRAME)

    def test_keys_of_any_kind_and_tasks_built_in_requires(self) -> None:
        class Quarter(enum.Enum):
            FIRST = 1

        class Sum(gokart.TaskOnKart[int]):
            def requires(self) -> Any:
                return {0: Wine(), Quarter.FIRST: Model(), 'rest': [Large(), (Pair(left=Wine(), right=Wine()),)]}

            def run(self) -> None:
                first, quarter, (one, (two,)) = self.load().values()
                self.dump(first + quarter + one + two)

        assert run(Sum(), {0: 1, Quarter.FIRST: 20, 'rest': [300, [4000]]}) == 4321

    def test_decorators_of_luigi(self) -> None:
        class Source(gokart.TaskOnKart[int]):
            day = luigi.IntParameter()

        @requires(Source)
        class Required(gokart.TaskOnKart[int]):
            def run(self) -> None:
                self.dump(self.load() + self.day)  # type: ignore[attr-defined]

        @inherits(Source)
        class Inherited(gokart.TaskOnKart[int]):
            def requires(self) -> Any:
                return {'source': self.clone(Source)}

            def run(self) -> None:
                self.dump(self.load('source') + self.day)  # type: ignore[attr-defined]

        assert run(Required, 1, day=5) == run(Inherited, {'source': 1}, day=5) == 6


class Twice(gokart.TaskOnKart[Any]):
    def requires(self) -> Any:
        return [Wine(), Wine()]


class TestWrongInputs:
    @pytest.mark.parametrize(
        ('task', 'inputs', 'told'),
        [
            (Split(wine=Wine(), share=0.5), NOT_GIVEN, ['inputs is missing', "wanted: inputs={'wine': <Wine>}"]),
            (Split(wine=Wine(), share=0.5), {'wien': 1}, ["inputs['wien'] is not required: is it 'wine'?", "inputs['wine'] is missing"]),
            (Split(wine=Wine(), share=0.5), FRAME, ['inputs is a DataFrame, not a dict by key']),
            (Train(split=Split(wine=Wine(), share=0.5)), {'train': 1}, ["inputs has 'train', but Split has the outputs 'train', 'test'"]),
            (Train(split=Split(wine=Wine(), share=0.5)), FRAME, ["inputs is a DataFrame, but Split has the outputs 'train', 'test'"]),
            (Ensemble(models=[Wine(), Model()]), [1.0], ['inputs has 1 value for 2 tasks', 'wanted: inputs=[<Wine>, <Model>]']),
            (Ensemble(models=[Wine(), Model()]), 1.0, ['inputs is a float, not a list']),
            (Unpacked(first=Wine(), others=[Model()]), [1, [2, 3]], ['inputs[1] has 2 values for 1 task']),
            (Large(), FRAME, ['inputs is given, but nothing is required', 'wanted: no inputs']),
            (
                Pair(left=Wine(), right=Wine()),
                {'left': 1, 'right': 2},
                ["inputs['left'] and inputs['right'] are one and the same task Wine, which dumps one value: hand gokart_run the class"],
            ),
            (Twice(), [1, 2], ['inputs[0] and inputs[1] are one and the same task Wine, which dumps one value: give both the same one']),
            (Twice(), 1, ['inputs is an int, not a list']),
            (Split, {'wine': FRAME}, ['Split has no value for share: gokart_run(Split, inputs=..., share=...)']),
        ],
    )
    def test_what_is_said(self, task: Any, inputs: Any, told: list[str]) -> None:
        with pytest.raises(WrongInputs) as caught:
            run(task, inputs)
        for each in told:
            assert each in str(caught.value)

    def test_all_problems_at_once(self) -> None:
        with pytest.raises(WrongInputs) as caught:
            run(Pair, {'lft': 1})
        assert str(caught.value) == (
            'Pair cannot run on these inputs:\n'
            "  inputs['lft'] is not required: is it 'left'?\n"
            "  inputs['left'] is missing\n"
            "  inputs['right'] is missing\n"
            "  wanted: inputs={'left': <Wine>, 'right': <Wine>}"
        )

    def test_two_dependencies_with_one_file(self) -> None:
        class One(gokart.TaskOnKart[int]):
            number = luigi.IntParameter()

            def output(self) -> Any:
                return self.make_target('one.pkl', use_unique_id=False)

        class Both(gokart.TaskOnKart[int]):
            def requires(self) -> Any:
                return {'a': One(number=1), 'b': One(number=2)}

        with pytest.raises(WrongInputs, match=r"inputs\['a'\] and inputs\['b'\] would be one file, \./resources/one.pkl"):
            run(Both(), {'a': 1, 'b': 2})

    def test_a_target_of_luigi_cannot_be_filled(self) -> None:
        class Raw(luigi.ExternalTask):
            def output(self) -> Any:
                return luigi.LocalTarget('raw.txt')

        class Read(gokart.TaskOnKart[Any]):
            def requires(self) -> Any:
                return Raw()

        with pytest.raises(WrongInputs, match='inputs: Raw gives a LocalTarget'):
            run(Read(), 'text')

    def test_parameters_beside_a_task(self) -> None:
        with pytest.raises(TypeError, match='Large is built already: give share where it is built'):
            run(Large(), share=1)


class TestValues:
    def test_tasks_share_no_object(self) -> None:
        class Change(gokart.TaskOnKart[Any]):
            wine: Any = gokart.TaskInstanceParameter()

            def run(self) -> None:
                rows = self.load('wine')
                rows['a'] = 0
                assert self.load('wine')['a'].tolist() == [1, 2, 3, 4]
                self.dump(rows)
                rows['a'] = 9

        given = FRAME.copy()
        dumped = run(Change, {'wine': given})
        assert dumped['a'].tolist() == [0] * 4
        pd.testing.assert_frame_equal(given, FRAME)

    def test_classes_of_the_test_come_back_as_they_are(self) -> None:
        class Local(NamedTuple):
            value: int

        class Keep(gokart.TaskOnKart[Any]):
            a: Any = gokart.TaskInstanceParameter()

            def run(self) -> None:
                self.dump([self.load('a'), Parts([1], [2]), lambda: 3])

        local, parts, function = run(Keep, {'a': Local(1)})
        assert local == Local(1)
        assert isinstance(local, Local)
        assert (parts, function()) == (Parts([1], [2]), 3)

    def test_an_input_that_cannot_be_copied_is_handed_out_itself(self) -> None:
        rows = (row for row in [1, 2])
        assert run(Predict(model=Model()), {'model': {'weights': [1], 'rows': rows}}) == [1]

    def test_an_output_that_cannot_be_pickled_fails_as_in_a_file(self) -> None:
        class Bad(gokart.TaskOnKart[Any]):
            def run(self) -> None:
                self.dump(row for row in [1])

        with pytest.raises(TypeError, match='cannot pickle'):
            run(Bad())

    def test_models(self, tmp_path: Path) -> None:
        assert run(Model()) == run(Model(), folder=tmp_path) == {'weights': [1, 2]}
        assert run(Predict, {'model': {'weights': [7]}}) == run(Predict, {'model': {'weights': [7]}}, folder=tmp_path) == [7]

    def test_files_show_what_csv_does(self, tmp_path: Path) -> None:
        task = Split(wine=Wine(), share=0.5)
        assert run(task, {'wine': FRAME})['train']['code'].tolist() == ['03', '04']
        assert run(task, {'wine': FRAME}, tmp_path)['train']['code'].tolist() == [3, 4]
        assert run(task, {'wine': FRAME}, tmp_path)['train']['code'].tolist() == [3, 4]  # a second run finds no old output
        assert len(run(Large(), folder=tmp_path)) == 10
        assert {path.suffix for path in tmp_path.rglob('*') if path.is_file()} == {'.csv', '.pkl', '.zip'}

    def test_absolute_and_cloud_paths(self, tmp_path: Path) -> None:
        class Cloud(gokart.TaskOnKart[int]):
            wine: Any = gokart.TaskInstanceParameter()

            def output(self) -> Any:
                return self.make_target('s.csv')

            def run(self) -> None:
                self.dump(self.load('wine'))

        for workspace in ('s3://bucket/a', 'gs://bucket/a', '/nowhere/at/all', '../outside', str(tmp_path / 'inside')):
            for folder in (None, tmp_path):
                task = Cloud(workspace_directory=workspace, wine=Wine(workspace_directory=workspace))
                assert run(task, {'wine': FRAME}, folder)['a'].tolist() == [1, 2, 3, 4]
        folders = {path.relative_to(tmp_path).parts[:2] for path in tmp_path.rglob('s_*.csv')}
        assert {part[0] for part in folders} == {'s3', 'gs', 'nowhere', 'outside', 'inside'}

    def test_what_is_imported_by_name_is_no_way_around(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        from gokart.target import make_target

        class Own(gokart.TaskOnKart[int]):
            def output(self) -> Any:
                return make_target('own.pkl')

            def run(self) -> None:
                self.dump(1)

        monkeypatch.chdir(tmp_path)
        assert run(Own()) == 1
        assert list(tmp_path.iterdir()) == []

    def test_polars(self) -> None:
        polars = pytest.importorskip('polars')

        class Double(gokart.TaskOnKart[polars.DataFrame]):
            rows: Any = gokart.TaskInstanceParameter()

            def run(self) -> None:
                self.dump(self.load('rows') * 2)

        assert run(Double, {'rows': polars.DataFrame({'a': [1, 2]})})['a'].to_list() == [2, 4]


class TestRun:
    def test_an_exception_comes_as_it_is(self) -> None:
        with pytest.raises(AssertionError, match='nothing of the upstream runs'):
            run(Wine())

    def test_random_numbers_are_those_of_the_unique_id(self) -> None:
        class Draw(gokart.TaskOnKart[Any]):
            wine: Any = gokart.TaskInstanceParameter()

            def run(self) -> None:
                self.dump((random.random(), np.random.random()))

        random.seed(1)
        before = random.getstate()
        assert run(Draw, {'wine': 1}) == run(Draw, {'wine': 1})
        assert random.getstate() == before

    def test_the_unique_id_of_a_task_is_its_own_again(self) -> None:
        task = Split(wine=Wine(), share=0.5)
        run(task, {'wine': FRAME})
        assert task.make_unique_id() == Split(wine=task.wine, share=0.5, rerun=True).make_unique_id()

    def test_nothing_dumped(self) -> None:
        class Forgets(gokart.TaskOnKart[Any]):
            def output(self) -> Any:
                return {'a': self.make_target('a.pkl'), 'b': self.make_target('b.pkl')}

            def run(self) -> None:
                self.dump(1, 'a')

        with pytest.raises(NotRun, match=r'Forgets.run\(\) ended without a dump to ./resources/b_\w+.pkl'):
            run(Forgets())

    def test_a_task_that_passes_its_input_on(self) -> None:
        class Alias(gokart.TaskOnKart[Any]):
            wine: Any = gokart.TaskInstanceParameter()

            def output(self) -> Any:
                return self.input()['wine']

        class Runs(Alias):
            def run(self) -> None:
                self.dump(2)

        assert run(Alias, {'wine': 1}) == 1
        with pytest.raises(NotRun, match=r'Runs.run\(\) never runs: output\(\) is what it requires'):
            run(Runs, {'wine': 1})

    def test_a_run_that_yields_tasks(self) -> None:
        class Dynamic(gokart.TaskOnKart[Any]):
            def run(self) -> Any:
                yield Wine()

        with pytest.raises(NotRun, match='yields tasks'):
            run(Dynamic())

    def test_a_run_that_opens_the_file_itself(self, tmp_path: Path) -> None:
        class Opens(gokart.TaskOnKart[Any]):
            split: Any = gokart.TaskInstanceParameter(expected_type=Split)

            def run(self) -> None:
                with open(self.input()['split']['train'].path()) as file:
                    self.dump(file.read())

        inputs = {'split': {'train': FRAME, 'test': FRAME}}
        with pytest.raises(NotRun, match=r"opens the file of inputs\['split'\] itself"):
            run(Opens, inputs)
        assert run(Opens, inputs, tmp_path).startswith('a,code\n1,01\n')

    def test_locks_need_no_redis(self, tmp_path: Path) -> None:
        task = Predict(model=Model(redis_host='nowhere', redis_port=1), redis_host='nowhere', redis_port=1, should_lock_run=True)
        assert run(task, {'model': {'weights': [1]}}) == run(task, {'model': {'weights': [1]}}, tmp_path) == [1]

    def test_a_task_of_luigi_without_output_takes_a_value(self) -> None:
        class Dummy(luigi.Task):
            pass

        class Old(gokart.TaskOnKart[Any]):
            def requires(self) -> Any:
                return {'texts': Dummy()}

            def run(self) -> None:
                self.dump(len(self.load('texts')))

        assert run(Old(), {'texts': ['a', 'b']}) == 2

    def test_a_long_way_up_costs_nothing(self) -> None:
        class Far(gokart.TaskOnKart[Any]):
            level = luigi.IntParameter()

            def requires(self) -> Any:
                raise AssertionError('asked')

        class Near(gokart.TaskOnKart[Any]):
            def requires(self) -> Any:
                return Far(level=10_000)

            def run(self) -> None:
                self.dump(self.load())

        class Beside(gokart.TaskOnKart[Any]):
            far: Any = gokart.TaskInstanceParameter(expected_type=Far)

            def run(self) -> None:
                self.dump(self.load('far'))

        assert run(Near(), 5) == run(Beside, {'far': 5}) == 5
