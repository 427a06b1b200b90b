"""From scored documents to filings in order: which come first, and which come before which of those that score alike.

The documents of a filing stand together in the collection, so they are a run of ascending documents.
"""

from collections.abc import Callable
from itertools import islice
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from search.segments.collection import Collection
from search.segments.postings import Documents, Scores, beginnings_of_runs
from search.segments.segment import Numbers

Indices: TypeAlias = NDArray[np.int64]
ROUNDING = 1e-6
"""Scores that differ by less may be equal when they are rounded."""
FEW = 256
"""So many are sorted sooner than the foremost of them are found. Measured 2026-11."""
_AFTER_NUMBERS = 10**18  # above every accession number written as a number: `sha256-...` sorts after them

Ranked: TypeAlias = tuple[int, float]
"""A matching document and its score, rounded."""


class ScoredDocuments(NamedTuple):
    """Documents, ascending, the filings they are of, and what they are to be ordered by."""

    docs: Documents
    filings: NDArray[np.int32]
    values: Scores


def first_filings(
    collection: Collection, found: ScoredDocuments, wanted: int | None, *, rounding: bool = True, sign: int = 1
) -> NDArray[np.int32]:
    """Return the numbers of the first `wanted` filings in order, the highest value first; of all when None.

    A filing has the highest value of its documents. `rounding`: compare values as scores are, rounded; `sign` -1: put
    the lowest of these first.
    """
    docs, filings, values = found
    firsts = beginnings_of_runs(filings)
    if len(firsts) < len(docs):
        docs, filings, values = docs.take(firsts), filings.take(firsts), np.maximum.reduceat(values, firsts)
    best = sign * rounded(values) if rounding else values
    if wanted is not None and len(best) > max(wanted, FEW):
        chosen = _foremost(collection, docs, best, wanted)
        docs, filings, best = docs.take(chosen), filings.take(chosen), best.take(chosen)
    order = (-best).argsort()
    ranked = best[order[: None if wanted is None else wanted + 1]]
    if (ranked[1:] == ranked[:-1]).any():
        order = np.lexsort((_accession_order(collection, docs), -_filed(collection, docs), -best))
    return filings[order[:wanted]]


def foremost_documents(collection: Collection, docs: Documents, scores: Scores, wanted: int) -> Indices:
    """Choose the `wanted` best documents, by index, ascending; of equals by date, number and ordinal."""
    if len(docs) <= wanted:
        return np.arange(len(docs))
    best = rounded(scores)
    chosen = _foremost(collection, docs, best, wanted)
    if len(chosen) > wanted:
        docs, best = docs[chosen], best[chosen]
        order = np.lexsort((docs, _accession_order(collection, docs), -_filed(collection, docs), -best))
        chosen = chosen[order[:wanted]]
    return np.sort(chosen)


def _foremost(collection: Collection, docs: Documents, best: Scores, wanted: int) -> Indices:
    """Find the indices of the first `wanted`, and of all that tie with the last and were filed alike."""
    chosen = highest(best, wanted)
    tied = best[chosen] == best[chosen].min()
    latest = chosen[tied]
    latest = latest[highest(_filed(collection, docs[latest]), wanted - int((~tied).sum()))]
    return np.concatenate([chosen[~tied], latest])


def ranked_by_filing(
    wanted: NDArray[np.int32], filings: NDArray[np.int32], docs: Documents, scores: Callable[[Indices], Scores]
) -> list[list[Ranked]]:
    """Return the documents of each filing that is wanted, best first; of equals, the first in the submission.

    `filings` and `docs` run parallel, ascending; `scores` computes those of the documents at some indices.
    """
    bounds = zip(filings.searchsorted(wanted).tolist(), filings.searchsorted(wanted, "right").tolist(), strict=True)
    runs = [range(low, high) for low, high in bounds]
    at = np.array([index for run in runs for index in run], np.int64)
    ranked = zip(docs.take(at).tolist(), rounded(scores(at)).tolist(), strict=True)
    if len(at) == len(runs):
        return [[each] for each in ranked]
    return [sorted(islice(ranked, len(run)), key=_best_first) for run in runs]


def _filed(collection: Collection, docs: Documents) -> Numbers:
    """Return the dates of filing as YYYYMMDD; the undated are 0, so that newest first they come last."""
    return np.maximum(collection.numbers("filed")[docs], 0)


def least_value(values: Scores, filings: NDArray[np.int32], wanted: int, *, count: int) -> float:
    """Find a value that `wanted` filings reach; the value of the `count`-th document from the top is tried first."""
    while count < len(values):
        least = float(np.partition(values, len(values) - count)[len(values) - count])
        if distinct(filings.compress(values >= least)) >= wanted:
            return least
        count *= 4
    return -np.inf


def _best_first(ranked: Ranked) -> tuple[float, int]:
    document, score = ranked
    return -score, document


def rounded(scores: Scores) -> Scores:
    """Round as `search.query.scoring.rounded` does."""
    found: Scores = np.floor(scores * 1e6 + 0.5) / 1e6
    return found


def distinct(ascending: NDArray[np.int32]) -> int:
    """Count the filings of documents, by their numbers."""
    return int(np.count_nonzero(ascending[1:] != ascending[:-1])) + 1 if len(ascending) else 0


def highest(values: Scores | Numbers, wanted: int) -> Indices:
    """Find the indices of the `wanted` highest values and of all that tie with the last of them, ascending."""
    if wanted >= len(values):
        return np.arange(len(values))
    found: Indices = (values >= np.partition(values, len(values) - wanted)[len(values) - wanted]).nonzero()[0]
    return found


def _accession_order(collection: Collection, firsts: Documents) -> Numbers:
    """Return numbers that sort as the accession numbers of these documents' filings do."""
    keys = collection.numbers("filing")[firsts]
    unnumbered = np.flatnonzero(keys < 0)
    if len(unnumbered):
        names = [collection.stored(int(document)).accession for document in firsts[unnumbered]]
        keys[unnumbered] = _AFTER_NUMBERS + np.unique(np.array(names, object), return_inverse=True)[1]
    return keys
