"""The edits that make an instance method of a task a static one, in the class that holds it."""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.delegates import Delegate
from gokart_lint.bodies.instance_use import Mention, called_anywhere, names
from gokart_lint.facts import Formal, Span
from gokart_lint.findings import Edit, Fix
from gokart_lint.project.classes import Class
from gokart_lint.walking import everything

_TYPES = {'bool', 'float', 'int', 'str'}


def made_static(found: Delegate) -> Fix | None:
    """A fix that leaves the program as it is; None where a name is taken or a call stands where it cannot be followed."""
    function = found.method.function
    calls = _calls(found)
    if calls is None or not _is_free(found) or _prints_its_source(found):
        return None
    taken = list(dict.fromkeys(node.name for node in found.parameters))
    formals = _new_formals(found, taken)
    if formals is None:
        return None
    indent = ' ' * (function.at.column - 1)
    edits = [Edit(_before(function.at), f'@staticmethod\n{indent}'), *formals]
    edits += [Edit(node.at, node.name) for node in found.parameters]
    edits += [Edit(node.value.at, found.owner.qualname) for node in (*found.constants, *found.methods)]
    edits += [edit for call in calls for edit in _new_arguments(call, taken)]
    return Fix(f'Make {function.name} a static method', tuple(edits), safe=False)


# --- Where the program would not stay the same ------------------------------------------------------------------------


def _calls(found: Delegate) -> list[Mention] | None:
    """The calls `self.m(...)`, in the class alone where they must give parameters; None if the method is called in another way."""
    calls = found.of(called_anywhere(found.owner.module.project, found.method.function.name))
    for mention in calls:
        is_on_self = mention.instance_of is found.owner or (mention.instance_of is not None and not found.parameters)
        if not is_on_self or mention.call is None or not _takes_more(found, mention.call):
            return None
    return calls


def _takes_more(found: Delegate, call: facts.Call) -> bool:
    """Whether keywords can be put behind the arguments of a call: not behind `f(x for x in y)`, nor a keyword that is given."""
    given = {argument.keyword for argument in call.arguments}
    alone = call.arguments[0].value if len(call.arguments) == 1 else None
    is_generator = isinstance(alone, facts.Comprehension) and alone.kind == 'generator'
    return not (found.parameters and is_generator) and not any(node.name in given for node in found.parameters)


def _is_free(found: Delegate) -> bool:
    """Whether the names that the method would use mean nothing else in it."""
    taken = names(found.method)
    if any(node.name in taken or node.name.startswith('__') for node in found.parameters):
        return False
    through_class = (*found.constants, *found.methods)
    if not through_class:
        return True
    owner = found.owner
    head = owner.qualname.partition('.')[0]
    if '<locals>' in owner.qualname or head in taken or owner.module.global_name(owner.qualname) is not owner or not owner.is_fully_known:
        return False
    if any(
        each in below.own_methods or each in below.own_attributes for each in {n.name for n in through_class} for below in owner.subclasses
    ):
        return False
    return not (owner.subclasses and any(_is_class_method(owner, node.name) for node in found.methods))


def _is_class_method(owner: Class, name: str) -> bool:
    method = owner.project_method(name)
    return method is not None and method.kind == 'class'


def _prints_its_source(found: Delegate) -> bool:
    """Whether an f-string shows `self.x=`, which is the text of the expression."""
    name = f'{found.method.self_name}.'
    texts = (node for node in everything(found.method.function.body) if isinstance(node, facts.Text))
    return any(
        name in part.value for text in texts for part in text.parts if isinstance(part, facts.Constant) and isinstance(part.value, str)
    )


# --- The edits --------------------------------------------------------------------------------------------------------


def _new_formals(found: Delegate, taken: list[str]) -> list[Edit] | None:
    """The edits that take `self` away and add keywords; None where the text around them is not known well enough."""
    first, *rest = found.method.function.formals
    kinds = {formal.kind for formal in rest}
    if first.kind == '/' or first.default is not None:
        return None
    added = ', '.join(_typed(found, name) for name in taken)
    if not rest:
        return [Edit(_until(first.at, _end(first)), f'*, {added}' if taken else '')]
    second = rest[0]
    prefix = {'': '', 'keyword': '*, '}.get(second.kind, second.kind)
    keyword = next((formal for formal in rest if formal.kind == 'keyword'), None)
    if not taken:
        return [Edit(_until(first.at, _before(second.at)), prefix)]
    if '**' in kinds:
        return None
    if keyword is second:
        return [Edit(_until(first.at, _before(second.at)), f'{prefix}{added}, ')]
    edits = [Edit(_until(first.at, _before(second.at)), prefix)]
    if keyword is not None:
        return [*edits, Edit(_before(keyword.at), f'{added}, ')]
    last = rest[-1]
    if last.kind == '*' and last.annotation is not None:
        return None
    return [*edits, Edit(_behind(_end(last)), f', {added}' if last.kind == '*' else f', *, {added}')]


def _new_arguments(mention: Mention, taken: list[str]) -> Iterator[Edit]:
    call, instance = mention.call, mention.node.value
    if call is None or not taken or not isinstance(instance, facts.Name):
        return
    given = ', '.join(f'{name}={instance.name}.{name}' for name in taken)
    keyword = next((argument for argument in call.arguments if argument.keyword is not None or argument.star == '**'), None)
    if not call.arguments:
        yield Edit(Span(call.at.end_line, call.at.end_column - 1, call.at.end_line, call.at.end_column - 1), given)
    elif keyword is not None and keyword.keyword is not None:
        yield Edit(_before(keyword.at), f'{given}, ')
    else:
        yield Edit(_behind(call.arguments[-1].at), f', {given}')


def _typed(found: Delegate, name: str) -> str:
    """The new argument, with its type if the method has types and the parameter's is plain."""
    function, parameter = found.method.function, found.owner.parameters.get(name)
    has_types = function.returns is not None or any(formal.annotation is not None for formal in function.formals[1:])
    kind = vocabulary.PARAMETERS.get(parameter.library_class, '') if parameter is not None and parameter.custom is None else ''
    optional = parameter is not None and parameter.library_class.startswith('luigi.Optional')
    return f'{name}: {kind}' if has_types and kind in _TYPES and not optional else name


def _end(formal: Formal) -> Span:
    last = formal.default or formal.annotation
    return formal.at if last is None else last.at


def _before(at: Span) -> Span:
    return Span(at.line, at.column, at.line, at.column)


def _behind(at: Span) -> Span:
    return Span(at.end_line, at.end_column, at.end_line, at.end_column)


def _until(start: Span, end: Span) -> Span:
    return Span(start.line, start.column, end.end_line, end.end_column)
