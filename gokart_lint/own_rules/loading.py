"""Own rules from modules: imported, judged, and stamped, so that what was found with other code of theirs is not taken for theirs."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from inspect import cleandoc
from pathlib import Path
from types import ModuleType

import msgspec

from gokart_lint.own_rules.blame import place_in
from gokart_lint.own_rules.sources import OwnRuleError, Source
from gokart_lint.project.sealing import digest
from gokart_lint.rules.registry import Declared, Rule
from gokart_lint.selection import known_rules

_CODE = re.compile(r'(?!ALL\d)[A-Z]+[0-9]+')
_NAME = re.compile(r'[a-z0-9]+(?:-[a-z0-9]+)*')
_FIXABLE = ('', 'safe', 'unsafe', 'safe and unsafe')


def load(sources: Sequence[Source]) -> tuple[tuple[Rule, ...], bytes]:
    """The rules of some modules in the order of their codes, and a name for the code that they consist of."""
    before = set(sys.modules)
    modules = {source: _modules(source) for source in sources}
    taken: set[int] = set()
    rules: dict[str, Rule] = {}
    for source, found in modules.items():
        declared = list(_declared(found))
        if not declared:
            raise OwnRuleError(f'{source.place}: no rule in {_where(found[0])}: a function decorated with rule(...) is one')
        for each, home in declared:
            if id(each) in taken:  # one that another module takes over
                continue
            taken.add(id(each))
            rule = _rule(each, home, source)
            if rule.code in rules:
                raise OwnRuleError(f'{source.place}: {_told(rule)} has the code of {_told(rules[rule.code])}: a code means one rule')
            rules[rule.code] = rule
    imported = {name for name in sys.modules if name not in before} | {each.__name__ for found in modules.values() for each in found}
    return tuple(sorted(rules.values(), key=lambda rule: rule.code)), _stamp(sources, imported)


def _told(rule: Rule) -> str:
    return f'{rule.code} {rule.name} of {rule.module.__name__} ({rule.provider})'


def _stamp(sources: Sequence[Source], names: set[str]) -> bytes:
    """The versions of the packages, and the times and sizes of all files that came with the rules."""
    parts = [source.place for source in sources]
    for name in sorted(names):
        path = getattr(sys.modules.get(name), '__file__', None)
        if path is not None and os.path.isfile(path):
            status = os.stat(path)
            parts.append(f'{path} {status.st_mtime_ns} {status.st_size}')
    return digest(*(part.encode('utf-8', 'surrogateescape') for part in parts))


# --- Modules ----------------------------------------------------------------------------------------------------------


def _modules(source: Source) -> list[ModuleType]:
    """A module, and if it is a package, all modules in it."""
    with _importable(source.folders):
        return list(_with_those_below(source.module, source))


def _with_those_below(name: str, source: Source) -> Iterator[ModuleType]:
    module = _imported(name, source)
    yield module
    for below in _below(module):
        yield from _with_those_below(f'{name}.{below}', source)


@contextmanager
def _importable(folders: Sequence[str]) -> Iterator[None]:
    """The folders are where imports start, for as long as it takes. Nothing is written beside the code, nor into a report."""
    path, writes_no_bytecode = sys.path[:], sys.dont_write_bytecode
    sys.path[:0] = folders
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        sys.path[:] = path
        sys.dont_write_bytecode = writes_no_bytecode


def _imported(name: str, source: Source) -> ModuleType:
    try:
        return importlib.import_module(name)
    except (Exception, SystemExit) as error:
        if isinstance(error, ModuleNotFoundError) and error.name is not None and f'{name}.'.startswith(f'{error.name}.'):
            where = f'in {" or ".join(source.folders)}, nor ' if source.folders else ''
            raise OwnRuleError(f'{source.place}: there is no module {error.name!r} {where}among what is installed') from None
        why = f'{type(error).__name__}: {error}{place_in(error)}'
        raise OwnRuleError(f'{source.place}: {name} cannot be imported: {why}') from error


def _below(package: ModuleType) -> list[str]:
    """The modules and packages directly in a package, folders without `__init__.py` too. In an archive only what Python lists."""
    path = list(getattr(package, '__path__', ()))
    names = {found.name for found in pkgutil.iter_modules(path)}
    for folder in filter(Path.is_dir, map(Path, path)):
        names |= {each.name for each in folder.iterdir() if each.is_dir() and next(each.rglob('*.py'), None)}
    return sorted(name for name in names if name.isidentifier() and name != '__main__')


def _where(module: ModuleType) -> str:
    return module.__file__ or next(iter(getattr(module, '__path__', ())), module.__name__)


# --- Rules ------------------------------------------------------------------------------------------------------------


def _declared(modules: Sequence[ModuleType]) -> Iterator[tuple[Declared, ModuleType]]:
    """What the modules declare, each with the module that its function was written in."""
    for module in modules:
        for value in list(vars(module).values()):
            if isinstance(value, Declared):
                home = sys.modules.get(getattr(_function(value), '__module__', None) or '', module)
                yield value, home


def _function(declared: Declared) -> object:
    return declared.check_configuration or declared.check


def _rule(declared: Declared, home: ModuleType, source: Source) -> Rule:
    """The rule, if nothing about it is wrong."""
    text = cleandoc(getattr(_function(declared), '__doc__', None) or home.__doc__ or '')
    wrong = _fault(declared) or ('' if text else 'it has no page: give its function or its module a docstring')
    if wrong:
        raise OwnRuleError(f'{source.place}: the rule {declared.code!r} in {_where(home)}: {wrong}')
    summary = text.splitlines()[0].rstrip('.')
    return Rule(**msgspec.structs.asdict(declared), summary=summary, module=home, provider=source.provider, text=text)


def _fault(declared: Declared) -> str:
    """What is wrong with what the decorator was given; '' if nothing."""
    code, name = str(declared.code), str(declared.name)
    if not _CODE.fullmatch(code):
        return 'a code consists of capital letters and digits behind them, such as ACME001'
    if code.startswith('GK'):
        ours = f' ({code} is {known_rules()[code]})' if code in known_rules() else ''
        return f"codes that start with GK are gokart-lint's{ours}; take letters of your own, such as ACME001"
    if not _NAME.fullmatch(name):
        return f'the name {name!r} must consist of small letters and digits, with - between words'
    if not callable(_function(declared)):
        return f'{_function(declared)!r} is no function'
    if declared.fixable not in _FIXABLE:
        return f'fixable must be one of {", ".join(map(repr, _FIXABLE))}, not {declared.fixable!r}'
    if declared.command != 'check':
        return f'only rule(...) and configuration_rule(...) make a rule; one of `gokart-lint {declared.command}` would never run'
    return ''
