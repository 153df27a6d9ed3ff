"""Edits a project at random, again and again: a run on the cache must find what a run without one finds.

    python -m benchmarks.editing --edits 300 FOLDER ...

Each folder is copied first. An edit puts another name in the place of one, takes a line away, or takes over a line or a whole file from
elsewhere, adds and removes files, breaks one and mends it. What a run keeps of each file (`gokart_lint.judgements`) is wrong if it missed
something that the findings rested on, and this is how such a thing is found.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from benchmarks.generate import generate
from gokart_lint import checking
from gokart_lint.checking import Checked, check
from gokart_lint.findings import Finding
from gokart_lint.judging import Run
from gokart_lint.project.module import Module
from gokart_lint.rules.registry import Rule
from gokart_lint.settings import Settings

_NAME = re.compile(r'\b[^\W\d]\w*\b')
_INI = '[{name}]\n{key} = 1\n'


def main() -> int:
    """The command line: 0 if all runs found the same, 1 if not."""
    parser = argparse.ArgumentParser(description='Compare runs on the cache with runs without.')
    parser.add_argument('folders', nargs='*', type=Path, help='projects; without one, a generated project')
    parser.add_argument('--edits', type=int, default=300)
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix='gokart-lint-editing-') as scratch:
        projects = list(arguments.folders) or [_generated(Path(scratch))]
        for number, project in enumerate(projects):
            reused, faults = edited(project, Path(scratch) / str(number), arguments.edits, arguments.seed)
            print(f'{project}: {arguments.edits} edits, {reused:.0%} of the files were not judged again, {len(faults)} times wrong')
            print('\n'.join(faults))
            wrong += len(faults)
    return 1 if wrong else 0


def _generated(scratch: Path) -> Path:
    generate(40, density=1.0).write(scratch / 'generated')
    return scratch / 'generated'


def edited(project: Path, scratch: Path, edits: int, seed: int) -> tuple[float, list[str]]:
    """Edit a copy of a project. Returns the share of files that were not judged again, and what was found otherwise on the cache."""
    folder, cache, random = scratch / 'copy', scratch / 'cache', Random(seed)
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns('.*', '__pycache__'))
    settings = Settings(root=folder, select=('ALL',))
    check([folder], settings, cache_dir=cache)
    editor, faults, judged, files = Editor(folder, random), [], 0, 0
    for number in range(edits):
        what = editor.edit()
        with _files_at_once(random.choice((0, 1000))):
            kept, few = counted(lambda: check([folder], settings, cache_dir=cache))
        fresh, all_of_them = counted(lambda: check([folder], settings))
        judged, files = judged + few, files + all_of_them
        if (kept.findings, kept.failures) != (fresh.findings, fresh.failures):
            faults.append(f'edit {number}, {what}: {_difference(kept.findings, fresh.findings)}')
    return 1 - judged / files, faults


@contextmanager
def _files_at_once(few: int) -> Iterator[None]:
    """Judge up to so many files one by one, as in small projects, and more of them together, as in large ones."""
    before = checking._ALONE
    checking._ALONE = few
    try:
        yield
    finally:
        checking._ALONE = before


def counted(work: Callable[[], Checked]) -> tuple[Checked, int]:
    """What a check gives, and how many modules it judged."""
    real, count = Run.judged, 0

    def judged(run: Run, module: Module, rules: Sequence[Rule]) -> list[Finding]:
        nonlocal count
        count += 1
        return real(run, module, rules)

    Run.judged = judged  # type: ignore[method-assign]
    try:
        return work(), count
    finally:
        Run.judged = real  # type: ignore[method-assign]


def _difference(kept: tuple[Finding, ...], fresh: tuple[Finding, ...]) -> str:
    wrong = [('kept', each) for each in kept if each not in fresh] + [('missed', each) for each in fresh if each not in kept]
    return '; '.join(f'{how} {each.path}:{each.at.line} {each.code} {each.message}' for how, each in wrong[:3])


class Editor:
    """Edits the Python files of a folder, one at a time."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.folder = folder
        self.random = random
        self.originals = {path: path.read_text(encoding='utf-8') for path in sorted(folder.rglob('*.py'))}
        self.added = 0
        self.edits: tuple[Callable[[Path], str], ...] = (
            self.rename, self.rename, self.rename, self.rename, self.remove_line, self.take_line, self.take_file, self.remove_file,
            self.add_file, self.break_file, self.mend, self.mend, self.configure, self.append,
        )  # fmt: skip

    def edit(self) -> str:
        """Do something, and say what."""
        present = [path for path in self.originals if path.exists()]
        path = self.random.choice(present)
        done = self.random.choice(self.edits)
        return f'{done.__name__} {done(path)}'

    def _words(self) -> list[str]:
        path = self.random.choice([path for path in self.originals if path.exists()])
        return _NAME.findall(path.read_text(encoding='utf-8')) or ['x']

    def rename(self, path: Path) -> str:
        """Put another name of the project in the place of one, where it stands or in the whole file."""
        text = path.read_text(encoding='utf-8')
        places = list(_NAME.finditer(text))
        if not places:
            return 'nothing'
        place, new = self.random.choice(places), self.random.choice(self._words())
        old = place.group()
        if self.random.random() < 0.5:
            text = f'{text[: place.start()]}{new}{text[place.end() :]}'
        else:
            text = re.sub(rf'\b{re.escape(old)}\b', new, text)
        path.write_text(text, encoding='utf-8')
        return f'{old} to {new} in {path.name}'

    def remove_line(self, path: Path) -> str:
        """Take a line away."""
        lines = path.read_text(encoding='utf-8').split('\n')
        line = lines.pop(self.random.randrange(len(lines)))
        path.write_text('\n'.join(lines), encoding='utf-8')
        return f'{line.strip()!r} of {path.name}'

    def take_line(self, path: Path) -> str:
        """Take a line over from another file, to where one is as deep."""
        other = self.random.choice([path for path in self.originals if path.exists()])
        line = self.random.choice(other.read_text(encoding='utf-8').split('\n'))
        lines = path.read_text(encoding='utf-8').split('\n')
        depth = len(line) - len(line.lstrip())
        places = [number for number, each in enumerate(lines) if len(each) - len(each.lstrip()) == depth]
        lines.insert(self.random.choice(places or [0]), line)
        path.write_text('\n'.join(lines), encoding='utf-8')
        return f'{line.strip()!r} from {other.name} to {path.name}'

    def take_file(self, path: Path) -> str:
        """Make a file the same as another one."""
        other = self.random.choice(list(self.originals))
        path.write_text(self.originals[other], encoding='utf-8')
        return f'{other.name} for {path.name}'

    def remove_file(self, path: Path) -> str:
        """Take a file away."""
        if sum(each.exists() for each in self.originals) > 2:
            path.unlink()
        return path.name

    def add_file(self, path: Path) -> str:
        """Put a file beside another one, with what that one said at first."""
        self.added += 1
        new = path.with_name(f'added_{self.added}.py')
        new.write_text(self.originals[path], encoding='utf-8')
        self.originals[new] = self.originals[path]
        return f'{new.name} like {path.name}'

    def break_file(self, path: Path) -> str:
        """Make it no Python."""
        path.write_text(f'{path.read_text(encoding="utf-8")}\ndef broken(:\n', encoding='utf-8')
        return path.name

    def mend(self, _: Path) -> str:
        """Give a file back what it said at first, also one that was taken away."""
        path = self.random.choice(list(self.originals))
        path.write_text(self.originals[path], encoding='utf-8')
        return path.name

    def configure(self, path: Path) -> str:
        """Write a configuration file that luigi finds by itself, for a class of a file, or take it away."""
        file = self.folder / 'luigi.cfg'
        if file.exists() and self.random.random() < 0.3:
            file.unlink()
            return 'nothing'
        words = _NAME.findall(path.read_text(encoding='utf-8')) or ['x']
        file.write_text(_INI.format(name=self.random.choice(words), key=self.random.choice(words)), encoding='utf-8')
        return file.read_text(encoding='utf-8').replace('\n', ' ')

    def append(self, path: Path) -> str:
        """Add a function."""
        with path.open('a', encoding='utf-8') as file:
            file.write(f'\n\ndef added_{self.random.randrange(99)}(frame):\n    return frame\n')
        return path.name


if __name__ == '__main__':
    sys.exit(main())
