"""What an index on an OpenSearch cluster is made of; the writer and the searcher of such an index stand on it."""
