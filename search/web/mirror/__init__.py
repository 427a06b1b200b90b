"""A mirror of EDGAR for the corpus at hand: its folders of filings, its lists and indexes, at EDGAR's own addresses.

What is listed is what the index holds; what is served is read again from the corpus, and only where it is what was
indexed. `file_reply` is how files go out; every other module has routes.
"""
