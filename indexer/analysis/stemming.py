"""Stem words: what the inflections of one have in common, so that a query for one finds the others."""

from collections.abc import Callable
from functools import lru_cache

from indexer.analysis.numerals import value
from indexer.analysis.stacked import JOINED

_APART = {
    word: group.split()[0]
    for group in (
        "several severally", "important importantly", "importance", "accountant accountants", "security securities",
        "officer officers", "executive executives", "positive positively positives",
    )
    for word in group.split()
}  # fmt: skip
"""Words that share a stem with others that filings are full of (severance, import, account, secure, office, execute,
position), and mean something else; each by the first of its inflections."""


@lru_cache(maxsize=262144)
def stem(word: str) -> str:
    """Return the Snowball English stem, which a word's inflections share: `licens` of `license` and `licensing`.

    Numbers of one value share it, too, and so does what a hyphen joins (`-nonrecourse`).

    >>> stem("licensing"), stem("21.50"), stem("-nonrecourse") == stem("nonrecourse")
    ('licens', '21.5', True)
    """
    if word[:1] == JOINED:
        return stem(word[1:])
    return _APART.get(word) or value(word) or _stemmer()(word)


@lru_cache(maxsize=1)
def _stemmer() -> Callable[[str], str]:
    import Stemmer  # noqa: PLC0415  (only bare words need it: quoted phrases start without it)

    english: Callable[[str], str] = Stemmer.Stemmer("english").stemWord
    return english
