"""What the methods of a task do: what they load, dump and return, what work is left in them, and what they need of `self`."""
