"""Which files a run is about: folders, links, what is hidden, what is named all the same. `.gitignore` is compared with git itself."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from gokart_lint.project.discovery import DiscoveryError, Files, discover
from gokart_lint.project.ignoring import Ignored, is_pattern

NAMES = ['a', 'b', 'src', 'lib', 'gen', 'x1', 'data', '.hid', 'ａ b', '[z]', 'foo#', '!odd']
PATTERNS = [
    '{n}',
    '{n}/',
    '/{n}',
    '/{n}/',
    '*.py',
    '!*.py',
    '{n}.py',
    '!{n}.py',
    '/{n}.py',
    '{n}/{m}',
    '{n}/**',
    '**/{n}',
    '{n}/**/{m}.py',
    '!{n}/',
    '!{n}',
    '*',
    '!*/',
    '/*',
    '!/{n}',
    '{n}*',
    '?.py',
    '[ab].py',
    '[!a].py',
    '#{n}',
    ' {n}',
    '{n} ',
    '\\#{n}.py',
    '\\!odd',
    '!{n}/{m}.py',
    '{n}/*',
    '!{n}/*.py',
    '**',
    '**/',
    '/**/{n}',
    '{n}/**/',
    'a\\ b',
    '[[]z]/',
    '*.py[co]',
    '',
    '  ',
    '{n}.p*',
    '[a-c]',
    './{n}',
    '//{n}',
    '{n}//',
    '\\{n}',
    '*/{n}',
    '**/{n}/**',
    '{n}/*/{m}.py',
    '!',
    '/',
    '\\',
    '[',
    '[a',
    '{n}\\',
    '***/{n}',
    'a**',
    '**b.py',
    '[[:alpha:]].py',
    '[^[:digit:]b].py',
    '[]a].py',
    '[z-a].py',
    'x[0-9]',
]


def found(folder: Path, paths: Sequence[str] = ('.',), exclude: Sequence[str] = (), root: str = '.') -> Files:
    def absolute(path: str) -> str:
        return os.path.normpath(f'{folder}/{path}')

    return discover([absolute(path) for path in paths], absolute(root), exclude)


def judged(folder: Path, paths: Sequence[str] = ('.',), exclude: Sequence[str] = (), root: str = '.') -> list[str]:
    return [os.path.relpath(path, folder) for path in found(folder, paths, exclude, root).judged]


def make(folder: Path, *names: str, ignore: str | None = None) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    if ignore is not None:
        (folder / '.git').mkdir(exist_ok=True)
        (folder / '.gitignore').write_text(ignore, encoding='utf-8')


# --- .gitignore -------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which('git') is None, reason='git is the judge')
@pytest.mark.parametrize('seed', range(40))
def test_what_git_ignores(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    subprocess.run(['git', 'init', '-q', tmp_path], check=True)
    for _ in range(25):
        parts = [chance.choice(NAMES) for _ in range(chance.randint(1, 4))]
        make(tmp_path, f'{"/".join(parts)}.py')
    folders = ['', *chance.sample(sorted({str(path.parent.relative_to(tmp_path)) for path in tmp_path.rglob('*.py')}), 2)]
    for folder in folders:
        lines = [chance.choice(PATTERNS).format(n=chance.choice(NAMES), m=chance.choice(NAMES)) for _ in range(chance.randint(1, 6))]
        text = chance.choice(['\n', '\r\n']).join([*lines, ''])
        (tmp_path / folder / '.gitignore').write_bytes(chance.choice([b'', b'\xef\xbb\xbf']) + text.encode())
    command = ['git', '-C', str(tmp_path), '-c', 'core.excludesFile=/dev/null', 'ls-files', '-z', '--others', '--exclude-standard', '*.py']
    listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split('\0')
    assert judged(tmp_path) == sorted(filter(None, listed))


def test_everything_but_python_is_ignored(tmp_path: Path) -> None:
    make(tmp_path, 'a.py', 'deep/er/b.py', 'deep/c.txt', ignore='*\n!*/\n!*.py\n')
    assert judged(tmp_path) == ['a.py', 'deep/er/b.py']


def test_a_gitignore_above_the_root_counts_inside_a_repository(tmp_path: Path) -> None:
    make(tmp_path, 'project/gen/a.py', 'project/b.py', ignore='gen/\n')
    assert judged(tmp_path / 'project') == ['b.py']
    (tmp_path / '.git').rmdir()
    assert judged(tmp_path / 'project') == ['b.py', 'gen/a.py']


def test_a_gitignore_that_is_no_text_or_no_file(tmp_path: Path) -> None:
    make(tmp_path, 'a.py', 'gen/b.py', ignore='')
    (tmp_path / '.gitignore').write_bytes(b'\xff\xfe\n\0\ngen\n')
    assert judged(tmp_path) == ['a.py']
    (tmp_path / '.gitignore').unlink()
    (tmp_path / '.gitignore').mkdir()
    assert judged(tmp_path) == ['a.py', 'gen/b.py']


@pytest.mark.parametrize(
    ('line', 'path', 'is_folder', 'verdict'),
    [
        ('a', 'x/a', False, True),
        ('a/', 'x/a', False, None),
        ('a/', 'x/a', True, True),
        ('/a', 'x/a', False, None),
        ('!a', 'a', False, False),
        ('x/**/a', 'x/a', False, True),
        ('x/**/a', 'x/y/z/a', False, True),
        ('x**a', 'xya', False, True),
        ('x/y**a', 'x/y/a', False, None),
        ('a\\', 'a', False, None),
        ('[', '[', False, None),
        ('[]]', ']', False, True),
        ('[!]]', ']', False, None),
        ('[a-', 'a', False, None),
        ('[[:nope:]]', 'a', False, None),
        ('a[/]b', 'a/b', False, None),
        ('?', '/', False, None),
        ('a ', 'a', False, True),
        ('a\\ ', 'a ', False, True),
        ('a\t', 'a', False, None),
        ('', '', False, None),
        ('/', 'a', True, None),
        ('日本*', '日本語.py', False, True),
    ],
)
def test_one_pattern(line: str, path: str, is_folder: bool, verdict: bool | None) -> None:
    assert Ignored([line]).verdict(path, is_folder=is_folder) is verdict


def test_what_is_no_pattern() -> None:
    assert [line for line in ['a', '#a', '', '!', '/', '\\', '[', '*', '**/'] if not is_pattern(line)] == ['#a', '', '!', '/', '\\', '[']
    assert not Ignored(['# comment', ''])


# --- folders, links, names ---------------------------------------------------------------------------------------------


def test_what_holds_no_code_of_ours_is_left_out(tmp_path: Path) -> None:
    make(
        tmp_path,
        'a.py',
        '.venv/b.py',
        'node_modules/c.py',
        'x/__pycache__/d.py',
        'env/pyvenv.cfg',
        'env/e.py',
        'dist/f.py',
        'g.pyi',
        'h.txt',
        'site-packages/i.py',
    )
    assert judged(tmp_path) == ['a.py']


def test_a_named_folder_is_judged_though_it_is_hidden(tmp_path: Path) -> None:
    make(tmp_path, 'a.py', 'gen/b.py', 'gen/more/c.py', '.venv/lib/d.py', 'gen/skip/e.py', ignore='gen/\nskip/\n')
    assert judged(tmp_path, ['gen']) == ['gen/b.py', 'gen/more/c.py', 'gen/skip/e.py']
    assert judged(tmp_path, ['gen/more']) == ['gen/more/c.py']
    assert judged(tmp_path, ['.venv/lib']) == ['.venv/lib/d.py']
    assert judged(tmp_path, ['.', 'gen']) == ['a.py', 'gen/b.py', 'gen/more/c.py', 'gen/skip/e.py']
    assert 'a.py' in {os.path.basename(path) for path in found(tmp_path, ['gen']).known}


def test_a_named_file_is_judged_though_it_is_ignored(tmp_path: Path) -> None:
    make(tmp_path, 'a.py', 'gen/b.py', 'script', ignore='gen/\n')
    assert judged(tmp_path, ['gen/b.py', 'script']) == ['gen/b.py', 'script']
    assert [os.path.relpath(path, tmp_path) for path in found(tmp_path, ['script']).known] == ['a.py', 'script']


def test_extend_exclude(tmp_path: Path) -> None:
    make(tmp_path, 'a.py', 'templates/b.py', 'x/templates/c.py', 'x/d_pb2.py', 'keep/e.py')
    assert judged(tmp_path, exclude=['/templates', '*_pb2.py']) == ['a.py', 'keep/e.py', 'x/templates/c.py']
    assert judged(tmp_path, exclude=['templates/', 'keep']) == ['a.py', 'x/d_pb2.py']
    files = found(tmp_path, ['templates/b.py', 'a.py'], ['templates'])
    assert [os.path.basename(path) for path in files.judged] == ['a.py']
    assert [warning.rpartition(': ')[2] for warning in files.warnings] == ['left out, because extend-exclude names it']
    assert judged(tmp_path, ['templates'], ['templates']) == []


@pytest.mark.parametrize('pattern', ['', '[', '\\', '#x', '/'])
def test_a_wrong_extend_exclude(pattern: str, tmp_path: Path) -> None:
    with pytest.raises(DiscoveryError, match=r'extend-exclude: .* is no pattern'):
        found(tmp_path, exclude=[pattern])


def test_what_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(DiscoveryError, match=r'nothing\.py: no such file or folder'):
        found(tmp_path, ['nothing.py'])


def test_links_are_not_walked_in_circles(tmp_path: Path) -> None:
    make(tmp_path, 'real/a.py', 'real/deep/b.py')
    (tmp_path / 'real/deep/up').symlink_to(tmp_path)
    (tmp_path / 'self').symlink_to('self')
    (tmp_path / 'self.py').symlink_to('self.py')
    (tmp_path / 'linked').symlink_to('real')
    (tmp_path / 'file.py').symlink_to('real/a.py')
    (tmp_path / 'broken.py').symlink_to('nowhere.py')
    (tmp_path / 'folder.py').symlink_to('real')
    assert judged(tmp_path) == ['file.py', 'real/a.py', 'real/deep/b.py']
    assert judged(tmp_path, ['linked']) == ['linked/a.py', 'linked/deep/b.py']
    assert judged(tmp_path, ['real/deep/up/real']) == ['real/deep/up/real/a.py', 'real/deep/up/real/deep/b.py']
    assert judged(tmp_path, ['broken.py']) == ['broken.py']


def test_what_is_no_file(tmp_path: Path) -> None:
    make(tmp_path, 'a.py', 'folder.py/b.py')
    os.mkfifo(tmp_path / 'pipe.py')
    (tmp_path / 'device.py').symlink_to('/dev/zero')
    assert judged(tmp_path) == ['a.py', 'folder.py/b.py']
    assert judged(tmp_path, ['folder.py']) == ['folder.py/b.py']


def test_names_that_are_no_text(tmp_path: Path) -> None:
    make(tmp_path, 'a.py', '日本/タスク.py')
    for name in (b'b\xff.py', b'c\xff'):
        os.mkdir(os.path.join(os.fsencode(tmp_path), name))
    files = found(tmp_path)
    assert [os.path.relpath(path, tmp_path) for path in files.judged] == ['a.py', '日本/タスク.py']
    assert len(files.warnings) == 2
    assert all('left out a name that is no text' in warning for warning in files.warnings)


def test_paths_outside_the_root(tmp_path: Path) -> None:
    make(tmp_path, 'project/a.py', 'other/b.py', 'other/c/d.py')
    assert judged(tmp_path, ['other', 'project'], root='project') == ['other/b.py', 'other/c/d.py', 'project/a.py']
    assert judged(tmp_path, ['.'], root='project') == ['other/b.py', 'other/c/d.py', 'project/a.py']
    assert judged(tmp_path, ['other/b.py'], root='project') == ['other/b.py']


def test_files_that_stand_in_for_others(tmp_path: Path) -> None:
    make(tmp_path, 'a.py')
    new = f'{tmp_path}/new.py'
    files = discover([new], str(tmp_path), (), [new])
    assert files.judged == (new,)
    assert [os.path.basename(path) for path in files.known] == ['a.py', 'new.py']


def test_the_order_is_that_of_the_paths(tmp_path: Path) -> None:
    make(tmp_path, 'b.py', 'a/z.py', 'a.py', 'a-b.py', 'B.py')
    files = found(tmp_path)
    assert list(files.known) == list(files.judged) == sorted(files.judged)
