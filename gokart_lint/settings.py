"""The settings of a run: one frozen value, layered from the defaults, `[tool.gokart-lint]` of pyproject.toml and the command line.

A wrong key, code or type stops the run: a setting that is passed over in silence would let faults through.
"""

from __future__ import annotations

import fnmatch
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

import msgspec

from gokart_lint import selection

if TYPE_CHECKING:
    from gokart_lint.rules.registry import Rule

TABLE = '[tool.gokart-lint]'
PerFileIgnores: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
OwnCodes: TypeAlias = Callable[['Settings'], Mapping[str, str]]


class SettingsError(ValueError):
    """A setting that is wrong, with the place where it stands."""


class Settings(msgspec.Struct, frozen=True):
    """What a run does. `source` is the file that the settings come from, `root` its folder: relative paths and globs start there."""

    root: Path
    source: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    per_file_ignores: PerFileIgnores = ()
    extend_exclude: tuple[str, ...] = ()
    src: tuple[str, ...] = ('.', 'src')
    expected_type: Literal['expected-type', 'annotation'] = 'expected-type'
    pipeline_names: tuple[str, ...] = ('*Pipeline*',)
    luigi_config: tuple[str, ...] = ()
    cache_off_parameters: tuple[str, ...] = ('_cache_key*',)
    baseline: str = ''
    rules: tuple[str, ...] = ()
    """The modules and packages that hold rules of the project's own."""

    def selected(self, rules: Iterable[Rule]) -> tuple[Rule, ...]:
        """The rules that run, in their order. What `select` or `extend_select` means, runs even if it is opt-in."""
        return tuple(rule for rule in rules if self.selects(rule.code, opt_in=rule.opt_in))

    def selects(self, code: str, *, opt_in: bool = False) -> bool:
        """Whether a rule runs."""
        return selection.is_selected(code, opt_in, self.select, self.extend_select, self.ignore)

    def ignored_in(self, path: Path) -> tuple[str, ...]:
        """The codes and prefixes that `per_file_ignores` takes away in one file, given by its absolute path."""
        if not self.per_file_ignores:
            return ()
        parts = Path(os.path.relpath(path, self.root)).parts
        return tuple(code for glob, codes in self.per_file_ignores if _matches(_segments(glob), parts) for code in codes)

    def encode(self) -> bytes:
        """The same bytes for the same settings, whatever the process: a part of the keys of a cache."""
        return msgspec.msgpack.encode(self, enc_hook=str)

    def to_toml(self) -> str:
        """The settings as they would stand in pyproject.toml."""
        values = {key: getattr(self, _field(key)) for key in _KEYS}
        for key in ('select', 'baseline'):  # an empty one would be refused
            if not values[key]:
                del values[key]
        lines = [f'{key} = {_toml(value) if value or key != "per-file-ignores" else "{}"}' for key, value in values.items()]
        return '\n'.join([TABLE, *lines])


def load_settings(
    cwd: Path,
    config: Path | None = None,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    own_codes: OwnCodes | None = None,
) -> Settings:
    """The settings for a run in `cwd`, from `config` if it is given, else from the nearest file upward. Raises SettingsError.

    `own_codes` tells the names of the project's own rules by their codes. Who runs no rules gives none: their codes are not judged then.
    """
    root, source, table = _given(cwd, config) if config is not None else _found(cwd)
    settings = msgspec.structs.replace(Settings(root, source), **_converted(table, source))
    own = None if own_codes is None else own_codes(settings)
    for place, codes in (*_listed(settings), ('--select', select), ('--ignore', ignore), ('--extend-select', extend_select)):
        for code in codes:
            if wrong := selection.complaint(code, own):
                raise SettingsError(f'{place}: {wrong}')
    return _over(settings, tuple(select), tuple(ignore), tuple(extend_select), own or ())


def _listed(settings: Settings) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The codes that the file lists, with the place where."""
    for key in ('select', 'ignore', 'extend-select'):
        yield f'{settings.source}: {TABLE} {key}', getattr(settings, _field(key))
    for glob, codes in settings.per_file_ignores:
        yield f'{settings.source}: {TABLE} per-file-ignores: {glob!r}', codes


def _over(
    settings: Settings, select: tuple[str, ...], ignore: tuple[str, ...], extend_select: tuple[str, ...], own: Iterable[str]
) -> Settings:
    """The command line over the file: its `select` replaces the file's whole choice, else each rule that it means is put in or out."""
    if select:
        return msgspec.structs.replace(settings, select=select, ignore=ignore, extend_select=extend_select)
    verdicts = selection.verdicts(extend_select, ignore, own)
    on = tuple(code for code, verdict in verdicts.items() if verdict)
    off = tuple(code for code, verdict in verdicts.items() if not verdict)
    kept = tuple(code for code in settings.ignore if code not in on)
    return msgspec.structs.replace(settings, extend_select=(*settings.extend_select, *on), ignore=(*kept, *off))


# --- Finding the file -------------------------------------------------------------------------------------------------


def _given(cwd: Path, config: Path) -> tuple[Path, Path, Mapping[str, object]]:
    file = Path(os.path.abspath(cwd / config))
    table = _table(file, must_exist=True)
    if table is None:
        raise SettingsError(f'{file}: it has no table {TABLE}')
    return file.parent, file, table


def _found(cwd: Path) -> tuple[Path, Path | None, Mapping[str, object]]:
    """The first pyproject.toml upward that has the table. A repository ends the way, and without one its root is the root."""
    root: Path | None = None
    for folder in (cwd, *cwd.parents):
        file = folder / 'pyproject.toml'
        if (table := _table(file)) is not None:
            return folder, file, table
        repository = (folder / '.git').exists()
        if root is None and (repository or file.is_file()):
            root = folder
        if repository:
            break
    return root or cwd, None, {}


def _table(file: Path, *, must_exist: bool = False) -> Mapping[str, object] | None:
    try:
        data = file.read_bytes()
    except OSError as error:
        if not must_exist and isinstance(error, (FileNotFoundError, NotADirectoryError, IsADirectoryError)):
            return None
        raise SettingsError(f'{file}: it cannot be read: {error.strerror or error}') from None
    if b'gokart-lint' not in data:  # most files that are looked at: the parser is not even imported
        return None
    tool = _parsed(file, data).get('tool', {})
    table = tool.get('gokart-lint') if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise SettingsError(f'{file}: tool.gokart-lint must be a table, not {table!r}')
    return table


def _parsed(file: Path, data: bytes) -> dict[str, object]:
    from importlib import import_module

    parser = import_module('tomllib' if sys.version_info >= (3, 11) else 'tomli')
    try:
        return cast(dict[str, object], parser.loads(data.decode()))
    except UnicodeDecodeError as error:
        line = data.count(b'\n', 0, error.start) + 1
        raise SettingsError(f'{file}:{line}: it is not UTF-8, as TOML must be') from None
    except parser.TOMLDecodeError as error:
        reason, _, place = str(error).partition(' (at line ')
        line = int(place.partition(',')[0]) if place else data.rstrip().count(b'\n') + 1
        raise SettingsError(f'{file}:{line}: it is not valid TOML: {reason.removesuffix(" (at end of document)")}') from None


# --- Judging its values -----------------------------------------------------------------------------------------------


def _converted(table: Mapping[str, object], source: Path | None) -> dict[str, Any]:
    values = {}
    for key, value in table.items():
        if key not in _KEYS:
            hint = selection.nearest(key, _KEYS) or f'; the keys are {", ".join(_KEYS)}'
            raise SettingsError(f'{source}: {TABLE} {key}: unknown key{hint}')
        try:
            values[_field(key)] = _KEYS[key](value)
        except ValueError as error:
            raise SettingsError(f'{source}: {TABLE} {key}: {error}') from None
    return values


def _field(key: str) -> str:
    return key.replace('-', '_')


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        raise ValueError(f'{value!r} must stand in a list: [{value!r}]')
    if not isinstance(value, list):
        raise ValueError(f'it must be a list of texts, not {value!r}')
    for each in value:
        if not isinstance(each, str):
            raise ValueError(f'it must be a list of texts, and {each!r} is none; did you mean {str(each)!r}?')
    return tuple(value)


def _modules(value: object) -> tuple[str, ...]:
    names = _texts(value)
    for name in names:
        if not all(part.isidentifier() for part in name.split('.')):
            meant = name.removesuffix('.py').strip('./').replace('/', '.')
            hint = f'; did you mean {meant!r}?' if all(part.isidentifier() for part in meant.split('.')) else ''
            raise ValueError(f'{name!r} is no name of a module or package{hint}')
    return names


def _select(value: object) -> tuple[str, ...]:
    codes = _texts(value)
    if not codes:
        raise ValueError('an empty list would run no rule; leave the key out for the default rules')
    return codes


def _ignores_by_glob(value: object) -> PerFileIgnores:
    if not isinstance(value, dict):
        raise ValueError(f"it must be a table from glob to codes, such as {{'tests/**' = ['GK3']}}, not {value!r}")
    found = []
    for glob, codes in value.items():
        try:
            found.append((glob, _texts(codes)))
        except ValueError as error:
            raise ValueError(f'{glob!r}: {error}') from None
    return tuple(found)


def _expected_type(value: object) -> str:
    allowed = ('expected-type', 'annotation')
    if value not in allowed:
        raise ValueError(f"it must be 'expected-type' or 'annotation', not {value!r}{selection.nearest(str(value), allowed)}")
    return str(value)


def _path(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f'it must be the path of a file, not {value!r}')
    return value


_KEYS: dict[str, Callable[[object], object]] = {
    'select': _select,
    'ignore': _texts,
    'extend-select': _texts,
    'per-file-ignores': _ignores_by_glob,
    'extend-exclude': _texts,
    'src': _texts,
    'expected-type': _expected_type,
    'pipeline-names': _texts,
    'luigi-config': _texts,
    'cache-off-parameters': _texts,
    'baseline': _path,
    'rules': _modules,
}


def _toml(value: object) -> str:
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return '{ ' + ', '.join(f'{_toml(glob)} = {_toml(codes)}' for glob, codes in value) + ' }'
    if isinstance(value, tuple):
        return f'[{", ".join(map(_toml, value))}]'
    return msgspec.json.encode(value).decode()


# --- Globs ------------------------------------------------------------------------------------------------------------


def _segments(glob: str) -> tuple[str, ...]:
    """The parts of a glob. One without a slash is looked for at any depth, as in .gitignore."""
    parts = tuple(part for part in glob.split('/') if part not in ('', '.'))
    return parts if '/' in glob.rstrip('/') else ('**', *parts)


def _matches(glob: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether a glob means a file, or a folder that it lies in."""
    if not glob:
        return True
    if glob[0] == '**':
        return any(_matches(glob[1:], path[start:]) for start in range(len(path)))
    return bool(path) and fnmatch.fnmatchcase(path[0], glob[0]) and _matches(glob[1:], path[1:])
