"""Evidence of a lookup: written, read back, held against itself, its sources and an index, and signed."""
