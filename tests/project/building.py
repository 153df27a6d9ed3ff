"""Projects as files on disk, loaded as a run loads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import dedent

from gokart_lint.project.classes import Class
from gokart_lint.project.discovery import discover
from gokart_lint.project.loading import Loader
from gokart_lint.project.module import Module
from gokart_lint.project.project import Project
from gokart_lint.project.store import Store
from gokart_lint.project.symbols import FunctionSymbol, Library, ModuleSymbol, Symbol, Unread, Value


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files, dedented, with the folders that they need."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip('\n'), encoding='utf-8')


def load(folder: Path, files: Mapping[str, str], src: Sequence[str] = ('.', 'src')) -> Project:
    """Write a project and link it."""
    write(folder, files)
    root = folder.as_posix()
    found = discover([root], root, ())
    roots = [root if name == '.' else f'{root}/{name}' for name in src]
    return Loader(found, roots, Store(None), overlay={}).load(root).project


def module(project: Project, folder: Path, name: str) -> Module:
    """A module that was read, by its path below the project's folder."""
    found = project.module(f'{folder.as_posix()}/{name}')
    assert found is not None, f'{name} was not read'
    return found


def classes(project: Project) -> dict[str, Class]:
    """Every class of a project by its module and qualified name."""
    return {f'{each.module.name}.{each.qualname}': each for found in project.all_modules() for each in found.classes}


def meaning(found: Module, name: str, folder: Path) -> str:
    """What a dotted name means at the end of a module, in one line."""
    return told(found.global_name(name), folder)


def told(symbol: Symbol, folder: Path) -> str:
    """A symbol in one line: files are told by their path below the project's folder."""
    below = f'{folder.as_posix()}/'
    if isinstance(symbol, Class):
        return f'class {symbol.module.path.removeprefix(below)}:{symbol.qualname}'
    if isinstance(symbol, Library):
        return symbol.name
    if isinstance(symbol, ModuleSymbol):
        return f'module {symbol.file.removeprefix(below)}'
    if isinstance(symbol, FunctionSymbol):
        return f'function {symbol.module.path.removeprefix(below)}:{symbol.function.qualname}'
    if isinstance(symbol, Value):
        return f'value {symbol.module.path.removeprefix(below)}:{symbol.expression.at.line}'
    if isinstance(symbol, Unread):
        return f'unread {symbol.name}'
    return 'unknown'
