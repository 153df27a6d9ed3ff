"""The commands. Everything that is printed is printed here: reports to standard output, all else to standard error.

The exit status is 0 without findings, 1 with findings, 2 for wrong use, a broken configuration or a failure, 130 after a Ctrl-C.
Nothing that a run may do without is imported before it is needed: a run whose answer is in the cache is over in a few milliseconds.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click
import msgspec

from gokart_lint import __version__
from gokart_lint.adoption import Adopting, narrowing
from gokart_lint.console import Trouble, bar, colour_of, cores, responsible, warn
from gokart_lint.options import CACHE, PATH, adopting, caching, choosing, configured, contradiction, writing
from gokart_lint.own_rules import own_codes, own_rules
from gokart_lint.reports import FORMATS, Outcome, counted, render
from gokart_lint.settings import load_settings

if TYPE_CHECKING:
    from gokart_lint.checking import Checked
    from gokart_lint.fixing import Fixed
    from gokart_lint.reports.files import Destination
    from gokart_lint.rules.registry import Rule

STDIN = Path('-')


class Options(msgspec.Struct, frozen=True):
    """What the command line of `check` says."""

    paths: tuple[Path, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    extend_select: tuple[str, ...]
    fix: bool
    unsafe_fixes: bool
    diff: bool
    output_format: str
    output_file: tuple[Destination, ...]
    no_cache: bool
    cache_dir: Path | None
    config: Path | None
    jobs: int
    statistics: bool
    exit_zero: bool
    show_files: bool
    stdin_filename: Path | None
    adopting: Adopting


@click.group(context_settings={'help_option_names': ['-h', '--help']})
@click.version_option(__version__, message='%(prog)s %(version)s', prog_name='gokart-lint')
def main() -> None:
    """Find faults in gokart pipelines: wiring, cache traps and results that would go stale. Judged code is never imported or run."""
    atexit.register(gc.freeze)  # the process ends: going through what it leaves, to free it, took a thirtieth of a run
    reconfigure = getattr(sys.stdout, 'reconfigure', None)
    if reconfigure:  # a character that the terminal's encoding lacks is spelled out; it ends no run
        reconfigure(errors='backslashreplace')


@main.command()
@click.argument('paths', nargs=-1, type=PATH)
@choosing
@click.option('--fix', is_flag=True, help='Apply the safe fixes.')
@click.option('--unsafe-fixes', is_flag=True, help='With --fix or --diff: the unsafe fixes too.')
@click.option('--diff', is_flag=True, help='Show what --fix would change, and write nothing.')
@click.option('--output-format', type=click.Choice(tuple(FORMATS)), default='full', show_default=True, help='The form of what is printed.')
@writing
@adopting
@caching
@click.option('--statistics', is_flag=True, help='Show how often each rule found something.')
@click.option('--exit-zero', is_flag=True, help='Exit with 0 even if there are findings.')
@click.option('--show-files', is_flag=True, help='Show which files would be judged.')
@click.option('--stdin-filename', type=PATH, metavar='FILE', help='With the path "-": which file the text on standard input is.')
def check(**given: Any) -> None:
    """Judge files and folders (by default the working directory). "-" reads one file from standard input."""
    options = Options(**given)
    if wrong := contradiction(given, options.adopting):
        raise click.UsageError(f'{wrong}.')
    with responsible():
        status = _check(options)
    raise click.exceptions.Exit(0 if status == 1 and options.exit_zero else status)


@main.command()
@click.argument('paths', nargs=-1, type=PATH)
@click.option('--base', metavar='REV', help='The earlier revision, else where the work left the default branch.')
@click.option('--head', metavar='REV', help='The later revision, else the working tree.')
@click.option('--output-format', type=click.Choice(('full', 'json', 'github', 'markdown')), default='full', show_default=True)
@click.option('--all', 'everything', is_flag=True, help='Show every verdict in full: recomputed, downstream, accepted ones too.')
@click.option('--fix', is_flag=True, help='Bump the version parameter of stale tasks, or give them one.')
@click.option('--accept', multiple=True, metavar='TASK', help='Write on a stale class that its result is the same; needs --reason.')
@click.option('--reason', default='', metavar='TEXT', help='Why the result is the same.')
@click.option('--exit-zero', is_flag=True, help='Exit with 0 even if there are stale results.')
@caching
@click.option('--config', type=PATH, metavar='FILE', help='A pyproject.toml in place of the nearest one.')
def stale(exit_zero: bool, no_cache: bool, cache_dir: Path | None, jobs: int, config: Path | None, **given: Any) -> None:
    """Tell which cached results would be served although the code behind them changed since a revision of git."""
    from gokart_lint.project.discovery import DiscoveryError
    from gokart_lint.repository import RepositoryError
    from gokart_lint.staleness.command import Request, WrongUse, answer

    request = Request(**given, colour=colour_of(sys.stdout))
    with responsible(), bar() as progress:
        found = load_settings(Path.cwd(), config)
        cache = None if no_cache else cache_dir or found.root / CACHE
        try:
            answered = answer(request, found, cache_dir=cache, jobs=jobs or cores(), progress=progress)
        except WrongUse as error:
            raise click.UsageError(str(error)) from None
        except (DiscoveryError, RepositoryError) as error:
            raise Trouble(str(error)) from None
    warn(answered.warnings)
    for message in answered.done:
        click.echo(message, err=True)
    if answered.text:
        click.echo(answered.text, color=True)
    raise click.exceptions.Exit(1 if answered.stale and not exit_zero else 0)


@main.command()
@click.argument('code')
@configured
def explain(code: str, config: Path | None) -> None:
    """Tell all about one rule, given by its code or name."""
    from gokart_lint.reports.reference import page
    from gokart_lint.rules.registry import all_rules
    from gokart_lint.selection import nearest_rule

    def told(rule: Rule) -> bool:
        return code.lower() in (rule.code.lower(), rule.name)

    found = next(filter(told, all_rules()), None)
    own = () if found else _own_rules(config)  # what is wrong with the settings is no matter for a rule of ours
    found = found or next(filter(told, own), None)
    if found is None:
        hint = nearest_rule(code, {rule.code: rule.name for rule in own})
        raise Trouble(f'unknown rule {code!r}{hint} (`gokart-lint rules` lists them)')
    click.echo(page(found, colour=colour_of(sys.stdout)), color=True)


@main.command()
@click.option('--output-format', type=click.Choice(('text', 'json')), default='text', show_default=True)
@configured
def rules(output_format: str, config: Path | None) -> None:
    """List all rules, those of the project's own too."""
    from gokart_lint.reports.reference import table, table_as_json
    from gokart_lint.rules.registry import all_rules

    found = (*all_rules(), *_own_rules(config))
    click.echo(table_as_json(found) if output_format == 'json' else table(found, colour=colour_of(sys.stdout)), color=True)


@main.command()
@choosing
def settings(select: tuple[str, ...], ignore: tuple[str, ...], extend_select: tuple[str, ...], config: Path | None) -> None:
    """Show the settings of a run here, where they come from, and which rules run."""
    from gokart_lint.rules.registry import rules_of_check

    with responsible():
        found = load_settings(Path.cwd(), config, select=select, ignore=ignore, extend_select=extend_select, own_codes=own_codes)
        running = found.selected((*rules_of_check(), *own_rules(found).rules))
    click.echo(f'# from {found.source}' if found.source else f'# the defaults: no [tool.gokart-lint] here or above; root {found.root}')
    click.echo(found.to_toml())
    click.echo(f'# rules that run: {", ".join(rule.code for rule in running)}')


def _own_rules(config: Path | None) -> tuple[Rule, ...]:
    with responsible():
        return own_rules(load_settings(Path.cwd(), config, own_codes=own_codes)).rules


# --- check ------------------------------------------------------------------------------------------------------------


class _Run:
    """One run of `check`: the settings, the files, and the bytes that stand in for those on the disk."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.folder = Path.cwd()
        self.settings = load_settings(
            self.folder,
            options.config,
            select=options.select,
            ignore=options.ignore,
            extend_select=options.extend_select,
            own_codes=own_codes,
        )
        self.stdin: Path | None = None
        self.overlay: dict[Path, bytes] = {}
        self.paths = options.paths or (Path('.'),)
        if STDIN in self.paths:
            self._read_stdin()
        elif options.stdin_filename:
            raise click.UsageError('--stdin-filename needs the path "-".')
        self.narrowing = narrowing(options.adopting, self.settings, self.folder, self.paths)

    def _read_stdin(self) -> None:
        if len(self.paths) > 1:
            raise click.UsageError('"-" cannot be combined with other paths.')
        name = self.options.stdin_filename or Path('stdin.py')
        self.stdin = Path(os.path.abspath(name))
        self.overlay[self.stdin] = sys.stdin.buffer.read()
        self.paths = (name,)

    def check(self, overlay: Mapping[Path, bytes]) -> Checked:
        """Judge the files, with these bytes in place of those on the disk."""
        from gokart_lint import checking
        from gokart_lint.project.discovery import DiscoveryError

        cache = None if self.options.no_cache else self.options.cache_dir or self.settings.root / CACHE
        with bar() as progress:
            try:
                checked = checking.check(
                    self.paths, self.settings, overlay=overlay, cache_dir=cache, jobs=self.options.jobs or cores(), progress=progress
                )
            except DiscoveryError as error:
                raise Trouble(str(error)) from None
        return self.narrowing.narrow(checked, overlay) if self.narrowing else checked

    def fix(self) -> Fixed:
        """Apply the fixes, or the comments that are wanted in their place, in memory."""
        from gokart_lint import fixing

        if self.options.adopting.add_ignores:
            from gokart_lint.adoption.ignoring import add_ignores

            return add_ignores(self.check, self.folder, reason=self.options.adopting.reason, overlay=self.overlay)
        return fixing.fix(self.check, self.folder, unsafe=self.options.unsafe_fixes, parses=_parses, overlay=self.overlay)

    def outcome(self, checked: Checked, overlay: Mapping[Path, bytes], *, colour: bool) -> Outcome:
        """What a report needs."""
        line = _Sources(self.folder, overlay).line
        return Outcome(checked.findings, len(checked.files), self.folder, line, colour, own_rules(self.settings).rules)


def _check(options: Options) -> int:
    if options.statistics and options.output_format not in ('full', 'concise', 'json'):
        raise click.UsageError(f'--statistics has no form for --output-format {options.output_format}.')
    if options.output_file and (options.diff or options.show_files):
        raise click.UsageError('--output-file has no report to write with --diff or --show-files.')
    run = _Run(options)
    if options.show_files:
        click.echo('\n'.join(run.check(run.overlay).files))
        return 0
    status = _show_diff(run) if options.diff else _fix(run) if options.fix or options.adopting.add_ignores else _judge(run)
    if run.narrowing:
        run.narrowing.finish()
        click.echo(''.join(f'{note}\n' for note in run.narrowing.notes), err=True, nl=False)
    return status


def _judge(run: _Run) -> int:
    checked = run.check(run.overlay)
    warn(checked.warnings)
    _report(run, checked, run.overlay, sys.stdout)
    return _status(checked, 1 if checked.findings else 0)


def _status(checked: Checked, otherwise: int) -> int:
    """2 if a rule broke, after a word on it: nobody knows what it would have found."""
    for failure in checked.failures:
        click.echo(f'Error: {failure}', err=True)
    return 2 if checked.failures else otherwise


def _show_diff(run: _Run) -> int:
    from gokart_lint import fixing

    fixed = run.fix()
    warn([*fixed.checked.warnings, *fixed.messages])
    click.echo(fixing.diff(fixed, run.folder), nl=False)
    left = len(fixed.checked.findings)
    verb = 'ignore' if run.options.adopting.add_ignores else 'fix'
    click.echo(f'Would {verb} {_mended(fixed)}; {counted(left, "finding")} would be left.', err=True)
    return _status(fixed.checked, 1 if fixed.found else 0)


def _fix(run: _Run) -> int:
    from gokart_lint import fixing

    fixed = run.fix()
    failures: tuple[str, ...] = ()
    if run.stdin:
        sys.stdout.buffer.write(fixed.after.get(run.stdin, run.overlay[run.stdin]))
        sys.stdout.buffer.flush()
    else:
        failures = fixing.write(fixed)
    warn([*fixed.checked.warnings, *fixed.messages, *failures])
    _report(run, fixed.checked, {**run.overlay, **fixed.after}, sys.stderr if run.stdin else sys.stdout)
    if fixed.after and not failures:
        click.echo(f'{"Ignored" if run.options.adopting.add_ignores else "Fixed"} {_mended(fixed)}.', err=True)
    return _status(fixed.checked, 2 if failures else 1 if fixed.checked.findings else 0)


def _mended(fixed: Fixed) -> str:
    each = ', '.join(f'{code} {count}' for code, count in sorted(fixed.applied.items()))
    text = f'{counted(sum(fixed.applied.values()), "finding")} in {counted(len(fixed.after), "file")}'
    return f'{text} ({each})' if each else text


def _report(run: _Run, checked: Checked, overlay: Mapping[Path, bytes], stream: IO[str]) -> None:
    outcome = run.outcome(checked, overlay, colour=colour_of(stream))
    failures: Sequence[str] = ()
    if run.options.output_file:  # before anything is printed: whoever reads that may leave
        from gokart_lint.reports import files

        failures = files.write(run.options.output_file, outcome)
    if run.options.statistics:
        from gokart_lint.reports import statistics

        text = statistics.render(outcome, as_json=run.options.output_format == 'json')
    else:
        text = render(run.options.output_format, outcome)
    if text:
        click.echo(text, file=stream, color=True)
    if failures:
        raise Trouble('\n'.join(failures))


class _Sources:
    """The lines of the files, for reports that show them."""

    def __init__(self, folder: Path, overlay: Mapping[Path, bytes]) -> None:
        self.folder = folder
        self.overlay = overlay
        self._last: tuple[str, list[str]] | None = None

    def line(self, path: str, number: int) -> str | None:
        """The text of a line, None if the file has no such line or cannot be read."""
        if self._last is None or self._last[0] != path:
            self._last = (path, self._lines(Path(os.path.abspath(self.folder / path))))
        lines = self._last[1]
        return lines[number - 1] if number <= len(lines) else None

    def _lines(self, path: Path) -> list[str]:
        from gokart_lint.reading.text import Lines, Undecodable, decode

        try:
            lines = Lines(decode(self.overlay[path] if path in self.overlay else path.read_bytes()).text)
        except (OSError, Undecodable):
            return []
        return [lines.line(number) for number in range(1, len(lines.starts) + 1)]


def _parses(data: bytes) -> bool:
    from gokart_lint.reading.module import survey

    return survey(data, full=False).unreadable is None
