"""How often each rule found something, and how much of it can be fixed, most first."""

from __future__ import annotations

from collections import Counter

import msgspec

from gokart_lint.reports import Outcome
from gokart_lint.reports.plain import RED, painted, summary


def render(outcome: Outcome, *, as_json: bool = False) -> str:
    """A table with a closing line, or a list of objects as ruff writes them."""
    counts = Counter((finding.code, finding.name) for finding in outcome.findings)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    safe = Counter(finding.code for finding in outcome.findings if finding.fix and finding.fix.safe)
    unsafe = Counter(finding.code for finding in outcome.findings if finding.fix and not finding.fix.safe)
    if as_json:
        rows = [
            {'code': code, 'name': name, 'count': count, 'fixable': safe[code] > 0, 'fixable_count': safe[code]}
            for (code, name), count in ranked
        ]
        return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode()
    width = max((len(str(count)) for count in counts.values()), default=0)
    table = [
        f'{count:>{width}}  {painted(code, RED, outcome.colour)}  {name}{_fixable(safe[code], unsafe[code])}'
        for (code, name), count in ranked
    ]
    return '\n'.join([*table, summary(outcome)])


def _fixable(safe: int, unsafe: int) -> str:
    found = [f'{count} with {option}' for count, option in ((safe, '--fix'), (unsafe, '--unsafe-fixes')) if count]
    return f'  ({", ".join(found)})' if found else ''
