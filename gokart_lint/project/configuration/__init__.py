"""luigi's configuration files: which ones the project's code or settings name, and what they give."""
