"""Parties as EDGAR full-text search names them, and its list of entities to choose from as one types."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from string import capwords
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from indexer.fields.header_values import business_state
from indexer.fields.schema import LISTED
from indexer.filings import Header, Party
from search.ask import Index
from search.lookups.lookup import joined
from search.query import nodes as q
from search.results import FacetCount, Question, Sort
from search.terms.synonyms import words_of

T = TypeVar("T")

_MOST = 10
"""Entities that are listed."""
_LOOKED_AT = 200
"""Entities whose filings have a name that fits, of which the name itself may be another party's."""
_MOST_WORDS = 10
_KEPT = 20_000
"""Filings and companies of which the names are kept."""


class FilingEntities(NamedTuple):
    """The lists that a hit has of its filing's parties, in the header's order; those with a CIK."""

    ciks: list[str]
    display_names: list[str]
    file_num: list[str]
    film_num: list[str]
    biz_states: list[str]
    """Each once."""
    biz_locations: list[str]
    """One for each party, empty where unknown."""
    inc_states: list[str]
    """Of the parties that have one; so are `sics`."""
    sics: list[str]


class Entities:
    """The parties of one index at one commit."""

    def __init__(self, index: Index) -> None:
        self._engine, self._header = index.engine, index.header
        self._of_filing: dict[str, FilingEntities] = {}
        self._names: dict[str, str] = {}
        self._tickers = _tickers(index.engine.words(LISTED, ""))

    def of_filing(self, accession: str) -> FilingEntities:
        """Return the parties of a filing that is in the index."""
        return _kept(self._of_filing, accession, lambda: self._lists(self._header(accession)))

    def _lists(self, header: Header) -> FilingEntities:
        parties = [party for party in _distinct(header.parties) if party.cik]
        return FilingEntities(
            ciks=[party.cik for party in parties],
            display_names=[self.display_name(party.name, party.cik) for party in parties],
            file_num=_numbers(parties, "file_number"),
            film_num=_numbers(parties, "film_number"),
            biz_states=list(dict.fromkeys(business_state(party) for party in parties if business_state(party))),
            biz_locations=[_location(party) for party in parties],
            inc_states=[party.state_of_incorporation for party in parties if party.state_of_incorporation],
            sics=[party.sic for party in parties if party.sic],
        )

    def display_name(self, name: str, cik: str) -> str:
        """Write a name as clients take it apart: `NAME  (TICKER, TICKER)  (CIK 0001234567)`."""
        tickers = self._tickers.get(cik)
        return f"{name}  ({', '.join(tickers)})  (CIK {cik})" if tickers else f"{name}  (CIK {cik})"

    def named(self, cik: str) -> str:
        """Return the display name of the party with a CIK, as its newest filing has it."""
        return _kept(self._names, cik, lambda: self.display_name(self._newest_name(cik), cik))

    def _newest_name(self, cik: str) -> str:
        asked = Question(q.Field("cik", q.Term(cik, exact=True)), limit=1, sort=Sort("filed"), documents=0)
        parties = (party for hit in self._engine.search(asked).hits for party in hit.parties)
        return next((party.name for party in parties if party.cik == cik), "")

    def name(self, cik: str) -> str:
        """Return the name of the party with a CIK, as its newest filing has it."""
        return self.named(cik).rpartition("  (CIK ")[0].partition("  (")[0]

    def tickers(self, cik: str) -> list[str]:
        """Return the tickers that filings say a CIK has, in capitals."""
        return self._tickers.get(cik, [])

    def every_ticker(self) -> Iterable[tuple[str, list[str]]]:
        """List every CIK that has tickers, with them."""
        return self._tickers.items()

    def matching(self, typed: str) -> Iterator[dict[str, Any]]:
        """Yield the entities whose name, ticker or CIK begins as typed, those with the most filings first."""
        words = words_of(typed[:200])[:_MOST_WORDS]
        if not words:
            return
        found = (each for each in self._counted(words) if self._fits(self.named(each.value), words))
        for rank, (each, _) in enumerate(zip(found, range(_MOST), strict=False), 1):
            tickers = ", ".join(self._tickers.get(each.value, ()))
            yield {
                "_index": "edgar_entity",
                "_id": each.value.lstrip("0") or "0",
                "_score": float(each.filings),
                "_source": {
                    "entity": self.named(each.value).rpartition("  (CIK ")[0],
                    "tickers": tickers,
                    "rank": rank,
                },
            }

    def _counted(self, words: tuple[str, ...]) -> Iterable[FacetCount]:
        """Count the filings of each CIK among those with such a party."""
        name = joined([*(q.Term(word, exact=True) for word in words[:-1]), q.Prefix(words[-1])])
        ways: list[q.Query] = [q.Field("company", name)]
        if len(words) == 1:
            ciks = [cik for cik, tickers in self._tickers.items() if words[0].upper() in tickers]
            ciks += [words[0].zfill(10)] if words[0].isdecimal() and len(words[0]) <= 10 else []
            ways += [q.Field("cik", q.Term(cik, exact=True)) for cik in ciks[:_MOST]]
        return self._engine.facets(q.Or(tuple(ways)), ["cik"])[0].counts[:_LOOKED_AT]

    @staticmethod
    def _fits(name: str, words: tuple[str, ...]) -> bool:
        theirs = words_of(name)
        return all(
            any(each.startswith(word) or each.lstrip("0") == word.lstrip("0") for each in theirs) for word in words
        )


_entities: "WeakKeyDictionary[Index, Entities]" = WeakKeyDictionary()


def entities_of(index: Index) -> Entities:
    """Return the parties of an index; what was looked up is kept as long as the index is open."""
    if index not in _entities:
        _entities[index] = Entities(index)
    return _entities[index]


def _kept(kept: dict[str, T], key: str, make: Callable[[], T]) -> T:
    if key not in kept:
        if len(kept) >= _KEPT:
            kept.clear()
        kept[key] = make()
    return kept[key]


def _distinct(parties: Iterable[Party]) -> Iterator[Party]:
    """Yield each party once: one that files under two roles stands in the header twice."""
    yield from {(party.cik, party.name): party for party in reversed(tuple(parties))}.values()


def _tickers(listed: Iterable[str]) -> Mapping[str, list[str]]:
    found = defaultdict(list)
    for symbol, _, cik in (each.partition(" ") for each in listed):
        found[cik].append(symbol.upper())
    return found


def _numbers(parties: Iterable[Party], name: str) -> list[str]:
    numbers = (getattr(values, name) for party in parties for values in party.filing_values)
    return list(dict.fromkeys(filter(None, numbers)))


def _location(party: Party) -> str:
    """Write where a party's offices are: `Louisville, KY`, `D/fw Airport, TX`."""
    address = party.business_address
    return ", ".join(filter(None, (capwords(address.city), address.state))) if address else ""
