"""Where things stand in files: classes, parameters, functions, and the line that an exception came from."""

from __future__ import annotations

import ast
import inspect
import os
import re
import sys
import sysconfig
from collections.abc import Iterator
from functools import lru_cache
from types import FrameType, FunctionType, TracebackType
from typing import Any

from pytest_gokart.values import Place

_INSTALLED = re.compile(r'[\\/](site|dist)-packages[\\/]')  # also of the user, of the system, and of another environment on sys.path
_OWN = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


@lru_cache(maxsize=1)
def _library() -> tuple[str, ...]:
    import gokart
    import luigi

    return (_OWN, *(os.path.dirname(os.path.abspath(str(module.__file__))) + os.sep for module in (gokart, luigi)))


@lru_cache(maxsize=1)
def _installed() -> tuple[str, ...]:
    paths = sysconfig.get_paths()
    return tuple({os.path.abspath(paths[name]) + os.sep for name in ('stdlib', 'platstdlib', 'purelib', 'platlib')})


@lru_cache(maxsize=4096)
def is_library(path: str) -> bool:
    """Whether a file is of gokart, of luigi, or of this package."""
    return os.path.abspath(path).startswith(_library())


@lru_cache(maxsize=4096)
def is_projects_own(path: str) -> bool:
    """Whether a file is neither installed nor made up."""
    absolute = os.path.abspath(path)
    return not path.startswith('<') and not is_library(path) and not absolute.startswith(_installed()) and not _INSTALLED.search(absolute)


def caller(frame: FrameType | None) -> tuple[str, int] | None:
    """File and line of the nearest frame that is not gokart's or luigi's; None if there is none on this side of the walk."""
    while frame is not None:
        path = frame.f_code.co_filename
        if not is_library(path):
            return path, frame.f_lineno
        if path.startswith(_OWN) and frame.f_code.co_name == 'ask':
            return None
        frame = frame.f_back
    return None


def frames(error: BaseException) -> Iterator[tuple[FrameType, TracebackType]]:
    """The frames that an exception passed, from the outermost to the one that raised it."""
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame, trace
        trace = trace.tb_next


def raised_at(error: BaseException) -> Place | None:
    """The innermost line of the project's own code that an exception passed, else of any code but the library's."""
    passed = [Place(frame.f_code.co_filename, trace.tb_lineno) for frame, trace in frames(error)]
    own = [place for place in passed if is_projects_own(place.path)]
    return own[-1] if own else None


def of_function(function: object) -> Place | None:
    function = getattr(function, '__func__', function)
    function = inspect.unwrap(function) if isinstance(function, FunctionType) else function
    code = getattr(function, '__code__', None)
    return Place(code.co_filename, code.co_firstlineno) if code is not None and not is_library(code.co_filename) else None


def of_requires(cls: type) -> Place | None:
    """The `requires()` of a class, else the class: gokart's and luigi's own (also of the decorator) stand for none of the project."""
    return of_function(inspect.getattr_static(cls, 'requires', None)) or of_class(cls)


def of_class(cls: type) -> Place | None:
    path, node = _definition(cls)
    return Place(path, node.lineno) if node is not None else None


def of_method(cls: type, name: str) -> Place | None:
    """A method where the nearest class of the project defines it, else the class."""
    for base in cls.__mro__:
        if name in vars(base):
            return of_function(vars(base)[name]) or of_class(cls)
    return of_class(cls)


def of_attribute(cls: type, name: str) -> Place | None:
    """The line of a class body that assigns a name, in the nearest class that does; else the class."""
    for base in cls.__mro__:
        if name in vars(base):
            path, node = _definition(base)
            for statement in node.body if node is not None else ():
                if name in _assigned(statement, base.__name__):
                    return Place(path, statement.lineno)
    return of_class(cls)


def _assigned(statement: ast.stmt, owner: str) -> set[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target] if isinstance(statement, ast.AnnAssign) else []
    names = {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
    return names | {f'_{owner.lstrip("_")}{name}' for name in names if name.startswith('__')}


def _definition(cls: type) -> tuple[str, ast.ClassDef | None]:
    path = getattr(sys.modules.get(cls.__module__), '__file__', None)
    if not path or is_library(path):
        return '', None
    names = [name for name in cls.__qualname__.split('.') if name != '<locals>']
    body: list[ast.stmt] = _body(path)
    node: Any = None
    for name in names:
        found = [each for each in _below(body) if each.name == name]
        if not found:
            return path, None
        node = found[-1]
        body = node.body
    return path, node if isinstance(node, ast.ClassDef) else None


def _below(body: list[ast.stmt]) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    """Classes and functions of a body, also behind `if` and `try`, and not inside each other."""
    for statement in body:
        if isinstance(statement, (ast.ClassDef, ast.FunctionDef)):
            yield statement
        else:
            yield from _below([child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.stmt)])


def _body(path: str) -> list[ast.stmt]:
    try:
        return _parsed(path, os.stat(path).st_mtime_ns)
    except (OSError, SyntaxError, ValueError):
        return []


@lru_cache(maxsize=64)
def _parsed(path: str, _: int) -> list[ast.stmt]:
    with open(path, 'rb') as file:
        return ast.parse(file.read()).body
