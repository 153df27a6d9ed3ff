"""Where tasks put what they dump in a test: in memory, or in files under one folder. Nothing else of gokart's targets is replaced.

Both take hold where gokart turns a path into a target, in `gokart.target.make_target` and `make_model_target` (the same in gokart 1.4 and
1.12.2), at the names that these look up, so that `from gokart.target import make_target` is no way around. Redis locks are left out.
"""

from __future__ import annotations

import copy
import datetime
import os
import pickle
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any


class Store:
    """What was dumped, by path. Each load gives a copy, so that tasks share no object, as with files."""

    def __init__(self) -> None:
        self._values: dict[str, Callable[[], Any]] = {}
        self._times: dict[str, datetime.datetime] = {}

    def put(self, path: str, value: object, *, as_it_is_if_it_must: bool = False) -> None:
        """A value that cannot be copied is refused, or with `as_it_is_if_it_must` (a stand-in for a model, a mock) handed out itself."""
        try:
            self._values[path] = _copier(value)
        except Exception:
            if not as_it_is_if_it_must:
                raise
            self._values[path] = lambda: value
        self._times[path] = datetime.datetime.now()

    def get(self, path: str) -> Any:
        if path not in self._values:
            raise FileNotFoundError(f'{path} is none of the inputs, and nothing was dumped to it')
        return self._values[path]()

    def time(self, path: str) -> datetime.datetime:
        self.get(path)
        return self._times[path]

    def __contains__(self, path: object) -> bool:
        return path in self._values

    def remove(self, path: str) -> None:
        del self._values[path]


def _copier(value: Any) -> Callable[[], Any]:
    """pickle keeps the classes of a test file as they are; what it cannot do (a class in a function, a lambda) deepcopy mostly can."""
    try:
        data = pickle.dumps(value)
        pickle.loads(data)
    except Exception:
        original = copy.deepcopy(value)
        return lambda: copy.deepcopy(original)
    return lambda: pickle.loads(data)


@contextmanager
def in_memory() -> Iterator[Store]:
    """Every target that gokart makes meanwhile keeps its values in a store. A path may be of any kind: no client for a cloud is made."""
    store = Store()
    single, model = _targets_in(store)
    with _replaced(
        _make_file_system_target=lambda file_path, *_, **__: SimpleNamespace(path=file_path),
        SingleFileTarget=single,
        ModelTarget=model,
    ):
        yield store


@contextmanager
def under(folder: Path) -> Iterator[None]:
    """Every target that gokart makes meanwhile is a real one under the folder, also where its path is absolute or in a cloud."""
    import gokart.target

    make_path = vars(gokart.target)['_make_file_path']
    single, model = _targets_under(folder)
    with _replaced(
        _make_file_path=lambda original_path, *args, **kwargs: make_path(_moved(original_path, folder), *args, **kwargs),
        SingleFileTarget=single,
        ModelTarget=model,
    ):
        yield


@contextmanager
def _replaced(**names: object) -> Iterator[None]:
    import gokart.target

    module = vars(gokart.target)
    before = {name: module[name] for name in names}  # a KeyError tells that this gokart is not the one that we know
    module.update(names)
    try:
        yield
    finally:
        module.update(before)


def _moved(path: str, folder: Path) -> str:
    """`./resources/a.csv` and `s3://bucket/a.csv` as `resources/a.csv` and `s3/bucket/a.csv` under the folder."""
    root = str(folder)
    if os.path.abspath(path).startswith(root + os.sep):
        return path
    inside = os.path.normpath('/' + re.sub(r'^(\w+)://?', r'\1/', path.replace('\\', '/')))
    return root + inside.replace('/', os.sep)


def _unlocked(target: Any) -> Any:
    return target._task_lock_params._replace(should_task_lock=False)


def _targets_in(store: Store) -> tuple[type, type]:
    import gokart.target

    class _Stored:
        """The part of a target below its public methods (gokart.target.TargetOnKart, 1.12.2)."""

        _path_in_store: str
        _get_task_lock_params = _unlocked

        @property
        def store(self) -> Store:
            return store

        def _exists(self) -> bool:
            return self._path_in_store in store

        def _load(self) -> Any:
            return store.get(self._path_in_store)

        def _dump(self, obj: object, *_: object, **__: object) -> None:
            store.put(self._path_in_store, obj, as_it_is_if_it_must=not self._path_in_store.endswith('.pkl'))

        def _remove(self) -> None:
            store.remove(self._path_in_store)

        def _last_modification_time(self) -> datetime.datetime:
            return store.time(self._path_in_store)

        def _path(self) -> str:
            return self._path_in_store

    class StoredTarget(_Stored, gokart.target.SingleFileTarget):
        def __init__(self, target: Any, processor: Any, task_lock_params: Any) -> None:
            super().__init__(target, processor, task_lock_params)
            self._path_in_store = target.path

    class StoredModel(_Stored, gokart.target.ModelTarget):
        def __init__(self, file_path: str, task_lock_params: Any, **_: object) -> None:  # the parent's makes a client for zip files
            self._task_lock_params = task_lock_params
            self._path_in_store = file_path

    return StoredTarget, StoredModel


def _targets_under(folder: Path) -> tuple[type, type]:
    import gokart.target

    class File(gokart.target.SingleFileTarget):
        _get_task_lock_params = _unlocked

    class Model(gokart.target.ModelTarget):
        _get_task_lock_params = _unlocked

        def __init__(self, temporary_directory: str, **others: Any) -> None:
            super().__init__(temporary_directory=_moved(temporary_directory, folder), **others)

    return File, Model
