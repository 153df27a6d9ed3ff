"""The verdicts for a person at a terminal: what happened, the way to what changed, and the lines before and after."""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint.reports import counted
from gokart_lint.reports.plain import BLUE, BOLD, CYAN, GREEN, RED, harmless, painted
from gokart_lint.staleness.showing import WORDS, Shown, next_step, summary
from gokart_lint.staleness.verdicts import CODE, Kind, Reason, Verdict

_ALWAYS = (Kind.STALE, Kind.UNKNOWN)
_MOST_NAMED = 5


def render(shown: Shown) -> str:
    """A block for each verdict that needs a look, a line for each other one, and a closing line."""
    judged = shown.judged
    blocks = ['\n'.join(_block(verdict, shown)) for verdict in judged.verdicts if verdict.kind in _ALWAYS or shown.everything]
    others = [verdict for verdict in judged.verdicts if verdict.kind not in _ALWAYS and not shown.everything]
    if others:
        blocks.append('\n'.join(_short(verdict, shown) for verdict in others))
    end = painted(summary(judged), BOLD if judged.of(Kind.STALE) else GREEN, shown.colour)
    return '\n\n'.join([*blocks, '\n'.join([*(f'note: {note}' for note in judged.notes), end])])


def _block(verdict: Verdict, shown: Shown) -> Iterator[str]:
    yield _head(verdict, shown)
    for reason in verdict.reasons:
        yield f'  {harmless(reason.text)}'
        yield from _sides(reason, shown)
    note = painted('  =', BLUE, shown.colour)
    if verdict.downstream:
        names = ', '.join(name.rpartition('.')[2] for name in verdict.downstream[:_MOST_NAMED])
        more = ', ...' if len(verdict.downstream) > _MOST_NAMED else ''
        yield f'{note} {counted(len(verdict.downstream), "task")} downstream: {harmless(names)}{more}'
    if verdict.kind is Kind.STALE:
        yield f'{note} {painted("next", GREEN, shown.colour)}: {next_step(verdict)}'
        yield f'{note} {painted("help", GREEN, shown.colour)}: gokart-lint explain {CODE}'


def _head(verdict: Verdict, shown: Shown) -> str:
    path = painted(harmless(verdict.where.path), BOLD, shown.colour)
    place = painted(f':{verdict.at.line}:{verdict.at.column}:', CYAN, shown.colour)
    code = f'{painted(CODE, RED, shown.colour)} ' if verdict.kind is Kind.STALE else ''
    return f'{path}{place} {code}{harmless(verdict.name)} is {_said(verdict.kind)}: {WORDS[verdict.kind]}'


def _said(kind: Kind) -> str:
    return 'undecided' if kind is Kind.UNKNOWN else kind.value


def _sides(reason: Reason, shown: Shown) -> Iterator[str]:
    for sign, where in (('-', reason.before), ('+', reason.after)):
        if where is not None:
            line = shown.line(sign + where.path, where.at.line) if where.at is not None else None
            text = f'  {harmless(line.strip())}' if line and line.strip() else ''
            yield f'    {painted(sign, RED if sign == "-" else GREEN, shown.colour)} {harmless(str(where))}{text}'


def _short(verdict: Verdict, shown: Shown) -> str:
    reasons = '; '.join(dict.fromkeys(reason.text for reason in verdict.reasons))
    return (
        f'{painted(harmless(str(verdict.where)), BOLD, shown.colour)} {harmless(verdict.name)} is {verdict.kind.value}: {harmless(reasons)}'
    )
