"""Options that several commands take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

CACHE = '.gokart-lint-cache'


def _split(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(code.strip() for value in values for code in value.split(',') if code.strip())


def _codes(option: str, text: str) -> Callable[[Any], Any]:
    return click.option(
        option, multiple=True, callback=_split, metavar='CODES', help=f'{text} Codes or prefixes, comma separated; repeatable.'
    )


PATH = click.Path(path_type=Path)
configured = click.option('--config', type=PATH, metavar='FILE', help='A pyproject.toml in place of the nearest one.')
_choices = (
    _codes('--select', 'Run these rules in place of the default ones.'),
    _codes('--ignore', 'Leave these rules out.'),
    _codes('--extend-select', 'Run these rules too.'),
    configured,
)


_cache_choices = (
    click.option('--no-cache', is_flag=True, help='Neither read nor write the cache.'),
    click.option(
        '--cache-dir',
        type=PATH,
        envvar='GOKART_LINT_CACHE_DIR',
        show_envvar=True,
        help=f'Where the cache stands, else {CACHE} beside the pyproject.toml.',
    ),
    click.option(
        '--jobs',
        type=click.IntRange(min=0),
        default=0,
        help='How many processes may read files; 0, the default, means as many as it pays to use.',
    ),
)


def choosing(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_choices):
        command = option(command)
    return command


def caching(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_cache_choices):
        command = option(command)
    return command
