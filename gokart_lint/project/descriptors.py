"""The annotation by which every type checker understands a parameter: its own class, with the type that it holds.

`n: luigi.IntParameter = luigi.IntParameter()`, `dep: gokart.TaskInstanceParameter[A] = gokart.TaskInstanceParameter(expected_type=A)`.
Tried with mypy 2.4, basedpyright 1.40 and pyrefly 1.4 on luigi 3.8.1 and gokart 1.12.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression
from gokart_lint.project.calls import Place
from gokart_lint.project.classes import Class
from gokart_lint.project.defaults import default_of
from gokart_lint.project.literals import literal
from gokart_lint.project.symbols import Library, Unread
from gokart_lint.walking import dotted, walk

if TYPE_CHECKING:
    from gokart_lint.project.parameters import Parameter

ANY = 'Any'

_HELD = {'enum': 'enum', 'enum list': 'enum', 'number': 'var_type', 'choice': 'var_type'}
"""The keyword that names the type of what a generic parameter class holds."""

_SCALARS = frozenset({'bool', 'float', 'int', 'str'})


class Annotation(msgspec.Struct, frozen=True):
    """`text[held]`, or `text` alone. `names` are the first parts of all names in it, but for `Any`."""

    text: str
    held: str
    names: frozenset[str]

    @property
    def needs_any(self) -> bool:
        return self.held == ANY or self.held.endswith(f'[{ANY}]')

    def written(self, any_name: str | None) -> str:
        """The annotation, with the name that `typing.Any` has here; without it the class alone, which means the same."""
        if not self.held or (self.needs_any and any_name is None):
            return self.text
        return f'{self.text}[{self.held.replace(ANY, any_name or ANY) if self.needs_any else self.held}]'


def annotation_of(parameter: Parameter) -> Annotation | None:
    """The annotation for a parameter, in the words of its own declaration; None if these cannot be said in an annotation."""
    text = _written(parameter.call.function)
    if text is None:
        return None
    is_bare = parameter.custom is None and isinstance(parameter.call.function, (facts.Name, facts.Attribute))
    node, held = _held(parameter) if is_bare else (None, '')
    nodes = [parameter.call.function, *([] if node is None else [node])]
    names = {each.name for one in nodes for each in walk(one) if isinstance(each, facts.Name)}
    return Annotation(text, held, frozenset(names | ({held} & _SCALARS)))


def _held(parameter: Parameter) -> tuple[Expression | None, str]:
    """What a parameter holds, as it is written in its declaration, or a word of our own."""
    kind = vocabulary.PARAMETERS.get(parameter.library_class)
    if parameter.library_class == 'luigi.Parameter':
        return None, _by_default(parameter)
    if kind in ('task', 'task list'):
        return _type(parameter, parameter.expected_type)
    if kind == 'serializable':
        given = parameter.call.keyword('object_type') or parameter.call.positional(0)
        return _type(parameter, None if given is None else given.value)
    if kind == 'choice list':
        return None, ANY  # `ChoiceListParameter[str]` is given a str, in the words of luigi 3.8.1
    if kind in _HELD:
        given = parameter.call.keyword(_HELD[kind])
        if given is None and kind == 'choice' and not parameter.call.unpacks:
            return None, 'str' if _is_built_in(parameter.owner, parameter.call.at, 'str') else ANY
        return _type(parameter, None if given is None else given.value)
    if kind == 'list':
        default = default_of(parameter)
        found = None if default is None else literal(default.value, _place(parameter))
        is_tuple = default is None or (found is not None and found.kind in ('tuple', 'NoneType'))
        return None, '' if is_tuple else ANY  # type checkers want a tuple, and luigi makes one of a list
    return None, ANY if kind == 'task class' else ''


def _by_default(parameter: Parameter) -> str:
    """What luigi.Parameter holds: a str, as luigi says, unless its default is something else."""
    default = default_of(parameter)
    if parameter.call.unpacks:
        return ANY
    found = None if default is None else literal(default.value, _place(parameter))
    kind = 'str' if default is None else ANY if found is None or found.kind not in _SCALARS else found.kind
    return kind if _is_built_in(parameter.owner, parameter.call.at, kind) else ANY


def _type(parameter: Parameter, node: Expression | None) -> tuple[Expression | None, str]:
    text = None if node is None or not isinstance(node, (facts.Name, facts.Attribute)) else dotted(node)
    if node is None or text is None:
        return None, ANY
    symbol = parameter.owner.resolve(node)
    if not isinstance(symbol, (Class, Library, Unread)):
        return None, ANY
    is_every_task = isinstance(symbol, Library) and symbol.name == vocabulary.TASK_ON_KART
    return node, f'{text}[{ANY}]' if is_every_task else text


def _place(parameter: Parameter) -> Place:
    return Place(parameter.owner.module, None, parameter.owner)


def _is_built_in(owner: Class, at: facts.Span, name: str) -> bool:
    return owner.resolve(facts.Name(at, name)) == Library(f'builtins.{name}')


def _written(node: Expression) -> str | None:
    """The text of a class, with what stands in its brackets."""
    if isinstance(node, facts.Subscript):
        parts = list(_parts(node.index))
        value = dotted(node.value)
        return None if value is None or None in parts else f'{value}[{", ".join(part for part in parts if part is not None)}]'
    return 'None' if isinstance(node, facts.Constant) and node.value is None else dotted(node)


def _parts(index: Expression) -> Iterator[str | None]:
    for part in index.items if isinstance(index, facts.Collection) else (index,):
        yield _written(part)
