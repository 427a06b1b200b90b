"""Passages: where to cut them, found in a text or through the index, and hits as they are shown."""
