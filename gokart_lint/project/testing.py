"""Which files of a project are tests: what stands there is made for one test, and no part of the pipelines."""

from __future__ import annotations

_TEST_FOLDERS = frozenset({'test', 'tests'})


def is_test(path: str) -> bool:
    """Whether a file, given relative to the project's root, holds tests or helps them, as pytest and most projects name such files."""
    *folders, name = path.split('/')
    return name == 'conftest.py' or name.startswith('test_') or name.endswith('_test.py') or not _TEST_FOLDERS.isdisjoint(folders)
