"""The name that luigi knows a task class by: that of its configuration section, and what the command line calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.project.classes import Class
from gokart_lint.project.symbols import UNKNOWN

if TYPE_CHECKING:
    from gokart_lint.project.project import Project

_NAMESPACE = 'task_namespace'
_OVERRIDDEN = frozenset({'task_family', 'get_task_family', 'get_task_namespace'})
_SWITCHES = frozenset({'namespace', 'auto_namespace'})


def family(task: Class) -> str | None:
    """The class's name, behind its namespace and a dot if it has one; None if the text does not show it.

    As luigi.task.Task.get_task_family of luigi 3.8.1, for a luigi.Config too. `luigi.namespace()` and `luigi.auto_namespace()` mean all
    classes that Python defines after them, in whatever module: where they are called, only an explicit `task_namespace` is certain.
    """
    for each in task.ancestors:
        if isinstance(each, Class):
            if each.full_name in (vocabulary.LUIGI_TASK, vocabulary.TASK_ON_KART, vocabulary.CONFIG):
                break
            if not _OVERRIDDEN.isdisjoint((*each.own_methods, *each.own_attributes)):
                return None
            if _NAMESPACE in each.own_methods:
                return None
            if _NAMESPACE in each.own_attributes:
                value = each.own_attributes[_NAMESPACE].value
                if not isinstance(value, facts.Constant) or not isinstance(value.value, str | None):
                    return None
                return f'{value.value}.{task.name}' if value.value else task.name
        elif each is UNKNOWN:
            return None
    return None if task.module.project.standing(_switches_namespaces) else task.name


def _switches_namespaces(project: Project) -> bool:
    return any(not _SWITCHES.isdisjoint(module.facts.called) for module in project.configuring_modules())
