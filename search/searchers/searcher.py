"""The seam between a question and an engine: what every searcher can do. No engine here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from search.query import Query
from search.results import Facet, Hit


@dataclass(frozen=True, slots=True)
class Sort:
    """In which order filings come. Ties: date filed, newest first, then accession number."""

    by: str = "relevance"
    """`relevance`, `filed`, `period` or `company`."""
    descending: bool = True
    """Best, newest, or last in the alphabet first."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query and what is wanted of its answer."""

    query: Query
    limit: int | None = 10
    """Filings at most; None for all."""
    offset: int = 0
    sort: Sort = Sort()
    documents: int = 3
    """Documents shown of each filing, best first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Exact totals, and the filings asked for, without snippets yet."""

    filings: int
    documents: int
    hits: tuple[Hit, ...]


class Searcher(Protocol):
    """Answers questions from one state of an index."""

    def search(self, question: Question) -> Answer:
        """The filings that match, ranked and grouped."""

    def facets(self, query: Query, fields: Sequence[str]) -> tuple[Facet, ...]:
        """Exact counts of the filings that match, by each field's values."""

    def text(self, document_id: str) -> str:
        """The stored text of a document; KeyError when the index has none of that id."""

    def close(self) -> None:
        """Release files."""
