"""Tries the fixes on odd projects: whatever the files look like, each promise about `--fix` must hold.

    python -m benchmarks.fixes --projects 3000

A project is told by its number (`benchmarks/odd_modules.py`), or is a real package with its files changed in form. Prints what a fix broke.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
import tempfile
import time
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from benchmarks.corpus import FOLDER
from benchmarks.odd_modules import Files, disguised, project
from gokart_lint import checking, fixing
from gokart_lint.findings import Finding
from gokart_lint.reading.module import survey
from gokart_lint.reading.text import Lines, decode
from gokart_lint.settings import Settings

ROOT = Path(__file__).parent.parent
State = dict[Path, bytes]

MAY_APPEAR = {'GK208': re.compile('GK1|GK2|GK30[4589]|GK501|GK901')}
"""What the rules may find only now, by the code that was mended: a method that gets its right name is seen by those that look at it."""


REAL = (*(FOLDER / name for name in ('redshells-0.1.22', 'thunderbolt-0.1.2', 'gokart-1.12.2', 'kannon-0.1.4')), ROOT / 'examples')


class Broken(AssertionError):
    """A promise that a fix did not keep."""


class Tried:
    """One run of `fix` on a folder, with every state of the files on the way and what was found in it."""

    def __init__(self, folder: Path, *, unsafe: bool, overlay: Mapping[Path, bytes] | None = None) -> None:
        self.folder = folder
        self.unsafe = unsafe
        self.given = dict(overlay or {})
        self.states: list[tuple[State, Sequence[Finding]]] = []
        self.settings = Settings(root=folder, select=('ALL',))
        self.fixed = fixing.fix(self.check, folder, unsafe=unsafe, parses=_parses, overlay=self.given)

    def check(self, overlay: Mapping[Path, bytes]) -> checking.Checked:
        """What the files hold at some moment, remembered."""
        checked = checking.check([self.folder], self.settings, overlay=overlay)
        found = [finding for finding in checked.findings if self.is_made(finding)]
        self.states.append(({path: overlay.get(path) or path.read_bytes() for path in self.folder.rglob('*.py')}, found))
        return checked

    def is_made(self, finding: Finding) -> bool:
        """Whether the fix of a finding is to be made in this run."""
        return finding.fix is not None and (finding.fix.safe or self.unsafe)

    def path(self, finding: Finding) -> Path:
        return (Path.cwd() / finding.path).absolute()


def _parses(data: bytes) -> bool:
    return survey(data, full=False).unreadable is None


def demand(folder: Path) -> Iterator[Tried]:
    """Try the safe fixes on a folder, and then all of them. Raises Broken."""
    for unsafe in (False, True):
        tried = Tried(folder, unsafe=unsafe)
        yield tried
        for promise in (settles, parses, keeps_form, touches_nothing_else, keeps_comments, brings_no_fault, diff_tells):
            promise(tried)


def main() -> int:
    """The command line: 1 if a promise was not kept."""
    parser = argparse.ArgumentParser(description='Try the fixes on odd projects and on real ones.')
    parser.add_argument('--projects', type=int, default=3000)
    parser.add_argument('--first', type=int, default=0, help='the number of the first project, to see one again')
    parser.add_argument('--real', type=Path, nargs='*', default=[path for path in REAL if path.is_dir()], help='packages to disguise')
    arguments = parser.parse_args()
    started, mended, broken = time.monotonic(), Counter[str](), 0
    subjects = [(f'project {number}', project(Random(number))) for number in range(arguments.first, arguments.first + arguments.projects)]
    subjects += [(f'{path}, disguised {number}', disguised(real(path), Random(number))) for path in arguments.real for number in range(5)]
    for name, files in subjects:
        try:
            for tried in tried_on(files):
                mended.update(tried.fixed.applied)
                if name.startswith('project'):
                    keeps_meaning(tried)
        except Broken as fault:
            broken += 1
            print(f'{name}: {fault}', flush=True)
    each = ', '.join(f'{code} {count:,}' for code, count in sorted(mended.items()))
    print(f'{len(subjects):,} projects in {time.monotonic() - started:.0f} s: {broken} broken promises; mended: {each}')
    return 1 if broken else 0


def real(folder: Path) -> dict[str, str]:
    """The Python files of a package that can be read."""
    found = {path: path.read_bytes() for path in sorted(folder.rglob('*.py'))}
    return {path.relative_to(folder).as_posix(): decode(data).text for path, data in found.items() if _parses(data)}


def tried_on(files: Files) -> Iterator[Tried]:
    """Write a project and try the fixes on it. Raises Broken."""
    with tempfile.TemporaryDirectory(prefix='gokart-lint-fixes-') as name:
        folder = Path(name).resolve()
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        yield from demand(folder)


# --- The promises -----------------------------------------------------------------------------------------------------


def settles(tried: Tried) -> None:
    """Nothing is refused, no finding with a fix is left, and a second run changes nothing."""
    if tried.fixed.messages:
        raise Broken(' | '.join(tried.fixed.messages))
    left = [finding for finding in tried.fixed.checked.findings if tried.is_made(finding)]
    if left:
        raise Broken(f'{left[0].path}:{left[0].at.line}: {left[0].code} is still found: {left[0].message}')
    again = Tried(tried.folder, unsafe=tried.unsafe, overlay=tried.fixed.after).fixed
    if again.after or again.checked.findings != tried.fixed.checked.findings:
        raise Broken('a second run changes or finds something else')


def parses(tried: Tried) -> None:
    """Python itself reads each result."""
    for path, data in tried.fixed.after.items():
        try:
            ast.parse(data)
        except SyntaxError as error:
            raise Broken(f'{path}: {error}') from error


def keeps_form(tried: Tried) -> None:
    """The encoding, the byte order mark, the kinds of line ends and the missing last one are as before."""
    for path, data in tried.fixed.after.items():
        old, new = decode(tried.fixed.before[path]), decode(data)
        if (old.encoding, old.bom) != (new.encoding, new.bom):
            raise Broken(f'{path}: another encoding or byte order mark')
        ends = [set(re.findall('\r\n|\r|\n', text)) for text in (old.text, new.text)]
        if not ends[1] <= (ends[0] or {'\n'}) or old.text.endswith(('\r', '\n')) > new.text.endswith(('\r', '\n')):
            raise Broken(f'{path}: other line ends')


def touches_nothing_else(tried: Tried) -> None:
    """From each state to the next, the lines that no fix names are the same and in the same order."""
    for (before, findings), (after, _) in zip(tried.states, tried.states[1:], strict=False):
        for path, data in before.items():
            if after[path] == data:
                continue
            made = [finding.fix for finding in findings if tried.path(finding) == path and finding.fix]
            named = {line for fix in made for edit in fix.edits for line in range(edit.at.line, edit.at.end_line + 1)}
            text, place = decode(after[path]).text, 0
            for kept in _kept(Lines(decode(data).text), named):
                found = text.find(kept, place)
                if found < 0:
                    raise Broken(f'{path}: lines that no fix names changed: {kept!r}')
                place = found + len(kept)


def _kept(lines: Lines, named: set[int]) -> Iterator[str]:
    """The runs of lines that no fix names."""
    ends = [*lines.starts[1:], len(lines.text)]
    piece = ''
    for number, (start, end) in enumerate(zip(lines.starts, ends, strict=True), start=1):
        if number in named:
            yield piece
            piece = ''
        else:
            piece += lines.text[start:end]
    yield piece


def keeps_comments(tried: Tried) -> None:
    """A comment is taken away only where that is the fix: an unused suppression, or the type beside a new annotation."""
    for path, data in tried.fixed.after.items():
        if lost := _comments(tried.fixed.before[path]) - _comments(data):
            raise Broken(f'{path}: the comment {next(iter(lost))!r} is lost')


def _comments(data: bytes) -> Counter[str]:
    text = re.sub('\r\n|\r', '\n', decode(data).text)
    found = [token.string for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type == tokenize.COMMENT]
    kept = (re.sub(r'#\s*(?:noqa\b[^#]*|type:[^#]*|gokart-lint:[^#]*)', '', comment).strip('# ') for comment in found)
    return Counter(comment for comment in kept if comment)


def brings_no_fault(tried: Tried) -> None:
    """Nothing is found that was not found before, but for what a mended name lets rules see."""
    fixed = tried.fixed
    first = checking.check([tried.folder], tried.settings)
    new = Counter(finding.code for finding in fixed.checked.findings) - Counter(finding.code for finding in first.findings)
    allowed = [MAY_APPEAR[code] for code in fixed.applied if code in MAY_APPEAR]
    for code in sorted(code for code in new if not any(each.match(code) for each in allowed)):
        said = next(finding for finding in fixed.checked.findings if finding.code == code)
        raise Broken(f'{said.path}:{said.at.line}: {code} is new: {said.message} (mended: {dict(fixed.applied)})')


def diff_tells(tried: Tried) -> None:
    """What `--diff` shows is what `--fix` does."""
    shown = fixing.diff(tried.fixed, tried.folder)
    parts = re.split(r'^--- (.*)\n\+\+\+ .*\n', shown, flags=re.MULTILINE)[1:]
    told = {tried.folder / name: hunks for name, hunks in zip(parts[::2], parts[1::2], strict=True)}
    if told.keys() != tried.fixed.after.keys():
        raise Broken(f'the diff is of {sorted(told)}')
    for path, hunks in told.items():
        if patched(decode(tried.fixed.before[path]).text, hunks) != decode(tried.fixed.after[path]).text:
            raise Broken(f'{path}: the diff says something else')


def keeps_meaning(tried: Tried) -> None:
    """The tasks have the same parameters, and their runs dump the same values; the modules are run for this."""
    from benchmarks.meaning import difference

    before = {path.name: path.read_bytes() for path in sorted(tried.folder.glob('*.py'))}
    after = {name: tried.fixed.after.get(tried.folder / name, data) for name, data in before.items()}
    if said := difference(before, after, renamed='GK208' in tried.fixed.applied):
        raise Broken(said)


def patched(text: str, hunks: str) -> str:
    """A text after the hunks of a unified diff, as `patch` makes it. Raises Broken for a hunk that does not fit."""
    old, new, done = re.findall(r'[^\n]*\n|[^\n]+', text), list[str](), 0
    for head, body in re.findall(r'^@@ -(\d+(?:,\d+)?) \+\S+ @@\n((?:[-+ \\].*\n)*)', hunks, flags=re.MULTILINE):
        start, _, count = head.partition(',')
        begin = int(start) - (count != '0')
        new += old[done:begin]
        done = begin
        for line in re.findall(r'[-+ ].*\n(?:\\.*\n)?', body):
            kind, content = line[0], line[1:].replace('\n\\ No newline at end of file\n', '')
            if kind != '+':
                if old[done] != content:
                    raise Broken(f'a hunk does not fit: {line!r}')
                done += 1
            new += [content] if kind != '-' else []
    return ''.join([*new, *old[done:]])


if __name__ == '__main__':
    sys.exit(main())
