"""Values that a project's own parameter class reads from a text: it alone knows what it holds, and its `parse` says so."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from pytest_gokart.parameters.sampling.acceptance import defined_by, is_library
from pytest_gokart.parameters.sampling.names import text_for

_TEXTS = (
    'sample', '1', '0.5', 'true', '2020-01-01', '2020-01-01T00:00:00', '2020-01', '["sample"]', '[1]', '{"sample": "sample"}',
    '{"sample": 1}', '[]', '{}', 'sample,sample', '1,2', '1-2', '1:2', 'sample=sample', 'sample:sample', 'sample.sample',
    'sample/sample', '2020-01-01,2020-01-02', '("sample",)', 'UTC', '',
)  # fmt: skip
"""What the texts of parameters look like; the empty one stands last, as much takes it and little means it."""


def reads_its_own(parameter: Any) -> bool:
    """Whether the project itself says how the parameter reads a text."""
    return not is_library(defined_by(parameter, 'parse'))


def read_values(parameter: Any, name: str, likely: Iterable[object] = ()) -> Iterator[object]:
    """What the parameter makes of texts that are likely for it: its own choices, `likely` values as text, then texts of many forms."""
    for text in dict.fromkeys([*_named_choices(parameter, name), *_written(parameter, likely), text_for(name), *_TEXTS]):
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            try:
                value = parameter.parse(text)
            except Exception:  # the parameter's own way to say no
                continue
        yield value


def _named_choices(parameter: Any, name: str) -> list[str]:
    """The choices that the parameter gives argparse, if the project overrides luigi.parameter.Parameter._parser_kwargs (luigi 3.8.1)."""
    try:
        return [str(choice) for choice in parameter._parser_kwargs(name, '').get('choices') or ()]
    except Exception:  # an override of another form
        return []


def _written(parameter: Any, values: Iterable[object]) -> Iterator[str]:
    for value in values:
        try:
            text = parameter.serialize(value)
        except Exception:  # a value that suits the library's class and not this one
            continue
        if isinstance(text, str):
            yield text
