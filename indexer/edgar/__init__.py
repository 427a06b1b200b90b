"""Facts of EDGAR, each once: forms, items, places, roles, and what its XML forms call things. Tables and look-ups."""
