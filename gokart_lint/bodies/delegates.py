"""Instance methods that could as well be static: all that they take from `self` is known from the class and its parameters."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterable, Iterator

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.frames import Frame
from gokart_lint.bodies.holding import Values
from gokart_lint.bodies.idling import does_nothing
from gokart_lint.bodies.instance_use import Mention, asks_by_name, mentions, reads
from gokart_lint.bodies.logs import Logs
from gokart_lint.bodies.reach import reached
from gokart_lint.bodies.work import work_left
from gokart_lint.facts import Expression
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.symbols import Library, ModuleSymbol
from gokart_lint.walking import everything

_ARRAYS = frozenset({'numpy', 'pandas', 'polars'})
_DESCRIPTORS = ('property', 'partialmethod', 'singledispatchmethod')
_OF_TARGETS = vocabulary.LOADS | {'dump'}


class Delegate(msgspec.Struct, frozen=True, eq=False):
    """A method of a class that needs no instance, with each `self.x` that it reads, told apart by what `x` is."""

    owner: Class
    method: Method
    parameters: tuple[facts.Attribute, ...]
    constants: tuple[facts.Attribute, ...]
    methods: tuple[facts.Attribute, ...]

    @property
    def family(self) -> frozenset[Class]:
        """The classes whose `self` may be an instance that has the method: those above, those below, and what these derive from."""
        below = (self.owner, *self.owner.subclasses)
        return frozenset(each for one in below for each in one.ancestors if isinstance(each, Class))

    def of(self, found: Iterable[Mention]) -> list[Mention]:
        """The mentions of the method, or of what may be it."""
        family = self.family
        return [each for each in found if each.of_class is None or each.of_class in family]


def delegates(owner: Class) -> Iterator[Delegate]:
    """The methods of a task class that a `run` of it, or of a class below it, reaches, and that could be static."""
    for method in owner.own_methods.values():
        found = _needing_no_instance(owner, method)
        if found is not None and _is_its_own(owner, method) and _does_something(owner, method):
            run_by = any(method in reached(each) for each in owner.downwards() if each.is_task)
            if run_by and not _is_passed_on(found):
                yield found


def _needing_no_instance(owner: Class, method: Method) -> Delegate | None:
    if method.function.decorators or method.is_abstract or method.only_raises:
        return None
    read = reads(method)
    if read is None or any(_touches_results(method, node) for node in everything(method.function.body)):
        return None
    told: dict[str, list[facts.Attribute]] = {'parameter': [], 'constant': [], 'method': []}
    for node in read:
        kind = _kind(owner, method, node.name)
        if kind is None:
            return None
        told[kind].append(node)
    return Delegate(owner, method, tuple(told['parameter']), tuple(told['constant']), tuple(told['method']))


def _touches_results(method: Method, node: Expression) -> bool:
    """Whether something is loaded or dumped: `self.dep.output()`, `target.load()`, but not `json.load(file)`."""
    if not isinstance(node, facts.Call) or not isinstance(node.function, facts.Attribute):
        return False
    if node.function.name in _OF_TARGETS:
        return not isinstance(method.owner.module.resolve(node.function.value, method.scope), (Library, ModuleSymbol))
    return node.function.name in ('input', 'output')


def _kind(owner: Class, method: Method, name: str) -> str | None:
    if name in owner.parameters or name in vocabulary.TASK_ON_KART_PARAMETERS:
        return 'parameter'
    found = owner.project_method(name)
    if found is not None:
        return 'method' if found.kind in ('static', 'class') else None
    frame = Frame(owner, method)
    value = frame.class_value(name)
    if value is None or not _is_constant(owner, name, value):
        return None
    family = (owner, *owner.subclasses)
    assigned = any(True for each in family for _ in Frame(each, method).assigning(name))
    return None if assigned else 'constant'


def _is_constant(owner: Class, name: str, value: Expression) -> bool:
    """Whether a value in a class body is the same through an instance: no descriptor, no function that would be bound."""
    giver = next((each for each in owner.ancestors if isinstance(each, Class) and name in each.own_attributes), owner)
    if isinstance(value, facts.Lambda):
        return False
    if isinstance(value, facts.Call):
        symbol = giver.resolve(value.function)
        package, _, rest = symbol.name.partition('.') if isinstance(symbol, Library) else ('', '', '')
        return (package in sys.stdlib_module_names or package in _ARRAYS) and not rest.endswith(_DESCRIPTORS)
    if isinstance(value, (facts.Name, facts.Attribute)):
        symbol = giver.resolve(value)
        return isinstance(symbol, Class) or (isinstance(symbol, Library) and _is_class(symbol.name))
    return True


def _is_class(name: str) -> bool:
    package, _, last = name.rpartition('.')
    return isinstance(getattr(builtins, last, None), type) if package == 'builtins' else last[:1].isupper()


def _is_its_own(owner: Class, method: Method) -> bool:
    """Whether the method neither overrides another one nor is overridden, as far as the text shows.

    What a template leaves open (`_run` in an abstract base) is filled in, not overridden: it is judged in each class that fills it in.
    """
    name = method.function.name
    if (name.startswith('__') and name.endswith('__')) or name in vocabulary.TASK_MEMBERS:
        return False
    above = owner.method(name, owner)
    is_open = isinstance(above, Method) and above.is_abstract
    if (above is not None and not is_open) or any(name in each.own_attributes for each in owner.ancestors if isinstance(each, Class)):
        return False
    return all(each.method(name) is method for each in owner.subclasses)


def _does_something(owner: Class, method: Method) -> bool:
    """Whether a method works: a value that is only put together from parameters and literals is no work to hand over."""
    if does_nothing(method):
        return False
    if work_left(owner, method, given=True):
        return True
    logs = Logs(Values(owner, method))
    return any(
        isinstance(node, (facts.Call, facts.Subscript, facts.Yield)) and not _is_log(logs, node)
        for node in everything(method.function.body)
    )


def _is_log(logs: Logs, node: Expression) -> bool:
    return isinstance(node, facts.Call) and logs.is_log(node)


def _is_passed_on(found: Delegate) -> bool:
    """Whether the method is mentioned without being called, so that something else calls it with what it likes."""
    name = found.method.function.name
    modules = dict.fromkeys(each.module for each in found.owner.downwards())
    return any(asks_by_name(module, name) or any(each.call is None for each in found.of(mentions(module, name))) for module in modules)
