"""The seam between a question and an engine: what every searcher can do. No engine here."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from indexer.texts import Parts
from search.query.nodes import Leaf, Query
from search.results import Facet, Hit


class Sort(NamedTuple):
    """In which order filings come. Ties: date filed, newest first (undated last), then accession number, ascending.

    Filings without the value come last, whichever way they are sorted. The company is the first party's name, folded
    (`indexer.analysis.fold`).
    """

    by: str = "relevance"
    """`relevance`, `filed`, `period` or `company`."""
    descending: bool = True
    """Best, newest, or last in the alphabet first."""


class Question(NamedTuple):
    """A query and what is wanted of its answer."""

    query: Query
    limit: int | None = 10
    """Filings at most; None for all."""
    offset: int = 0
    sort: Sort = Sort()
    documents: int = 3
    """Documents shown of each filing, best first."""


class Answer(NamedTuple):
    """Exact totals, and the filings asked for, without snippets yet."""

    filings: int
    documents: int
    hits: tuple[Hit, ...]


class Searcher(Protocol):
    """Answers questions from one state of an index."""

    def search(self, question: Question) -> Answer:
        """The filings that match, ranked and grouped."""

    def facets(self, query: Query, fields: Sequence[str]) -> tuple[Facet, ...]:
        """Exact counts of the filings that match, by each field's values.

        A field is a keyword field's name or alias (its values as indexed, in lower case), `company` (every party's
        name, as stored), a date field or `year` (the years of that date, or of the date filed), or `month` (YYYY-MM
        of the date filed). A filing counts once for a value that any of its matching documents has. Most frequent
        first, equals by value. ValueError for others.
        """

    def text(self, document_id: str) -> str:
        """The stored text of a document; KeyError when the index has none of that id."""

    def parts(self, document_id: str) -> Parts:
        """The sections and pages of a document's stored text, where they are known; KeyError as for `text`."""

    def close(self) -> None:
        """Release files."""


class Expansion(NamedTuple):
    """What a leaf of the query stands for in an index."""

    words: tuple[str, ...]
    """In alphabetical order."""
    documents: int
    """How many documents have any of them, in the field asked."""


class Explaining(Protocol):
    """What a searcher can also tell, for `search.lookups.explain`."""

    def expansion(self, leaf: Leaf, field: str) -> Expansion:
        """The words of the field that the leaf stands for, and how many documents have any."""

    def words(self, field: str, prefix: str) -> Sequence[str]:
        """The words of the field that begin so, in alphabetical order; reads no postings."""

    def count(self, query: Query) -> int:
        """The exact number of documents that match."""


class Engine(Searcher, Explaining, Protocol):
    """A searcher that can also tell."""
