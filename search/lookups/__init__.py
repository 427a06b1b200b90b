"""What a lookup needs besides the answer: coverage, evidence, saved searches, watchlists, suggestions."""
