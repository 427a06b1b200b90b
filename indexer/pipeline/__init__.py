"""Bringing an index up to date: what has to be read (plan), and making what was read the index (update, pipeline)."""
