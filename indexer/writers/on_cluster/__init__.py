"""What writes an index on a cluster: `indexer.engines.cluster_engine` is its door."""
