"""Rules that a project or an installed package adds to ours: by name in the settings, or through an entry point.

The linter imports nothing of what it judges. These modules are what it is told to import, and nothing else: what is broken in one ends
the run with its name, for a rule that is passed over in silence would let faults through. A run without own rules pays for a look at
the names beside its installed packages, and for nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gokart_lint.own_rules.sources import Source, from_entry_points
from gokart_lint.settings import TABLE, Settings

if TYPE_CHECKING:
    from gokart_lint.rules.registry import Rule


class OwnRules(msgspec.Struct, frozen=True):
    """The own rules of a project in the order of their codes. `stamp` is another one when their code is."""

    rules: tuple[Rule, ...] = ()
    stamp: bytes = b''


def own_rules(settings: Settings) -> OwnRules:
    """The rules that the settings name and that installed packages bring. Raises OwnRuleError, a SettingsError, for a broken one."""
    return _found(settings.root, settings.source, settings.src, settings.rules)


def own_codes(settings: Settings) -> Mapping[str, str]:
    """The names of the own rules by their codes."""
    return {rule.code: rule.name for rule in own_rules(settings).rules}


@lru_cache(maxsize=1)
def _found(root: Path, file: Path | None, src: tuple[str, ...], names: tuple[str, ...]) -> OwnRules:
    folders = tuple(dict.fromkeys(os.path.abspath(root / folder) for folder in ('.', *src)))
    named = [Source(name, f"{file or 'settings'}: {TABLE} rules: '{name}'", f"rules = ['{name}']", folders) for name in names]
    sources = {source.module: source for source in (*from_entry_points(), *named)}
    if not sources:
        return OwnRules()
    from gokart_lint.own_rules.loading import load

    rules, stamp = load(list(sources.values()))
    return OwnRules(rules, stamp)
