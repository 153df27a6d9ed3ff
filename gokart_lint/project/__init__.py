"""From files to one linked Project: which files there are, what they say, and what a name in one means in another."""
