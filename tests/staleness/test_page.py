"""What docs/stale.md shows is what is printed, and the demo ends with a stale verdict."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.staleness.histories import HEAD, commit, git, write

ROOT = Path(__file__).parent.parent.parent
FILES = {
    'shop/__init__.py': '',
    'shop/features.py': '"""What the tasks share."""\n\nLIMIT = 3\n\n\ndef scale(x):\n    return min(x, LIMIT)\n',
    'shop/tasks.py': HEAD
    + """
from shop import features


class Load(gokart.TaskOnKart):
    def run(self):
        self.dump([1, 2, 30])


class Train(gokart.TaskOnKart):
    version = luigi.IntParameter(default=1)

    def requires(self):
        return Load()

    def run(self):
        self.dump([features.scale(x) for x in self.load()])


class Evaluate(gokart.TaskOnKart):
    def requires(self):
        return Train()

    def run(self):
        self.dump(sum(self.load()))
""",
    'shop/pipeline.py': HEAD.replace('import luigi\n', '')
    + """
from shop.tasks import Evaluate


class ShopPipeline(gokart.TaskOnKart):
    def requires(self):
        return Evaluate()

    def output(self):
        return self.input()
""",
}


@pytest.mark.parametrize('name', ['stale.md', 'stale.ja.md'])
def test_the_page_shows_what_is_printed(name: str, tmp_path: Path) -> None:
    commit(tmp_path, FILES, 'main')
    write(tmp_path, {'shop/features.py': FILES['shop/features.py'].replace('3', '5')})
    command = [sys.executable, '-m', 'gokart_lint', 'stale']
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    page = (ROOT / 'docs' / name).read_text(encoding='utf-8')
    [shown] = re.findall(r'```console\n\$ gokart-lint stale\n(.*?)```', page, re.DOTALL)
    assert done.stdout.replace(git(tmp_path, 'rev-parse', '--short', 'HEAD'), '1f3c2ab') == shown


def test_the_demo_ends_with_a_stale_verdict(tmp_path: Path) -> None:
    command = tmp_path / 'gokart-lint'
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gokart_lint "$@"\n')
    command.chmod(0o755)
    done = subprocess.run(['sh', str(ROOT / 'examples' / 'stale_demo.sh'), str(command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert 'GK306 TrainModel is stale' in done.stdout
    assert 'TrainModel.run -> TrainModel._run()  1000 -> 50' in done.stdout
    assert '2 tasks downstream: EvaluateModel, WinePipeline' in done.stdout
