"""A parameter without an annotation.

## What it does

Reports a parameter of a task or of a `luigi.Config` that has no annotation: `n = luigi.IntParameter()`.

## Why is this bad

luigi (3.8) tells type checkers that a task takes what its class body annotates (`typing.dataclass_transform`). A parameter without an
annotation is none: `Train(n=3)` is an unexpected keyword for mypy (where the task is gokart's), pyright and pyrefly, so that people switch
the check off, and a misspelt or forgotten parameter or the wrong task is not seen either.

## What is left alone

- A parameter with an annotation of any form, or a line `n: int` of its own.
- A parameter that is declared again, where a base of the project annotates it with the type of its value (`n: int`): type checkers would
  refuse another annotation.
- A private parameter such as `__version`, which nobody passes: with an annotation it is an error for pyright ("Dataclass field cannot use
  private name").
- What only looks like a parameter: a function that returns one, a class that is not known.

## Fix

The descriptor annotation, which mypy, pyright, basedpyright and pyrefly all understand without a plugin (safe; one run of `--fix` moves a
whole code base): `n: luigi.IntParameter = luigi.IntParameter()`, `dep: gokart.TaskInstanceParameter[A] = ...(expected_type=A)`,
`kind: luigi.EnumParameter[Kind] = ...`. It uses the names of the declaration itself, so that it can be evaluated where that can, and adds
`from typing import Any` where nothing tells what a parameter holds: `luigi.ListParameter(default=[1])` becomes `luigi.ListParameter[Any]`,
because type checkers want a tuple there. `luigi.Parameter` holds a `str` unless its default is something else, as luigi says.

A `# type: int` comment behind the declaration is taken away: no type checker makes an argument of it, and beside an annotation it is an
error.

The brackets need luigi 3.8 and, behind the task parameters, gokart 1.12; in a module with `from __future__ import annotations` any version
will do. The mypy plugin of gokart itself (`gokart.mypy`) does not understand this form; it is not needed with it.

Nothing is proposed where one statement makes several parameters, or where the class body has a member that hides a name of the annotation.

## See also

`GK101` for a task parameter without an expected type.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gokart_lint import vocabulary
from gokart_lint.facts import Span
from gokart_lint.findings import Edit, Fix
from gokart_lint.project.classes import Class
from gokart_lint.project.descriptors import Annotation, annotation_of
from gokart_lint.project.parameters import parameter_class, plain_names
from gokart_lint.project.symbols import UNKNOWN, Library
from gokart_lint.rules.registry import Report, rule
from gokart_lint.wiring.naming import name_of

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.project.parameters import Parameter
    from gokart_lint.settings import Settings

BAD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[list[str]]):
    year = luigi.IntParameter()

    def run(self):
        self.dump([f'{self.year} red', f'{self.year} white'])
"""

GOOD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[list[str]]):
    year: luigi.IntParameter = luigi.IntParameter()

    def run(self):
        self.dump([f'{self.year} red', f'{self.year} white'])
"""


@rule('GK405', 'unannotated-parameter', opt_in=True, fixable='safe')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The parameters of tasks that have no annotation."""
    for each in module.classes:
        if not (each.is_luigi_task or vocabulary.CONFIG in each.library_names):
            continue
        for parameter in each.own_parameters.values():
            if not _is_left_alone(parameter):
                yield _report(parameter)


def _is_left_alone(parameter: Parameter) -> bool:
    if parameter.annotation is not None or parameter.attribute != parameter.name:
        return True
    above = (each.own_parameters.get(parameter.name) for each in parameter.owner.ancestors[1:] if isinstance(each, Class))
    said = next((found.annotation for found in above if found is not None and found.annotation is not None), None)
    return said is not None and not parameter_class(parameter.owner.resolve(said))[0]  # `n: int` there allows no descriptor here


def _report(parameter: Parameter) -> Report:
    found = annotation_of(parameter)
    any_name = None if found is None or not found.needs_any else _any(parameter)
    text = None if found is None else found.written(any_name)
    fix = None if found is None or text is None else _fix(parameter, found, text)
    how = '' if text is None else f': annotate it, {parameter.name}: {text} = ...'
    message = f'{parameter.owner.name}.{parameter.name} has no annotation, so that type checkers know no such argument'
    return Report(parameter.name_at, f'{message}{how}', fix)


# --- the fix ---


def _fix(parameter: Parameter, found: Annotation, text: str) -> Fix | None:
    assignment, owner = parameter.assignment, parameter.owner
    is_plain = [getattr(target, 'name', '') for target in assignment.targets] == [parameter.name] and assignment.value is parameter.call
    start, named = assignment.at, parameter.name_at
    is_plain = is_plain and (start.line, start.column) == (named.line, named.column)  # not `(n) = ...`
    bound = [name.name for each in owner.facts.assignments if each.value for target in each.targets for name in plain_names(target)]
    heads = found.names | {'Any'} if found.needs_any else found.names
    if not is_plain or bound.count(parameter.name) != 1 or not heads.isdisjoint((*bound, *owner.own_methods)):
        return None
    edits = [Edit(Span(named.end_line, named.end_column, named.end_line, named.end_column), f': {text}')]
    edits += _without_type_comment(parameter)
    if found.needs_any and text != found.text and name_of(Library('typing.Any'), owner, parameter.call.at) is None:
        edits += _import(owner.module)
    return Fix(f'Annotate it as {text}', tuple(edits), safe=True)


def _without_type_comment(parameter: Parameter) -> Iterator[Edit]:
    """The edit that takes the `# type: ...` behind a declaration away, and leaves other comments."""
    for comment in parameter.owner.module.facts.comments:
        if comment.at.line == parameter.assignment.at.end_line and comment.is_type:
            kept = comment.text.find('#', 1)
            end = comment.at.end_column if kept < 0 else comment.at.column + kept
            yield Edit(Span(comment.at.line, comment.at.column, comment.at.line, end), '')


def _any(parameter: Parameter) -> str | None:
    """The name that `typing.Any` has, or can have, where a parameter is declared."""
    known = name_of(Library('typing.Any'), parameter.owner, parameter.call.at)
    if known is not None:
        return known
    module = parameter.owner.module
    is_free = module.global_name('Any') is UNKNOWN and not any(each.bound == 'Any' for each in module.facts.imports)
    return 'Any' if is_free and list(_import(module)) else None


def _import(module: Module) -> Iterator[Edit]:
    """The import of `Any`, above the first import that stands on a line of its own."""
    for each in sorted(module.facts.imports, key=lambda found: found.at):
        if each.at.column == 1 and each.module != '__future__':
            is_standard = not each.level and each.module.partition('.')[0] in sys.stdlib_module_names
            start = Span(each.at.line, 1, each.at.line, 1)
            yield Edit(start, f'from typing import Any\n{"" if is_standard else chr(10)}')
            return
