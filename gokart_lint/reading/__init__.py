"""From the bytes of one file to its facts. Nothing outside this package sees a syntax tree or imports libcst."""
