"""pytest for gokart: every pipeline of a project resolves, found without being told, and one task runs alone."""
