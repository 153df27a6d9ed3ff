"""What answers about a project rested on, so that a later run can tell whether they still hold."""

from __future__ import annotations

from collections.abc import Iterable

from gokart_lint.project.sealing import digest

Question = tuple[str, tuple[str, ...]]
"""What was asked of all files at once: the kind of question, and the names that were asked for (`Project.ask`)."""

KINDS = ('below', 'configuring', 'saying', 'decorating', 'defining')


class Ledger:
    """The files that were looked into, there or not, and the questions to all files, each with a digest of its answer.

    `everything` says that all files were gone through, so that no change leaves the answers certain.
    """

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.questions: dict[Question, bytes] = {}
        self.everything = False

    def asked(self, kind: str, names: Iterable[str], answer: Iterable[str]) -> None:
        """Write a question down, with the files that were its answer."""
        question = kind, tuple(sorted(names))
        if question not in self.questions:
            self.questions[question] = seal(answer)

    def add(self, other: Ledger) -> None:
        """What another ledger holds, too."""
        self.files |= other.files
        self.questions |= other.questions
        self.everything = self.everything or other.everything


def seal(answer: Iterable[str]) -> bytes:
    """A short name for a set of files."""
    return digest('\0'.join(sorted(answer)).encode('utf-8', 'surrogateescape'))
