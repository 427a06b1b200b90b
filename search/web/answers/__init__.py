"""From an address to what the index says: searches, documents, what stands around them. No HTML."""
