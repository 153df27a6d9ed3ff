"""Files shared out among processes: the same is found, the same is kept, and what breaks in another process is told here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gokart_lint.testing import write

FILES = 70
TASK = """
    import gokart
    from base import Base


    class Task{number}(Base):
        other = gokart.TaskInstanceParameter()

        def run(self):
            pass
    """
WATCHED = """
    import json, os, sys
    from pathlib import Path
    from gokart_lint.checking import check
    from gokart_lint.judging import Run
    from gokart_lint.settings import Settings

    folder, cache, jobs, breaking = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    real, seen = Run.judged, folder.parent / 'pids'

    def judged(run, module, rules):
        with open(seen, 'a') as file:
            file.write(f'{os.getpid()} {module.name}\\n')
        if module.name == breaking:
            run.blame({'GK101': [f'{module.name} broke it']})
        return real(run, module, rules)

    Run.judged = judged
    checked = check([folder], Settings(root=folder), cache_dir=cache, jobs=jobs)
    pids = [line.split() for line in seen.read_text().splitlines()] if seen.exists() else []
    seen.unlink(missing_ok=True)
    print(json.dumps({
        'found': [str(each) for each in checked.findings], 'failures': checked.failures, 'own': os.getpid(),
        'pids': sorted({int(pid) for pid, _ in pids}), 'judged': len(pids),
    }))
    """


class Run:
    """What a run in a process of its own says: it may fork, as one in a worker of pytest may not."""

    def __init__(self, folder: Path, jobs: int, breaking: str = '') -> None:
        write(folder.parent, {'watched.py': WATCHED})
        command = [sys.executable, 'watched.py', str(folder), str(folder.parent / f'cache{jobs}'), str(jobs), breaking]
        done = subprocess.run(command, cwd=folder.parent, capture_output=True, text=True, timeout=120, check=False)
        assert not done.returncode, done.stderr
        said = json.loads(done.stdout)
        self.found: list[str] = said['found']
        self.failures: list[str] = said['failures']
        self.judged: int = said['judged']
        self.processes = len(said['pids'])
        self.alone = said['pids'] == [said['own']]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / 'project', {f'task_{number}.py': TASK.format(number=number) for number in range(FILES)})
    write(tmp_path / 'project', {'base.py': 'import gokart\n\n\nclass Base(gokart.TaskOnKart): ...\n'})
    return tmp_path / 'project'


@pytest.mark.skipif(sys.platform in ('win32', 'darwin'), reason='no fork is safe there')
def test_several_processes_find_the_same(folder: Path) -> None:
    one, two = Run(folder, 1), Run(folder, 2)
    assert one.alone
    assert two.processes == 2
    assert not two.alone
    assert len(one.found) >= 2 * FILES
    assert two.found == one.found
    assert (one.judged, two.judged) == (FILES + 1, FILES + 1)
    for number, most in ((3, FILES // 2), (4, 1)):  # those that were judged together are judged again at first, and then one by one
        write(folder, {'task_3.py': TASK.format(number=3).replace('pass', f'self.dump({number})')})
        again = Run(folder, 2)
        assert again.alone
        assert 0 < again.judged <= most
        assert again.found == Run(folder, 1).found == [each for each in one.found if 'task_3.py' not in each or 'GK203' not in each]


def test_what_breaks_elsewhere_is_told_here(folder: Path) -> None:
    assert Run(folder, 2, 'task_7').failures == ['task_7 broke it']


def test_the_command_uses_all_cores(folder: Path) -> None:
    outputs = set()
    for jobs in ('0', '1', '3'):
        command = [sys.executable, '-m', 'gokart_lint', 'check', '.', '--no-cache', '--jobs', jobs, '--output-format', 'concise']
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 1, done.stderr
        outputs.add(done.stdout)
    assert len(outputs) == 1
