"""Which classes are pipelines, and getting at them without running anything."""
