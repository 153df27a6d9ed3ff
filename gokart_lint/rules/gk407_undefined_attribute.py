"""An attribute of `self` that nothing defines.

## What it does

Reports `self.x` in a method of a task class, where neither the class, its bases, its subclasses, gokart nor luigi define `x`, and no code
of the project assigns it. The message names the attribute that it may be meant to be.

## Why is this bad

It raises AttributeError when the task runs, which may be hours into a pipeline. Type checkers seldom see it: most task classes have
methods without annotations, and these they do not check.

## What is left alone

- A class with a base, decorator or metaclass that the text does not explain, or that `@luigi.util.inherits` and its like decorate.
- A class with `__getattr__`, `__getattribute__` or `__init_subclass__`, or whose code uses `self.__dict__`, `vars(self)`, `exec` or
  `setattr` with a name that is not literal.
- What `hasattr(self, 'x')` or `getattr(self, 'x', ...)` asks for somewhere in these classes, and what stands in a `try` that catches
  AttributeError.
- What a subclass defines: a template method may count on it. What other code assigns, `task.x = 1`, counts too.
- Names like `__doc__`, and methods that bind the name of `self` again.

## Fix

Write the name as it is declared, or declare it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts
from gokart_lint.bodies.instance_use import all_statements, targets
from gokart_lint.bodies.members import assigned_elsewhere, mangled, members, plain_members
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.module import names_in
from gokart_lint.project.symbols import is_library
from gokart_lint.rules.registry import Report, rule
from gokart_lint.walking import blocks, children, dotted, everything, own_attribute, own_expressions, walk

if TYPE_CHECKING:
    from gokart_lint.project.classes import Method
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart
import luigi


class CountWine(gokart.TaskOnKart[int]):
    names: luigi.ListParameter = luigi.ListParameter()

    def run(self):
        self.dump(len(self.name))
"""

GOOD = """\
import gokart
import luigi


class CountWine(gokart.TaskOnKart[int]):
    names: luigi.ListParameter = luigi.ListParameter()

    def run(self):
        self.dump(len(self.names))
"""

_OF_CLASSES = frozenset({'__new__', '__init_subclass__', '__class_getitem__'})
_ASKING = (b'isinstance', b'issubclass')
_CATCHING = frozenset({'AttributeError', 'builtins.AttributeError'})
_NEAR = 0.7
"""How like a name another one must be to be offered, as difflib measures it."""


@rule('GK407', 'undefined-attribute')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Each attribute that a method of the module's task classes reads from `self` in vain."""
    for each in module.classes:
        plain = plain_members(each) if each.is_task else frozenset()
        for method in each.own_methods.values() if each.is_task else ():
            for node in _reads(method):
                name = mangled(node.name, each)
                if name in plain or (known := members(each)) is None:
                    continue
                if name not in known and not assigned_elsewhere(each, node.name):
                    yield Report(node.name_at, _message(method, node.name, known))


def _reads(method: Method) -> Iterator[facts.Attribute]:
    """Each `self.x` of a method that is read for certain, names with two underscores on both sides left out."""
    name = method.self_name
    if not name or method.kind == 'class' or method.function.name in _OF_CLASSES or not _has_self(method):
        return
    body = method.function.body
    asks = any(word in method.function.code for word in _ASKING)
    if _binds_again(body, name) or (asks and any(_narrows(node, method) for node in everything(body))):
        return
    for node in _certain(body, method):
        if isinstance(node, facts.Attribute) and own_attribute(node, name) is not None and not _is_special(node.name):
            yield node


def _is_special(name: str) -> bool:
    return name.startswith('__') and name.endswith('__')


def _has_self(method: Method) -> bool:
    """Whether the first argument is the instance as such: a decorator of the project's own may make something else of the method."""
    if method.function.formals[0].annotation is not None:  # `self: Other`
        return False
    if method.kind != 'decorated':
        return True
    handles_events = any('event_handler' in (_dotted(node) or '') for node in method.function.decorators)
    return method.self_name == 'self' and not handles_events


def _dotted(node: Expression) -> str | None:
    return dotted(node.function if isinstance(node, facts.Call) else node)


def _binds_again(body: Iterable[Statement], name: str) -> bool:
    """Whether the name of the instance means something else somewhere in the method."""
    for statement in all_statements(body):
        if any(name in names_in(target) for target in targets(statement)):
            return True
        if isinstance(statement, facts.Define) and any(formal.name == name for formal in statement.function.formals):
            return True
    for node in everything(body):
        if isinstance(node, facts.Lambda) and name in node.parameters:
            return True
        if isinstance(node, facts.Comprehension) and any(name in names_in(clause.target) for clause in node.clauses):
            return True
        if isinstance(node, facts.Walrus) and name in names_in(node.target):
            return True
    return False


def _narrows(node: Expression, method: Method) -> bool:
    """Whether a method asks what its instance is: `isinstance(self, Other)`."""
    if not isinstance(node, facts.Call) or not node.arguments or _dotted(node) not in ('isinstance', 'issubclass'):
        return False
    first = node.arguments[0].value
    return any(isinstance(each, facts.Name) and each.name == method.self_name for each in (first, *children(first)))


def _certain(block: Iterable[Statement], method: Method) -> Iterator[Expression]:
    """The expressions of a block, without those where AttributeError is caught."""
    for statement in block:
        if _catches(statement, method):
            continue
        for node in own_expressions(statement):
            yield from walk(node)
        if isinstance(statement, facts.Define):
            yield from _certain(statement.function.body, method)
        for inner in blocks(statement):
            yield from _certain(inner, method)


def _catches(statement: Statement, method: Method) -> bool:
    if isinstance(statement, facts.Try):
        errors = [each.error for each in statement.handlers if each.error is not None]
        return any(dotted(each) in _CATCHING for error in errors for each in (error, *children(error)))
    if isinstance(statement, facts.With):
        calls = [each.value for each in statement.contexts if isinstance(each.value, facts.Call)]
        symbols = ((call, method.owner.module.resolve(call.function, method.scope)) for call in calls)
        return any(is_library(symbol, 'contextlib.suppress') for _, symbol in symbols)
    return False


def _message(method: Method, name: str, known: frozenset[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(each for each in known if name.startswith('_') or not each.startswith('_')), 1, _NEAR)
    me = method.self_name
    advice = f'did you mean {me}.{near[0]}?' if near else 'declare it as a parameter, or assign it'
    where = f'{method.owner.name}.{method.function.name}'
    return f'{where} reads {me}.{name}, which neither the class, its bases nor gokart define: {advice}'
