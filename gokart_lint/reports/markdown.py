"""The findings as the comment of a pull request: grouped by file, with links to the rules, and never so long that GitHub refuses it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from gokart_lint.findings import Finding
from gokart_lint.reports import Outcome, counted, url
from gokart_lint.reports.places import by_file, posix
from gokart_lint.reports.plain import counts, fixes, harmless

MARK = '<!-- gokart-lint -->'
"""Stands first, so that a job finds the comment that it made before."""
MOST_CHARACTERS = 65_536
MOST_OPEN = 20
"""With more findings than these, each file is folded."""
MOST_OF_A_MESSAGE = 2_000
_RESERVED = 400
"""Room for the line that says what was left off."""
_NOTHING = '&#8203;'
_ACTIVE = re.compile(r'[\\`*_\[\]<>&~|]')
_LIVE = re.compile(r'(?<=@)(?=\S)|(?<=[#!~$])(?=\w)|(?<=GH-)(?=\d)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=:)(?=[\w+-]+:)', re.IGNORECASE)


def render(outcome: Outcome) -> str:
    """A heading with the counts and, for each file, a list."""
    if not outcome.findings:
        return f'{MARK}\n## gokart-lint: all clear\n\n{counted(outcome.files, "file")}, no findings.'
    report = [MARK, f'## gokart-lint: {counts(outcome)}', '']
    if mended := fixes(outcome):
        report += [f'{re.sub("--[a-z-]+", _code_of_match, mended)}.', '']
    pages = {code: url(code, outcome.own_rules) for code in sorted({finding.code for finding in outcome.findings})}
    links = [f'[{code}]: {page}' for code, page in pages.items() if page]
    room = MOST_CHARACTERS - _RESERVED - _length(report) - _length(links)
    left = _fill(report, room, by_file(outcome.findings), pages, folded=len(outcome.findings) > MOST_OPEN)
    if left:
        how = f'a comment holds {MOST_CHARACTERS:,} characters. `gokart-lint check` shows all.'
        report.append(f'**{counted(left, "more finding")}** left off: {how}\n')
    return '\n'.join([*report, *links])


def _fill(report: list[str], room: int, files: dict[str, list[Finding]], pages: Mapping[str, str], *, folded: bool) -> int:
    """Add what there is room for; how many findings are left off."""
    left = sum(map(len, files.values()))
    for path, findings in files.items():
        frame = _folded(path, len(findings)) if folded else _open(path)
        items = []
        room -= _length(frame)
        for finding in findings:
            item = _item(finding, linked=bool(pages[finding.code]))
            room -= _length([item])
            if room < 0:
                break
            items.append(item)
        if items:
            head, foot = frame
            report += [head, *items, foot]
            left -= len(items)
        if len(items) < len(findings):
            break
    return left


def _length(lines: Sequence[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _open(path: str) -> tuple[str, str]:
    return f'### {_code(harmless(posix(path)))}\n', ''


def _folded(path: str, number: int) -> tuple[str, str]:
    shown = escape(harmless(posix(path)))
    return f'<details>\n<summary><code>{shown}</code>: {counted(number, "finding")}</summary>\n', '\n</details>\n'


def _item(finding: Finding, *, linked: bool) -> str:
    message = harmless(finding.message)
    if len(message) > MOST_OF_A_MESSAGE:
        message = f'{message[:MOST_OF_A_MESSAGE]}…'
    how = '' if not finding.fix else f' ({_code("--fix" if finding.fix.safe else "--fix --unsafe-fixes")})'
    name = f'{finding.code} {_prose(finding.name)}'
    name = f'[{name}][{finding.code}]' if linked else name
    return f'- {finding.at.line}:{finding.at.column} {name} {_prose(message)}{how}'


def _prose(text: str) -> str:
    """Text that is shown as it is, but for what stands between backticks, and that names nobody: no `@user`, no `#123`, no link."""
    first, *parts = re.split(r'`([^`]+)`', text)
    spans, between = parts[::2], parts[1::2]
    # two code spans side by side would be one
    return _quiet(first) + ''.join(_code(span) + (_quiet(part) or _NOTHING) for span, part in zip(spans, between, strict=True))


def _quiet(text: str) -> str:
    """A character without width parts what services look for from what they would take it for; an escape would not."""
    return _NOTHING.join(_ACTIVE.sub(r'\\\g<0>', part) for part in _LIVE.split(text))


def _code(text: str) -> str:
    """A code span, whatever backticks the text holds."""
    fence = '`' * (max(map(len, re.findall('`+', text)), default=0) + 1)
    pad = ' ' if text[:1] in ('`', ' ') or text[-1:] in ('`', ' ') else ''
    return f'{fence}{pad}{text}{pad}{fence}'


def _code_of_match(match: re.Match[str]) -> str:
    return _code(match[0])
