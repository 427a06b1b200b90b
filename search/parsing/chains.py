"""How a query would read with what it lacks, for the error to suggest. What is wrong with it is found elsewhere."""

import re
from collections.abc import Sequence

from search.parsing.lexer import QueryToken, spelled

WITHIN = "5"
"""Words between, where nobody has said how many."""
LONGEST = 100
"""Characters of a query that is written out in a message."""

_LOOSE = re.compile(r"\s+(\d{1,3})(?=\s+[^\s)])", re.ASCII)
"""A bare number where one between parentheses belongs."""


def with_distances(source: str, operators: Sequence[QueryToken]) -> str:
    """Write the query with a number of words for each NEAR and BEFORE of a chain; empty when it is too long to show.

    >>> from search.parsing.lexer import tokens
    >>> with_distances("orphan NEAR 9 drug", list(tokens("orphan NEAR 9 drug"))[1:2])
    'orphan NEAR(9) drug'
    """
    text = spelled(source)
    number = next((operator.text for operator in operators if operator.text), WITHIN)
    for operator in reversed(operators):
        if operator.text:
            continue
        loose = _LOOSE.match(text, operator.end)
        rest = text[loose.end() if loose else operator.end :]
        said = f"{operator.kind.name}({loose[1] if loose else number})"
        text = f"{text[: operator.start]}{said}{' ' if rest.startswith('(') else ''}{rest}"
    return " ".join(text.split()) if len(text) <= LONGEST else ""
