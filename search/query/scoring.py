"""What a match is worth: BM25 as Whoosh 2.7.4 computes it, shared by every engine. No engine, no arrays of its own.

A document's score is the sum over the query's scoring leaves. A leaf (`Term`, `Prefix`, `Wildcard`, `Fuzzy`) scores
when it asks the field `text` and no `Not` stands above it. Whatever words it stands for (inflections, all that a
prefix expands to) are one term: `tf` is the sum of their occurrences in the document, `df` the number of documents
with any of them.

    idf   = ln(N / (df + 1)) + 1                              N: documents in the index, without deleted ones
    score = idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average))

`length` is the number of words of the field, rounded as `stored_length` says; `average` is the sum of the exact
lengths divided by N (1 where that is 0). A leaf with tf = 0 scores 0. All of it in float64.

Which leaves count for a document that matches: those under parts that match it. `And`, `Or`: the sum of the parts
that match. `Phrase`, `Near`, `Same`, `Within`: when it matches, the sum of its leaves, each with its tf in the whole
document (an `Or` inside: all its leaves). `Boost`: its part's scores times the factor. `Not`, `Range`, `Everything`
and every leaf that asks another field: 0. A leaf that stands in the query twice counts twice.

To this is added, for every scoring leaf of the query, whether or not the part it stands in matches, `TITLE_WEIGHT`
times its score computed in the field `title` (that field's words, df, lengths and average; `Boost` counts). It only
adds to documents that match anyway.

Last, a document's score is rounded by `rounded`, so that equal scores tie in every engine. Documents of a filing come
by score, best first, then by ordinal. A filing has the score of its best document; filings tie by date filed, newest
first (undated last), then by accession number, ascending.
"""

from bisect import bisect_left
from math import floor, log

from indexer.fields import weighing

K1 = weighing.K1
B = weighing.B
INFLECTED = 0.3
"""Of an inflection, beside the word as it was typed."""
TITLE_WEIGHT = 0.3
"""Of what the document is called, beside its text."""

STORED_LENGTHS = tuple(round((1.033**n - 1) * 27) for n in range(256))
"""The field lengths an index can tell apart (it keeps a byte per document and field); Whoosh 2.7.4's table."""


def stored_length(words: int) -> int:
    """Return the length that a field of so many words counts as: the next in the table, or its last.

    >>> [stored_length(n) for n in (0, 9, 10, 11, 1000, 10**6)]
    [0, 9, 10, 12, 1032, 106374]
    """
    return STORED_LENGTHS[min(bisect_left(STORED_LENGTHS, words), 255)]


def idf(total: int, df: int) -> float:
    """Compute the weight of a term that `df` of `total` documents have: the rarer, the more."""
    return log(total / (df + 1)) + 1


def bm25(tf: float, length: float, *, average: float, idf: float) -> float:
    """Compute the score of a term that occurs `tf` times in a field of (rounded) length; arrays work too."""
    return idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / (average or 1.0)))


def rounded(score: float) -> float:
    """Return the score to six decimal places, halves up; on arrays, `np.floor(x * 1e6 + 0.5) / 1e6` is the same."""
    return floor(score * 1e6 + 0.5) / 1e6
