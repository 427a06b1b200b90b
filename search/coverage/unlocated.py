"""What an answer about sections does not see: documents in which the section asked for was not located."""

from collections.abc import Iterator

from indexer.fields.schema import SECTION, UNLOCATED
from indexer.printing import count
from search.lookups.lookup import joined, scope
from search.parsing.format import format_query
from search.parsing.section_scope import asked_sections
from search.query import nodes as q
from search.query.walk import conjuncts, text_part, unbounded
from search.searchers.searcher import Engine, count_filings


def unlocated_notes(query: q.Query, engine: Engine) -> Iterator[str]:
    """Say, for each section asked for, in how many filings in scope it was looked for and not located.

    A filing is in scope that the filters leave, and that has the section or should have it.
    """
    filters = conjuncts(scope(query))
    within = joined(part for part in filters if not (isinstance(part, q.Field) and part.name == SECTION))
    words = text_part(query)
    for names in dict.fromkeys(asked_sections(query)):
        without = joined([within, q.Field(UNLOCATED, names)])
        if not (lacking := count_filings(without, engine)):
            continue
        either = joined([within, q.Or((q.Field(UNLOCATED, names), q.Field(SECTION, names)))])
        all_in_scope = count(count_filings(either, engine), "filing")
        said = f"in {lacking:,} of {all_in_scope} in scope {_named(names)} was not located"
        if words is not None:
            elsewhere = count_filings(joined([without, unbounded(words)]), engine)
            said += f"; its words elsewhere in them: {count(elsewhere, 'filing')}"
        yield said


def unlocated_documents(within: q.Query, engine: Engine) -> int:
    """Count the documents within a scope in which anything that was looked for was not located."""
    return engine.count(joined([within, q.Field(UNLOCATED, q.Prefix(""))]))


def _named(names: q.Query) -> str:
    return format_query(q.Field(SECTION, names))
