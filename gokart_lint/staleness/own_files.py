"""Which files hold pipelines and which hold their tests: a task that only a test builds has no result that anybody keeps."""

from __future__ import annotations

import posixpath

_FOLDERS = frozenset({'tests', 'testing'})


def is_test(path: str, root: str) -> bool:
    """Whether a file is a test, by its name or by the folder that it lies in below the root."""
    name = posixpath.basename(path)
    if name == 'conftest.py' or name.startswith('test_') or name.endswith('_test.py'):
        return True
    below = path.removeprefix(f'{root}/').split('/')[:-1]
    return bool(_FOLDERS & set(below)) or below[:1] == ['test']
