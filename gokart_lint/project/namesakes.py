"""Task classes of one program that luigi knows by the same name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.project.families import family
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import is_library
from gokart_lint.project.testing import is_test
from gokart_lint.walking import blocks, everything, statements

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class
    from gokart_lint.project.module import Module
    from gokart_lint.project.project import Project


def namesakes(task: Class) -> tuple[Class, ...]:
    """The other task classes of the same family that one program may hold together with a class, in the order of the files."""
    module = task.module
    files = module.project.mentions.files_defining(task.name)
    own = [each for each in module.classes if each.name == task.name]
    if (len(files) < 2 and len(own) < 2) or not _counts(task):
        return ()
    modules = (module.project.module(path) for path in files if _may_meet(module, path))
    found = [each for other in modules if other is not None for each in other.classes if each.name == task.name and each is not task]
    return tuple(each for each in found if _counts(each) and _clash(task, each))


def _clash(one: Class, other: Class) -> bool:
    if family(one) != family(other) or one.derives_from(other) is not False or other.derives_from(one) is not False:
        return False  # of a class and one below it luigi takes the latter
    return one.module is other.module or _meet(one.module, other.module)


@remembered
def _counts(task: Class) -> bool:
    """Whether a class is sure to be one of the tasks that a program of the project runs."""
    if not task.is_task or task.is_abstract or '<locals>' in task.qualname or family(task) is None:
        return False
    if '_visible_in_registry' in task.own_attributes or is_test(task.module.project.below_root(task.module.path)):
        return False
    is_base = bool(task.subclasses) and task.project_method('run') is None
    return not is_base and not _is_one_of_several(task)


def _is_one_of_several(task: Class) -> bool:
    """Whether the class stands under `if`, `try` or the like, so that another one may stand in its place."""
    top = task.module.facts.body
    return any(
        isinstance(each, facts.DefineClass) and each.qualname == task.qualname
        for statement in top
        if blocks(statement)
        for each in statements([statement])
    )


def _meet(one: Module, other: Module) -> bool:
    """Whether one program may hold two modules: they stand in one package or folder, or some module imports both.

    Two packages or folders of scripts side by side, and a script that nothing imports beside another one, are two programs.
    """
    if _stand_together(one, other.path) and not _is_script(one) and not _is_script(other):
        return True
    return _are_imported_together(one, other.path)


def _may_meet(module: Module, path: str) -> bool:
    """`_meet`, as far as it can be told without reading the other file."""
    return path == module.path or _stand_together(module, path) or _are_imported_together(module, path)


def _stand_together(module: Module, path: str) -> bool:
    """Whether two files stand in one package, at any depth, or in one folder that is none."""
    return _home(module, module.path) == _home(module, path)


def _home(module: Module, path: str) -> tuple[str, str]:
    root = module.project.modules.own_root(path)
    package, is_inside, _ = path[len(root) + 1 :].partition('/')
    return root, package if is_inside else ''


def _are_imported_together(module: Module, path: str) -> bool:
    return not _holders(module.project, module.path).isdisjoint(_holders(module.project, path))


def _is_script(module: Module) -> bool:
    """Whether a module is only run by itself: it asks whether it is the main one, or runs tasks at once, and nothing imports it."""
    nodes = list(everything(module.facts.body, nested=False))
    asks = any(isinstance(node, facts.Name) and node.name == '__name__' for node in nodes)
    runs = any(isinstance(node, facts.Call) and is_library(module.resolve(node.function), *vocabulary.RUNNERS) for node in nodes)
    return (asks or runs) and not module.project.standing(_importers).get(module.path)


@remembered
def _holders(project: Project, path: str) -> frozenset[str]:
    """The files that are a module or import it, through any number of others; tests left out."""
    importers = project.standing(_importers)
    found, pending = {path}, [path]
    while pending:
        new = importers.get(pending.pop(), set()) - found
        found |= new
        pending += new
    return frozenset(found)


def _importers(project: Project) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for path, said in project.all_facts():
        if not is_test(project.below_root(path)):
            for each in said.imports:
                for target in project.modules.targets(each, path):
                    found[target].add(path)
    return dict(found)
