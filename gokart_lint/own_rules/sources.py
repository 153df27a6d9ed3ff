"""Which modules hold own rules: those that the settings name, and those of the entry points of installed packages.

importlib.metadata takes longer to import than a warm run takes altogether, so it is asked only if a package mentions our group.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import msgspec

from gokart_lint.settings import SettingsError

GROUP = 'gokart_lint.rules'


class OwnRuleError(SettingsError):
    """Own rules that cannot be taken as they are, with who names them and what to do."""


class Source(msgspec.Struct, frozen=True):
    """A module or package with own rules. `place` is who names it, for a message; `provider` the same in short, for a page.

    Its import starts in `folders` before all others.
    """

    module: str
    place: str
    provider: str
    folders: tuple[str, ...] = ()


def from_entry_points() -> tuple[Source, ...]:
    """The modules that installed packages name in the group `gokart_lint.rules`."""
    if not any(_mentions_us(folder) for folder in dict.fromkeys(map(os.fsdecode, sys.path))):
        return ()
    return tuple(_declared())


def _mentions_us(folder: str) -> bool:
    """Whether the data of a package beside the modules of a folder may name our group. An archive is left to importlib.metadata."""
    try:
        names = os.listdir(folder or '.')
    except OSError:
        return os.path.isfile(folder)
    for name in names:
        if name.endswith(('.dist-info', '.egg-info')) or name == 'EGG-INFO':
            try:
                with open(os.path.join(folder, name, 'entry_points.txt'), 'rb') as file:
                    if GROUP.encode() in file.read():
                        return True
            except OSError:
                continue
    return False


def _declared() -> Iterator[Source]:
    from importlib.metadata import entry_points

    for found in entry_points(group=GROUP):
        provider = f'{found.dist.name} {found.dist.version}' if found.dist else f'the entry point {found.name}'
        place = f'{provider}: entry point {GROUP}: {found.name} = {found.value!r}'
        module = found.value.strip()
        if not all(part.isidentifier() for part in module.split('.')):
            raise OwnRuleError(f'{place}: it must name a module or package that holds rules, such as {_module_of(module)!r}')
        yield Source(module, place, provider)


def _module_of(value: str) -> str:
    found = value.partition(':')[0].strip()
    return found if all(part.isidentifier() for part in found.split('.')) else 'acme_rules'
