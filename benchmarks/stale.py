"""What `gokart-lint stale` costs: a change of ten files in a large repository, with everything else in the cache.

    python -m benchmarks.stale --files 3000 --rounds 5

Five of the files hold tasks and five hold helpers; in each, one number is another one. The goal is 2 s of CPU time for 3,000 files with
1,000 tasks in the median of the rounds, git's own processes counted.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from benchmarks.generate import generate
from benchmarks.measuring import Cost, Run, median, run, spread

LIMIT = 2.0
NUMBER = re.compile(r'(?<=head\()\d+|(?<=> )\d+')
TASK = re.compile(r'^class \w+\([^)]*Task\b', re.MULTILINE)
COMMAND = ['-m', 'gokart_lint', 'stale', '--exit-zero']


def main() -> int:
    """The command line: 0 if the goal is met, 1 if not."""
    parser = argparse.ArgumentParser(description='Measure gokart-lint stale on a change of a large repository.')
    parser.add_argument('--files', type=int, default=3000)
    parser.add_argument('--share', type=float, default=0.11, help='how many of the files hold tasks')
    parser.add_argument('--changed', type=int, default=10)
    parser.add_argument('--rounds', type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix='gokart-lint-stale-') as name:
        folder = Path(name).resolve()
        tasks = prepared(folder, arguments.files, arguments.share, arguments.changed)
        cold = judged(folder)
        warm = [judged(folder).cost for _ in range(arguments.rounds)]
    print(f'{arguments.files} files, {tasks} tasks: {cold.output.splitlines()[-1]}')
    print(table(cold.cost, warm))
    met = median(warm).cpu <= LIMIT
    print(f'goal: warm within {LIMIT:.1f} s of CPU time: {"met" if met else "not met"}')
    return 0 if met else 1


def prepared(folder: Path, files: int, share: float, changed: int) -> int:
    """A repository with one commit and a change that is not committed; how many task classes it holds."""
    project = generate(files, share)
    project.write(folder)
    (folder / '.gitignore').write_text('.gokart-lint-cache\n')
    for command in (['init', '-q', '-b', 'main'], ['add', '-A'], ['commit', '-q', '-m', 'first']):
        subprocess.run(['git', '-c', 'user.name=a', '-c', 'user.email=a@example.com', *command], cwd=folder, check=True)
    texts = {path: text for path, text in project.files.items() if NUMBER.search(text) and '/test_' not in path}
    tasks = [path for path in texts if path.endswith('_tasks.py')]
    helpers = [path for path in texts if '/helpers_' in path]
    rng = Random(1)
    for path in (*rng.sample(sorted(tasks), changed // 2), *rng.sample(sorted(helpers), changed - changed // 2)):
        text = NUMBER.sub(lambda found: str(int(found.group()) + 1), texts[path], count=1)
        (folder / path).write_text(text, encoding='utf-8', newline='\n')
    return sum(len(TASK.findall(text)) for text in project.files.values())


def judged(folder: Path) -> Run:
    """One run of the command."""
    done = run([sys.executable, *COMMAND], folder, {'PYTHONPATH': str(Path(__file__).parent.parent)})
    assert done.status == 0, done.errors
    return done


def table(cold: Cost, warm: Sequence[Cost]) -> str:
    """The figures, in Markdown."""
    lines = ['| what | CPU s | from - to | wall s | MB |', '|---|---|---|---|---|']
    for name, costs in (('cold', [cold]), ('warm', warm)):
        cost, (least, most) = median(costs), spread(costs)
        lines.append(f'| {name} | {cost.cpu:.2f} | {least:.2f} - {most:.2f} | {cost.wall:.2f} | {cost.memory / 1e6:.0f} |')
    return '\n'.join(lines)


if __name__ == '__main__':
    sys.exit(main())
