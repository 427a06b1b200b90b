"""Segments of an index as arrays, whatever their format, and what was read of them kept for the next question."""
