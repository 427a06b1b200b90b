"""Check an index against itself: its files by their checksums, its documents by their texts, its records by both."""
