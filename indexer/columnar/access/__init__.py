"""Reach into the middle of a segment: terms by their bytes, blocks of a long term, runs of its numbers."""
