"""Options that several commands take."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gokart_lint.adoption import Adopting

if TYPE_CHECKING:
    from gokart_lint.reports.files import Destination

CACHE = '.gokart-lint-cache'


def _split(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(code.strip() for value in values for code in value.split(',') if code.strip())


def _codes(option: str, text: str) -> Callable[[Any], Any]:
    return click.option(
        option, multiple=True, callback=_split, metavar='CODES', help=f'{text} Codes or prefixes, comma separated; repeatable.'
    )


def _destinations(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> tuple[Destination, ...]:
    if not values:
        return ()
    from gokart_lint.reports.files import destinations

    try:
        return destinations(values)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


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
        help='How many processes may read and judge files; 0, the default, means as many as it pays to use.',
    ),
)


writing = click.option(
    '--output-file',
    multiple=True,
    callback=_destinations,
    metavar='[FORMAT:]FILE',
    help='Write a report to a file too, in the form that its name tells; repeatable.',
)


def choosing(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_choices):
        command = option(command)
    return command


def caching(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_cache_choices):
        command = option(command)
    return command


_adoption_choices = (
    click.option('--add-ignores', is_flag=True, help='Write a comment to every finding that suppresses it; needs --reason.'),
    click.option('--reason', default='', metavar='TEXT', help='With --add-ignores: why the findings may stay.'),
    click.option('--baseline', type=PATH, metavar='FILE', help='Leave out the findings that this file knows.'),
    click.option('--no-baseline', is_flag=True, help='Do without the baseline of the settings.'),
    click.option('--update-baseline', is_flag=True, help='Write the findings to the baseline, and forget those that are gone.'),
    click.option('--base', metavar='REV', help='Only findings on lines or classes that changed since REV and HEAD parted.'),
)


def adopting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options for old code; the command gets them as one value."""

    @wraps(command)
    def packed(**given: Any) -> Any:
        return command(adopting=Adopting(**{name: given.pop(name) for name in Adopting.__struct_fields__}), **given)

    for option in reversed(_adoption_choices):
        packed = option(packed)
    return packed


def contradiction(given: Mapping[str, Any], old: Adopting) -> str:
    """Why what the command line of `check` says cannot be done at once, or ''."""
    if old.add_ignores:
        from gokart_lint.adoption.ignoring import complaint

        if wrong := complaint(old.reason):
            return wrong
        if given['fix'] or old.update_baseline:
            return '--add-ignores cannot be combined with --fix or --update-baseline: first the one, then the other'
        return ''
    if old.reason:
        return '--reason needs --add-ignores'
    if old.update_baseline:
        other = next((f'--{name}' for name in ('fix', 'diff') if given[name]), '' if old.base is None else '--base')
        if other:
            return f'--update-baseline cannot be combined with {other}: it writes down all that is found'
    if old.no_baseline and (old.baseline or old.update_baseline):
        return '--no-baseline cannot be combined with --baseline or --update-baseline'
    return ''
