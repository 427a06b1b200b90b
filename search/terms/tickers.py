"""Tickers in a query: headers have those of funds' classes only; those of companies are CIKs.

Whose they are is said in EDGAR's tables, where `indexer fetch --ticker` has kept them on this machine, and by filings
of the index (`search.alternatives.near_names`): in the trading symbols of Forms 3, 4 and 5, and of cover pages.
"""

from collections.abc import Callable

from search.query import nodes as q
from search.query.walk import choice, rewrite

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


def with_ciks(query: q.Query, ciks: Ciks = kept_ciks) -> q.Query:
    """Return the query with what it asks of tickers asked of the CIKs of their companies, too.

    >>> with_ciks(q.Field("ticker", q.Term("tsl", exact=True)), lambda ticker: ("0009012704",)).parts[1]
    Field(name='cik', query=Term(word='0009012704', exact=True))
    """
    if isinstance(query, q.Field) and query.name == "ticker":
        return _asked(query, ciks)
    return rewrite(query, lambda part: with_ciks(part, ciks))


def _asked(field: q.Field, ciks: Ciks) -> q.Query:
    """Return the alternatives: what says this ticker itself, or the company with its CIK."""
    words = [leaf.word for leaf in choice(field.query) or () if isinstance(leaf, q.Term)]
    found = tuple(q.Term(cik, exact=True) for cik in dict.fromkeys(cik for word in words for cik in ciks(word)))
    return q.Or((field, q.Field("cik", q.any_of(found)))) if found else field
