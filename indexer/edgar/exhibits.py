"""Kinds of documents by what they are for: those that read alike in every filing, and how much they count.

Regulation S-K, item 601, numbers the exhibits; before 2001 some had other numbers (27 was a financial data schedule).
"""

from collections.abc import Mapping

ROUTINE_WEIGHT = 0.6
"""Of a document that repeats what others say, beside one that says something: measured in bench/relevance."""

ROUTINE: Mapping[str, str] = {
    "EX-21": "subsidiaries of the registrant",
    "EX-23": "consents of experts and counsel",
    "EX-24": "power of attorney",
    "EX-27": "financial data schedule",
    "EX-31": "certification of a report (Rule 13a-14(a))",
    "EX-32": "certification of a report (18 U.S.C. 1350)",
    "EX-107": "filing fee table",
    "EX-FILING FEES": "filing fee table",
    "EX-99.CERT": "certification of a fund's report",
    "EX-99.906CERT": "certification of a fund's report (18 U.S.C. 1350)",
    "CERT": "certification of a listing by an exchange",
}
"""Document types, with those under them (`EX-31.1`), that are written from a form; and what they are."""


_BEGINNINGS = tuple(ROUTINE)


def weight(document_type: str) -> float:
    """Return how much a document of this type counts beside others: 1, or less where it reads alike in every filing.

    >>> [weight(each) for each in ("10-K", "EX-31.1", "EX-310", "ex-99.cert", "EX-99.1")]
    [1.0, 0.6, 1.0, 0.6, 1.0]
    """
    return ROUTINE_WEIGHT if is_routine(document_type) else 1.0


def is_routine(document_type: str) -> bool:
    """Tell whether documents of this type read alike in every filing.

    >>> is_routine("EX-31.1"), is_routine("EX-310")
    (True, False)
    """
    name = document_type.upper()
    if not name.startswith(_BEGINNINGS):
        return False
    return any(name.startswith(stem) and not name[len(stem) : len(stem) + 1].isalnum() for stem in _BEGINNINGS)
