"""Facts without what the two readers may say differently: the literal pieces of f-strings, and how bodies are packed."""

from __future__ import annotations

import msgspec

from gokart_lint import facts


def comparable(value: object) -> object:
    """The same tree as plain tuples, function bodies unpacked."""
    if isinstance(value, facts.Text):
        return 'Text', comparable(value.at), tuple(comparable(part) for part in value.parts if not isinstance(part, facts.Constant))
    if isinstance(value, (facts.Function, facts.Class, facts.Module)):
        fields = tuple((name, comparable(getattr(value, name))) for name in value.__struct_fields__ if name != 'code')
        return type(value).__name__, *fields, comparable(value.body)
    if isinstance(value, msgspec.Struct):
        return type(value).__name__, *(comparable(getattr(value, name)) for name in value.__struct_fields__)
    if isinstance(value, tuple):
        return tuple(map(comparable, value))
    return value


def first_difference(left: object, right: object, path: str = '') -> str:
    """Where two of these trees part, '' if they are equal."""
    if left == right:
        return ''
    if isinstance(left, tuple) and isinstance(right, tuple) and len(left) == len(right):
        pairs = enumerate(zip(left, right, strict=True))
        found = (first_difference(a, b, f'{path}/{a[0] if isinstance(a, tuple) and a else index}') for index, (a, b) in pairs)
        return next(filter(None, found), path)
    return f'{path}: {left!r} != {right!r}'
