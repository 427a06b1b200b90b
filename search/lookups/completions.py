"""What a name that is being typed may become: names of parties, with their CIKs and tickers, as an index has them."""

from collections.abc import Sequence
from typing import NamedTuple

from indexer.fields.schema import LISTED, WHOLE_NAME, whole_name
from search.query import nodes as q
from search.query.matcher import match
from search.results import Question, Sort
from search.searchers.searcher import Engine
from search.terms.synonyms import words_of

MOST = 8
_CIK = 10  # digits


class Completion(NamedTuple):
    """A party."""

    name: str
    cik: str
    """Empty where filings do not say it."""
    tickers: tuple[str, ...]
    filings: int
    """In which it is a party."""


def names_beginning(typed: str, engine: Engine) -> tuple[Completion, ...]:
    """Complete the name of a party, its CIK or its ticker; most frequent first, a ticker before names.

    Of a name every word has to be there, the last one as far as it is typed.
    """
    words = words_of(typed)
    if not words:
        return ()
    found = [*_by_ticker(words, engine), *_by_cik(typed.strip(), engine), *_by_words(words, engine)]
    return tuple({each.cik or each.name: each for each in reversed(found)}.values())[::-1][:MOST]


def _by_ticker(words: Sequence[str], engine: Engine) -> list[Completion]:
    told = engine.words(LISTED, f"{words[0]} ") if len(words) == 1 else ()
    return [each for listed in told for each in _of_cik(listed.partition(" ")[2], engine)]


def _by_cik(typed: str, engine: Engine) -> list[Completion]:
    return _of_cik(typed.zfill(_CIK), engine) if typed.isascii() and typed.isdecimal() else []


def _of_cik(cik: str, engine: Engine) -> list[Completion]:
    asked = q.Field("cik", q.Term(cik, exact=True))
    newest = engine.search(Question(asked, limit=1, sort=Sort("filed"), documents=0))
    names = [party.name for hit in newest.hits for party in hit.parties if party.cik == cik]
    return [Completion(name, cik, _tickers(cik, engine), newest.filings) for name in names[:1]]


def _by_words(words: Sequence[str], engine: Engine) -> list[Completion]:
    *whole, last = words
    asked = q.Field("company", q.Row(q.And((*(q.Term(word, exact=True) for word in whole), q.Prefix(last)))))
    (facet,) = engine.facets(asked, ["company"])
    named = [each for each in facet.counts if match(asked, {"company": (each.value.partition(" (CIK ")[0],)})]
    return [_named(each.value, each.filings, engine) for each in named[:MOST]]


def _named(label: str, filings: int, engine: Engine) -> Completion:
    name, _, told = label.partition(" (CIK ")
    cik = told.removesuffix(")").zfill(_CIK) if told else cik_of(name, engine)
    return Completion(name, cik, _tickers(cik, engine), filings)


def cik_of(name: str, engine: Engine) -> str:
    """Find the CIK of the party that bore a whole name last; empty when none has one."""
    whole = q.Field(WHOLE_NAME, q.Term(whole_name("company", name), exact=True))
    newest = engine.search(Question(whole, limit=1, sort=Sort("filed"), documents=0)).hits
    return next((each.cik for hit in newest for each in hit.parties if each.name == name and each.cik), "")


def _tickers(cik: str, engine: Engine) -> tuple[str, ...]:
    pairs = (listed.partition(" ") for listed in engine.words(LISTED, "")) if cik else ()
    return tuple(ticker.upper() for ticker, _, of in pairs if of == cik)
