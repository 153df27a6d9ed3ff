"""`[tool.gokart-lint.mypy]` of pyproject.toml, and what `gokart.mypy` was told in `[tool.gokart-mypy]`.

A wrong key or value stops the run: a setting that is passed over in silence would let faults through.
"""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gokart_lint import selection, vocabulary

TABLE = '[tool.gokart-lint.mypy]'
MISSING = ('config-aware', 'always', 'never')


class SettingsError(ValueError):
    """A setting that is wrong, with the place where it stands."""


@dataclass(frozen=True)
class PluginSettings:
    """What the plugin does. `missing_parameters` says when a construction without a required parameter is an error."""

    root: str
    missing_parameters: str = 'config-aware'
    check_bodies: bool = True

    def report(self) -> list[Any]:
        """What mypy's cache depends on."""
        return [_fingerprint(), self.missing_parameters, self.check_bodies]


def load_settings(config_file: str | None) -> PluginSettings:
    """The settings of the pyproject.toml that mypy reads, or of the one beside its own file. Raises SettingsError."""
    folder = os.path.dirname(os.path.abspath(config_file)) if config_file else os.getcwd()
    tool = _tool(Path(folder) / 'pyproject.toml')
    values = _table(_table(tool, 'gokart-lint', 'tool.gokart-lint'), 'mypy', 'tool.gokart-lint.mypy')
    found = {key.replace('-', '_'): _value(key, value) for key, value in values.items()}
    if 'missing_parameters' not in found and _table(tool, 'gokart-mypy', 'tool.gokart-mypy').get('disallow_missing_parameters') is True:
        found['missing_parameters'] = 'always'
    return PluginSettings(folder, **found)


def _value(key: str, value: object) -> Any:
    if key == 'missing-parameters':
        if value not in MISSING:
            raise SettingsError(
                f'{TABLE} {key}: it must be one of {", ".join(MISSING)}, not {value!r}{selection.nearest(str(value), MISSING)}'
            )
        return value
    if key == 'check-bodies':
        if not isinstance(value, bool):
            raise SettingsError(f'{TABLE} {key}: it must be true or false, not {value!r}')
        return value
    keys = ('missing-parameters', 'check-bodies')
    raise SettingsError(f'{TABLE} {key}: unknown key{selection.nearest(key, keys) or f"; the keys are {chr(44).join(keys)}"}')


def _table(outer: Mapping[str, Any], key: str, shown: str) -> Mapping[str, Any]:
    found = outer.get(key, {})
    if not isinstance(found, dict):
        raise SettingsError(f'pyproject.toml: {shown} must be a table, not {found!r}')
    return found


def _tool(file: Path) -> Mapping[str, Any]:
    from importlib import import_module

    try:
        data = file.read_bytes()
    except OSError:
        return {}
    if b'gokart-' not in data:
        return {}
    parser = import_module('tomllib' if sys.version_info >= (3, 11) else 'tomli')
    try:
        return _table(parser.loads(data.decode()), 'tool', 'tool')
    except (UnicodeDecodeError, parser.TOMLDecodeError) as error:
        raise SettingsError(f'{file}: it is not valid TOML: {error}') from None


@functools.cache
def _fingerprint() -> str:
    """What the plugin itself is: mypy's cache holds what an older one wrote, in another form."""
    own = sorted(Path(__file__).parent.glob('*.py'))
    return hashlib.sha256(b''.join(each.read_bytes() for each in [*own, Path(vocabulary.__file__)])).hexdigest()
