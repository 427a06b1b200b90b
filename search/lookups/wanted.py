"""What is wanted of an answer, besides that it matches: how many filings, in which order, and what is told of each."""

from typing import NamedTuple

from search.passages.cutting import WIDTH
from search.query import nodes as q
from search.results import Question, Sort

_EVERY_DOCUMENT = 1_000_000  # more than any filing has


class Wanted(NamedTuple):
    """What is wanted of an answer, besides that it matches."""

    limit: int | None = 10
    """Filings at most; None for all."""
    offset: int = 0
    sort: Sort = Sort()
    documents: int | None = 3
    """Documents shown of each filing, best first; None for all."""
    snippets: int = 1
    """Passages shown of each document."""
    quoted: int | None = None
    """Documents of each filing that passages are shown of, best first; None for all that are shown."""
    width: int = WIDTH
    """Characters of a passage, about."""
    sentences: bool = False
    """Passages are whole sentences."""
    facets: tuple[str, ...] = ()
    """Fields to count the filings by: `form`, `company`, `sic`, `state`, `item`, `exhibit`, `year`, ..."""
    values: int | None = None
    """Values of each of these fields that are told, the most frequent; None for all."""
    over_time: str = ""
    """`year` or `month`: count the filings by when they were filed."""
    coverage: bool = False
    """Say what the answer rests on."""
    relaxed: bool = False
    """Where few filings have all the words, let others follow, in order of how many words they have."""

    def question(self, query: q.Query) -> Question:
        """Ask an engine for what is wanted of it: filings, and documents of each."""
        documents = _EVERY_DOCUMENT if self.documents is None else self.documents
        return Question(query, self.limit, self.offset, self.sort, documents)


DEFAULT = Wanted()
"""Ten filings by relevance, three documents of each, one passage of each document."""
