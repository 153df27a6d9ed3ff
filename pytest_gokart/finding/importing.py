"""The modules of pipelines, imported under the names that the project itself uses, without running what they run unasked."""

from __future__ import annotations

import importlib
import importlib.util
import itertools
import os
import sys
import traceback
import warnings
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from types import ModuleType

from pytest_gokart.finding.refusing import Refusal, no_runs
from pytest_gokart.finding.spaces import Space
from pytest_gokart.isolation.isolating import isolated
from pytest_gokart.values import Pipeline, Place

_spaces: dict[tuple[str, ...], Space] = {}
_imported: dict[tuple[str, str], ModuleType | ImportFailure] = {}
_refused: dict[tuple[str, str], tuple[Refusal, ...]] = {}


class ImportFailure(Exception):
    """A module that cannot be imported, or has not the class that its text shows; the message says why, and `at` where it stops."""

    def __init__(self, message: str, at: Place) -> None:
        super().__init__(message)
        self.at = at


def load(pipeline: Pipeline, config_files: Sequence[str] = ()) -> type:
    """The class of a pipeline, its module imported once. `config_files` are luigi's in an import that the session does not share.

    Raises ImportFailure.
    """
    key = pipeline.root, pipeline.module
    if key not in _imported:
        _imported[key] = _import(pipeline, config_files)
    module = _imported[key]
    if isinstance(module, ImportFailure):
        raise module.with_traceback(None)
    return _class_in(module, pipeline)


def runs_refused(pipeline: Pipeline) -> tuple[Refusal, ...]:
    """The calls of `gokart.run()` and its like that importing the module of a pipeline made, and that did nothing."""
    return _refused.get((pipeline.root, pipeline.module), ())


def importable(pipeline: Pipeline) -> AbstractContextManager[None]:
    """For the time that code of a pipeline runs: what it imports meanwhile is found as it was when its module was imported."""
    return _space(pipeline).entered()


def forget() -> None:
    """Import everything anew from now on: for the end of a session."""
    _spaces.clear()
    _imported.clear()
    _refused.clear()


def _space(pipeline: Pipeline) -> Space:
    folders = (pipeline.root, *pipeline.folders)
    if folders not in _spaces:
        _spaces[folders] = Space(folders)
    return _spaces[folders]


def _import(pipeline: Pipeline, config_files: Sequence[str]) -> ModuleType | ImportFailure:
    space = _space(pipeline)
    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter('ignore')  # luigi 3.8.1 warns when it is imported, an error in a project with `filterwarnings = error`
        try:
            if not space.shares(pipeline.module.partition('.')[0]):
                stack.enter_context(isolated(config_files))
            refused = stack.enter_context(no_runs())
        except ImportError as error:
            return explained(error, pipeline.class_at.path)
        stack.enter_context(space.entered())
        try:
            return _executed(pipeline, refused)
        except (Exception, SystemExit) as error:
            return explained(error, pipeline.class_at.path)
        finally:
            _refused[pipeline.root, pipeline.module] = tuple(refused)


def _executed(pipeline: Pipeline, refused: Sequence[Refusal]) -> ModuleType:
    """The module, as `import` makes it; one that fails behind a run that was refused (its result is missing) is kept as far as it came."""
    name, path = pipeline.module, pipeline.class_at.path
    parent, _, last = name.rpartition('.')
    if parent:
        importlib.import_module(parent)
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit):
        if not any(os.path.realpath(each.at.path) == os.path.realpath(path) for each in refused):
            del sys.modules[name]
            raise
    if parent:
        setattr(sys.modules[parent], last, sys.modules[name])
    return sys.modules[name]


def _class_in(module: ModuleType, pipeline: Pipeline) -> type:
    found: object = module
    for name in pipeline.qualname.split('.'):
        found = vars(found).get(name) if isinstance(found, (ModuleType, type)) else None
    if not isinstance(found, type):
        raise ImportFailure(f'importing it gives no class {pipeline.qualname}', pipeline.class_at)
    return found


# --- why a module cannot be imported ---


def explained(error: BaseException, path: str) -> ImportFailure:
    """What went wrong at which import, the way there through the files of the project, and the next step."""
    ended = isinstance(error, SystemExit)
    what = f'it ends the process ({error!r})' if ended else f'{type(error).__name__}: {error}'.removesuffix(': ')
    frames = [each for each in traceback.extract_tb(error.__traceback__) if not _is_machinery(each.filename)]
    steps = [(each.filename, each.lineno or 1, each.line or '') for each in frames]
    if isinstance(error, SyntaxError) and error.filename:
        steps.append((error.filename, error.lineno or 1, (error.text or '').strip()))
    lines = [f'{_shown(file)}:{number}: {line}' for file, number, line in steps]
    at = Place(path, _left_at(os.path.realpath(path), steps))
    return ImportFailure('\n'.join([f'cannot be imported: {what}', *lines, *_advice(error)]), at)


def _left_at(path: str, steps: Sequence[tuple[str, int, str]]) -> int:
    """The innermost line of a file before the way of an error goes on in another: of a class body, the statement in it."""
    behind = itertools.dropwhile(lambda step: os.path.realpath(step[0]) != path, steps)
    own = [number for _, number, _ in itertools.takewhile(lambda step: os.path.realpath(step[0]) == path, behind)]
    return own[-1] if own else 1


def _advice(error: BaseException) -> Iterator[str]:
    if isinstance(error, ModuleNotFoundError) and error.name:
        top = error.name.partition('.')[0]
        yield f"Install what gives `{top}`; if it is the project's own, add the folder that holds it to `pythonpath` in pytest's settings."
    elif (path := _no_configuration(error)) is not None:
        yield f'There is no luigi configuration file {path}, looked for from {os.getcwd()}. Call pytest where the project runs.'
    elif isinstance(error, SystemExit):
        yield "Put what ends it under `if __name__ == '__main__':`."
    else:
        yield 'Mend what fails there, and the pipelines are checked.'


def _no_configuration(error: BaseException) -> str | None:
    """The file that gokart.add_config was given and that is not there, which it asserts without a word (gokart.utils, gokart 1.12.2)."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)][-1:]
    is_gokarts = bool(frames) and frames[0].f_globals.get('__name__') == 'gokart.utils' and frames[0].f_code.co_name == 'add_config'
    return str(frames[0].f_locals.get('file_path')) if is_gokarts and isinstance(error, AssertionError) else None


def _is_machinery(path: str) -> bool:
    return path.startswith('<frozen ') or os.path.dirname(path) in (os.path.dirname(__file__), os.path.dirname(importlib.__file__))


def _shown(path: str) -> str:
    inside = os.path.abspath(path).startswith(os.getcwd() + os.sep)
    return os.path.relpath(path) if inside else path
