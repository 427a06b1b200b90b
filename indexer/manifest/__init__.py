"""Record what was read of a corpus: `records` (values), `manifest` (ask), `recording` (write), `digests` (check)."""
