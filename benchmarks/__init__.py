"""How fast gokart-lint is, against what, and the real code that it is tried on. Not part of the distribution."""
