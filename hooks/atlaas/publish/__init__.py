"""Directory -> files for machines: open data, API, feeds, search, old addresses."""
