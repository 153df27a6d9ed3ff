"""What the project promises of its speed, as ratios of one run, and whether what was found is what was planted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from benchmarks.measuring import Cost, median
from benchmarks.steps import Found, Step, Subject

SHOWN = 5
COLD, WARM, FILE, ALL = (f'gokart-lint, {name}' for name in ('cold', 'warm', 'one file changed, check FILE', 'one file changed, check .'))
PYTHON, FLAKE8, FIXIT = 'python -c "import msgspec, click"', 'flake8 --select F, 1 job', 'fixit lint, 1 rule'


class Goal(NamedTuple):
    """One promise: the limit and what was measured, as text, and whether it is kept."""

    name: str
    limit: str
    measured: str
    met: bool


def judged(costs: Mapping[Step, Sequence[Cost]], files: int, large: int) -> Iterator[Goal]:
    """The promises about time and memory, those that this run can speak of."""
    medians = {(step.name, step.subject.files): median(each) for step, each in costs.items()}

    def ratio(name: str, one: str, other: str, limit: float) -> Iterator[Goal]:
        if (other, files) in medians:
            value = medians[one, files].cpu / medians[other, files].cpu
            yield Goal(name, f'<= {limit:.2f}', f'{value:.3f}', value <= limit)

    yield from ratio(f'{files} files, cold: CPU of flake8', COLD, FLAKE8, 0.30)
    yield from ratio(f'{files} files, cold: CPU of Fixit', COLD, FIXIT, 0.08)
    yield from ratio(f'{files} files, warm: CPU of bare Python', WARM, PYTHON, 3)
    for size, limit in ((files, 60), (large, 120)):
        if (COLD, size) in medians:
            memory = medians[COLD, size].memory / 1e6
            yield Goal(f'{size} files, cold: memory', f'<= {limit} MB', f'{memory:.0f} MB', memory <= limit)
    for name in (FILE, ALL):
        if (name, large) in medians:
            cpu = medians[name, large].cpu
            yield Goal(f'{large} files, {name.removeprefix("gokart-lint, ")}: CPU', '<= 0.25 s', f'{cpu:.3f} s', cpu <= 0.25)


def compared(subjects: Sequence[Subject]) -> Iterator[Goal]:
    """The promises about what is found: all that was planted, nothing else, the same however it runs."""
    for subject in subjects:
        planted = Counter((planted.code, planted.path, planted.line) for planted in subject.planted if planted.code.startswith('GK'))
        cold = subject.found['cold'][0]
        found = Counter((finding.code, finding.path, finding.line) for finding in cold)
        for name, wrong in (('planted faults that were missed', planted - found), ('findings that were not planted', found - planted)):
            yield Goal(f'{subject.files} files: {name}', '0', _listed(wrong), not wrong)
        differing = [name for name, runs in subject.found.items() if any(_differ(name, subject, cold, found) for found in runs)]
        measured = f'different: {"; ".join(differing)}' if differing else f'the same in {len(subject.found)} ways'
        yield Goal(f'{subject.files} files: findings cold, warm, changed, with 1 and 2 jobs', 'the same', measured, not differing)


def _differ(name: str, subject: Subject, cold: Sequence[Found], found: Sequence[Found]) -> bool:
    expected = cold if 'FILE' not in name else [finding for finding in cold if finding.path == subject.changed]
    return [finding.whole for finding in found] != [finding.whole for finding in expected]


def _listed(wrong: Counter[tuple[str, str, int]]) -> str:
    shown = [f'{code} {path}:{line}' for code, path, line in sorted(wrong)[:SHOWN]]
    return ', '.join([str(wrong.total()), *shown, *(['...'] if len(wrong) > SHOWN else [])])
