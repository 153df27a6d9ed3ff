"""The edit that moves the key of a task: its version parameter counts one further, or it gets one in the form that the project uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from gokart_lint import facts
from gokart_lint.facts import Span
from gokart_lint.findings import Edit, Fix
from gokart_lint.project.classes import Class
from gokart_lint.project.module import Module
from gokart_lint.project.parameters import Parameter
from gokart_lint.project.project import Project
from gokart_lint.project.symbols import Library
from gokart_lint.staleness.targets import Default

_VERSION = re.compile(r'_*(?:\w*version\w*|ver)', re.IGNORECASE)
_ENOUGH = 30  # versions, to see which form is the usual one
_NUMBER = re.compile(r'\d+(?=\D*$)')
_TEXTS = frozenset({'luigi.Parameter', 'luigi.StrParameter'})
_INT = 'luigi.IntParameter'


class Form(msgspec.Struct, frozen=True):
    """How a project declares a version: the parameter's name, its class, and whether the class stands as an annotation too."""

    name: str = '__version'
    library_class: str = _INT
    annotated: bool = False


def bump(task: Class, stale: Iterable[Class]) -> Fix | None:
    """A fix in the task's own file; None where the text leaves no place for one."""
    version = next((each for each in reversed(task.parameters.values()) if _is_version(each)), None)
    if version is not None and (version.owner is task or _all_stale(version, task, stale)):
        edit = _counted(version)
        return None if edit is None else Fix(f'Bump {version.name} of {version.owner.name}', (edit,), safe=True)
    form = _form(version, task) if version is not None else project_form(task.module.project, task.module)
    edits = _declared(task, form, None if version is None else _next(version))
    return None if edits is None else Fix(f'Give {task.name} a version of its own', edits, safe=True)


def _is_version(parameter: Parameter) -> bool:
    return _VERSION.fullmatch(parameter.name) is not None and parameter.significant is True and not parameter.holds_tasks


def _all_stale(version: Parameter, task: Class, stale: Iterable[Class]) -> bool:
    """Whether all tasks that an inherited version stands for are stale, and it stands in the task's own file."""
    if version.owner.module is not task.module:
        return False
    heirs = [each for each in version.owner.downwards() if each.parameters.get(version.name) is version]
    return {each for each in heirs if not each.is_abstract} <= set(stale)


def _literal(parameter: Parameter) -> facts.Constant | None:
    value = Default(parameter).value
    return value if isinstance(value, facts.Constant) else None


def _counted(version: Parameter) -> Edit | None:
    """The edit that counts the default one further."""
    value, text = _literal(version), _next(version)
    return None if value is None or text is None else Edit(value.at, text)


def _next(version: Parameter) -> str | None:
    """The default after the present one, as it is written; None for one that cannot be counted."""
    value = _literal(version)
    if value is None or isinstance(value.value, bool):
        return None
    if isinstance(value.value, int):
        return str(value.value + 1)
    if isinstance(value.value, str) and (found := _NUMBER.search(value.value)) is not None:
        counted = str(int(found.group()) + 1).zfill(len(found.group()))
        return repr(f'{value.value[: found.start()]}{counted}{value.value[found.end() :]}')
    return None


# --- a new one ---


def _form(version: Parameter, task: Class) -> Form:
    known = version.library_class if version.custom is None else _INT
    return Form(version.name, known, version.annotation is not None)


def project_form(project: Project, module: Module) -> Form:
    """The form that a module's versions have most often, else that of the project's."""
    own = Counter(_forms(module))
    if own:
        return own.most_common(1)[0][0]
    with_fields = (each for each in project.all_modules() if any(found.assignments for found in each.facts.classes))
    counts = Counter(islice((form for each in with_fields for form in _forms(each)), _ENOUGH))
    return min(counts, key=lambda form: (-counts[form], form.name), default=Form())


def _forms(module: Module) -> Iterator[Form]:
    for each in module.classes:
        if each.is_task:
            for parameter in each.own_parameters.values():
                if _is_version(parameter) and parameter.custom is None and parameter.library_class in {_INT, *_TEXTS}:
                    yield _form(parameter, each)


def _declared(task: Class, form: Form, default: str | None) -> tuple[Edit, ...] | None:
    """The edits that declare a version behind the other parameters of a class, or at the top of its body."""
    place = _place(task)
    written = _written(form.library_class, task)
    if place is None or form.name in task.own_attributes:
        return None
    at, is_behind = place
    name, edits = written
    indent = ' ' * (at.column - 1)
    first = default or ('1' if form.library_class not in _TEXTS else "'1'")
    line = f'{form.name}{f": {name}" if form.annotated else ""} = {name}(default={first})'
    if is_behind:
        return (*edits, Edit(Span(at.end_line, at.end_column, at.end_line, at.end_column), f'\n{indent}{line}'))
    return (*edits, Edit(Span(at.line, at.column, at.line, at.column), f'{line}\n\n{indent}'))


def _place(task: Class) -> tuple[Span, bool] | None:
    """The last parameter of the class body, or the first statement; None for a body on the line of the class, or without a statement."""
    said = task.facts
    inner = [each for each in task.own_parameters.values() if each.assignment.at.column == _indent(task)]
    if inner:
        return max((each.assignment.at for each in inner), key=lambda at: at.line), True
    first = min((_start(each) for each in said.methods), key=lambda at: at.line, default=None)
    places = [each.at for each in (*said.assignments, *said.imports, *said.body) if not _is_text(each)]
    start = min([*places, *([first] if first else [])], key=lambda at: at.line, default=None)
    if start is None or start.line == said.at.line or start.column != _indent(task):
        return None
    return start, False


def _indent(task: Class) -> int:
    said = task.facts
    columns = [each.at.column for each in (*said.assignments, *said.methods, *said.body)]
    return min(columns, default=0)


def _start(function: facts.Function) -> Span:
    """Where a method starts, with its first decorator's `@`."""
    first = min((each.at for each in function.decorators), key=lambda at: at.line, default=None)
    if first is None:
        return function.at
    return Span(first.line, function.at.column, first.line, function.at.column)


def _is_text(statement: object) -> bool:
    return isinstance(statement, facts.Evaluate) and isinstance(statement.value, facts.Constant)


def _written(library_class: str, task: Class) -> tuple[str, tuple[Edit, ...]]:
    """How a parameter class is called in a module, and the import that it may need."""
    module, last = task.module, library_class.rpartition('.')[2]
    names = [
        *(f'{each.bound}.{last}' for each in module.facts.imports if each.name is None),
        *(each.bound for each in module.facts.imports),
    ]
    for name in (library_class, *names):
        if module.resolve_name(name) == Library(library_class):
            return name, ()
    first = min((each.at for each in module.facts.imports if each.module != '__future__'), default=None)
    line = Span(1, 1, 1, 1) if first is None else Span(first.line, 1, first.line, 1)
    return library_class, (Edit(line, 'import luigi\n'),)
