"""A value for a JSON schema: that of a ListParameter or DictParameter, or of a pydantic model.

No validator: what is made here is judged by the parameter, with the project's own validator. So a keyword that is not understood costs a
sample at worst, and never lets a wrong one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

from pytest_gokart.parameters.sampling.names import PLAIN, text_for

Schema: TypeAlias = Mapping[str, Any]

_DEPTH = 12
_WAYS = 8  # of each branch; a schema of many alternatives has endless ways
_FORMATS = {
    'date': '2020-01-01',
    'date-time': '2020-01-01T00:00:00+00:00',
    'time': '00:00:00+00:00',
    'duration': 'P1D',
    'email': 'sample@example.com',
    'hostname': 'localhost',
    'ipv4': '127.0.0.1',
    'ipv6': '::1',
    'uri': 'https://example.com/sample',
    'uuid': '00000000-0000-4000-8000-000000000000',
}
_TEXTS = (PLAIN, 'SAMPLE', 'a', 'A', '1', '2020-01-01', '2020', '0.1.0', 'a@b.co', 'https://example.com', 'a1', 'A1', 'a-1', 'a_1', '')


def values_for(schema: Any) -> Iterator[object]:
    """Values that may fit a schema, the likeliest first. A validator object of jsonschema stands for its schema."""
    document = getattr(schema, 'schema', schema)
    if isinstance(document, Mapping):
        yield from _Maker(document).values(document, '', 0)
    elif document is True:
        yield PLAIN


class _Maker:
    def __init__(self, document: Schema) -> None:
        self._document = document

    def values(self, schema: Any, name: str, depth: int) -> Iterator[Any]:
        """Values for a part of the schema that describes what is called `name`."""
        if schema is True:
            schema = {}
        if depth > _DEPTH or not isinstance(schema, Mapping):
            return
        for merged in self._alternatives(schema, depth):
            if 'const' in merged:
                yield merged['const']
                continue
            if 'default' in merged:
                yield merged['default']
            yield from merged.get('examples', ())
            yield from merged.get('enum', ())
            for kind in _types(merged) if 'enum' not in merged else ():
                yield from islice(_KINDS[kind](self, merged, name, depth + 1), _WAYS)

    def _alternatives(self, schema: Schema, depth: int) -> Iterator[Schema]:
        """The schema without references and alternatives, once for each way through them."""
        if depth > _DEPTH:
            return
        ways: list[Any] = [{}]
        if isinstance(reference := schema.get('$ref'), str):
            ways = [self._referred(reference)]
        for word in ('anyOf', 'oneOf'):
            if isinstance(schema.get(word), Sequence):
                ways = [_merged(way, other) for way in ways for other in schema[word]]
        for other in schema.get('allOf', ()):
            ways = [_merged(way, other) for way in ways]
        rest = {word: value for word, value in schema.items() if word not in ('$ref', 'anyOf', 'oneOf', 'allOf')}
        for way in islice(ways, _WAYS):
            whole = _merged(way, rest)
            if way and {'$ref', 'anyOf', 'oneOf', 'allOf'} & whole.keys():
                yield from self._alternatives(whole, depth + 1)
            else:
                yield whole

    def _referred(self, reference: str) -> Any:
        found: Any = self._document
        for part in reference.removeprefix('#').strip('/').split('/') if reference != '#' else ():
            found = found.get(part.replace('~1', '/').replace('~0', '~'), {}) if isinstance(found, Mapping) else {}
        return found

    def object(self, schema: Schema, name: str, depth: int) -> Iterator[dict[str, Any]]:
        properties = schema.get('properties', {})
        extra = schema.get('additionalProperties', True)
        made = {}
        for key in schema.get('required', ()):
            part = properties.get(key, extra)
            value = next(self.values(part, key, depth), _NONE)
            if value is _NONE:
                return
            made[key] = value
        if len(made) < schema.get('minProperties', 0 if made else 1):
            others = [key for key in properties if key not in made]
            for key, part in [*((key, properties[key]) for key in others), *self._free_keys(schema, extra)]:
                if key not in made and (value := next(self.values(part, key, depth), _NONE)) is not _NONE:
                    made[key] = value
                if len(made) >= schema.get('minProperties', 1):
                    break
        yield made
        if made and not schema.get('required'):
            yield {}

    @staticmethod
    def _free_keys(schema: Schema, extra: Any) -> Iterator[tuple[str, Any]]:
        from re import search

        for pattern, part in schema.get('patternProperties', {}).items():
            yield from ((text, part) for text in _TEXTS if text and search(pattern, text))
        if extra is not False:
            yield from ((text, extra) for text in (PLAIN, *(f'{PLAIN}{number}' for number in range(2, 10))))

    def array(self, schema: Schema, name: str, depth: int) -> Iterator[list[Any]]:
        items = schema.get('items', True)
        first = items if isinstance(items, list) else schema.get('prefixItems', [])
        rest = schema.get('additionalItems', True) if isinstance(items, list) else items
        count = max(schema.get('minItems', 0), len(first), 0 if schema.get('maxItems') == 0 else 1)
        made: list[Any] = []
        for place in range(min(count, 1000)):
            part = first[place] if place < len(first) else rest
            ways = [each for each in islice(self.values(part, name, depth), count + 1) if not schema.get('uniqueItems') or each not in made]
            if not ways:
                break
            made.append(ways[0])
        yield made
        yield []

    def string(self, schema: Schema, name: str, depth: int) -> Iterator[str]:
        from re import search

        shortest, longest = schema.get('minLength', 0), schema.get('maxLength', 1000)
        texts = [_FORMATS.get(schema.get('format', ''), text_for(name)), *_TEXTS]
        for text in texts:
            fitted = text.ljust(shortest, 'a')[:longest]
            if 'pattern' not in schema or search(schema['pattern'], fitted):
                yield fitted

    def number(self, schema: Schema, name: str, depth: int) -> Iterator[float]:
        step = schema.get('multipleOf', 1 if 'integer' in _types(schema) else 0.5)
        low = schema.get('minimum', schema.get('exclusiveMinimum'))
        high = schema.get('maximum', schema.get('exclusiveMaximum'))
        low, high = (None if isinstance(each, bool) else each for each in (low, high))
        start = 0 if low is None else -(-low // step) * step
        if low is None and high is not None and high <= 0:
            start = high // step * step - 2 * step
        yield from (value for value in (start + step, start, start + 2 * step) if high is None or value <= high)
        if low is not None and high is not None:
            yield from (low + (high - low) / 2, low, high)

    def boolean(self, schema: Schema, name: str, depth: int) -> Iterator[bool]:
        yield from (False, True)

    def null(self, schema: Schema, name: str, depth: int) -> Iterator[None]:
        yield None


_NONE = object()
_KINDS: dict[str, Callable[[_Maker, Schema, str, int], Iterator[Any]]] = {
    'string': _Maker.string,
    'integer': _Maker.number,
    'number': _Maker.number,
    'boolean': _Maker.boolean,
    'array': _Maker.array,
    'object': _Maker.object,
    'null': _Maker.null,
}
_HINTS = {
    'object': {'properties', 'required', 'patternProperties', 'additionalProperties', 'minProperties'},
    'array': {'items', 'minItems', 'maxItems', 'prefixItems', 'uniqueItems'},
    'number': {'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'},
}


def _types(schema: Schema) -> list[str]:
    """The types that a schema allows, or hints at."""
    named = schema.get('type', [])
    named = [named] if isinstance(named, str) else list(named)
    return [each for each in named if each in _KINDS] or [kind for kind, words in _HINTS.items() if words & schema.keys()] or ['string']


def _merged(one: Any, other: Any) -> dict[str, Any]:
    """Both schemas as one; `required` and `properties` of both count."""
    one, other = (each if isinstance(each, Mapping) else {} for each in (one, other))
    made = {**one, **other}
    if 'required' in one and 'required' in other:
        made['required'] = [*one['required'], *other['required']]
    if 'properties' in one and 'properties' in other:
        made['properties'] = {**one['properties'], **other['properties']}
    return made
