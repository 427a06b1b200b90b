"""What may have been meant: the nearest of the names there are."""

from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name most like the one given, in the spelling it has; None when none is like it. Case does not matter.

    >>> nearest("compnay", ["company", "cik"]), nearest("10-k404", ["10-K405", "8-K"]), nearest("zzz", ["cik"])
    ('company', '10-K405', None)
    """
    from difflib import get_close_matches  # noqa: PLC0415  (only when something is to be suggested)

    spellings = {each.lower(): each for each in names}
    found = get_close_matches(name.lower()[:64], spellings, n=1, cutoff=0.6)
    return spellings[found[0]] if found else None
