"""What words add to scores by where they stand (`search.query.proximity`), for some documents at once."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.postings import POSITION_BITS
from search.query import nodes as q
from search.query import scoring
from search.query.proximity import BLOCK, MOST_WORDS, REACH
from search.query.walk import placed_words
from search.segments.collection import Collection
from search.segments.postings import Documents, Places, Scores, beginnings_of_runs

_POSITION = (1 << POSITION_BITS) - 1


class _Places(NamedTuple):
    """Where words stand: places in order, and for each the indices of its document and of its word."""

    places: Places
    documents: NDArray[np.int64]
    words: NDArray[np.int64]


def added(collection: Collection, query: q.Query, docs: Documents) -> Scores:
    """Compute what the words of the query add to the score of each of some documents; runs parallel to `docs`."""
    pairs, windows = parts(collection, query, docs)
    return pairs + windows


def parts(collection: Collection, query: q.Query, docs: Documents) -> tuple[Scores, Scores]:
    """Compute what pairs of words, and what windows, add to the scores of some documents; both as in `docs`."""
    factors = dict(list(placed_words(query).items())[:MOST_WORDS])
    holders = [collection.living_count(collection.postings("text", word)) for word in factors]
    idfs = np.array([scoring.idf(collection.documents, count) for count in holders])
    places, words = collection.places_in("text", tuple(factors), docs)
    found = _Places(places, docs.searchsorted(places >> POSITION_BITS), words)
    return _pairs(found, idfs, len(docs)), _windows(found, idfs * list(factors.values()), len(docs))


def _pairs(found: _Places, idfs: Scores, size: int) -> Scores:
    """Compute what pairs of words add: of each place and those that follow it, as far as any are within reach."""
    count = len(idfs)
    closeness = np.zeros(size * count * count)
    for step in range(1, len(found.places)):
        gaps = found.places[step:] - found.places[:-step]
        at = np.flatnonzero(gaps <= REACH)
        if not len(at):
            break
        at = at[(gaps[at] > 0) & (found.words[at] != found.words[at + step])]
        one, other = found.words[at], found.words[at + step]
        pair = (found.documents[at] * count + np.minimum(one, other)) * count + np.maximum(one, other)
        closeness += np.bincount(pair, 1 / gaps[at], len(closeness))
    by_pair = _saturated(closeness).reshape(size, count, count)
    total: Scores = (by_pair * np.minimum.outer(idfs, idfs)).sum((1, 2))
    return total


def _windows(found: _Places, weights: Scores, size: int) -> Scores:
    """Compute what the best window adds: a row for each document's blocks that hold any word, a column a word."""
    best = np.zeros(size)
    if not len(found.places):
        return best
    blocks = (found.places >> POSITION_BITS << POSITION_BITS) + (found.places & _POSITION) // BLOCK
    firsts = beginnings_of_runs(blocks)
    rows = np.repeat(np.arange(len(firsts)), np.diff(firsts, append=len(blocks)))
    counts = np.bincount(rows * len(weights) + found.words, minlength=len(firsts) * len(weights))
    counts = counts.reshape(len(firsts), len(weights))
    windows, follows = counts.copy(), np.diff(blocks[firsts]) == 1
    windows[:-1][follows] += counts[1:][follows]
    documents = found.documents[firsts]
    runs = beginnings_of_runs(documents)
    best[documents[runs]] = np.maximum.reduceat(_saturated(windows) @ weights, runs)
    return best


def _saturated(counts: NDArray[Any]) -> Scores:
    """Do as `search.query.proximity.saturated`."""
    found: Scores = counts * (scoring.K1 + 1) / (counts + scoring.K1)
    return found
