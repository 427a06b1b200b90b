"""Record what was read of a corpus and what came of it: `records` (values), `manifest` (ask), `recording` (write)."""
