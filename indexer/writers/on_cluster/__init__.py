"""What writes an index on a cluster: `indexer.writers.opensearch` is its door."""
