"""What was read of a corpus and what came of it: `records` (values), `manifest` (asking), `recording` (writing)."""
