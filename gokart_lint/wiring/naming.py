"""Under which name code at one place of a class body can say a class, when it runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts
from gokart_lint.facts import Expression, Span
from gokart_lint.project.classes import Class
from gokart_lint.project.symbols import Library, ModuleSymbol
from gokart_lint.walking import blocks, dotted, flattened, statements

if TYPE_CHECKING:
    from gokart_lint.project.module import Module


def name_of(target: Class | Library, owner: Class, at: Span, written: Expression | None = None) -> str | None:
    """A name that means a class in the body of `owner` and is bound before `at`; `written` is tried first. None if there is none."""
    given = None if written is None else dotted(written)
    candidates = [] if given is None else [given]
    candidates += _candidates(target, owner)
    return next((name for name in candidates if _means(name, target, owner, at)), None)


def _candidates(target: Class | Library, owner: Class) -> Iterator[str]:
    """Names that may mean a class in a module, the plain ones first."""
    own = target.qualname.rpartition('<locals>.')[2] if isinstance(target, Class) else target.name.rpartition('.')[2]
    yield own
    imports = [*owner.facts.imports, *owner.module.facts.imports]
    yield from (found.bound for found in imports if found.name is not None)
    for found in imports:
        symbol = owner.module.imported(found)
        if isinstance(target, Library) and isinstance(symbol, Library) and target.name.startswith(f'{symbol.name}.'):
            yield f'{found.bound}.{target.name[len(symbol.name) + 1 :]}'
        elif isinstance(target, Class) and isinstance(symbol, ModuleSymbol):
            yield f'{found.bound}.{own}'


def _means(name: str, target: Class | Library, owner: Class, at: Span) -> bool:
    first = name.partition('.')[0]
    if first in owner.own_attributes or not _is_bound(name, first, owner, at):
        return False
    node: Expression = facts.Name(at, first)
    for part in name.split('.')[1:]:
        node = facts.Attribute(at, node, part)
    return owner.resolve(node) == target


def _is_bound(name: str, first: str, owner: Class, at: Span) -> bool:
    """Whether an import or a class statement above binds the name, in the class body, the function around or the module."""
    module = owner.module
    if any(_binds(found, name, first) and found.at < at for found in owner.facts.imports):
        return True
    around = owner.outer_scope
    inner = [] if around is None else [each for each in flattened(around.function.body) if isinstance(each, facts.Import)]
    if any(_binds(found, name, first) and found.at < at for found in inner):
        return True
    homes = {owner.qualname, '' if around is None else f'{around.function.qualname}.<locals>', ''}
    for each in module.classes:
        home = each.qualname.rpartition('.')[0]
        if each.name == first and home in homes and each is not owner and _stands_before(each.facts.at, at):
            return True
    conditional = _conditional(module)
    above = [each for each in module.facts.imports if each.at < at and not each.typing_only and each.at not in conditional]
    aliases = [each for each in module.facts.assignments if each.at < at and isinstance(each.value, (facts.Name, facts.Attribute))]
    if any(isinstance(target, facts.Name) and target.name == first for each in aliases for target in each.targets):
        return True
    return any(_binds(found, name, first) for found in above)


def _binds(found: facts.Import, name: str, first: str) -> bool:
    return not found.typing_only and (found.name == '*' or found.bound == first or name.startswith(f'{found.bound}.'))


def _stands_before(found: Span, at: Span) -> bool:
    return (found.end_line, found.end_column) <= (at.line, at.column)


def _conditional(module: Module) -> set[Span]:
    """The imports of a module under an `if`."""
    branches = (each for each in statements(module.facts.body) if isinstance(each, facts.Branch))
    return {each.at for branch in branches for block in blocks(branch) for each in flattened(block) if isinstance(each, facts.Import)}
