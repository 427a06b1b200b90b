"""What may be a ticker symbol, widened to the companies whose symbol it is by what filings in the index say."""

from indexer.schema import LISTED
from search.query import nodes as q
from search.query.walk import field_below, rewrite
from search.searchers.searcher import Explaining
from search.terms.names import MAY_BE_LISTED


def with_companies(query: q.Query, engine: Explaining, field: str = "text") -> q.Query:
    """Add the CIKs that had a symbol to each name that may be one (`search.parsing.operands`): `company:TSLN`."""
    if isinstance(query, q.Or) and field in MAY_BE_LISTED:
        symbols = [symbol for part in query.parts if (symbol := _symbol(part))]
        ciks = [value.partition(" ")[2] for symbol in symbols for value in engine.words(LISTED, f"{symbol} ")]
        found = tuple(q.Field("cik", q.Term(cik, exact=True)) for cik in dict.fromkeys(ciks))
        return q.Or((*query.parts, *found))
    below = field_below(query, field)
    return rewrite(query, lambda part: with_companies(part, engine, below))


def _symbol(part: q.Query) -> str:
    if isinstance(part, q.Field) and part.name == "ticker" and isinstance(part.query, q.Term):
        return part.query.word
    return ""
