"""State is the same afterwards, and nothing runs meanwhile."""

# the tasks are as people write them: without gokart.mypy, and luigi has few annotations
# mypy: disable-error-code="arg-type,call-arg,call-overload,dict-item,import-untyped,index,name-defined,no-untyped-call,union-attr"

from __future__ import annotations

import importlib
import logging
import os
import random
import signal
import socket
import sys
import threading
import types
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gokart
import luigi
import luigi.mock
import numpy as np
import pytest
from luigi.cmdline_parser import CmdlineParser
from luigi.configuration import LuigiConfigParser, LuigiTomlParser, get_config
from luigi.task_register import Register

from pytest_gokart.isolation import luigi_state
from pytest_gokart.isolation.blocking import BlockedError, nothing_runs
from pytest_gokart.isolation.isolating import isolated, undone
from tests.pytest_gokart.newer import lacks

_MEMORY: Any = None if lacks('gokart.in_memory') else importlib.import_module('gokart.in_memory').repository.InMemoryCacheRepository


class Number(gokart.TaskOnKart[int]):
    value = luigi.IntParameter(default=1)

    def run(self) -> None:
        self.dump(self.value)


def _state() -> dict[str, object]:
    """What the issue and the notes on luigi name, taken apart so that a change in place is seen."""
    register: Any = Register
    loggers: list[Any] = [logging.root, *logging.root.manager.loggerDict.values()]
    state: dict[str, object] = {
        'register': list(register._reg),
        'namespaces': dict(register._default_namespace_dict),
        'instances': register._Register__instance_cache,
        'events': {cls: {event: set(found) for event, found in events.items()} for cls, events in luigi.Task._event_callbacks.items()},
        'unconsumed': {
            cls: set(vars(cls)['_unconsumed_params']) for cls in luigi_state.subclasses(luigi.Task) if '_unconsumed_params' in vars(cls)
        },
        'loggers': {
            each.name: (each.level, each.propagate, each.disabled, list(each.handlers)) for each in loggers if hasattr(each, 'handlers')
        },
        'logging': logging.root.manager.disable,
        'random': random.getstate(),
        'numpy': repr(np.random.get_state()),
        'retcodes': {name: value for name, value in vars(sys.modules['luigi.retcodes'].retcode).items() if 'abc' not in name},
        'parsing': luigi.BoolParameter.parsing,
        'command line': CmdlineParser._instance,
        'interface': sys.modules['luigi.setup_logging'].InterfaceLogging._configured,
        'folder': os.getcwd(),
        'environment': dict(os.environ),
        'path': list(sys.path),
        'filters': list(warnings.filters),
        'signal': signal.getsignal(signal.SIGUSR1),
        'redis': dict(sys.modules['gokart.conflict_prevention_lock.task_lock'].RedisClient._instances),
    }
    if _MEMORY:
        state['memory'] = dict(_MEMORY._cache)
    for kind in (LuigiConfigParser, LuigiTomlParser):
        parser: Any = kind._instance
        sections = {} if parser is None else {name: dict(parser._sections[name]) for name in parser._sections}
        state[kind.__name__] = (parser, list(kind._config_paths), sections, getattr(parser, 'data', None))
    return state


def _changed(before: dict[str, Any]) -> set[str]:
    after: dict[str, Any] = _state()
    after['loggers'] = {name: after['loggers'][name] for name in before['loggers']}  # others came with imports
    return {name for name in before if before[name] != after[name]}


def _change_everything(tmp_path: Path) -> str:
    config = tmp_path / 'other.cfg'
    config.write_text('[Number]\nvalue = 5\nunknown = 1\n[TaskOnKart]\nworkspace_directory = here\n')
    gokart.add_config(str(config))
    get_config().set('Number', 'value', '7')
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        Number()
    luigi.namespace('elsewhere', scope='nowhere')
    type('Local', (gokart.TaskOnKart,), {'__module__': __name__, '__qualname__': 'f.<locals>.Local'})
    Number.event_handler(luigi.Event.SUCCESS)(lambda task: None)
    os.chdir(tmp_path)
    with pytest.raises(SystemExit):
        gokart.run(['Number', '--local-scheduler', f'--workspace-directory={tmp_path}'])
    gokart.build(Number(workspace_directory=str(tmp_path)))
    logging.getLogger('luigi-interface').addHandler(logging.NullHandler())
    logging.root.setLevel(logging.DEBUG)
    random.seed(1)
    np.random.seed(1)
    luigi.BoolParameter.parsing = luigi.BoolParameter.EXPLICIT_PARSING
    if _MEMORY:
        _MEMORY().set_value('a', 1)
    os.environ['GOKART_NEW'] = '1'
    os.environ.pop('HOME', None)
    sys.path.insert(0, str(tmp_path))
    Register.disable_instance_cache()
    return 'changed'


@pytest.mark.parametrize('context', [isolated, undone])
def test_everything_is_as_before(context: Callable[[], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('HOME', str(tmp_path))
    Number.__dict__.get('_unconsumed_params')
    before = _state()
    with context():
        _change_everything(tmp_path)
        assert _state() != before
    assert _changed(before) == set()


@pytest.mark.parametrize('context', [isolated, undone])
def test_also_when_it_raises(context: Callable[[], Any], tmp_path: Path) -> None:
    before = _state()
    with pytest.raises(KeyboardInterrupt), context():
        raise KeyboardInterrupt(_change_everything(tmp_path))
    assert _changed(before) == set()


def test_warning_filters_are_put_back() -> None:
    before = list(warnings.filters)
    with isolated():
        warnings.simplefilter('ignore')
    assert list(warnings.filters) == before


class TestConfiguration:
    def test_exactly_the_given_files(self, tmp_path: Path) -> None:
        (tmp_path / 'luigi.cfg').write_text('[Number]\nvalue = 2\n')
        (tmp_path / 'param.ini').write_text('[Number]\nvalue = 3\n')
        with undone():
            get_config().set('Number', 'value', '9')
            assert Number().value == 9
            with isolated(['param.ini'], cwd=str(tmp_path)):
                assert Number().value == 3
                assert os.getcwd() == str(tmp_path)
            with isolated(cwd=str(tmp_path)):
                assert Number().value == 1
            assert Number().value == 9
        assert Number().value == 1

    def test_toml(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        pytest.importorskip('toml')
        monkeypatch.delenv('LUIGI_CONFIG_PARSER', raising=False)
        file = tmp_path / 'luigi.toml'
        file.write_text('[Number]\nvalue = 4\n')
        with isolated([str(file)]):
            assert Number().value == 4
        assert 'LUIGI_CONFIG_PARSER' not in os.environ

    def test_what_a_module_holds_is_the_same_parser(self) -> None:
        held = get_config()
        with undone():
            held.set('Number', 'value', '6')
            assert Number().value == 6
        assert not held.has_option('Number', 'value')
        assert 'Number' not in held

    def test_a_warning_comes_in_each(self, tmp_path: Path) -> None:
        (tmp_path / 'param.ini').write_text('[Number]\nvaleu = 3\n')
        for _ in range(2):
            with isolated([str(tmp_path / 'param.ini')]), pytest.warns(UserWarning, match='valeu'):
                Number()


class TestRegister:
    def test_instances_are_its_own(self) -> None:
        outside = Number()
        with isolated():
            assert Number() is not outside
            assert Number() is Number()
        assert Number() is outside

    def test_what_an_import_registered_stays_with_the_module(self, monkeypatch: pytest.MonkeyPatch) -> None:
        module: Any = types.ModuleType('came_meanwhile')
        with undone():
            with isolated():
                monkeypatch.setitem(sys.modules, 'came_meanwhile', module)
                exec('import gokart\nclass Came(gokart.TaskOnKart):\n    pass\n', vars(module))
            assert Register.get_task_cls('Came') is module.Came
        monkeypatch.delitem(sys.modules, 'came_meanwhile')
        Register._reg.remove(module.Came)

    def test_classes_that_a_build_forgets_are_there_again(self, tmp_path: Path) -> None:
        with isolated():
            gokart.build(Number(workspace_directory=str(tmp_path)))
            assert Number not in Register._reg
        assert Number in Register._reg


class Tries(gokart.TaskOnKart[int]):
    how = luigi.Parameter()

    def requires(self) -> Any:
        number = Number()
        target = number.output()
        tries: dict[str, Callable[[], object]] = {
            'complete': number.complete,
            'own complete': self.complete,
            'run': number.run,
            'own run': Overridden().run,
            'own method': Overridden().complete,
            'mixed in': Mixed().run,
            'dump': lambda: self.dump(1),
            'load': lambda: self.load(target),
            'load_generator': lambda: list(self.load_generator()),
            'exists': target.exists,
            'target load': target.load,
            'target dump': lambda: target.dump(1),
            'remove': target.remove,
            'time': target.last_modification_time,
            'luigi exists': lambda: luigi.LocalTarget('a.txt').exists(),
            'luigi open': lambda: luigi.LocalTarget('a.txt').open('w'),
            'luigi makedirs': lambda: luigi.LocalTarget('a/b.txt').makedirs(),
            'file system': lambda: luigi.LocalTarget.fs.mkdir('a'),
            'memory': lambda: luigi.mock.MockTarget('a').exists(),
            'build': lambda: gokart.build(number),
            'luigi build': lambda: luigi.build([number], local_scheduler=True),
            'restore': lambda: Number.restore('abc'),
            'create_connection': lambda: socket.create_connection(('example.com', 80)),
            'connect': _connect,
            'getaddrinfo': lambda: socket.getaddrinfo('example.com', 443),
            'helper': lambda: _helper(number),
        }
        tries[self.how]()
        return number


def _helper(task: Any) -> bool:
    return bool(task.complete())


def _connect() -> None:
    with socket.socket() as connection:
        connection.connect(('127.0.0.1', 9))


class Overridden(gokart.TaskOnKart[int]):
    def run(self) -> None:
        raise AssertionError('it ran')

    def complete(self) -> bool:
        raise AssertionError('it was asked')


class _Runs:
    def run(self) -> None:
        raise AssertionError('it ran')


class Mixed(_Runs, gokart.TaskOnKart[int]):
    pass


class Settings(luigi.Config):
    path = luigi.Parameter(default='a')

    def load(self) -> str:
        return 'read'


WITHOUT = ': a pipeline must resolve without '


class TestNothingRuns:
    @pytest.mark.parametrize(
        ('how', 'told'),
        [
            ('complete', 'Tries.requires calls Number.complete()' + WITHOUT + 'looking at storage'),
            ('own complete', 'Tries.requires calls complete()' + WITHOUT + 'looking at storage'),
            ('run', 'Tries.requires calls Number.run()' + WITHOUT + 'running a task'),
            ('own run', 'Tries.requires calls Overridden.run()' + WITHOUT + 'running a task'),
            ('own method', 'Tries.requires calls Overridden.complete()' + WITHOUT + 'looking at storage'),
            ('mixed in', 'Tries.requires calls Mixed.run()' + WITHOUT + 'running a task'),
            ('dump', 'Tries.requires calls dump()' + WITHOUT + 'writing'),
            ('load', 'Tries.requires calls load()' + WITHOUT + 'reading what tasks wrote'),
            ('load_generator', 'Tries.requires calls load_generator()' + WITHOUT + 'reading what tasks wrote'),
            ('exists', 'Tries.requires calls exists() of ./resources/'),
            ('target load', 'Tries.requires calls load() of ./resources/'),
            ('target dump', 'Tries.requires calls dump() of ./resources/'),
            ('remove', 'Tries.requires calls remove() of ./resources/'),
            ('time', 'Tries.requires calls last_modification_time() of ./resources/'),
            ('luigi exists', 'Tries.requires calls exists() of a.txt'),
            ('luigi open', 'Tries.requires calls open() of a.txt' + WITHOUT + 'reading or writing'),
            ('luigi makedirs', 'Tries.requires calls makedirs() of a/b.txt'),
            ('file system', 'Tries.requires calls mkdir()'),
            ('memory', 'Tries.requires calls exists() of a'),
            ('build', 'Tries.requires starts a build' + WITHOUT + 'running a task'),
            ('luigi build', 'Tries.requires starts a build'),
            ('restore', 'Tries.requires calls load() of ./resources/log/task_params/Number_abc.pkl'),
            ('create_connection', 'Tries.requires connects to example.com:80' + WITHOUT + 'the network'),
            ('connect', 'Tries.requires connects to 127.0.0.1:9'),
            ('getaddrinfo', 'Tries.requires connects to example.com:443'),
            ('helper', 'Tries.requires calls Number.complete()'),
        ],
    )
    def test_who_tried_what(self, how: str, told: str, tmp_path: Path) -> None:
        with isolated(cwd=str(tmp_path)), nothing_runs() as attempts:
            with pytest.raises(BlockedError) as caught:
                Tries(how=how).requires()
            assert str(caught.value).startswith(told)
            assert attempts == [caught.value]
            assert caught.value.caller == 'Tries.requires'
        assert list(tmp_path.iterdir()) == []

    def test_what_the_project_swallows_is_told_all_the_same(self) -> None:
        class Swallows(gokart.TaskOnKart[int]):
            def requires(self) -> Any:
                try:
                    return [] if Number().complete() else Number()
                except Exception:
                    return []

        with isolated(), nothing_runs() as attempts:
            Swallows().requires()
        assert [each.caller for each in attempts] == ['Swallows.requires']

    def test_all_works_again(self, tmp_path: Path) -> None:
        with isolated(cwd=str(tmp_path)):
            with nothing_runs():
                built_inside = Number(workspace_directory=str(tmp_path / 'inside'))
            assert gokart.build(built_inside) == 1
            assert gokart.build(Number(workspace_directory=str(tmp_path))) == 1
        assert 'connect' not in vars(socket.socket)
        assert Number.run.__module__ == __name__
        assert not hasattr(Mixed.__dict__, 'run')

    def test_also_after_an_error(self) -> None:
        before = {cls: dict(vars(cls)) for cls in (luigi.Task, gokart.TaskOnKart, Number, luigi.LocalTarget, socket.socket)}
        with pytest.raises(ZeroDivisionError), nothing_runs():
            raise ZeroDivisionError
        for cls, attributes in before.items():
            assert {name: vars(cls).get(name) for name in attributes if name != '__doc__'} == {
                name: value for name, value in attributes.items() if name != '__doc__'
            }

    def test_unique_ids_stay_what_they_are(self) -> None:
        task = Number(serialized_task_definition_check=True, cache_unique_id=False)
        outside = task.make_unique_id()
        with nothing_runs():
            assert task.make_unique_id() == outside

    def test_what_resolving_needs_goes_on(self, tmp_path: Path) -> None:
        with nothing_runs() as attempts:
            task = Tries(how='none')
            with pytest.raises(KeyError):
                task.requires()
            assert Number().output().path().startswith('./resources')
            assert Settings().load() == 'read'
            assert (tmp_path / 'a').write_text('a')
        assert attempts == []

    def test_threads_that_were_there_go_on(self) -> None:
        go, results = threading.Event(), []

        def connect() -> None:
            go.wait()
            try:
                socket.create_connection(('127.0.0.1', 9), timeout=1)
            except OSError as error:
                results.append(error)

        thread = threading.Thread(target=connect)
        thread.start()
        with nothing_runs() as attempts:
            go.set()
            thread.join()
        assert len(results) == 1
        assert attempts == []

    def test_the_caller_outside_of_any_task(self) -> None:
        number = Number()
        with nothing_runs(), pytest.raises(BlockedError, match=r'^code outside of any task calls Number.complete\(\)'):
            number.complete()
