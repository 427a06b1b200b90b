"""The local engine: an index in a folder, the query tree evaluated on arrays, over segments of any codec.

How questions are answered on arrays is in `search.evaluation`; how segments are read, in `search.segments`.
"""

import time
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from indexer.errors import UnfinishedIndexError, UnusableIndexError
from indexer.fields.schema import UNITS
from indexer.storage.roots import Roots
from indexer.texts.text_layout import FOLDER, Parts, TextAddress
from indexer.texts.text_store import StoredText, TextStore
from indexer.whoosh_compat import commits, plain_table
from search.deadline import check
from search.evaluation.same import names
from search.evaluation.tree import Evaluation
from search.evaluation.within import Sections
from search.query import nodes as q
from search.query.walk import nodes
from search.ranking.filings import Filings
from search.ranking.ordering import Ranked
from search.ranking.term_filings import TermFilings, filings_of_term
from search.results import Answer, Expansion, Facet, Handle, Hit, Question, ScoreParts
from search.searchers.kept_texts import KeptText
from search.searchers.searcher import CACHE, Verified
from search.searchers.stored_hits import document_of, hit_of
from search.segments.cache import Cache, KindOf
from search.segments.collection import Collection
from search.segments.file_segment import FileSegment
from search.segments.postings import NOTHING, ascending
from search.segments.segment import CommittedSegments, Numbers

_ATTEMPTS = 10
_TREES = 4
"""Query trees of which what matches is kept for the next page of hits, for facets and for coverage."""

_SHORT = 16
"""Nodes of a tree that is hashed."""
_MOST_KEPT = 100
"""Hits of an answer that is kept."""
_OF_TEXTS = 8
"""Such a part of what may be kept is of texts."""

_FACETS = KindOf[tuple[q.Query | str | int | None, ...], tuple[Facet, ...]](
    "how many filings that match have each value of fields"
)


def open_searcher(address: str, cache: int) -> "LocalSearcher":
    """Open the index in a folder at its last commit; raises as `search.searchers.searcher.open_searcher` does."""
    folder = Path(address)
    commits.check(folder)
    if commits.generation(folder) < 0:
        raise _before_first_commit(folder)
    return LocalSearcher.open(folder, cache=cache)


def _before_first_commit(folder: Path) -> UnusableIndexError:
    """Say why an index answers nothing yet: its first build is under way, or was stopped before its first commit."""
    from indexer.storage.lock import held_by  # noqa: PLC0415  (few searches come so early)

    if builder := held_by(folder):
        return UnfinishedIndexError(f"the index at {folder} has no commit yet; being built by {builder}")
    goes_on = f"`indexer build PATH --index {folder}` goes on"
    return UnusableIndexError(f"the index at {folder} has no commit: its first build was stopped; {goes_on}")


def _last_commit(folder: Path) -> CommittedSegments:
    table = plain_table.read(folder)
    if table is None:
        from search.segments.whoosh_segment import open_commit  # noqa: PLC0415  (Whoosh takes as long to load as all the rest)

        return open_commit(folder)
    segments = [FileSegment(each.path(folder), each.deleted, each.lost) for each in table.segments]
    return CommittedSegments(table.generation, segments)


class LocalSearcher:
    """Answers questions from one commit; implements `Searcher` and `Explaining` of `search.searchers.searcher`."""

    def __init__(self, folder: Path, commit: CommittedSegments, cache: int) -> None:
        """Answer from a commit whose texts are in the folder; `cache`: bytes of what is kept."""
        collection = self._collection = Collection(commit.segments, cache - cache // _OF_TEXTS)
        self.generation = commit.generation
        """Of the commit."""
        self._evaluation = Evaluation(collection)
        self._texts = TextStore(folder / FOLDER)
        self._kept_texts = Cache(cache // _OF_TEXTS)
        self._roots = Roots.of(folder)
        self._asked: tuple[tuple[q.Query, Filings | TermFilings], ...] = ()

    @classmethod
    def open(cls, folder: Path, *, cache: int = CACHE) -> Self:
        """Open the last commit of a folder, of whatever version of the fields; NoIndexError, UnusableIndexError.

        `cache`: bytes of what was read and computed that are kept.
        A commit by another process may take away a file between reading the table of contents and opening what it
        names: then the new one is read.
        """
        for _ in range(_ATTEMPTS):
            try:
                return cls(folder, _last_commit(folder), cache)
            except FileNotFoundError as error:
                missing = error.filename
                time.sleep(0.05)
        raise UnusableIndexError(f"{missing} is missing: run `indexer verify`")

    def search(self, question: Question) -> Answer:
        """Find the filings that match, ranked and grouped, and count them all."""
        is_kept = question.limit is not None and question.limit <= _MOST_KEPT and is_short(question.query)
        if not is_kept:
            return self._answer(question)
        return self._collection.cache.get(_ANSWERS, question, lambda: _Kept(self._answer(question))).answer

    def _answer(self, question: Question) -> Answer:
        filings = self._matching(question.query)
        wanted = None if question.limit is None else question.offset + question.limit
        by_place = question.proximity and question.sort.by == "relevance" and wanted != 0
        ranked = filings.rescored if by_place else filings
        order = ranked.ordered(question.sort, wanted)[question.offset :]
        hits = [
            self._hit(documents, rank, question.documents)
            for rank, documents in enumerate(ranked.documents(order), question.offset + 1)
        ]
        return Answer(filings=filings.count, documents=filings.documents_count, hits=tuple(hits))

    def _matching(self, query: q.Query) -> Filings | TermFilings:
        """Find what matches a tree, evaluated once: kept for the last trees that were asked.

        Trees are told apart by identity: hashing a long one takes as long as a short question.
        """
        for asked, filings in self._asked:
            if asked is query:
                return filings
        filings = self._evaluated(query)
        self._asked = ((query, filings), *self._asked[: _TREES - 1])
        return filings

    def _evaluated(self, query: q.Query) -> Filings | TermFilings:
        return filings_of_term(self._collection, query) or Filings(self._collection, self._evaluation.answer(query))

    def _hit(self, documents: Sequence[Ranked], rank: int, wanted: int) -> Hit:
        kept = [self._collection.stored(document) for document, _ in documents[: max(1, wanted)]]
        shown = [document_of(each, *ranked) for each, ranked in zip(kept, documents[:wanted], strict=False)]
        source, best = self._roots.path(kept[0].source), documents[0][1]
        return hit_of(kept[0], source, rank=rank, matching=len(documents), score=best, documents=tuple(shown))

    def facets(
        self, query: q.Query, fields: Sequence[str], *, documents: bool = False, most: int | None = None
    ) -> tuple[Facet, ...]:
        """Count the filings that match, exactly, by each field's values; see `Searcher.facets`."""

        def counted() -> tuple[Facet, ...]:
            from search.evaluation.counting import FacetCounting  # noqa: PLC0415  (most questions count nothing)

            counting = FacetCounting(self._collection, self._matching(query).docs, documents=documents)
            return tuple(counting.facet(field, most) for field in fields)

        key = (query, documents, most, *fields)
        return self._collection.cache.get(_FACETS, key, counted) if is_short(query) else counted()

    def expansion(self, leaf: q.Leaf, field: str) -> Expansion:
        """Find the words of the field that the leaf stands for, and count the documents that have any."""
        return self._evaluation.expansion(leaf, field)

    def words(self, field: str, prefix: str) -> Sequence[str]:
        """List the words of the field that begin with `prefix`, in alphabetical order; reads no postings."""
        return self._collection.terms(field, prefix)

    def score_parts(self, query: q.Query, document: Handle) -> ScoreParts:
        """Take apart what a document that matches scores where filings come by relevance."""
        return self._matching(query).rescored.parts(int(document))

    def count(self, query: q.Query) -> int:
        """Count the documents that match, exactly."""
        return self._matching(query).documents_count

    def matches(self, query: q.Query, document: Handle) -> bool:
        """Tell whether a document matches."""
        return bool(self._evaluation.mask(query)[int(document)])

    def handle(self, document_id: str) -> Handle:
        """Look a document's number up by its id; KeyError when the index has none of that id."""
        return self._collection.find(document_id)

    def text(self, document: Handle) -> str:
        """Read the stored text of a document."""
        return self._stored_text(document).whole()

    def parts(self, document: Handle) -> Parts:
        """Read where the sections and pages of a document's stored text are, as far as it is known."""
        return self._stored_text(document).parts()

    def stored_text(self, document: Handle) -> KeptText:
        """Open the stored text of a document, to be read in blocks, of which the last read are kept."""
        number, kept = int(document), self._kept_texts
        return kept.get(_TEXTS, number, lambda: KeptText(self._stored_text(number), number, kept))

    def _stored_text(self, document: Handle) -> StoredText:
        return self._texts[TextAddress.parse(self._collection.stored(int(document)).text)]

    def forms(self, leaf: q.Leaf) -> Sequence[str]:
        """List the words of texts that the leaf stands for; of an exact Term the word, whether it is there or not."""
        return self._collection.forms("text", leaf)

    def positions(self, document: Handle, words: Iterable[str]) -> dict[str, Numbers]:
        """Find where those of the words that a document's text has stand in it, counted in words from 0, ascending."""
        return self._collection.positions("text", words, int(document))

    def sections(self, document: Handle, names: q.Query) -> Sections:
        """Find the sections of a document whose names fit, as if it were the first."""
        return self._evaluation.sections(names).of_document(int(document))

    def unit_starts(self, document: Handle, unit: q.Unit) -> Numbers:
        """Find where the sentences or paragraphs of a document's text begin, in words from 0, ascending."""
        found = self._collection.positions(UNITS, names(unit), int(document))
        return ascending(np.concatenate([NOTHING, *found.values()]))

    def verify(self, documents: Iterable[Handle]) -> Verified:
        """Compare the commit's segments and the texts of some documents with their checksums: see `Explaining`."""
        segments = self._collection.verify()
        texts = [self._stored_text(document) for document in documents]
        for text in texts:
            check()
            text.parts()
            for number in range(len(text.starts) - 1):
                text.block(number)
        return Verified(len(segments), len(texts), tuple(name for name, known in segments.items() if not known))

    def close(self) -> None:
        """Release files."""
        self._asked = ()
        self._kept_texts.clear()
        self._collection.close()
        self._texts.close()


def is_short(query: q.Query) -> bool:
    """Tell whether a tree has few nodes."""
    return isinstance(query, q.Leaf) or sum(1 for _ in islice(nodes(query), _SHORT + 1)) <= _SHORT


class _Kept(NamedTuple):
    """An answer that is kept for who asks the same."""

    answer: Answer

    @property
    def nbytes(self) -> int:
        """Tell how many bytes it takes, about."""
        return 1000 + 2000 * len(self.answer.hits)


_TEXTS = KindOf[int, KeptText]("the text of a document")
_ANSWERS = KindOf[Question, _Kept]("the answer to a question")
