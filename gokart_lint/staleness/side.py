"""One revision as the comparison sees it: its pieces of code with their forms, each read once."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from functools import cached_property

from gokart_lint import facts
from gokart_lint.bodies.frames import Frame
from gokart_lint.facts import Expression, Span
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.module import Module
from gokart_lint.project.symbols import Library
from gokart_lint.reading.text import Lines as TextLines
from gokart_lint.reading.text import Undecodable, decode
from gokart_lint.staleness.bodies import Lines
from gokart_lint.staleness.changing import declares_global, giving
from gokart_lint.staleness.forms import Form, Former, Line, Reference
from gokart_lint.staleness.registries import registered
from gokart_lint.staleness.revisions import Revision
from gokart_lint.staleness.surroundings import Surroundings
from gokart_lint.staleness.tables import entries
from gokart_lint.staleness.targets import Code, Default, Entry, External, Global, Held, Key, Lookup, Member, Target, Task, Whole
from gokart_lint.vocabulary import INERT_BASES

_EMPTY = Form((), ())
_LONGEST_PATH = 200
_PLAIN_BASES = INERT_BASES | {'typing.NamedTuple', 'typing.TypedDict', 'enum.Enum', 'enum.IntEnum', 'enum.StrEnum', 'builtins.Exception'}
"""Bases that call no method of their subclasses by a name that the project does not say."""


class Side:
    """The pieces of one revision."""

    def __init__(self, revision: Revision) -> None:
        self.revision = revision
        self.root = revision.root
        self.project = revision.project
        self._forms: dict[tuple[Key, frozenset[str]], Form] = {}
        self._texts: dict[str, TextLines] = {}

    def form(self, target: Target, live: frozenset[str]) -> Form:
        """What a piece says. Of a class, the methods count whose names are among `live`."""
        names = live if isinstance(target, Whole) else frozenset()
        key = (target.key, names)
        if key not in self._forms:
            self._forms[key] = self._form(target, names)
        return self._forms[key]

    def _form(self, target: Target, live: frozenset[str]) -> Form:
        if isinstance(target, Code):
            return self._of_code(target)
        if isinstance(target, Global):
            return self._of_global(target)
        if isinstance(target, (Member, Default)):
            return self._of_member(target)
        if isinstance(target, Whole):
            return self._of_class(target.cls, live)
        if isinstance(target, Entry):
            return self._of_value(target, target.value)
        if isinstance(target, (Held, Lookup)):
            found = entries(target) if isinstance(target, Held) else target.entries
            return Form(tuple(Line(('entry', each.name), each.at) for each in found), tuple(Reference(each, each.at) for each in found))
        assert isinstance(target, (Task, External))
        return _EMPTY

    def former(self, around: Surroundings) -> Former:
        return Former(around, lambda at: self.text(around.module.path, at))

    def _of_code(self, target: Code) -> Form:
        frame = None if target.method is None else Frame(target.concrete or target.method.owner, target.method)
        scope = target.scope if frame is None else frame.scope
        lines = Lines(self.former(Surroundings(target.module, scope, frame=frame)))
        lines.function(target.function, without_first=frame is not None and bool(frame.method.self_name))
        return _made(lines)

    def _of_global(self, target: Global) -> Form:
        lines = Lines(self.former(Surroundings(target.module)))
        given = giving(target.module, target.name)
        first = given[0] if len(given) == 1 else None
        if isinstance(first, facts.Assign) and first.value is not None and not first.operator and isinstance(first.targets[0], facts.Name):
            lines.add(first.at, 'value', lines.former.shape(first.value))
        else:
            for statement in given:
                lines.block([statement])
        for function in target.module.facts.functions:
            if function.name == target.name or declares_global(function, target.name):
                lines.former.refer(Code(target.module, function), function.name_at)
        for found in registered(target.module):
            if found.registry == target.name:
                lines.add(found.decorator.at, 'registered', lines.former.shape(found.decorator), lines.former.shape(found.value))
        for each in target.module.classes:
            if each.qualname == target.name:
                lines.former.refer(Task(each) if each.is_luigi_task else Whole(each), each.facts.name_at)
        return _made(lines)

    def _of_member(self, target: Member | Default) -> Form:
        return self._of_value(target, target.owner.own_attributes[target.name].value if isinstance(target, Member) else target.value)

    def _of_value(self, target: Member | Default | Entry, value: Expression | None) -> Form:
        method = target.made_in if isinstance(target, Entry) else None
        frame = None if method is None else Frame(method.owner, method)
        around = Surroundings(target.module, owner=target.owner) if frame is None else Surroundings(target.module, frame.scope, frame=frame)
        lines = Lines(self.former(around))
        if value is not None:
            lines.add(target.at, 'value', lines.former.shape(value))
        return _made(lines)

    def form_of_expression(self, node: Expression, around: Surroundings) -> Form:
        """The form of an expression by itself."""
        lines = Lines(self.former(around))
        lines.add(node.at, 'value', lines.former.shape(node))
        return _made(lines)

    def _of_class(self, cls: Class, live: frozenset[str]) -> Form:
        around = Surroundings(cls.module, cls.outer_scope)
        lines = Lines(self.former(around))
        for base in (*cls.facts.bases, *(facts.Argument(each.at, each) for each in cls.facts.decorators)):
            lines.add(base.at, 'base', base.keyword, lines.former.shape(base.value))
        body = Lines(self.former(Surroundings(cls.module, owner=cls)))
        everything_lives = any(isinstance(each, Library) and each.name not in _PLAIN_BASES for each in cls.ancestors)
        self._fields(cls, body, annotated=everything_lives)
        body.block(each for each in cls.facts.body if isinstance(each, (facts.Evaluate, facts.Loop)))
        for method in sorted(cls.facts.methods, key=lambda each: (each.name, each.at)):
            if everything_lives or method.name in live or method.name.startswith('__'):
                found = Method(cls, method)
                body.add(method.name_at, 'method', method.name, found.kind == 'property')
                body.former.refer(Code(cls.module, method, found), method.name_at)
        outer, inner = _made(lines), _made(body)
        return Form(outer.lines + inner.lines, outer.references + inner.references, outer.attributes | inner.attributes, inner.texts)

    def _fields(self, cls: Class, body: Lines, *, annotated: bool) -> None:
        """The attributes of a class. What a library reads, such as pydantic, may read the annotations too."""
        fields = bool(cls.facts.decorators) or any(not isinstance(each, Class) and each not in _INERT for each in cls.ancestors)
        for assignment in cls.facts.assignments:
            names = tuple([getattr(each, 'name', '') for each in assignment.targets])
            parameter = cls.own_parameters.get(names[0])
            value = assignment.value if parameter is None else Default(parameter).value
            if assignment.value is not None or fields:  # an annotation alone is a field where something reads it
                kind = body.former.shape(assignment.annotation) if annotated and parameter is None else ()
                body.add(assignment.at, 'field', names, body.former.shape(value), kind)

    # --- the text of the files ---

    def text(self, path: str, at: Span) -> str:
        """What stands in a span of a file."""
        lines = self._lines(path)
        if at.line > len(lines.starts):
            return ''
        end = lines.offset(at.end_line, at.end_column) if at.end_line <= len(lines.starts) else len(lines.text)
        return lines.text[lines.offset(at.line, at.column) : end]

    def line(self, path: str, number: int) -> str:
        """The text of a line, '' where there is none."""
        lines = self._lines(path)
        return lines.line(number) if 1 <= number <= len(lines.starts) else ''

    def _lines(self, path: str) -> TextLines:
        if path not in self._texts:
            data = self.revision.data(path)
            try:
                self._texts[path] = TextLines('' if data is None else decode(data).text)
            except Undecodable:
                self._texts[path] = TextLines('')
        return self._texts[path]

    def opened(self, text: str, module: str) -> str | None:
        """The file that a literal path means: seen from a module's folder or one above it, up to the root."""
        if '.' not in posixpath.basename(text) or len(text) > _LONGEST_PATH or not text.isprintable():
            return None
        folder = posixpath.dirname(module)
        while folder.startswith(self.root):
            path = posixpath.normpath(posixpath.join(folder, text))
            if path.startswith(f'{self.root}/') and self.revision.data(path) is not None:
                return path
            folder = posixpath.dirname(folder)
        return None

    # --- its tasks ---

    @cached_property
    def _importers(self) -> dict[str, list[str]]:
        paths = list(self.revision.entries)
        found: dict[str, list[str]] = {}
        for path, entry in self.revision.entries.items():
            for place in entry.targets or ():
                found.setdefault(paths[place], []).append(path)
        return found

    def importers(self, path: str) -> list[str]:
        """The files that import one."""
        return self._importers.get(path, [])

    def reaching(self, files: Iterable[str]) -> set[str]:
        """Some files and all that import them, through any number of others."""
        found = {path for path in files if path in self.revision.entries}
        pending = list(found)
        while pending:
            new = set(self._importers.get(pending.pop(), ())) - found
            found |= new
            pending += new
        return found

    def tasks(self, files: Iterable[str]) -> list[Class]:
        """The gokart tasks in some files, in order."""
        modules: list[Module | None] = [self.project.module(path) for path in sorted(files)]
        return [each for module in modules if module is not None for each in module.classes if each.is_task]


_INERT = {Library(name) for name in INERT_BASES}


def _made(lines: Lines) -> Form:
    former = lines.former
    return Form(tuple(lines.lines), tuple(former.references), frozenset(former.attributes), frozenset(former.texts), former.hands_on)
