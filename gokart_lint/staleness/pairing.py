"""Which task of one revision is which of the other: by file and name, else as one that was moved or renamed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from gokart_lint.project.classes import Class


class Pairs:
    """The tasks of both sides, one to one. Classes that nobody asks about are the same if their full names are."""

    def __init__(self, before: Sequence[Class], after: Sequence[Class]) -> None:
        self.old_of: dict[Class, Class] = {}
        self.gone = list(before)
        self.new = list(after)
        self._unpaired: frozenset[Class] = frozenset()
        self._pair(lambda each: (each.module.path, each.qualname), in_order=True)
        self._pair(lambda each: each.full_name)
        self._pair(lambda each: each.name)
        self._pair(lambda each: (each.module.path, frozenset(each.parameters), frozenset(each.own_methods)))
        self._unpaired = frozenset(self.new)

    def _pair(self, key: Callable[[Class], object], *, in_order: bool = False) -> None:
        """Pair those that one key means alone on either side; `in_order` also several of one name, one after the other."""
        old, new = _by(self.gone, key), _by(self.new, key)
        for each, found in new.items():
            others = old.get(each, [])
            if len(found) == len(others) and (len(found) == 1 or in_order):
                self.old_of.update(zip(found, others, strict=True))
        paired = set(self.old_of.values())
        self.gone = [each for each in self.gone if each not in paired]
        self.new = [each for each in self.new if each not in self.old_of]

    def same(self, old: Class, new: Class) -> bool:
        """Whether two classes are one task at two times."""
        if new in self.old_of:
            return self.old_of[new] is old
        return new not in self._unpaired and old.full_name == new.full_name


def _by(classes: Iterable[Class], key: Callable[[Class], object]) -> dict[object, list[Class]]:
    found: dict[object, list[Class]] = defaultdict(list)
    for each in classes:
        found[key(each)].append(each)
    return found
