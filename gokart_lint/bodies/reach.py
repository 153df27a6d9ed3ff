"""Which methods of the project a task's `run`, or another method, reaches."""

from __future__ import annotations

from gokart_lint import facts
from gokart_lint.bodies.frames import Frame
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.remembering import remembered
from gokart_lint.walking import everything


@remembered
def reached(owner: Class, start: str = 'run') -> tuple[Method, ...]:
    """The methods that a method of an instance mentions through `self` or `super()`, itself or through others, in the order of meeting."""
    first = owner.project_method(start)
    pending = [] if first is None else [Frame(owner, first)]
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
