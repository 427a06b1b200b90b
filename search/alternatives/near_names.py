"""Names of parties that are near to one that no filing has, with how many filings have each; whose a ticker is."""

from collections.abc import Iterator, Sequence

from indexer.edgar.name_words import NO_GIVEN_NAME, UNSPOKEN
from indexer.fields.schema import LISTED
from search.query import nodes as q
from search.query.matcher import match
from search.results import FacetCount
from search.searchers.searcher import Engine, Explaining
from search.terms.synonyms import words_of
from search.terms.tickers import Ciks, kept_ciks

SUGGESTIONS = 3
_MOST_WORDS = 8
"""Words of a name that are looked at."""
_SHORT, _LONG = 4, 6
"""Letters from which on a word may be off by one edit, and by two."""


def ciks_by(engine: Explaining) -> Ciks:
    """Return the look-up of a ticker's CIKs: in the tables that were kept, and in what the filings of the index say."""

    def ciks(ticker: str) -> tuple[str, ...]:
        told = (value.partition(" ")[2] for value in engine.words(LISTED, f"{ticker} "))
        return tuple(dict.fromkeys((*kept_ciks(ticker), *told)))

    return ciks


def near_names(text: str, engine: Engine) -> tuple[FacetCount, ...]:
    """Find the names that are nearest, the most frequent first; of a name that is a ticker symbol, the symbol.

    Near is what has every word or its initial, a few letters off; then what lacks one word; then the rarest word.
    """
    words = [word for word in words_of(text) if word not in UNSPOKEN][:_MOST_WORDS]
    if len(words) == 1 and (filings := engine.count(q.Field("ticker", q.Term(words[0], exact=True)))):
        return (FacetCount(f"ticker:{words[0].upper()}", filings),)
    words = [word for word in words if word not in NO_GIVEN_NAME] or words
    found = (_named(query, engine) for query in _loosened(words, engine))
    return next(filter(None, found), ())


def names_line(names: Sequence[FacetCount]) -> str:
    """Write names with their counts on one line: `near: HALVORSEN INGRID M (3)`; empty when there is none."""
    return f"near: {', '.join(f'{name} ({filings:,})' for name, filings in names)}" if names else ""


def _named(query: q.Query, engine: Engine) -> tuple[FacetCount, ...]:
    """Find the names that fit; those of other parties to the same filings are left out."""
    asked = q.Field("company", q.Row(query))
    if not engine.count(asked):
        return ()
    (facet,) = engine.facets(asked, ["company"])
    return tuple(each for each in facet.counts if match(asked, {"company": (each.value,)}))[:SUGGESTIONS]


def _loosened(words: Sequence[str], engine: Engine) -> Iterator[q.Query]:
    """Yield what is asked of a name in place of its words, the nearest first."""
    if not words:
        return
    longest = max(words, key=len)
    yield q.And(tuple(_about(word) if word is longest else q.Or((_about(word), _initial(word))) for word in words))
    if len(words) > 2:
        rest = (tuple(each for each in words if each is not word) for word in words)
        yield q.Or(tuple(q.And(tuple(map(_about, several))) for several in rest))
    counts = {word: engine.count(q.Field("company", _about(word))) for word in words if len(word) >= _SHORT}
    if known := {word: number for word, number in counts.items() if number}:
        yield _about(min(known, key=lambda word: known[word]))


def _about(word: str) -> q.Leaf:
    if len(word) < _SHORT:
        return q.Term(word, exact=True)
    return q.Fuzzy(word, 2 if len(word) >= _LONG else 1)


def _initial(word: str) -> q.Term:
    return q.Term(word[0], exact=True)
