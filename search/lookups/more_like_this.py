"""More like this: a query made of a document's most telling words, those frequent in it and rare in the index."""

from collections import Counter
from collections.abc import Iterable
from math import log
from typing import NamedTuple

from indexer.analysis.tokenizer import term, words
from search.errors import SearchError
from search.query import nodes as q
from search.query.scoring import idf
from search.searchers.searcher import Engine, Explaining

WORDS = 20
"""Words asked for. Ten already find the subject; beyond forty they find the genre."""
CANDIDATES = 300
"""Words whose rarity is looked up."""

_COMMON_WORDS = """
about above after all also and any are been before being between both but can could did does each for from had has
have having here how however into its may more most must not only other our out over own shall should some such
than that the their them then there these they this those through under until upon was were what when where which
while who whom will with within would you your
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that tell nothing, left out before anything is looked up; all others are weighed by their rarity."""


def query_like(document: str, text: str, engine: Engine) -> q.Query:
    """Ask for documents like this one that are not of its filing; `text` is its text.

    `document` is its id, or the accession number of a filing whose documents are taken together. SearchError when it
    shares no word with another document.
    """
    found = telling_words(text, engine, documents=engine.count(q.Everything()))
    if not found:
        raise SearchError(f"{document} has no word in common with another document")
    accession, _, _ = document.partition(":")
    return q.And((query_of(found), q.Not(q.Field("accession", q.Term(accession.lower(), exact=True)))))


class TellingWord(NamedTuple):
    """A word of a document and what it tells: its frequency there (its logarithm) times its rarity in the index."""

    word: str
    weight: float


def telling_words(text: str, engine: Explaining, *, documents: int) -> list[TellingWord]:
    """Choose the document's most telling words, best first; `documents` is the number of documents in the index.

    A word that no other document has leads nowhere and is left out.
    """
    weighed = []
    for word, frequency in _candidates(text):
        df = engine.expansion(q.Term(word, exact=True), "text").documents
        if df > 1:
            weighed.append(TellingWord(word, (1 + log(frequency)) * idf(documents, df)))
    return sorted(weighed, key=lambda each: (-each.weight, each.word))[:WORDS]


def query_of(telling: Iterable[TellingWord]) -> q.Query:
    """Ask for any of the words, each as heavy as it is telling."""
    found = list(telling)
    heaviest = max((each.weight for each in found), default=1.0)
    return q.Or(
        tuple(q.Boost(q.Term(word, exact=True), round(weight / heaviest, 3) or 0.001) for word, weight in found)
    )


def _candidates(text: str) -> list[tuple[str, int]]:
    """The most frequent words that may tell something, with how often they occur."""
    kept = (term(word) for word in words(text))
    telling = Counter(word for word in kept if len(word) > 2 and word.isalpha() and word not in _COMMON)
    return sorted(telling.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]
