"""The seam between a question and an engine: what every searcher can do, and the door to them. No engine here."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from indexer.addresses import scheme
from indexer.texts.text_layout import Parts
from search.errors import SearchError
from search.query import nodes as q
from search.results import Answer, Expansion, Facet, Handle, Question, ScoreParts

CACHE = 256 << 20
"""Bytes of what was read and computed that a searcher keeps for the next question, unless it is told otherwise."""

_ENGINES = {
    "": "search.searchers.local",
    "http": "search.searchers.opensearch",
    "https": "search.searchers.opensearch",
}
"""The module of each engine, by the scheme of the addresses it opens; a path has none.

A module has `open_searcher`, described below, which takes an address and how many bytes are kept.
"""


class Verified(NamedTuple):
    """What was compared with the checksums it was written with, and is as it was written."""

    segments: int
    documents: int
    """Whose texts were compared."""
    unknown: tuple[str, ...] = ()
    """Names of segments that have no checksum: another program wrote them."""


class Searcher(Protocol):
    """Answers questions from one state of an index."""

    generation: int
    """Of the commit that it answers from."""

    def search(self, question: Question) -> Answer:
        """Find the filings that match, ranked and grouped, and count them all."""

    def facets(
        self, query: q.Query, fields: Sequence[str], *, documents: bool = False, most: int | None = None
    ) -> tuple[Facet, ...]:
        """Count the filings that match, exactly, by each field's values.

        A field is a keyword field's name or alias (its values as indexed, in lower case), `company` (every party's
        name, as stored), a date field or `year` (the years of that date, or of the date filed), or `month` (YYYY-MM
        of the date filed). A filing counts once for a value that any of its matching documents has; with `documents`,
        each of its matching documents that has it counts. Most frequent first, equals by value, and of each field
        `most` values, or all when None. ValueError for others.
        """

    def matches(self, query: q.Query, document: Handle) -> bool:
        """Tell whether a document matches."""

    def handle(self, document_id: str) -> Handle:
        """Look a document up by its id (`accession:name`); KeyError when the index has none of that id.

        A hit has the handles of its documents: for these there is nothing to look up.
        """

    def text(self, document: Handle) -> str:
        """Read the stored text of a document."""

    def parts(self, document: Handle) -> Parts:
        """Read where the sections and pages of a document's stored text are, in characters, as far as it is known."""

    def close(self) -> None:
        """Release files."""


class Explaining(Protocol):
    """What a searcher can also tell, for `search.lookups.explain`."""

    def expansion(self, leaf: q.Leaf, field: str) -> Expansion:
        """Find the words of the field that the leaf stands for, and count the documents that have any."""

    def words(self, field: str, prefix: str) -> Sequence[str]:
        """List the words of the field that begin with `prefix`, in alphabetical order; reads no postings."""

    def score_parts(self, query: q.Query, document: Handle) -> ScoreParts:
        """Take apart what a document that matches scores where filings come by relevance."""

    def count(self, query: q.Query) -> int:
        """Count the documents that match, exactly."""

    def verify(self, documents: Iterable[Handle]) -> Verified:
        """Compare the whole of the commit's segments, and the texts of some documents, with their checksums.

        Searching compares what it reads; this reads all. Raises UnusableIndexError, which names what is damaged.
        """


class Engine(Searcher, Explaining, Protocol):
    """A searcher that can also tell."""


def count_filings(query: q.Query, engine: Searcher) -> int:
    """Count the filings that match, exactly; none of them is shown."""
    return engine.search(Question(query, limit=0)).filings


def open_searcher(address: str | Path, *, cache: int = CACHE) -> Engine:
    """Open the index at an address, at its last commit.

    An address is the path of a folder; `cache`: bytes of what was read and computed that are kept. Raises NoIndexError
    when there is no index, UnusableIndexError when it cannot be read, and SearchError for a scheme (`ftp://...`) that
    no engine opens.
    """
    engine: Engine = _engine_of(address).open_searcher(str(address), cache)
    return engine


def _engine_of(address: str | Path) -> Any:
    kind = scheme(address)
    if kind not in _ENGINES:
        raise SearchError(f"{address}: there is no engine for {kind}; give the folder of an index")
    return import_module(_ENGINES[kind])
