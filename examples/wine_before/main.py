"""Runs the task that the command line names, as people first write it."""

import gokart

import wine_before.pipeline  # noqa: F401

gokart.add_config('./conf/param.ini')
gokart.run()
