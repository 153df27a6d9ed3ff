"""Building a pipeline and walking its requirements: every problem of the tree, with the way to it."""
