"""The plugin over real code: the two examples of this repository, with the settings that each has."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.mypy.harness import output

EXAMPLES = Path(__file__).parents[2] / 'examples'


def checked(tmp_path: Path, name: str, *arguments: str) -> list[str]:
    """What mypy prints for a copy of an example."""
    copied = shutil.copytree(EXAMPLES / name, tmp_path / name, ignore=shutil.ignore_patterns('resources', '__pycache__', '.*_cache'))
    return output(copied, *arguments).splitlines()


def test_wine_is_right_under_strict(tmp_path: Path) -> None:
    assert checked(tmp_path, 'wine', 'wine', 'main.py') == ['Success: no issues found in 5 source files']


def test_each_fault_that_types_can_see_in_wine_before_is_found(tmp_path: Path) -> None:
    found = checked(tmp_path, 'wine_before', 'wine_before')
    assert found[:-1] == [
        'wine_before/model.py:14: error: Incompatible types in assignment (expression has type "ScaleData", variable has type "SplitData")'
        '  [assignment]',
        'wine_before/pipeline.py:18: error: Too many positional arguments for "LoadData": the first one lands in "workspace_directory";'
        ' write version=...  [call-arg]',
    ]
