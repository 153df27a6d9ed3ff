"""What the commands share of the terminal and the machine: messages, colours, the progress bar, the number of cores.

What goes wrong becomes a message and an exit status here.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import IO, Any

import click

from gokart_lint.adoption import AdoptionError
from gokart_lint.settings import SettingsError


class Trouble(click.ClickException):
    """What the user has to know, where no finding can be."""

    exit_code = 2


@contextmanager
def responsible() -> Iterator[None]:
    """Turns what can go wrong into a message and an exit status."""
    try:
        yield
    except (AdoptionError, SettingsError) as error:
        raise Trouble(str(error)) from None
    except KeyboardInterrupt:
        click.echo('Interrupted.', err=True)
        raise click.exceptions.Exit(130) from None
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.EPIPE:
            raise
        from traceback import print_exc

        print_exc()
        raise Trouble('gokart-lint itself failed: please report the lines above.') from None


def warn(messages: Sequence[str]) -> None:
    for message in messages:
        click.echo(f'warning: {message}', err=True)


def colour_of(stream: IO[str]) -> bool:
    if os.environ.get('NO_COLOR'):
        return False
    return bool(os.environ.get('FORCE_COLOR')) or (stream.isatty() and os.environ.get('TERM') != 'dumb')


def bar() -> Any:
    if not sys.stderr.isatty():
        return nullcontext()
    from gokart_lint.reports.progress import Bar

    return Bar()


def cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == 'linux' else os.cpu_count() or 1
