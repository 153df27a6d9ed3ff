"""What single calls and assignments say of luigi's configuration: a file that is named, a value that is set, or something unclear."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression, Span, Statement
from gokart_lint.project.calls import Place
from gokart_lint.project.configuration.file import kind_of
from gokart_lint.project.symbols import UNKNOWN, Library, Value
from gokart_lint.project.texts import Texts, texts

ADDERS = frozenset({
    'gokart.add_config', 'gokart.utils.add_config', 'luigi.configuration.add_config_path', 'luigi.configuration.core.add_config_path',
})  # fmt: skip
"""What adds a file to the parser that its extension means (gokart.utils of gokart 1.12.2 hands on to luigi.configuration.core)."""

PARSERS = {
    'luigi.configuration.LuigiConfigParser': 'ini',
    'luigi.configuration.cfg_parser.LuigiConfigParser': 'ini',
    'luigi.configuration.LuigiTomlParser': 'toml',
    'luigi.configuration.toml_parser.LuigiTomlParser': 'toml',
}
"""The parser classes; their `add_config_path` looks at no extension (luigi.configuration.base_parser of luigi 3.8.1)."""

GETTERS = frozenset({
    'luigi.configuration.get_config', 'luigi.configuration.core.get_config', *(f'{parser}.instance' for parser in PARSERS),
})  # fmt: skip
"""What gives the one parser object of the process."""

IMPLICIT = ('client.cfg', 'luigi.cfg', 'luigi.toml')
"""What luigi reads unasked from the working directory, in this order (`_config_paths` of the parsers); /etc is no part of a project."""

PATH_VARIABLE = 'LUIGI_CONFIG_PATH'
"""The environment variable whose file luigi adds when it is imported (luigi.configuration.core)."""

READS = frozenset({'read', 'read_dict', 'read_file', 'read_string', 'readfp', 'update', 'setdefault'})
"""Methods of the parser object that bring in values of their own."""


class Named(msgspec.Struct, frozen=True):
    """A file that the code names. `optional` is one that luigi looks for by itself where the code runs tasks."""

    path: str
    kind: str
    module: str
    at: Span
    optional: bool = False


class Setting(msgspec.Struct, frozen=True):
    """A value that the code sets: `get_config().set(section, key, ...)`."""

    section: str
    key: str
    module: str
    at: Span


class Unclear(msgspec.Struct, frozen=True):
    """A place where the code brings in configuration that the text does not show."""

    module: str
    at: Span
    reason: str


Saying = Named | Setting | Unclear


class Speaker:
    """Reads single nodes at one place. `knows_parser` False: no name there can mean luigi's parser object."""

    def __init__(self, place: Place, knows_parser: bool = True) -> None:
        self._place = place
        self._knows_parser = knows_parser
        self._path = place.module.path

    # --- statements ---

    def of_statement(self, statement: Statement) -> Iterator[Saying]:
        """`os.environ['LUIGI_CONFIG_PATH'] = path`, `config['Section']['key'] = value`, and a parser that is put out of sight."""
        if isinstance(statement, facts.Return) and statement.value is not None and self.is_parser(statement.value):
            yield Unclear(self._path, statement.at, "luigi's configuration is handed on")
        if not isinstance(statement, facts.Assign) or statement.value is None:
            return
        for target in statement.targets:
            if isinstance(target, facts.Subscript):
                if _is_text(target.index, PATH_VARIABLE):
                    yield from self._files(statement.value, statement.at)
                elif isinstance(target.value, facts.Subscript) and self.is_parser(target.value.value):
                    yield from self._set(target.value.index, target.index, statement.at)
                elif self.is_parser(target.value):
                    yield from self._set_all(target.index, statement.value, statement.at)
            elif not isinstance(target, facts.Name) and self.is_parser(statement.value):
                yield Unclear(self._path, statement.at, "luigi's configuration is handed on")

    # --- expressions ---

    def of(self, node: Expression) -> Iterator[Saying]:
        if isinstance(node, facts.Mapping):
            for key, value in zip(node.keys, node.values, strict=True):
                if key is not None and _is_text(key, PATH_VARIABLE):
                    yield from self._files(value, value.at)
        elif isinstance(node, facts.Call):
            yield from self._called(node)

    def _called(self, node: facts.Call) -> Iterator[Saying]:
        symbol = self._place.resolve(node.function)
        name = symbol.name if isinstance(symbol, Library) else ''
        last = node.function.name if isinstance(node.function, (facts.Name, facts.Attribute)) else ''
        class_name, _, method = name.rpartition('.')
        if name in ADDERS or (symbol is UNKNOWN and last in ('add_config', 'add_config_path')):
            yield from self._added(node, None)
        elif class_name in PARSERS and method == 'add_config_path':
            yield from self._added(node, PARSERS[class_name])
        elif name in vocabulary.RUNNERS:
            for path in IMPLICIT:
                yield Named(path, kind_of(path), self._path, node.at, optional=True)
        elif isinstance(node.function, facts.Attribute) and self.is_parser(node.function.value):
            yield from self._told(node, node.function.name)
        elif any(self.is_parser(argument.value) for argument in node.arguments):
            yield Unclear(self._path, node.at, "luigi's configuration is handed on")
        else:
            yield from self._in_environment(node)

    def _added(self, node: facts.Call, kind: str | None) -> Iterator[Saying]:
        given = node.keyword('file_path') or node.keyword('path') or node.positional(0)
        if given is None:
            yield Unclear(self._path, node.at, 'the path is not shown')
        else:
            yield from self._files(given.value, node.at, kind)

    def _in_environment(self, node: facts.Call) -> Iterator[Saying]:
        """`os.environ.setdefault(name, path)`, `os.putenv(name, path)`, `dict(os.environ, LUIGI_CONFIG_PATH=path)`, whatever is called."""
        if given := node.keyword(PATH_VARIABLE):
            yield from self._files(given.value, node.at)
        first, second = node.positional(0), node.positional(1)
        if first is not None and second is not None and _is_text(first.value, PATH_VARIABLE):
            name = node.function.name if isinstance(node.function, (facts.Name, facts.Attribute)) else ''
            if name not in ('get', 'getenv', 'pop'):
                yield from self._files(second.value, node.at)

    # --- the parser object ---

    def is_parser(self, node: Expression, depth: int = 0) -> bool:
        """Whether an expression is luigi's parser object, or a name for it."""
        if not self._knows_parser:
            return False
        if isinstance(node, facts.Walrus):
            return self.is_parser(node.value, depth)
        if isinstance(node, facts.Call):
            symbol = self._place.resolve(node.function)
            return isinstance(symbol, Library) and symbol.name in GETTERS
        if depth > 5 or not isinstance(node, (facts.Name, facts.Attribute)):
            return False
        if isinstance(node, facts.Name) and self._place.is_local(node.name):
            scope = self._place.scope
            while scope is not None and node.name not in scope.assigned:
                scope = scope.outer
            values = scope.assigned[node.name] if scope is not None else []
            return any(value is not None and value != node and self.is_parser(value, depth + 1) for value in values)
        found = self._place.resolve(node)
        return isinstance(found, Value) and Speaker(Place(found.module)).is_parser(found.expression, depth + 1)

    def _told(self, node: facts.Call, method: str) -> Iterator[Saying]:
        if method == 'set':
            section, key = node.keyword('section') or node.positional(0), node.keyword('option') or node.positional(1)
            if section is None or key is None:
                yield Unclear(self._path, node.at, 'what is set is not shown')
            else:
                yield from self._set(section.value, key.value, node.at)
        elif method == 'add_config_path':
            yield from self._added(node, None)
        elif method == 'read' and (given := node.positional(0)) is not None:
            paths = given.value.items if isinstance(given.value, facts.Collection) else (given.value,)
            for path in paths:
                yield from self._files(path, node.at)
        elif method == 'read_dict' and (given := node.positional(0)) is not None and isinstance(given.value, facts.Mapping):
            for name, values in zip(given.value.keys, given.value.values, strict=True):
                yield from self._set_all(name, values, node.at)
        elif method in READS:
            yield Unclear(self._path, node.at, 'what is read is not shown')

    def _set(self, section: Expression, key: Expression, at: Span) -> Iterator[Saying]:
        sections, keys = texts(section, self._place), texts(key, self._place)
        if not (sections.complete and keys.complete):
            yield Unclear(self._path, at, 'what is set is not shown')
        for name in sections.values:
            for each in keys.values:
                yield Setting(name, each, self._path, at)

    def _set_all(self, section: Expression | None, values: Expression, at: Span) -> Iterator[Saying]:
        if section is None or not isinstance(values, facts.Mapping):
            yield Unclear(self._path, at, 'what is set is not shown')
            return
        for key in values.keys:
            if key is None:
                yield Unclear(self._path, at, 'what is set is not shown')
            else:
                yield from self._set(section, key, at)

    # --- paths ---

    def _files(self, node: Expression, at: Span, kind: str | None = None) -> Iterator[Saying]:
        found: Texts = texts(node, self._place)
        for path in found.values:
            yield Named(path, kind or kind_of(path), self._path, at)
        if not found.complete:
            yield Unclear(self._path, at, 'the path is not shown')


def _is_text(node: Expression, value: str) -> bool:
    return isinstance(node, facts.Constant) and node.value == value
