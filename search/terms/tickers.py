"""Tickers in a query: headers have those of funds' classes only; those of companies are CIKs in EDGAR's tables.

The tables are those that `indexer fetch --ticker` has kept on this machine; without them only headers are asked.
"""

from collections.abc import Callable
from typing import assert_never

from search.query.nodes import (
    And,
    Boost,
    Everything,
    Field,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Wildcard,
    Within,
)

Ciks = Callable[[str], tuple[str, ...]]


def kept_ciks(ticker: str) -> tuple[str, ...]:
    """Look up the CIKs, ten digits, that a ticker stands for; none when no table has it, or none was kept."""
    from indexer.download.companies import Companies  # noqa: PLC0415  (few queries have tickers)
    from indexer.errors import IndexerError  # noqa: PLC0415
    from indexer.http.copies import Copies  # noqa: PLC0415

    try:
        return tuple(company.cik.zfill(10) for company in Companies(Copies.kept()).by_ticker(ticker))
    except IndexerError:
        return ()


def with_ciks(query: Query, ciks: Ciks = kept_ciks) -> Query:
    """Return the query with what it asks of tickers asked of the CIKs of their companies, too.

    >>> with_ciks(Field("ticker", Term("tsl", exact=True)), lambda ticker: ("0009012704",)).parts[1]
    Field(name='cik', query=Term(word='0009012704', exact=True))
    """
    match query:
        case Field("ticker"):
            return _asked(query, ciks)
        case And(parts):
            return And(tuple(with_ciks(part, ciks) for part in parts))
        case Or(parts):
            return Or(tuple(with_ciks(part, ciks) for part in parts))
        case Not(part):
            return Not(with_ciks(part, ciks))
        case Boost(part, factor):
            return Boost(with_ciks(part, ciks), factor)
        case Within(sections, part):
            return Within(sections, with_ciks(part, ciks))
        case Field() | Term() | Prefix() | Wildcard() | Fuzzy() | Phrase() | Near() | Range() | Everything():
            return query
        case _:
            assert_never(query)


def _asked(field: Field, ciks: Ciks) -> Query:
    """A ticker, of a fund's class as the header has it, or of the company with this CIK."""
    words = [part.word for part in (field.query.parts if isinstance(field.query, Or) else (field.query,))
             if isinstance(part, Term)]  # fmt: skip
    found = tuple(Term(cik, exact=True) for word in words for cik in ciks(word))
    return Or((field, Field("cik", found[0] if len(found) == 1 else Or(found)))) if found else field
