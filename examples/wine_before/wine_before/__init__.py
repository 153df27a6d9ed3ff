"""The wine pipeline as people first write it; examples/wine is the same as it should be."""
