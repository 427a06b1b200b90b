"""The version of the fields, apart from their table, which is not wanted where only this is."""

VERSION = 3
"""Of the fields and of how they are filled; an index of a newer version is refused, of an older one rebuilt."""
