"""GK408 in whole runs: which files are covered, what comments suppress, what the cache remembers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from gokart_lint.checking import check
from gokart_lint.settings import Settings
from tests.rules.harness import write

TASKS = """
    import gokart
    import luigi


    class Train(gokart.TaskOnKart[int]):
        depth = luigi.IntParameter(default=3)
"""
CFG = '[Train]\ndepht = 1\n'


def project(folder: Path, files: Mapping[str, str]) -> Path:
    write(folder, files)
    return folder


def codes(folder: Path, *paths: str, cache: Path | None = None, **settings: object) -> list[tuple[str, int, str]]:
    chosen = Settings(root=folder, select=('GK408', 'GK901'), **settings)  # type: ignore[arg-type]
    found = check([folder / path for path in paths], chosen, cache_dir=cache).findings
    return [(Path(each.path).name, each.at.line, each.code) for each in found]


def test_only_a_run_on_a_folder_that_holds_the_file_judges_it(tmp_path: Path) -> None:
    folder = project(
        tmp_path,
        {'src/tasks.py': TASKS, 'luigi.cfg': CFG, 'src/luigi.cfg': CFG, 'main.py': "import gokart\ngokart.add_config('src/luigi.cfg')\n"},
    )
    wrong = ('luigi.cfg', 2, 'GK408')
    assert codes(folder, '.') == [wrong, wrong]
    assert codes(folder, 'src') == [wrong]
    assert codes(folder, 'src/tasks.py', 'main.py') == []
    assert codes(folder, '.', extend_exclude=('src/*.cfg',)) == [wrong]
    assert codes(folder, '.', per_file_ignores=(('*.cfg', ('GK4',)),)) == []


def test_the_cache_tells_runs_on_folders_from_runs_on_files(tmp_path: Path) -> None:
    folder = project(tmp_path / 'p', {'tasks.py': TASKS, 'luigi.cfg': CFG})
    cache = tmp_path / 'cache'
    assert codes(folder, 'tasks.py', cache=cache) == []
    assert codes(folder, '.', cache=cache) == [('luigi.cfg', 2, 'GK408')]
    assert codes(folder, '.', cache=cache) == [('luigi.cfg', 2, 'GK408')]
    (folder / 'luigi.cfg').write_text('[Train]\ndepth = 1\n', encoding='utf-8')
    assert codes(folder, '.', cache=cache) == []
    assert codes(folder, 'tasks.py', cache=cache) == []


def test_comments_above_a_line_and_at_the_head(tmp_path: Path) -> None:
    cfg = """
        [Train]
        # noqa: GK408
        depht = 1
        ; gokart-lint: ignore[GK408] the old name
        dehpt = 1
        # noqa: GK101
        tdeph = 1
        htped = 1  # noqa: GK408
    """
    assert codes(project(tmp_path / 'a', {'tasks.py': TASKS, 'luigi.cfg': cfg}), '.') == [
        ('luigi.cfg', 7, 'GK408'),
        ('luigi.cfg', 8, 'GK408'),
    ]
    assert codes(project(tmp_path / 'b', {'tasks.py': TASKS, 'luigi.cfg': f'# gokart-lint: ignore-file[GK408]\n{CFG}'}), '.') == []
    assert codes(project(tmp_path / 'c', {'tasks.py': TASKS, 'luigi.toml': '[Train]\n# noqa\ndepht = 1\n'}), '.') == []


def test_the_command_shows_the_line_and_fixes_around_it(tmp_path: Path) -> None:
    project(tmp_path, {'tasks.py': TASKS, 'luigi.cfg': CFG})

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, '-m', 'gokart_lint', 'check', '.', '--no-cache', '--select', 'GK408,GK405', *options]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert 'luigi.cfg:2:1: GK408' in run().stdout
    assert '2 | depht = 1\n  | ^^^^^\n' in run().stdout
    assert [each['code'] for each in json.loads(run('--output-format', 'json').stdout)].count('GK408') == 1
    fixed = run('--fix')
    assert fixed.returncode == 1
    assert 'luigi.cfg:2:1: GK408' in fixed.stdout
    assert (tmp_path / 'luigi.cfg').read_text(encoding='utf-8') == CFG
