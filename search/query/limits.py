"""How much a query may ask. Each bound is far above what people write, and keeps every query's cost in hand."""

MAX_LENGTH = 65_536
"""Characters of a query."""
MAX_WORDS = 5_000
"""Words, patterns and values of a query; those of a phrase, a family or a group of synonyms count one by one."""
MAX_EXPANSIONS = 1_000_000
"""Words of the index that the words and patterns of a query stand for in all, counted in each segment."""
MAX_DEPTH = 40
"""Parentheses within parentheses, negations of negations."""
MAX_DISTANCE = 500
"""Words between the parts of a NEAR; well below the gap between the values of a field."""
ANY_DISTANCE = 1 << 30
"""More words than a text has."""
MAX_NEAR_PARTS = 5
"""Parts of one NEAR; in any order there are 120 ways to arrange five."""
MAX_BEFORE_PARTS = 50
"""Parts of one BEFORE."""
MAX_EDITS = 2
"""Edits of a fuzzy word."""
MAX_BOOST = 1_000
MAX_SYNONYMS = 1_000
"""Members of a group of synonyms."""
MAX_SYNONYM_WORDS = 50
"""Words of one of them."""
