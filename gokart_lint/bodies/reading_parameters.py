"""Who reads a parameter of a task, as far as the text does not rule it out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.instance_use import mentions
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.calls import Place
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.module import Module
from gokart_lint.project.parameters import Parameter
from gokart_lint.project.project import Project
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import Library, is_library
from gokart_lint.walking import children, dotted, own_expressions, statements, walk

_BY_NAME = frozenset({
    '__dict__', '__getattribute__', 'attrgetter', 'clone', 'clone_parent', 'clone_parents', 'eval', 'exec', 'get_params',
    'get_param_values', 'getattr', 'locals', 'make_task_instance_dictionary', 'methodcaller', 'param_kwargs', 'vars',
})  # fmt: skip
"""What may read a parameter without saying its name as an attribute."""
_WORD = re.compile(rb'[A-Za-z_]\w*')
_LONGEST = 31  # characters: the length of a longer name stands before it as a byte that may look like a letter
_LOOKING = frozenset({f'builtins.{name}' for name in ('hasattr', 'id', 'isinstance', 'print', 'repr', 'str', 'type')})
"""What may be given a task without reading its parameters."""


def may_be_read(parameter: Parameter) -> bool:
    """Whether some code of the project reads a parameter, or may."""
    family = _family(parameter.owner)
    if any(not each.is_fully_known or each.may_be_rewritten for each in family if each.is_luigi_task):
        return True
    if any(_is_decorated(each) for each in family):  # luigi.util.requires clones a task with what has the same name
        return True
    if any(_reads(each, parameter) for each in family):
        return True
    return _is_read_elsewhere(parameter, family)


def _is_decorated(each: Class) -> bool:
    """Whether a decorator does anything to a class."""
    called = (node.function if isinstance(node, facts.Call) else node for node in each.facts.decorators)
    symbols = map(each.resolve_header, called)
    return not all(isinstance(symbol, Library) and symbol.name in vocabulary.TYPING_DECORATORS for symbol in symbols)


@remembered
def _family(owner: Class) -> tuple[Class, ...]:
    """A class, its bases, the classes below it, and their other bases: all whose code may see the same instance."""
    found = [each for below in owner.downwards() for each in below.ancestors if isinstance(each, Class)]
    return tuple(each for each in dict.fromkeys(found) if each.full_name not in (vocabulary.TASK_ON_KART, vocabulary.LUIGI_TASK))


def _reads(each: Class, parameter: Parameter) -> bool:
    names = {parameter.name, parameter.attribute}
    if names & set(_attributes_of(each)):
        return True
    return '*' in _attributes_of(each)


@remembered
def _attributes_of(each: Class) -> frozenset[str]:
    """Every attribute that the code of a class reads, of whatever value; `*` if it may read any attribute of its instance."""
    found: set[str] = set()
    for method in each.own_methods.values():
        reader = _Reader(method)
        for function in (other for other in each.facts.methods if other.name == method.function.name):
            reader.block(function.body)
        found |= reader.found
    for statement in (*each.facts.assignments, *each.facts.body):
        for expression in own_expressions(statement):
            found |= {node.name for node in walk(expression) if isinstance(node, facts.Attribute)}
    values = (said.value for said in each.facts.assignments if said.value is not None)
    found |= {node.name for value in values for node in walk(value) if isinstance(node, facts.Name)}  # `alias = parameter`
    return frozenset(found)


class _Reader:
    """Collects what one method reads."""

    def __init__(self, method: Method) -> None:
        self.method = method
        self.self_name = method.self_name
        self.options = next((formal.name for formal in method.function.formals if formal.kind == '**'), '')
        self.place = Place(method.owner.module, method.scope, method.owner, method)
        self.found: set[str] = set()

    def block(self, block: tuple[Statement, ...]) -> None:
        for statement in statements(block):
            if isinstance(statement, facts.Define):
                self.block(statement.function.body)
            elif isinstance(statement, facts.DefineClass):
                self.found.add('*')
            targets = (
                {id(target) for target in statement.targets} if isinstance(statement, facts.Assign) and not statement.operator else set()
            )
            for expression in own_expressions(statement):
                if id(expression) in targets and isinstance(expression, facts.Attribute):
                    expression = expression.value  # `self.x = ...` reads nothing
                    if isinstance(expression, facts.Name):
                        continue
                self.expression(expression)

    def expression(self, node: Expression) -> None:
        if isinstance(node, facts.Name):
            is_task = self.self_name and node.name == self.self_name and self.method.kind != 'class'
            if is_task or node.name in _BY_NAME or node.name == self.options:
                self.found.add('*')
            return
        if isinstance(node, facts.Attribute):
            self.attribute(node)
        elif isinstance(node, facts.Call):
            self.call(node)
        else:
            looked = isinstance(node, facts.Text)
            for part in children(node):
                if not (looked and self.is_self(part)):
                    self.expression(part)

    def attribute(self, node: facts.Attribute) -> None:
        self.found.add('*' if node.name in _BY_NAME else node.name)
        if isinstance(node.value, facts.Call) and dotted(node.value.function) == 'super':
            if node.name == 'requires' and not isinstance(self.above('requires'), Method):
                self.found.add('*')
        elif not self.is_self(node.value):
            self.expression(node.value)

    def above(self, name: str) -> object:
        """The method that `super()` finds in each class that has this one."""
        owner = self.method.owner
        found = [each.method(name, owner) for each in owner.downwards()]
        return found[0] if all(isinstance(each, Method) for each in found) else None

    def call(self, node: facts.Call) -> None:
        symbol = self.place.resolve(node.function) if isinstance(node.function, (facts.Name, facts.Attribute)) else None
        looks = isinstance(symbol, Library) and symbol.name in _LOOKING
        self.expression(node.function)
        for argument in node.arguments:
            handed_on = argument.star == '**' and isinstance(argument.value, facts.Name)
            if not handed_on and not (self.is_self(argument.value) and (looks or is_library(symbol, 'builtins.super'))):
                self.expression(argument.value)

    def is_self(self, node: Expression) -> bool:
        return isinstance(node, facts.Name) and bool(self.self_name) and node.name == self.self_name


def _is_read_elsewhere(parameter: Parameter, family: tuple[Class, ...]) -> bool:
    """Whether code that is no method of these classes reads the parameter of a task, or of a class that copies it."""
    project, name = parameter.owner.module.project, parameter.name
    tasks = [each.name for each in family if each.is_luigi_task]
    near = {*project.mentions.files(tasks), *project.mentions.files_decorating(tasks), *(each.module.path for each in family)}
    for path in _files_saying(project, name):
        module = project.module(path)
        if module is not None and any(_may_mean(each, parameter, path in near) for each in _outside(module, name, family)):
            return True
    return False


def _outside(module: Module, name: str, family: tuple[Class, ...]) -> Iterator[tuple[Expression, Place, Class | None]]:
    for found in mentions(module, name):
        if found.place.owner not in family or found.instance_of is None:
            yield found.node.value, found.place, found.instance_of


def _may_mean(found: tuple[Expression, Place, Class | None], parameter: Parameter, near: bool) -> bool:
    value, place, instance_of = found
    if instance_of is not None:
        known = instance_of.parameters.get(parameter.name)
        return known is parameter or (known is None and near and parameter.name not in instance_of.own_methods)
    if near:
        return not isinstance(place.resolve(value), Library)
    owner = place.owner
    of_task = isinstance(value, facts.Attribute) and owner is not None and owner.parameters.get(value.name)
    return bool(of_task and of_task.holds_tasks)


def _files_saying(project: Project, name: str) -> list[str]:
    """The files whose code says a name; for most names from one look at every file."""
    if name.isascii() and len(name) <= _LONGEST:
        return project.standing(_files_by_word).get(name, [])
    return [path for path, said in project.all_facts() if name.encode() in _code(said)]


def _files_by_word(project: Project) -> dict[str, list[str]]:
    """The files whose code says the name of something that a class body assigns, by that name."""
    assigned = {
        target.name.encode()
        for _, said in project.all_facts()
        for each in said.classes
        for assignment in each.assignments
        for target in assignment.targets
        for target in (target.items if isinstance(target, facts.Collection) else (target,))
        if isinstance(target, facts.Name)
    }
    found: dict[str, list[str]] = defaultdict(list)
    for path, said in project.all_facts():
        for word in assigned.intersection(_WORD.findall(_code(said))):
            found[word.decode()].append(path)
    return dict(found)


def _code(said: facts.Module) -> bytes:
    codes = [said.code, *(each.code for each in said.functions)]
    codes += [code for each in said.classes for code in (each.code, *(method.code for method in each.methods))]
    return b'\0'.join(codes)
