"""The verdicts as a comment of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gokart_lint.reports import counted, sound, url
from gokart_lint.staleness.showing import Shown, summary
from gokart_lint.staleness.verdicts import CODE, Kind, Reason, Verdict

_QUIET = (Kind.DOWNSTREAM, Kind.SERVED, Kind.ACCEPTED)
MARK = '<!-- gokart-lint stale -->'
"""So that a later run finds its comment and replaces it."""


def render(shown: Shown) -> str:
    """A heading, a table of what needs a look, and the rest folded away."""
    judged = shown.judged
    stale = len(judged.of(Kind.STALE))
    title = f'{counted(stale, "stale result")} would be served' if stale else 'No cached result would be served stale'
    loud = [each for each in judged.verdicts if each.kind not in _QUIET]
    quiet = [each for each in judged.verdicts if each.kind in _QUIET]
    parts = [MARK, f'### {title}', sound(_escaped(summary(judged)))]
    if loud:
        parts.append('\n'.join(_table(loud)))
    if quiet:
        counts = ', '.join(f'{len(judged.of(kind))} {kind.value}' for kind in _QUIET if judged.of(kind))
        parts += [f'<details><summary>{counts}</summary>', '\n'.join(_table(quiet)), '</details>']
    parts += [f'- {sound(_escaped(note))}' for note in judged.notes]
    if stale:
        parts.append(
            'Bump the version parameter of each (`gokart-lint stale --fix`), or say why the result is the same '
            f'(`gokart-lint stale --accept Task --reason "..."`). [{CODE}]({url(CODE)})'
        )
    return '\n\n'.join(parts)


def _table(verdicts: Iterable[Verdict]) -> Iterator[str]:
    yield '| task | verdict | why | downstream |'
    yield '|---|---|---|---:|'
    for each in verdicts:
        why = '<br>'.join(map(_reason, each.reasons))
        verdict = f'**{each.kind.value}**' if each.kind is Kind.STALE else each.kind.value
        yield sound(f'| {_code(each.task)} {_escaped(str(each.where))} | {verdict} | {why} | {len(each.downstream) or ""} |')


def _reason(reason: Reason) -> str:
    places = [str(where) for where in dict.fromkeys((reason.before, reason.after)) if where is not None]
    behind = f' ({" → ".join(dict.fromkeys(places))})' if places else ''
    return _escaped(f'{reason.text}{behind}')


def _code(text: str) -> str:
    return f'`{text.replace("`", "")}`'


def _escaped(text: str) -> str:
    plain = text.replace('\r', ' ').replace('\n', ' ').replace('&', '&amp;').replace('<', '&lt;').replace('->', '→')
    return re.sub(r'([\\`*_{}\[\]|#])', r'\\\1', plain)
