"""Which methods of the project a task's `run` reaches."""

from __future__ import annotations

from gokart_lint import facts
from gokart_lint.bodies.frames import Frame
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.remembering import remembered
from gokart_lint.walking import everything


@remembered
def reached(owner: Class) -> tuple[Method, ...]:
    """The methods that `run` of an instance mentions through `self` or `super()`, itself or through others, in the order of meeting."""
    run = owner.project_method('run')
    pending = [] if run is None else [Frame(owner, run)]
    seen = {frame.key for frame in pending}
    found: list[Method] = []
    while pending:
        frame = pending.pop(0)
        for node in everything(frame.method.function.body):
            met = frame.find(node) if isinstance(node, facts.Attribute) else None
            if isinstance(met, Frame) and met.key not in seen:
                seen.add(met.key)
                found.append(met.method)
                pending.append(met)
    return tuple(found)
