"""What may have been meant: the nearest of the names there are."""

from collections.abc import Iterable

_LONGEST = 64
"""Characters of a name that are compared."""
_ALIKE = 0.6
"""Of the characters of two names, those that they share in order, for one to be suggested for the other."""


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the name most like the one given, in the spelling it has; None when none is like it. Case does not matter.

    Fewest edits for its length come first (optimal string alignment), then most characters in common.

    >>> nearest("compnay", ["company", "cik"]), nearest("10-k404", ["10-K405", "8-K"]), nearest("zzz", ["cik"])
    ('company', '10-K405', None)
    """
    from rapidfuzz.distance import OSA, Indel  # noqa: PLC0415  (only when something is to be suggested)

    typed = name.lower()[:_LONGEST]
    spellings = {each.lower(): each for each in names}
    shared = ((Indel.normalized_similarity(typed, each), each) for each in spellings)
    alike = [
        (OSA.normalized_similarity(typed, each), in_common, each) for in_common, each in shared if in_common >= _ALIKE
    ]
    return spellings[max(alike)[-1]] if alike else None
