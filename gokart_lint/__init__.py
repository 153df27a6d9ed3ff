"""Finds faults in gokart pipelines from their source text alone."""

__version__ = '0.1.0'
