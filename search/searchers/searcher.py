"""The seam between a question and an engine: what every searcher can do. No engine here."""

from collections.abc import Sequence
from typing import Protocol

from indexer.texts import Parts
from search.query import nodes as q
from search.results import Answer, Expansion, Facet, Question


class Searcher(Protocol):
    """Answers questions from one state of an index."""

    def search(self, question: Question) -> Answer:
        """The filings that match, ranked and grouped."""

    def facets(self, query: q.Query, fields: Sequence[str]) -> tuple[Facet, ...]:
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


class Explaining(Protocol):
    """What a searcher can also tell, for `search.lookups.explain`."""

    def expansion(self, leaf: q.Leaf, field: str) -> Expansion:
        """The words of the field that the leaf stands for, and how many documents have any."""

    def words(self, field: str, prefix: str) -> Sequence[str]:
        """The words of the field that begin so, in alphabetical order; reads no postings."""

    def count(self, query: q.Query) -> int:
        """The exact number of documents that match."""


class Engine(Searcher, Explaining, Protocol):
    """A searcher that can also tell."""
