"""What one expression reads of the world outside the program."""

from __future__ import annotations

import msgspec

from gokart_lint import facts, vocabulary, world
from gokart_lint.bodies.code import Code
from gokart_lint.bodies.showing import argument, first_argument, shown
from gokart_lint.facts import Expression
from gokart_lint.project.classes import Class
from gokart_lint.project.constants import constant
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import Library

_OF_ALL_PARAMETERS = frozenset({'param_args', 'param_kwargs', 'to_str_params'})
_METHODS = frozenset(name.rpartition('().')[2] for name in world.SOURCES if '().' in name)
_MOST_STEPS = 30  # between a value and what made it


class Read(msgspec.Struct, frozen=True, eq=False):
    """A read: its kind, where it stands, and how a message shows it. `path` is the expression for the file that it reads."""

    kind: str
    node: Expression
    code: Code
    shown: str
    path: Expression | None = None
    writes: bool | None = False
    """Whether it opens a file for writing; None if the text does not show it."""


def read(node: Expression, code: Code) -> Read | None:
    """What an expression reads, if it does."""
    if isinstance(node, facts.Call):
        return _call(node, code)
    if isinstance(node, facts.Subscript):
        if code.library_name(node.value) in world.ENVIRONMENTS:
            return Read(world.ENVIRONMENT, node, code, shown(node))
    elif isinstance(node, facts.Operation) and node.kind == 'comparison' and node.operators[-1] in ('in', 'not in'):
        if code.library_name(node.operands[-1]) in world.ENVIRONMENTS:
            return Read(world.ENVIRONMENT, node, code, f'{argument(node.operands[0])} in {shown(node.operands[-1])}')
    elif isinstance(node, facts.Attribute):
        return _configured(node, code)
    return None


def _call(node: facts.Call, code: Code) -> Read | None:
    name, receiver = _qualified(node.function, code)
    source = world.SOURCES.get(name)
    if source is None or _keeps_from_it(source, node):
        return None
    path = receiver if source.path is None else _argument(node, source.path)
    writes = _writes(source, node, code) if source.mode is not None else False
    given = first_argument(node) if source.kind == world.ENVIRONMENT or source.path is not None or source.words else ''
    return Read(source.kind, node, code, f'{shown(node.function)}({given})', path, writes)


def _qualified(function: Expression, code: Code) -> tuple[str, Expression | None]:
    """The name of what is called in the table of the world, and the instance that it is a method of."""
    name = code.library_name(function)
    if name or not isinstance(function, facts.Attribute) or function.name not in _METHODS:
        return name, None
    maker = instance_maker(function.value, code)
    return (f'{maker}().{function.name}' if maker else ''), function.value


def instance_maker(node: Expression, code: Code) -> str:
    """What made the object that a value comes from, through calls, attributes and names: `pathlib.Path` for `(Path('a') / 'b').parent`."""
    for _ in range(_MOST_STEPS):
        if isinstance(node, facts.Call):
            name = code.library_name(node.function)
            if name:
                return name if name in world.MAKERS else ''
            node = node.function
        elif (origin := code.origin(node)) is not None:
            node, code = origin
        elif isinstance(node, (facts.Attribute, facts.Subscript, facts.Await)):
            node = node.value
        elif isinstance(node, facts.Operation) and node.operators == ('/',):
            node = node.operands[0]
        else:
            return ''
    return ''


def _keeps_from_it(source: world.Source, node: facts.Call) -> bool:
    """Whether the arguments of a call keep it from reading."""
    if source.words:
        first = node.arguments[0].value if node.arguments and not node.arguments[0].star else None
        return not (isinstance(first, facts.Constant) and isinstance(first.value, str) and first.value.lower() in source.words)
    if source.unless is None:
        return False
    given = _argument(node, source.unless)
    if given is None:
        return node.unpacks
    return not (isinstance(given, facts.Constant) and given.value is None)


def _writes(source: world.Source, node: facts.Call, code: Code) -> bool | None:
    """Whether a file is opened for writing alone."""
    given = None if source.mode is None else _argument(node, source.mode)
    if given is None:
        return None if node.unpacks else False
    known = constant(given, code.place)
    if known is None or not isinstance(known.value, str):
        return None
    return any(letter in known.value for letter in 'wax')


def _argument(node: facts.Call, wanted: world.Argument) -> Expression | None:
    found = (node.keyword(wanted.keyword) if wanted.keyword else None) or node.positional(wanted.position)
    return None if found is None else found.value


def _configured(node: facts.Attribute, code: Code) -> Read | None:
    """A read of a parameter of a `luigi.Config`: `Service().url`, or through a name."""
    method = code.place.method
    if method is not None and code.own(node) is not None:
        owner = method.owner if is_configuration(method.owner) else None
    else:
        owner = configuration(node.value, code)
    if owner is None or (node.name not in owner.parameters and not (owner.parameters and node.name in _OF_ALL_PARAMETERS)):
        return None
    return Read(world.CONFIGURATION, node, code, f'{owner.name}().{node.name}')


def configuration(node: Expression, code: Code) -> Class | None:
    """The `luigi.Config` of the project that a value is an instance of."""
    made, place = code.origin(node) or (node, code)
    if not isinstance(made, facts.Call):
        return None
    symbol = place.resolve(made.function)
    return symbol if isinstance(symbol, Class) and is_configuration(symbol) else None


@remembered
def is_configuration(owner: Class) -> bool:
    """Whether a class is a `luigi.Config`."""
    return bool(owner.derives_from(Library(vocabulary.CONFIG)))
