"""What an answer about sections does not see: documents in which the section asked for was not located."""

from collections.abc import Iterator

from indexer.schema import SECTION, UNLOCATED
from search.alternatives.hints import asked_sections
from search.lookups.lookup import joined, scope
from search.parsing.format import format_query
from search.query import nodes as q
from search.query.walk import conjuncts, text_part, unbounded
from search.results import Question
from search.searchers.searcher import Engine


def unlocated_notes(query: q.Query, engine: Engine) -> Iterator[str]:
    """Say, for each section asked for, in how many filings in scope it was looked for and not located.

    A filing is in scope that the filters leave, and that has the section or should have it.
    """
    filters = conjuncts(scope(query))
    within = joined(part for part in filters if not (isinstance(part, q.Field) and part.name == SECTION))
    words = text_part(query)
    for names in dict.fromkeys(asked_sections(query)):
        without = joined([within, q.Field(UNLOCATED, names)])
        if not (lacking := _filings(without, engine)):
            continue
        either = joined([within, q.Or((q.Field(UNLOCATED, names), q.Field(SECTION, names)))])
        said = f"in {lacking:,} of {_said(_filings(either, engine))} in scope {_named(names)} was not located"
        if words is not None:
            elsewhere = _filings(joined([without, unbounded(words)]), engine)
            said += f"; its words elsewhere in them: {_said(elsewhere)}"
        yield said


def unlocated_documents(within: q.Query, engine: Engine) -> int:
    """Count the documents within a scope in which anything that was looked for was not located."""
    return engine.count(joined([within, q.Field(UNLOCATED, q.Prefix(""))]))


def _named(names: q.Query) -> str:
    return format_query(q.Field(SECTION, names))


def _filings(query: q.Query, engine: Engine) -> int:
    return engine.search(Question(query, limit=0)).filings


def _said(number: int) -> str:
    return f"{number:,} filing{'' if number == 1 else 's'}"
