"""Keep an index as a folder on disk: version, lock, durable writing, trust. Not what it holds, nor its commits."""
