"""Costs of a command, and their medians."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

LAUNCHER = Path(__file__).with_name('launcher.py')


class Cost(NamedTuple):
    """Seconds and bytes of one run of a command, or the medians of several."""

    cpu: float
    wall: float
    memory: float


class Run(NamedTuple):
    """One run of a command: what it cost, how it ended, what it printed."""

    cost: Cost
    status: int
    output: str
    errors: str


def run(command: Sequence[str], folder: Path, variables: Mapping[str, str] | None = None) -> Run:
    """Run a command (its first word is a path) in a folder, with these environment variables besides our own, and measure it."""
    environment = {**os.environ, **(variables or {})}
    with tempfile.TemporaryDirectory() as scratch:
        result, output = Path(scratch, 'result'), Path(scratch, 'output')
        launch = [sys.executable, '-I', '-S', str(LAUNCHER), str(result), str(output)]
        subprocess.run([*launch, *command], cwd=folder, env=environment, check=True)
        status, cpu, wall, memory = result.read_text().split()
        errors = Path(f'{output}.err').read_text(encoding='utf-8', errors='replace')
        return Run(Cost(float(cpu), float(wall), float(memory)), int(status), output.read_text(encoding='utf-8', errors='replace'), errors)


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure by itself."""
    return Cost(*(statistics.median(values) for values in zip(*costs, strict=True)))


def spread(costs: Sequence[Cost]) -> tuple[float, float]:
    """The least and the most CPU time."""
    return min(cost.cpu for cost in costs), max(cost.cpu for cost in costs)
