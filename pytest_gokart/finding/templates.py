"""Which task classes are written to be derived from: nobody builds them, and building them would fail without being a fault."""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint import facts, vocabulary
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.symbols import Library
from gokart_lint.walking import everything, flattened, own_attribute


def is_template(task: Class) -> bool:
    """Whether a class is abstract, or a mixin or base that lacks what only the classes below it have.

    A method that only raises NotImplementedError makes a class abstract if it is `requires` itself or if something derives from the
    class; elsewhere it is a hook that nobody needs. So does an attribute that its methods read, that it has not (or has as None) and
    that a class below it has.
    """
    methods = {method.function.name: method for method in task.methods()}
    if any(_is_decorated_abstract(method) for method in methods.values()):
        return True
    if 'requires' in methods and methods['requires'].is_abstract:
        return True
    below = task.subclasses
    return bool(below) and (task.is_abstract or any(_has(other, name) for name in _lacking(task) for other in below))


def _is_decorated_abstract(method: Method) -> bool:
    symbols = (method.owner.resolve(decorator) for decorator in method.function.decorators)
    return any(isinstance(symbol, Library) and symbol.name in vocabulary.ABSTRACT_DECORATORS for symbol in symbols)


def _lacking(task: Class) -> set[str]:
    """What the methods of a class read from `self` although the class has it not, or has no value for it."""
    read: set[str] = set()
    given: set[str] = set()
    for method in task.methods():
        if method.self_name:
            read.update(_own_attributes(method, method.function.body))
            given.update(_assigned(method))
    return {name for name in read - given - vocabulary.TASK_MEMBERS if not name.startswith('__') and not _has(task, name)}


def _own_attributes(method: Method, body: tuple[facts.Statement, ...]) -> Iterator[str]:
    for node in everything(body):
        name = own_attribute(node, method.self_name)
        if name is not None:
            yield name


def _assigned(method: Method) -> Iterator[str]:
    for statement in flattened(method.function.body):
        if isinstance(statement, facts.Assign):
            for target in statement.targets:
                name = own_attribute(target, method.self_name)
                if name is not None:
                    yield name


def _has(task: Class, name: str) -> bool:
    """Whether a class has an attribute with a value, its own or inherited; what a base that is not known may give counts as there."""
    for each in task.ancestors:
        if not isinstance(each, Class):
            if not isinstance(each, Library):
                return True
            continue
        if name in each.own_methods or name in each.parameters:
            return True
        said = each.own_attributes.get(name)
        if said is not None:
            return not (isinstance(said.value, facts.Constant) and said.value.value is None)
    return False
