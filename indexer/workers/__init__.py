"""From files to finished segments, in this process or in workers. Nothing is committed here, and nothing compared."""
