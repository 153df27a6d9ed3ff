"""Kills gokart-lint at each step at which it changes something on the disk, and looks at what is there then.

    python -m benchmarks.killing

A step is an opening of a file to write, a renaming, a new folder, a removal, a change of permissions. Whatever the step, each file is the
one before or the one after, whole; what a killed run leaves is gone after the next run; and that run says and does what it would have
anyway. What dies is a fork of this process, and it kills itself.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import signal
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random

from benchmarks.generate import generate
from gokart_lint import cli
from gokart_lint.project.packs import slots, taken
from gokart_lint.project.sealing import opened
from gokart_lint.rules.registry import all_rules

ALWAYS = ('--select', 'ALL', '--jobs', '1', '--output-format', 'json', '--output-file', 'report.json')
COMMANDS = {
    'check': ('check', '.', *ALWAYS),
    'fix': ('check', '.', '--fix', '--unsafe-fixes', *ALWAYS),
}
"""What is killed. Whatever a command writes is looked at: a new one needs a line here, and nothing else."""

STEPS = frozenset({'os.rename', 'os.mkdir', 'os.remove', 'os.chmod', 'os.chown', 'os.utime'})
CACHE = '.gokart-lint-cache'
OLD = 3 * 24 * 3600  # seconds

Content = dict[str, bytes]


class Broken(AssertionError):
    """Something was half done."""


def main() -> int:
    """The command line: 1 if something was half done."""
    parser = argparse.ArgumentParser(description='Kill gokart-lint at each step.')
    parser.add_argument('--kills', type=int, default=0, help='so many steps by chance, of each command; 0 for all')
    parser.add_argument('--files', type=int, default=28, help='so many that some of the cache is packed')
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    started, broken = time.monotonic(), 0
    all_rules()  # what is imported here need not be imported in each fork
    with tempfile.TemporaryDirectory(prefix='gokart-lint-killing-') as scratch:
        for name, command in COMMANDS.items():
            trial = Trial(Path(scratch).resolve() / name, command, arguments.files)
            steps = range(1, trial.steps + 1)
            chosen = sorted(Random(arguments.seed).sample(steps, arguments.kills)) if arguments.kills else steps
            for step in chosen:
                try:
                    trial.killed_at(step)
                except Broken as fault:
                    broken += 1
                    print(f'{name}, killed at step {step}: {fault}')
            print(f'{name}: killed at {len(chosen)} of {trial.steps} steps')
    print(f'{broken} times something was half done, {time.monotonic() - started:.0f} s')
    return 1 if broken else 0


class Trial:
    """One command on one project: what it makes of it where it is left alone."""

    def __init__(self, folder: Path, command: tuple[str, ...], files: int) -> None:
        self.folder = folder
        self.command = command
        self.project = generate(files, density=1.0)
        self.renew()
        self.before = content(folder)
        self.steps = run(command, folder, None)
        self.after = content(folder)
        if self.after == self.before:
            raise Broken('the command changes nothing')

    def renew(self) -> None:
        """The project as it is at first."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.project.write(self.folder)

    def killed_at(self, step: int) -> None:
        """Kill the command at a step, look, and run it again."""
        self.renew()
        if run(self.command, self.folder, step) != 0:
            raise Broken('it was not killed')
        self.is_whole(content(self.folder))
        left = list(self.folder.rglob('*.tmp'))
        if len(left) > 1:
            raise Broken(f'it left {left}')
        for path in (*left, *self.folder.glob(f'{CACHE}/*/tidied')):  # as if the next run came days later
            os.utime(path, (time.time() - OLD,) * 2)
        run(self.command, self.folder, None)
        if content(self.folder) != self.after:
            raise Broken('the next run made something else')
        if left := list(self.folder.rglob('*.tmp')):
            raise Broken(f'the next run left {left}')

    def is_whole(self, now: Content) -> None:
        """Whether each file is the one before or the one after, and the cache holds nothing that is half there."""
        for name in self.before.keys() | now.keys():
            if now.get(name) not in (self.before.get(name), self.after.get(name)):
                raise Broken(f'{name} is neither as before nor as after')
        for path in self.folder.glob(f'{CACHE}/*/**/*'):
            if path.is_file() and path.suffix != '.tmp' and not _holds(path):
                raise Broken(f'{path} does not hold')
        hidden = self.folder / CACHE / '.gitignore'
        if any(self.folder.glob(f'{CACHE}/*/*')) and not hidden.read_text().endswith('*\n'):
            raise Broken('the cache is there, and git would see it')


def _holds(path: Path) -> bool:
    """Whether a file of the cache is what was written: a pack to its last entry."""
    if path.suffix != '.pack':
        return opened(path.read_bytes()) is not None
    found = slots([path])
    last = max(slot.start + slot.length for slot in found.values()) if found else 0
    return last == path.stat().st_size and all(taken(slot) is not None for slot in found.values())


def content(folder: Path) -> Content:
    """The files of a project, but for the cache and temporary ones."""
    found = (path for path in sorted(folder.rglob('*')) if path.is_file() and CACHE not in path.parts and path.suffix != '.tmp')
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def run(command: tuple[str, ...], folder: Path, kill_at: int | None) -> int:
    """Run a command in a fork. Returns how many steps it took, 0 if it was killed."""
    sys.stdout.flush()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _run_and_exit(command, folder, kill_at, writing)
    os.close(writing)
    with open(reading, 'rb') as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return 0
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise Broken(said.decode())
    return int(said)


def _run_and_exit(command: tuple[str, ...], folder: Path, kill_at: int | None, writing: int) -> None:
    steps = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        flags = arguments[2] if event == 'open' else 0
        if event in STEPS or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR) and isinstance(arguments[0], (str, Path))):
            steps += 1
            if steps == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    os.chdir(folder)
    sys.dont_write_bytecode = True
    sys.addaudithook(watch)
    errors, status = io.StringIO(), 2
    with redirect_stdout(errors), redirect_stderr(errors):
        try:
            cli.main(list(command))
        except SystemExit as exit_:
            status = exit_.code if isinstance(exit_.code, int) else 2
        finally:
            os.write(writing, f'{steps}'.encode() if status < 2 else errors.getvalue().encode())
            os._exit(status)


if __name__ == '__main__':
    sys.exit(main())
