"""Nothing runs while a pipeline resolves, and all is afterwards as it was before."""
