"""The pipeline: what to read (plan), reading it in workers (worker), and making it the index (update, pipeline)."""
