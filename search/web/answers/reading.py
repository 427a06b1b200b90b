"""A document read for showing it: its text, its sections, and every hit of what is looked for in it."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from indexer.extracted import Section
from search.ask import Index
from search.errors import SearchError
from search.lookups.lookup import Lookup
from search.lookups.term_hits import TermHits, term_hits
from search.passages.indexed import IndexedText, Located
from search.query import nodes as q
from search.records.saved import SavedSearches
from search.web.answers.answering import asked
from search.web.answers.filing import OpenedDocument, opened
from search.web.search_state import SearchState


class DocumentAsked(NamedTuple):
    """What an address says of a document."""

    accession: str
    name: str
    state: SearchState
    """The search it was found by, and in `find` what is looked for in it alone."""
    watchlist: str = ""
    """The reader's standing words, one or a phrase a line."""


class DocumentRead(NamedTuple):
    """What the index holds of a document."""

    of: OpenedDocument
    text: str
    sections: tuple[Section, ...]
    found: Mapping[str, tuple[TermHits, ...]]
    """By kind: `hit`, `find`, `watch`."""
    trouble: str
    """What of it could not be looked for, and why; empty when all was."""


def read(wanted: DocumentAsked, index: Index, saved: SavedSearches) -> DocumentRead:
    """Read a document; HTTPException 404 when the index has none such. What cannot be looked for does not hide it."""
    of = opened(index, wanted.accession, wanted.name)
    engine, document = index.engine, of.document
    text, sections = engine.text(document.handle), engine.parts(document.handle).sections
    located = partial(IndexedText, engine, document.handle, document.id) if isinstance(engine, Located) else None
    found: dict[str, tuple[TermHits, ...]] = {}
    trouble = ""
    for kind in ("hit", "find", "watch"):
        try:
            trees = _trees(kind, wanted, index, saved)
            found[kind] = tuple(each for tree in trees for each in term_hits(tree, text, sections, located=located))
        except SearchError as error:
            trouble = str(error)
    return DocumentRead(of, text, sections, found, trouble)


def _trees(kind: str, wanted: DocumentAsked, index: Index, saved: SavedSearches) -> Iterator[q.Query]:
    """Yield what is looked for; SearchError when it cannot be."""
    state = wanted.state
    if kind == "hit" and state.asks:
        yield index.tree(asked(state, index, saved).lookup)
    if kind == "find" and state.get("find"):
        yield index.tree(Lookup(state.get("find")))
    if kind == "watch" and (lines := [line.strip() for line in wanted.watchlist.splitlines() if line.strip()]):
        yield index.tree(Lookup(" OR ".join(f"({line})" for line in lines)))
