"""What it adds to a score that words stand together: the definition, on where words stand. No engine, no arrays.

Where filings come by relevance, the `FOREMOST` documents of those that match, by score, then as filings tie, then by
ordinal, score for this too: *pairs* and *window* are added before the weight of the document's kind.

A document's *words* are those of the query's leaves that are `Term`s asked of the text, exclusions aside, each once:
the first `MOST_WORDS`; with fewer than two nothing is added. Each has places in the document (`search.query.nodes`),
those of all words it stands for, an idf as in `search.query.scoring`, and a weight: idf times the boosts above it,
those of equal leaves added up; 0 for a word that `AtLeast` none asks for.

*pairs*: for each two words, with c the sum of 1 / distance over their places that are at most `REACH` apart (two places
that are one count nothing), the lesser idf * c * (K1 + 1) / (c + K1).

*window*: of every two successive blocks of `BLOCK` words, the first beginning at a multiple of that, the sum over words
of weight * tf * (K1 + 1) / (tf + K1), tf how often the word stands there; the greatest of these sums.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from search.query.scoring import K1

FOREMOST = 200
"""Documents, the best of those that match, whose words are looked at."""
MOST_WORDS = 16
REACH = 8
"""Words from one to the other."""
BLOCK = 100
"""Words of half a window."""


class PlacedWord(NamedTuple):
    """A word of the query, and where it stands in a document."""

    idf: float
    weight: float
    places: Sequence[int]
    """Ascending, each once."""


class Together(NamedTuple):
    """What a document's words add to its score by where they stand."""

    pairs: float
    window: float


def together(words: Sequence[PlacedWord]) -> Together:
    """Compute what the words of a document add to its score.

    >>> together([PlacedWord(2.0, 2.0, (0, 40)), PlacedWord(1.0, 1.0, (1,))])
    Together(pairs=1.0, window=3.75)
    """
    return Together(sum(_pair(*two) for two in combinations(words, 2)), _window(words))


def saturated(count: float) -> float:
    """Weigh a number of occurrences as BM25 does, without regard to the length of the document."""
    return count * (K1 + 1) / (count + K1)


def _pair(first: PlacedWord, second: PlacedWord) -> float:
    gaps = (abs(place - other) for place in first.places for other in second.places)
    return min(first.idf, second.idf) * saturated(sum(1 / gap for gap in gaps if 0 < gap <= REACH))


def _window(words: Sequence[PlacedWord]) -> float:
    blocks = [Counter(place // BLOCK for place in word.places) for word in words]
    return max((_stretch(words, blocks, block) for block in set().union(*blocks)), default=0.0)


def _stretch(words: Sequence[PlacedWord], blocks: Sequence[Counter[int]], block: int) -> float:
    return sum(
        word.weight * saturated(counts[block] + counts[block + 1]) for word, counts in zip(words, blocks, strict=True)
    )
