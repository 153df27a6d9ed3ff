"""The reader for what the running Python does not understand: code of a newer Python, which libcst's own parser reads."""
