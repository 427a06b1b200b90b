"""What is written down of lookups: evidence, and saved searches with what was last shown of them."""
