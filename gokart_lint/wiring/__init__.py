"""Which tasks are built, with what: values followed through names, branches and helpers, over the whole project."""
