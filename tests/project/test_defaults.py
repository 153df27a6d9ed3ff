"""What the linter says of a default against what luigi and gokart do with it: every parameter class with every kind of literal."""

from __future__ import annotations

import enum
import warnings
from pathlib import Path
from typing import Any

import gokart
import luigi
import pytest

from gokart_lint import vocabulary
from tests.rules.harness import findings

LITERALS = (
    'None', '3', '-3', '1.5', 'True', "'a'", "'3'", "'true'", "'FALSE'", "'2024-01-01'", '[]', "['a']", '()', '{}', "{'a': 1}", "{'a'}",
)  # fmt: skip


class Fruit(enum.Enum):
    apple = 1


class Model:
    def gokart_serialize(self) -> str:
        return 'model'


MORE = {
    'number': 'var_type=int, min_value=-10, max_value=10',
    'enum': 'enum=Fruit',
    'enum list': 'enum=Fruit',
    'choice': "choices=['a', 'b']",
    'choice list': "choices=['a', 'b']",
    'serializable': 'object_type=Model',
}
TYPES: dict[str, Any] = {
    'str': str, 'int': int, 'float': (int, float), 'bool': bool, 'number': int, 'list': tuple, 'choice list': tuple, 'enum list': tuple,
    'path': Path, 'choice': str, 'task list': tuple,
}  # fmt: skip
UNTYPED = ('luigi.Parameter',)


def declaration(name: str, literal: str) -> str:
    more = MORE.get(vocabulary.PARAMETERS[name], '')
    return f'{name}(default={literal}{", " + more if more else ""})'


def is_right(name: str, literal: str) -> bool:
    """Whether a task is built with the default, without a warning, and holds a value of the type that its parameter promises."""
    kind = vocabulary.PARAMETERS[name]
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        try:
            parameter = eval(declaration(name, literal), {'luigi': luigi, 'gokart': gokart, 'Fruit': Fruit, 'Model': Model})
            task = type('Some', (luigi.Task,), {'p': parameter, '__module__': __name__})()
        except Exception:
            return False
    if name.startswith('luigi.Optional'):
        return task.p is not None or eval(literal) is None or kind != 'bool'
    if kind == 'dict':
        return hasattr(task.p, 'items')
    return isinstance(task.p, TYPES.get(kind, ()))


@pytest.mark.parametrize('name', sorted(set(vocabulary.PARAMETERS) - set(UNTYPED)))
def test_every_kind_of_default(name: str, tmp_path: Path) -> None:
    lines = [f'    p{number} = {declaration(name, literal)}' for number, literal in enumerate(LITERALS)]
    text = '\n'.join(['import luigi', 'import gokart', 'from elsewhere import Fruit, Model', 'class A(luigi.Task):', *lines])
    found = {LITERALS[each.at.line - 5] for each in findings(tmp_path, text, 'GK404')}
    assert found == {literal for literal in LITERALS if not is_right(name, literal)}
