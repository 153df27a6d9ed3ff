"""Values for the parameters of a pipeline, and the branches that they open."""
