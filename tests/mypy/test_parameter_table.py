"""Every parameter class of the installed gokart and luigi: the mypy plugin's types against real values and against the linter's facts."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import sys
import types
import typing
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gokart_lint import vocabulary
from gokart_lint.mypy import parameters
from gokart_lint.project.classes import Class
from gokart_lint.project.descriptors import annotation_of
from tests.mypy.harness import output, reported
from tests.mypy.library_cache import PYPROJECT
from tests.mypy.parameter_samples import HEAD, MODULE, SAMPLES, Sample
from tests.project import building

gokart = importlib.import_module('gokart')
luigi = importlib.import_module('luigi')
PACKAGES = ('gokart', 'luigi')
NOT_FOR_TASKS = frozenset({'luigi.parameter._DateParameterBase', 'luigi.parameter._DatetimeParameterBase'})
"""Classes that only other parameter classes derive from."""

STYLES = ('descriptor', 'value', 'bare')
WHERE = (
    'add it to PARAMETERS of gokart_lint/vocabulary.py with the kind of its values (a new kind also to gokart_lint/mypy/parameters.py and '
    'gokart_lint/project/defaults.py), to SAMPLES of tests/mypy/parameter_samples.py, and to field_specifiers of '
    'tests/mypy/conformance/checked.py'
)


# --- Every class that is installed ------------------------------------------------------------------------------------


def installed() -> set[str]:
    """The canonical name of each parameter class that gokart and luigi define, wherever they do."""
    for name in {module for module, _ in _written()}:
        importlib.import_module(name)
    found = set()
    waiting = [luigi.Parameter]
    while waiting:
        each = waiting.pop()
        waiting += each.__subclasses__()
        name = f'{each.__module__}.{each.__qualname__}'
        if each.__module__.partition('.')[0] in PACKAGES and name not in NOT_FOR_TASKS:
            found.add(vocabulary.canonical(name))
    return found


def _written() -> Iterator[tuple[str, str]]:
    """The module and name of each class of gokart and luigi with a base that is called a parameter."""
    for package in (gokart, luigi):
        root = Path(str(package.__file__)).parent
        for path in root.rglob('*.py'):
            text = path.read_text(encoding='utf-8')
            if 'Parameter' in text and not path.is_relative_to(root / 'testing'):
                for each in ast.walk(ast.parse(text)):
                    if isinstance(each, ast.ClassDef) and any(
                        ast.unparse(base).partition('[')[0].endswith('Parameter') for base in each.bases
                    ):
                        yield '.'.join([package.__name__, *path.relative_to(root).with_suffix('').parts]), each.name


def test_every_installed_parameter_class_is_in_the_table() -> None:
    written = {vocabulary.canonical(f'{module}.{name}') for module, name in _written() if f'{module}.{name}' not in NOT_FOR_TASKS}
    absent = {*installed(), *written} - set(vocabulary.PARAMETERS)
    assert not absent, f'{", ".join(sorted(absent))}: {WHERE}'


def test_every_class_of_the_table_is_installed_and_has_a_sample() -> None:
    assert set(vocabulary.PARAMETERS) == installed() == set(SAMPLES)


# --- What mypy with the plugin says -----------------------------------------------------------------------------------


def short(name: str) -> str:
    return name.rpartition('.')[2]


def annotation(name: str, sample: Sample, style: str) -> str:
    if style == 'descriptor':
        return f': {sample.descriptor.format(name) or name}'
    return f': {sample.value or sample.type}' if style == 'value' else ''


def declared(linted: dict[str, str]) -> str:
    """A module with a task class for each parameter class and style; `linted` has the annotation that the linter gives a bare one."""
    lines = [HEAD]
    for name, sample in SAMPLES.items():
        for style in (*STYLES, *(['linted'] if linted else [])):
            said = f': {linted[name]}' if style == 'linted' else annotation(name, sample, style)
            lines.append(f'\nclass {short(name)}_{style}(gokart.TaskOnKart[int]):')
            lines.append(f'    p{said} = {name}({sample.arguments})')
            more = f'{sample.arguments}, ' if sample.arguments else ''
            lines.append(f'    q{said} = {name}({more}significant=False)')
    return '\n'.join(lines) + '\n'


class Uses:
    """A module that uses the declared tasks, and which line of it says what."""

    def __init__(self) -> None:
        self.lines = ['from declared import *', 'import luigi', 'import pathlib', 'import datetime']
        self.at: dict[int, tuple[str, str, str]] = {}
        for name, sample in SAMPLES.items():
            for style in (*STYLES, 'linted'):
                task = f'{short(name)}_{style}'
                self._add(name, style, 'type', f'def _{task}(task: {task}) -> None: reveal_type(task.p)')
                self._add(name, style, 'missing', f'{task}(q={self._one(sample)})')
                for value in sample.given:
                    self._add(name, style, f'given {value}', f'{task}(p={value}, q={self._one(sample)})')
                for value in sample.wrong:
                    self._add(name, style, f'wrong {value}', f'{task}(p={value}, q={self._one(sample)})')

    def _one(self, sample: Sample) -> str:
        return sample.given[0]

    def _add(self, name: str, style: str, what: str, line: str) -> None:
        self.lines.append(line)
        self.at[len(self.lines)] = (name, style, what)


class Said:
    """What mypy said of both modules, by parameter class, style and what was asked."""

    def __init__(self, printed: str, uses: Uses, linted: dict[str, str]) -> None:
        errors, revealed = reported(printed)
        self.declarations = errors.get(f'{MODULE}.py', {})
        self.errors = {uses.at[line]: codes for line, codes in errors.get('uses.py', {}).items()}
        self.types = {uses.at[line]: types[0] for line, types in revealed.get('uses.py', {}).items()}
        self.linted = linted


@pytest.fixture(scope='module')
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp('table')


@pytest.fixture(scope='module')
def linked(folder: Path) -> dict[str, Class]:
    """The classes of the module as the linter links them."""
    project = building.load(folder, {f'{MODULE}.py': declared({})})
    return {name.partition('.')[2]: each for name, each in building.classes(project).items()}


@pytest.fixture(scope='module')
def said(folder: Path, linked: dict[str, Class]) -> Said:
    """One run of mypy."""
    linted = {}
    for name in SAMPLES:
        found = annotation_of(linked[f'{short(name)}_bare'].parameters['p'])
        assert found is not None, name
        linted[name] = found.written('Any')
    (folder / 'pyproject.toml').write_text(PYPROJECT)
    (folder / f'{MODULE}.py').write_text(declared(linted))
    uses = Uses()
    (folder / 'uses.py').write_text('\n'.join(uses.lines) + '\n')
    return Said(output(folder), uses, linted)


def typed(text: str, namespace: dict[str, Any]) -> Any:
    """A type as mypy reveals it, or as a sample writes it, as Python's own."""
    return eval(text, {**namespace, MODULE: types.SimpleNamespace(**namespace)})


@pytest.fixture(scope='module')
def live(folder: Path, said: Said) -> Iterator[dict[str, Any]]:
    """The module, imported by real Python."""
    spec = importlib.util.spec_from_file_location(MODULE, folder / f'{MODULE}.py')
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[MODULE] = module
    spec.loader.exec_module(module)
    yield {name: value for name, value in vars(module).items() if not name.startswith('__')}
    del sys.modules[MODULE]


NAMES = sorted(SAMPLES)


@pytest.mark.parametrize('name', NAMES)
def test_the_types_of_attributes(name: str, said: Said, live: dict[str, Any]) -> None:
    sample = SAMPLES[name]
    wanted = {'descriptor': sample.described or sample.type, 'value': sample.value or sample.type, 'bare': sample.bare or sample.type}
    found = {style: said.types[name, style, 'type'] for style in STYLES}
    assert {style: typed(text, live) for style, text in found.items()} == {style: typed(text, live) for style, text in wanted.items()}


def test_every_declaration_is_right(said: Said) -> None:
    assert said.declarations == {}


@pytest.mark.parametrize('name', NAMES)
def test_what_a_construction_takes(name: str, said: Said) -> None:
    sample = SAMPLES[name]
    found = {what for each, style, what in said.errors if each == name and style != 'linted'} - {'missing'}
    assert found == {f'wrong {value}' for value in sample.wrong}
    for style in STYLES:
        for value in sample.wrong if not (style == 'bare' and sample.bare) else ():
            assert len(said.errors[name, style, f'wrong {value}']) == 1, (style, value)


# --- What real luigi and gokart do ------------------------------------------------------------------------------------


def holds(value: Any, hint: Any) -> bool:
    """Whether a value is of a type; what mypy knows as a list or dict arrives as a tuple and a frozen dict."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return True
    if origin in (types.UnionType, typing.Union):
        return any(holds(value, each) for each in arguments)
    if hint in (None, type(None)):
        return value is None
    if origin in (tuple, list):
        return isinstance(value, tuple) and all(holds(each, arguments[0]) for each in value)
    if origin is dict or hint is luigi.freezing.FrozenOrderedDict:
        return isinstance(value, luigi.freezing.FrozenOrderedDict)
    if origin is type:
        return isinstance(value, type) and (arguments[0] is Any or issubclass(value, arguments[0]))
    return isinstance(value, (int, float) if hint is float else hint)


def constructed(task: Any, given: str, live: dict[str, Any], **more: Any) -> Any:
    """What the attribute of a task is when its construction is given a value; a warning is an error here."""
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        return task(p=eval(given, live), **more).p


@pytest.mark.parametrize('name', NAMES)
def test_real_values_are_what_mypy_says(name: str, said: Said, live: dict[str, Any]) -> None:
    sample = SAMPLES[name]
    for style in (*STYLES, 'linted'):
        task, hint = live[f'{short(name)}_{style}'], typed(said.types[name, style, 'type'], live)
        other = eval(sample.given[0], live)
        for given in sample.given:
            assert holds(constructed(task, given, live, q=other), hint), (style, given)
        for text in sample.texts:
            parameter = dict(task.get_params())['p']
            assert holds(parameter.normalize(parameter.parse(text)), hint), (style, text)


@pytest.mark.parametrize('name', NAMES)
def test_what_mypy_refuses_is_wrong_for_luigi_too(name: str, said: Said, live: dict[str, Any]) -> None:
    sample = SAMPLES[name]
    task, hint = live[f'{short(name)}_bare'], typed(sample.type, live)
    for given in sample.wrong:
        try:
            value = constructed(task, given, live, q=eval(sample.given[0], live))
            is_right = holds(value, hint) and (value is not None or given == 'None')  # OptionalBoolParameter loses what it cannot read
        except Exception:
            is_right = False
        assert not is_right, given


@pytest.mark.parametrize('name', NAMES)
def test_what_must_be_passed(name: str, said: Said, live: dict[str, Any]) -> None:
    for style in STYLES:
        try:
            live[f'{short(name)}_{style}'](q=eval(SAMPLES[name].given[0], live))
            is_missing = False
        except luigi.parameter.MissingParameterException:
            is_missing = True
        assert ((name, style, 'missing') in said.errors) == is_missing, style


# --- What the linter says ---------------------------------------------------------------------------------------------

BY_KIND = {
    'any': 'str', 'str': 'str', 'int': 'int', 'float': 'float', 'bool': 'bool', 'number': 'int', 'date': 'datetime.date',
    'datetime': 'datetime.datetime', 'date interval': 'DateInterval', 'timedelta': 'datetime.timedelta', 'list': 'tuple[Any, ...]',
    'dict': 'dict[Any, Any]', 'enum': 'Size', 'enum list': 'tuple[Size, ...]', 'choice list': 'tuple[str, ...]', 'path': 'pathlib.Path',
    'task class': 'type[luigi.Task]', 'task': 'Load', 'task list': 'list[Load]', 'serializable': 'Point',
}  # fmt: skip
"""The values of each kind of vocabulary.PARAMETERS, but of a choice, which holds what its declaration says."""


@pytest.mark.parametrize('name', NAMES)
def test_the_kind_of_the_vocabulary(name: str) -> None:
    kind, sample = vocabulary.PARAMETERS[name], SAMPLES[name]
    is_optional = issubclass(getattr(sys.modules[name.partition('.')[0]], short(name)), luigi.parameter.OptionalParameterMixin)
    assert name.startswith('luigi.Optional') == is_optional == sample.type.endswith(' | None')
    assert kind == 'choice' or sample.type.removesuffix(' | None') == BY_KIND[kind]
    keyword = parameters.TYPE_ARGUMENTS.get(kind)
    assert keyword is None or f'{keyword}=' in sample.arguments or sample.type.startswith(('str', 'tuple[str'))


@pytest.mark.parametrize('name', NAMES)
def test_the_linters_facts(name: str, linked: dict[str, Class], live: dict[str, Any]) -> None:
    for style in STYLES:
        own = linked[f'{short(name)}_{style}'].own_parameters
        real = {key: each for key, each in live[f'{short(name)}_{style}'].get_params() if key in ('p', 'q')}
        assert list(own) == list(real)
        for key, each in own.items():
            assert each.library_class == name
            assert each.custom is None
            assert each.significant == real[key].significant
            assert each.is_task == isinstance(real[key], gokart.TaskInstanceParameter)
            assert each.is_task_list == isinstance(real[key], gokart.ListTaskInstanceParameter)
            if each.holds_tasks:
                expected = each.expected_class()
                assert isinstance(expected, Class)
                assert expected.name == getattr(real[key], vocabulary.EXPECTED_TYPE_KEYWORD[name]).__name__


@pytest.mark.parametrize('name', NAMES)
def test_the_annotation_that_the_linter_writes(name: str, said: Said, live: dict[str, Any]) -> None:
    """GK405's annotation gives mypy what it knew without one, or says less where luigi's own words are wrong."""
    linted, bare = (said.types[name, style, 'type'] for style in ('linted', 'bare'))
    sample = SAMPLES[name]
    assert said.linted[name].partition('[')[0] == name
    assert linted in (bare, 'type[Any]', 'tuple[Any, ...]') or typed(linted, live) == typed(sample.described or sample.type, live)
    wrong = {what for each, style, what in said.errors if each == name and style == 'linted'} - {'missing'}
    assert wrong <= {f'wrong {value}' for value in sample.wrong}
