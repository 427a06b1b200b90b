"""Building a corpus from EDGAR: which filings its lists have, fetching them, and which of them an index lacks.

Requests keep to the SEC's rules for all processes of a user together (`pace`). Nothing is printed here.
"""
