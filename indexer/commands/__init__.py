"""The commands of `indexer`, a module each: what a person types, and what they read back. The work is done elsewhere.

Exit codes: 0 done; 1 done, but some files could not be read, or something is wrong; 2 could not;
3 another process writes to the index; 4 the index was made by another version; 130 interrupted.
"""
