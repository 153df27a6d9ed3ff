"""What the fixes of GK101 make of a program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gokart_lint.fixing import apply
from tests.rules.harness import findings, write

TASKS = """
    import gokart


    class A(gokart.TaskOnKart[int]):
        pass


    class B(gokart.TaskOnKart[int]):
        pass
"""


def fixed(folder: Path, files: Mapping[str, str] | str, name: str = 'tasks.py', *, unsafe: bool = True, **settings: object) -> str:
    """The text of a file after all fixes; what was fixed must not be found again."""
    texts = write(folder, files)
    fixes = [each.fix for each in findings(folder, texts, 'GK101', **settings) if each.path.endswith(name) and each.fix is not None]
    chosen = [fix for fix in fixes if unsafe or fix.safe]
    result = apply(texts[name], chosen)
    compile(result, name, 'exec')
    left = [each.fix for each in findings(folder, {**texts, name: result}, 'GK101', **settings) if each.path.endswith(name)]
    assert not [fix for fix in left if fix is not None and (unsafe or fix.safe)]
    return result


def declarations(text: str) -> list[str]:
    return [line.strip() for line in text.split('\n') if 'Parameter(' in line and 'import ' not in line]
