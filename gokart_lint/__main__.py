"""`python -m gokart_lint`, for where no script is installed."""

from __future__ import annotations

from gokart_lint.cli import main

if __name__ == '__main__':
    main(prog_name='gokart-lint')
