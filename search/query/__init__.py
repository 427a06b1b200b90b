"""What a query is and what it means: its tree, the walk over it, occurrences, and what a match is worth. No engine."""
