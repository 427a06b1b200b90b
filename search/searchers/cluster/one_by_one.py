"""Documents that may match, looked at one by one: the reference engine over what the cluster gives of them.

Everything that depends on the rest of the index (how rare a word is, how long documents are, what companies are called)
comes from outside.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from indexer.extracted import Section
from indexer.fields.entries import StoredDocument
from search.query import nodes as q
from search.query.scoring import idf
from search.results import Answer, DocumentHit, Hit, Question, ScoreParts
from search.searchers.cluster.scored import Counts, Statistics
from search.searchers.memory import Leaves, MemorySearcher, Values


class LookedAt(NamedTuple):
    """A document as the cluster has it."""

    handle: str
    kept: StoredDocument
    values: Values
    """By field; the text among them."""
    sections: Sequence[Section]


class Whole(NamedTuple):
    """What is known of the whole index."""

    statistics: Statistics
    counts: Counts
    last_filed: Callable[[], Mapping[str, int]]
    """Finds when each party was last filed under, YYYYMMDD or 0."""


class Candidates(MemorySearcher):
    """Answers from some documents, as the whole index would of them."""

    def __init__(self, found: Sequence[LookedAt], whole: Whole) -> None:
        """Take the documents, and what is known of the whole index."""
        super().__init__([(each.kept, each.values) for each in found], [each.sections for each in found])
        self._found, self._whole = found, whole

    def answer(self, question: Question) -> Answer:
        """Answer a question; documents have the handles of the cluster."""
        answer = self.search(question)
        return answer._replace(hits=tuple(map(self._named, answer.hits)))

    def parts_of(self, query: q.Query, handle: str) -> ScoreParts:
        """Take apart what a document scores."""
        number = next(number for number, each in enumerate(self._found) if each.handle == handle)
        return self.score_parts(query, number)

    def _named(self, hit: Hit) -> Hit:
        return hit._replace(documents=tuple(map(self._with_handle, hit.documents)))

    def _with_handle(self, document: DocumentHit) -> DocumentHit:
        return document._replace(handle=self._found[int(document.handle)].handle)

    def _last_filed(self) -> Mapping[str, int]:
        return self._whole.last_filed()

    def _mean_length(self, field: str) -> float:
        return self._whole.statistics.averages[field]

    def _leaf(self, leaf: q.Leaf, field: str) -> Leaves:  # type: ignore[override]
        frequencies = self._frequencies(leaf, field)
        return Leaves(frequencies, idf(max(1, self._whole.statistics.documents), self._whole.counts[field, leaf]))
