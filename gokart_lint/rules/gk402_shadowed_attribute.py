"""A parameter or class attribute with the name of something that gokart or luigi need.

## What it does

Reports a parameter, or another value in the body of a task class, that is named like a method or property of `gokart.TaskOnKart` or
`luigi.Task`: `input`, `output`, `run`, `load`, `dump`, `complete`, `clone`, `requires`, `task_id`, `param_kwargs` and all others. A
property in the place of a method is such a value too, where it returns something that cannot be called.

## Why is this bad

The class has one attribute of each name. With `input = luigi.Parameter()` it is a text where `self.load()` calls `self.input()`:
`TypeError: 'str' object is not callable`, in the middle of a run. What luigi sets by itself (`task_id`, `param_kwargs`) is set over the
value of the parameter, which is lost without a word.

## What is left alone

- Methods, static and class methods, and anything that may be one: `run = _run`, `output = make_output('a')`, a lambda.
- What luigi documents as class attributes to set: `priority`, `retry_count`, `resources`, `owner_email`, `worker_timeout`, `disabled`,
  `task_namespace`, `max_batch_size`, `batchable`, `accepts_messages`, `disable_window`, `disable_hard_timeout`, `use_cmdline_section`.
- gokart's own parameters (`workspace_directory`, `significant`, ...), which a class may give another default.
- An annotation without a value, which defines nothing, and a value that a method of the same name further down replaces.

## Fix

Give it another name: `input_path` for `input`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression, Span
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.module import names_in
from gokart_lint.project.parameters import pairs, parameter_class
from gokart_lint.project.symbols import Library, Value
from gokart_lint.rules.registry import Report, rule
from gokart_lint.walking import flattened

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart
import luigi


class CountWine(gokart.TaskOnKart[int]):
    input = luigi.Parameter()

    def run(self):
        self.dump(len(self.input))
"""

GOOD = """\
import gokart
import luigi


class CountWine(gokart.TaskOnKart[int]):
    input_path = luigi.Parameter()

    def run(self):
        self.dump(len(self.input_path))
"""

_NAMES = vocabulary.TASK_METHODS | vocabulary.TASK_PROPERTIES | vocabulary.GIVEN_ATTRIBUTES
_VALUES = (facts.Constant, facts.Text, facts.Collection, facts.Mapping, facts.Comprehension)
_MAKING_VALUES = frozenset({
    'builtins.bool', 'builtins.bytes', 'builtins.dict', 'builtins.float', 'builtins.frozenset', 'builtins.int', 'builtins.list',
    'builtins.set', 'builtins.str', 'builtins.tuple', 'datetime.date', 'datetime.datetime', 'datetime.timedelta',
    'gokart.target.make_model_target', 'gokart.target.make_target', 'luigi.LocalTarget', 'luigi.mock.MockTarget', 'os.environ.get',
    'os.getenv', 'os.path.join', 'pandas.DataFrame', 'pandas.Series', 'pathlib.Path',
})  # fmt: skip
"""Calls that make something which cannot be called."""


@rule('GK402', 'shadowed-attribute')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Each value in the body of a task class of the module that hides a method or property of gokart or luigi."""
    for each in module.classes:
        if _NAMES.isdisjoint((*each.own_attributes, *each.own_methods)):
            continue
        for name, at, kind in _shadowing(each):
            task = each if each.is_task else _heir(each, name)
            if task is not None:
                yield Report(at, _message(each, name, kind))


def _heir(mixin: Class, name: str) -> Class | None:
    """A task class that takes an attribute from a class which is no task itself."""
    for heir in mixin.subclasses:
        if heir.is_task:
            classes = (each for each in heir.ancestors if isinstance(each, Class))
            giver = next((each for each in classes if name in each.own_attributes or name in each.own_methods), None)
            first = next((number for number, each in enumerate(heir.ancestors) if _is_gokarts(each)), 0)
            if giver is mixin and heir.ancestors.index(mixin) < first:
                return heir
    return None


def _is_gokarts(each: object) -> bool:
    return isinstance(each, Library) and vocabulary.library_base(each.name) is not None


def _shadowing(each: Class) -> Iterator[tuple[str, Span, str]]:
    """The names of a class body that hold a value in the place of what gokart or luigi need, each with what it is."""
    for assignment in each.facts.assignments:
        if assignment.value is None or assignment.operator:
            continue
        for target in assignment.targets:
            for name, value in pairs(target, assignment.value):
                if name in _NAMES and not _is_replaced(each, name, assignment.at):
                    kind = _kind(each, value)
                    if kind:
                        yield name, _place(target, name), kind
    for name, method in each.own_methods.items():
        if name in vocabulary.TASK_METHODS and method.kind == 'property' and _gives_values(method):
            yield name, method.function.name_at, 'property'


def _is_replaced(each: Class, name: str, at: Span) -> bool:
    return name in each.own_methods and each.own_methods[name].function.at > at


def _place(target: Expression, name: str) -> Span:
    if isinstance(target, facts.Collection):
        return next((_place(item, name) for item in target.items if name in names_in(item)), target.at)
    return target.at


def _kind(each: Class, value: Expression) -> str:
    """'parameter', 'value', or '' for what may be called, or what the text does not show."""
    if isinstance(value, facts.Call):
        symbol = each.resolve(value.function)
        if parameter_class(symbol)[0]:
            return 'parameter'
        if isinstance(symbol, Class):
            is_plain = symbol.is_fully_known and symbol.is_luigi_task and symbol.method('__call__') is None
            return 'value' if is_plain else ''
        return 'value' if isinstance(symbol, Library) and symbol.name in _MAKING_VALUES else ''
    if isinstance(value, (facts.Name, facts.Attribute)):
        symbol = each.resolve(value)
        is_value = value.name not in each.own_methods and isinstance(symbol, Value) and _is_value(symbol.expression)
        return 'value' if is_value else ''
    return 'value' if _is_value(value) else ''


def _is_value(node: Expression) -> bool:
    return isinstance(node, _VALUES) or (isinstance(node, facts.Operation) and node.kind != 'boolean')


def _gives_values(method: Method) -> bool:
    """Whether a property returns nothing that could be called."""
    returned = [each.value for each in flattened(method.function.body) if isinstance(each, facts.Return)]
    return bool(returned) and all(value is None or _is_value(value) or _makes_target(method, value) for value in returned)


def _makes_target(method: Method, value: Expression) -> bool:
    function = value.function if isinstance(value, facts.Call) else None
    is_own = isinstance(function, facts.Attribute) and isinstance(function.value, facts.Name) and function.value.name == method.self_name
    return is_own and isinstance(function, facts.Attribute) and function.name in (*vocabulary.TARGET_MAKERS, *vocabulary.LOADS, 'clone')


def _message(each: Class, name: str, kind: str) -> str:
    what = {'parameter': 'the parameter', 'value': 'the attribute', 'property': 'the property'}[kind]
    if name in vocabulary.TASK_METHODS:
        why = f'hides the method {name}() of every task: whoever calls it, gokart and luigi first, gets a TypeError'
    elif name in vocabulary.GIVEN_ATTRIBUTES:
        why = f'meets the {name} that gokart and luigi set on every task: one of the two values is lost'
    else:
        why = f'hides the property {name} of every task: luigi reads this value in its place'
    return f'{each.name}.{name} {why}; give {what} another name, such as {_other_name(name)}'


def _other_name(name: str) -> str:
    return f'{name.lstrip("_")}_path' if name in ('input', 'output') else f'own_{name.lstrip("_")}'
