"""How a rule is tested here is how anybody tests one of their own."""

from __future__ import annotations

from gokart_lint.testing import assert_marked, findings, write

__all__ = ['assert_marked', 'findings', 'write']
