"""Values made up for parameters that nobody gives one: right for the parameter class, plain to read, and the same in every process."""
