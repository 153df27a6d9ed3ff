"""Where the pipelines build their tasks; what their tests build counts for nothing."""

from __future__ import annotations

from gokart_lint.project.classes import Class
from gokart_lint.project.project import Project
from gokart_lint.staleness.own_files import is_test
from gokart_lint.wiring.constructions import Construction, constructions


def built(project: Project, root: str, task: Class) -> list[Construction]:
    """The constructions of a task class."""
    return [each for each in constructions(project).of(task) if not is_test(each.view.place.module.path, root)]
