"""What the reports for people share: colours, text that does no harm to a terminal, and the closing line."""

from __future__ import annotations

from gokart_lint.reports import Outcome, counted

BOLD, RED, BLUE, CYAN, GREEN = '1', '1;31', '1;34', '36', '32'


def painted(text: str, colour: str, on: bool) -> str:
    """The text in a colour, or as it is."""
    return f'\x1b[{colour}m{text}\x1b[0m' if on and text else text


def harmless(text: str) -> str:
    """The text on one line, with control characters spelled out: a name or a literal may hold them, and a terminal would obey."""
    return ''.join(char if char.isprintable() or char == '\u3000' else char.encode('unicode_escape').decode() for char in text)


def summary(outcome: Outcome) -> str:
    """How many findings in how many files, and what `--fix` would do about them."""
    if not outcome.findings:
        return painted(f'All clear: {counted(outcome.files, "file")}.', GREEN, outcome.colour)
    text = '; '.join(filter(None, [f'Found {counts(outcome)}', fixes(outcome)]))
    return painted(f'{text}.', BOLD, outcome.colour)


def counts(outcome: Outcome) -> str:
    """`3 findings in 2 of 40 files`."""
    files = len({finding.path for finding in outcome.findings})
    return f'{counted(len(outcome.findings), "finding")} in {files} of {counted(max(outcome.files, files), "file")}'


def fixes(outcome: Outcome) -> str:
    """How many of the findings can be fixed with which option; nothing where none can."""
    safe = sum(finding.fix is not None and finding.fix.safe for finding in outcome.findings)
    unsafe = sum(finding.fix is not None and not finding.fix.safe for finding in outcome.findings)
    if safe:
        return f'{safe} can be fixed with --fix' + (f', {unsafe} more with --unsafe-fixes' if unsafe else '')
    return f'{unsafe} can be fixed with --fix --unsafe-fixes' if unsafe else ''
