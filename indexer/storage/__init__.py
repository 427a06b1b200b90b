"""An index as a folder on disk: its version and generation, its lock, durable writing, trust. Not what it holds."""
