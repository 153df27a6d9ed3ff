"""`# gokart-lint: same-result[fingerprint] reason` on a class: its changed code gives the result that it gave before.

The fingerprint is that of the code as somebody looked at it, so the word holds until the next change of what the result depends on.
"""

from __future__ import annotations

import re
from pathlib import Path

from gokart_lint.facts import Comment, Span
from gokart_lint.findings import Edit, Finding
from gokart_lint.project.classes import Class
from gokart_lint.selection import covers
from gokart_lint.settings import Settings
from gokart_lint.staleness.verdicts import CODE, NAME
from gokart_lint.suppressions import apply

_ACCEPTED = re.compile(r'#\s*gokart-lint\s*:\s*same-result\[(?P<fingerprint>[0-9a-f]+)\](?P<reason>[^#]*)')


def accepted_fingerprints(task: Class) -> dict[str, str]:
    """What was accepted for a class, each fingerprint with its reason."""
    return {found['fingerprint']: found['reason'].strip() for comment in _of_class(task) for found in _ACCEPTED.finditer(comment.text)}


def is_suppressed(task: Class, settings: Settings) -> bool:
    """Whether the settings, or a comment such as `# noqa: GK306`, take the finding on a class away."""
    codes = (*settings.ignore, *settings.ignored_in(Path(task.module.path)))
    if any(covers(code, CODE) for code in codes):
        return True
    at = task.facts.name_at
    kept, _ = apply([Finding('', at, CODE, NAME, '', None, at.line)], task.module.facts.comments, '', (CODE,))
    return not kept


def _of_class(task: Class) -> list[Comment]:
    """The comments of a class: above it, beside its decorators, and up to the end of its header."""
    said = task.facts
    first = min([said.at.line, *(each.at.line for each in said.decorators)]) - 1
    last = max([said.name_at.line, *(each.at.end_line for each in said.bases)]) + (1 if said.bases and _is_wide(task) else 0)
    return [comment for comment in task.module.facts.comments if first <= comment.at.line <= last]


def _is_wide(task: Class) -> bool:
    return task.facts.bases[-1].at.end_line > task.facts.name_at.line


def acceptance(task: Class, line: str, fingerprint: str, reason: str) -> Edit:
    """The edit that accepts the state of a class; `line` is the text of the line with its name. An older word is replaced."""
    words = f'# gokart-lint: same-result[{fingerprint}]' + (f' {" ".join(reason.split())}' if reason.strip() else '')
    for comment in _of_class(task):
        if (found := _ACCEPTED.search(comment.text)) is not None:
            at, start, end = comment.at, found.start(), len(comment.text[: found.end()].rstrip())
            behind = comment.text[found.end() :]
            return Edit(Span(at.line, at.column + start, at.line, at.column + end), f'{words}  ' if behind.startswith('#') else words)
    end = len(line.rstrip()) + 1
    number = task.facts.name_at.line
    return Edit(Span(number, end, number, len(line) + 1), f'  {words}')
