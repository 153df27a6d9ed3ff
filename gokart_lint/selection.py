"""Which rules a list of codes and prefixes means, in one place for the settings, the command line and the suppressions.

The known codes are read from the names of the rule files, so that judging a setting imports no rule.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

ALL = 'ALL'
_RULE_FILE = re.compile(r'(gk\d{3})_(\w+)\.py')
_LETTERS = re.compile(r'[A-Z]+')
_DEFAULT = -1
_NONE = -2
_NO_OTHERS: Mapping[str, str] = {}


@lru_cache(maxsize=1)
def known_rules() -> Mapping[str, str]:
    """The name of every rule by its code, in the order of the codes."""
    folder = os.path.join(os.path.dirname(__file__), 'rules')
    found = (_RULE_FILE.fullmatch(name) for name in sorted(os.listdir(folder)))
    return {match.group(1).upper(): match.group(2).replace('_', '-') for match in found if match}


def covers(prefix: str, code: str) -> bool:
    """Whether a code or prefix (`GK101`, `GK1`, `GK`, `ALL`) means a rule."""
    return prefix == ALL or code.startswith(prefix)


def complaint(code: str, own: Mapping[str, str] | None = _NO_OTHERS) -> str:
    """What is wrong with a code or prefix, with the nearest right one; '' if it means at least one rule.

    `own` are the names of a project's own rules by their codes; None if they are not known, so that a code of theirs may be any.
    """
    if code == ALL or any(covers(code, each) and code.startswith(letters(each)) for each in (*known_rules(), *(own or ()))):
        return ''
    if own is None and not code.startswith('GK') and re.fullmatch('[A-Z]+[0-9]*', code):
        return ''
    return f'unknown rule {code!r}{nearest_rule(code, own or _NO_OTHERS)} (`gokart-lint rules` lists them)'


def letters(code: str) -> str:
    """What a code starts with: the shortest prefix that means it."""
    found = _LETTERS.match(code)
    return found.group() if found else code


def nearest_rule(wrong: str, own: Mapping[str, str] = _NO_OTHERS) -> str:
    """A question after the code that was meant, or ''. A rule's name is answered with its code, a number with one of its family."""
    known = {**known_rules(), **own}
    words = [*known, *dict.fromkeys(map(letters, own))]
    family = [word for word in words if word[:3] == wrong[:3].upper()]
    return nearest(wrong, family) or nearest(wrong, [*words, ALL], {name: code for code, name in known.items()})


def nearest(wrong: str, right: Iterable[str], names: Mapping[str, str] | None = None) -> str:
    """A question after the nearest right word, or ''. A word of `names` stands for its value."""
    from difflib import get_close_matches  # only for a run that fails

    names = names or {}
    words = {word.lower(): word for word in right} | {name.lower(): value for name, value in names.items()}
    close = get_close_matches(wrong.strip().lower().replace('_', '-'), words, n=1)
    return f'; did you mean {words[close[0]]!r}?' if close else ''


def is_selected(code: str, opt_in: bool, select: Iterable[str], extend_select: Iterable[str], ignore: Iterable[str]) -> bool:
    """Whether a rule runs. The longest code or prefix wins, and `ignore` wins among equals; no `select` means the default rules."""
    select = tuple(select)
    default = _DEFAULT if not select and not opt_in else _NONE
    return max(default, _specificity(code, (*select, *extend_select))) > _specificity(code, ignore)


def verdicts(select: Iterable[str], ignore: Iterable[str], own: Iterable[str] = ()) -> dict[str, bool]:
    """What one layer says of the rules that it means: switched on, or off. `own` are the codes of the project's own rules."""
    select, ignore = tuple(select), tuple(ignore)
    meant = (code for code in (*known_rules(), *own) if _specificity(code, (*select, *ignore)) > _NONE)
    return {code: _specificity(code, select) > _specificity(code, ignore) for code in meant}


def _specificity(code: str, prefixes: Iterable[str]) -> int:
    return max((0 if prefix == ALL else len(prefix) for prefix in prefixes if covers(prefix, code)), default=_NONE)
