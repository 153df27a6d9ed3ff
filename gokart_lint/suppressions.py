"""Which findings a comment takes away, and which comments take nothing away.

A comment speaks for its line, for those that go on in it behind a backslash or in a string (they can have none themselves), and behind
the closing bracket of many lines for all of these (formatters put it there):
`# noqa: GK101`, `# gokart-lint: ignore[GK101] reason`, or a bare `# noqa` for every rule. Alone on a line before any code, with codes,
it speaks for the file, as do `ignore-file[...]`, `# flake8: noqa: GK101` and `# ruff: noqa: GK101`.
Codes of other tools are none of our business.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from gokart_lint.facts import Comment, Span
from gokart_lint.findings import Edit, Finding, Fix
from gokart_lint.selection import covers, known_rules

UNUSED, UNUSED_NAME = 'GK901', 'unused-suppression'

_CODE = r'(?:[A-Z]+[0-9]+|GK)(?![-\w])'
_NOQA = re.compile(rf'#\s*(?P<tool>(?:flake8|ruff)\s*:\s*)?noqa\b(?:\s*:\s*(?P<codes>{_CODE}(?:[\s,]+{_CODE})*))?', re.IGNORECASE)
_IGNORE = re.compile(
    r'#\s*gokart-lint\s*:\s*ignore(?P<tool>-file)?(?:\[(?P<codes>[^\]#]*)\]|(?![-\w]|\s*\[))(?P<reason>[^#]*)', re.IGNORECASE
)


class _Mark(msgspec.Struct, frozen=True):
    """One code of one directive; no code stands for every rule. Its offsets and those of the directive count within the comment."""

    comment: Comment
    code: str | None
    own: bool
    """Whether the directive is ours alone, so that a strange code in it is a mistake."""
    whole_file: bool
    place: int
    directive: tuple[int, int]
    codes: tuple[tuple[int, int], ...] = ()

    def takes(self, finding: Finding) -> bool:
        """Whether the finding is one that this mark is meant for."""
        here = self.comment.at.line
        is_among = 0 < self.comment.first_line <= finding.at.line <= here
        if not (self.whole_file or is_among or here in (finding.at.line, finding.at.end_line, finding.noqa_line)):
            return False
        return self.code is None or covers(self.code, finding.code)


def apply(
    findings: Iterable[Finding], comments: Iterable[Comment], path: str, judged_codes: Collection[str], own_codes: Collection[str] = ()
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings of one file that no comment takes away, and a finding for each code in a comment that takes none away.

    `judged_codes` are the codes whose rules ran on this file: a code of another rule may have its use in another run. `own_codes` are
    those of the project's own rules, whether they ran or not.
    """
    marks = [mark for comment in comments for mark in _marks(comment)]
    if not marks:
        return tuple(findings), ()
    kept, used = [], set()
    for finding in findings:
        hits = [index for index, mark in enumerate(marks) if mark.takes(finding)]
        used.update(hits)
        if not hits:
            kept.append(finding)
    if UNUSED not in judged_codes:
        return tuple(kept), ()
    idle = (mark for index, mark in enumerate(marks) if index not in used)
    known = (*known_rules(), *own_codes)
    return tuple(kept), tuple(_unused(mark, path, known) for mark in idle if _is_fault(mark, judged_codes, known))


def _marks(comment: Comment) -> Iterator[_Mark]:
    for match in _NOQA.finditer(comment.text):
        yield from _marks_of(comment, match, own=False)
    for match in _IGNORE.finditer(comment.text):
        yield from _marks_of(comment, match, own=True)


def _marks_of(comment: Comment, match: re.Match[str], *, own: bool) -> Iterator[_Mark]:
    tool, listed = match['tool'], match['codes']
    if listed is None:
        # Without codes, one above the code is no word for the whole file, and one for ruff or flake8 speaks to them alone.
        if own if tool else not comment.heads_file:
            yield _Mark(comment, None, own, bool(tool), 0, match.span())
        return
    start = match.start('codes')
    found = [(start + code.start(), start + code.end()) for code in re.finditer(r'[^\s,]+', listed)]
    for place, (begin, end) in enumerate(found):
        code = comment.text[begin:end].upper()
        yield _Mark(comment, code, own, bool(tool) or comment.heads_file, place, match.span(), tuple(found))


def _is_fault(mark: _Mark, judged_codes: Collection[str], known: Collection[str]) -> bool:
    if mark.code is None:
        return False
    meant = [code for code in known if covers(mark.code, code)]
    if not (mark.own or mark.code.startswith('GK') or meant):  # the code of another tool
        return False
    return all(code in judged_codes for code in meant)


def _unused(mark: _Mark, path: str, known: Collection[str]) -> Finding:
    code = mark.code or ''
    where = 'in this file' if mark.whole_file else 'on this line'
    if not any(covers(code, each) for each in known):
        message = f'`{code}` names no rule, so this comment suppresses nothing; remove it or correct it'
    else:
        message = f'`{code}` suppresses nothing {where}; remove it'
    return Finding(path, mark.comment.at, UNUSED, UNUSED_NAME, message, _removal(mark), mark.comment.at.line)


def count(comment: str) -> int:
    """How many suppressions stand in a comment."""
    return sum(1 for pattern in (_NOQA, _IGNORE) for _ in pattern.finditer(comment))


def suppressing(comment: str, codes: Iterable[str], reason: str) -> str:
    """A comment, '' for none, grown by the suppression of some codes: by a word of ours that stands there already, else by a new one."""
    for match in _IGNORE.finditer(comment):
        if match['codes'] is None or match['tool']:
            continue
        listed = re.findall(r'[^\s,]+', match['codes'])
        codes = ', '.join([*listed, *(code for code in codes if code not in {each.upper() for each in listed})])
        said = match['reason'].strip()
        reasons = said if reason in said else '; '.join(each for each in (said, reason) if each)
        before, behind = comment[: match.start()], comment[match.end() :]
        return f'{before}# gokart-lint: ignore[{codes}] {reasons}{"  " if behind else ""}{behind}'
    new = f'# gokart-lint: ignore[{", ".join(codes)}] {reason}'
    return f'{comment.rstrip()}  {new}' if comment else new


# --- The fix ----------------------------------------------------------------------------------------------------------


def _removal(mark: _Mark) -> Fix:
    if len(mark.codes) > 1:
        return _fix(f'Remove {mark.code} from the comment', mark, *_code_with_comma(mark.codes, mark.place))
    text = mark.comment.text
    start, end = mark.directive
    before, after = text[:start].rstrip(), text[end:].lstrip(' \t-:,')
    if not before and not after:
        return _fix('Remove the comment', mark, 0, len(text))
    if not after:
        return _fix('Remove the suppression', mark, len(before), len(text))
    return _fix('Remove the suppression', mark, start, len(text) - len(after), '' if after.startswith('#') else '# ')


def _code_with_comma(codes: Sequence[tuple[int, int]], place: int) -> tuple[int, int]:
    """A code with what parts it from the next one, or from the one before where it is the last."""
    if place + 1 < len(codes):
        return codes[place][0], codes[place + 1][0]
    return codes[place - 1][1], codes[place][1]


def _fix(message: str, mark: _Mark, start: int, end: int, text: str = '') -> Fix:
    line, column = mark.comment.at.line, mark.comment.at.column
    return Fix(message, (Edit(Span(line, column + start, line, column + end), text),), safe=True)
