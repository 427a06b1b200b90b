"""A Whoosh index as a searcher: the query tree evaluated on arrays, over segments of any codec.

How questions are answered on arrays is in `search.evaluation`; how a segment is read, in `columnar` and `stock`.
"""

import time
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from indexer.errors import UnusableIndexError
from indexer.schema import StoredDocument
from indexer.texts import FOLDER, Parts, StoredText, TextAddress, TextStore
from indexer.whoosh_compat.plain_table import named_segments
from search.evaluation.counting import facet
from search.evaluation.ranking import Filings, RankedDocument
from search.evaluation.tree import Evaluation
from search.evaluation.within import Sections
from search.query.nodes import Leaf, Query, Term
from search.results import Answer, DocumentHit, Expansion, Facet, Hit, PartyName, Question
from search.segments.cache import Kept
from search.segments.collection import Collection
from search.segments.file_segment import BUDGET, ColumnarSegment
from search.segments.segment import Numbers, Segment

_ATTEMPTS = 10
_ROWS = 10_000
"""Documents of which what hits show is kept, a kilobyte each."""


def open_searcher(index: Path) -> "WhooshSearcher":
    """A searcher over the index's last commit; NoIndexError when there is none, UnusableIndexError.

    A commit by another process may take away a file between reading the table of contents and opening what it
    names: then the new one is read.
    """
    for _ in range(_ATTEMPTS):
        try:
            return WhooshSearcher(index, _segments(index))
        except FileNotFoundError as error:
            missing = error.filename
            time.sleep(0.05)
    raise UnusableIndexError(f"{missing} is missing: run `indexer verify`")


def _segments(index: Path) -> list[Segment]:
    named = named_segments(index)
    if named is None:
        from search.segments.whoosh_segment import segments  # noqa: PLC0415  (Whoosh takes as long to load as all the rest)

        return segments(index)
    kept = Kept(BUDGET)
    return [ColumnarSegment(each.path(index), each.deleted, each.lost, kept) for each in named]


class WhooshSearcher:
    """Answers questions from one commit; implements `Searcher` and `Explaining` of `search.searchers.searcher`."""

    def __init__(self, index: Path, segments: Sequence[Segment]) -> None:
        collection = self._collection = Collection(segments)
        self._evaluation = Evaluation(collection)
        self._texts = TextStore(index / FOLDER)
        self._shown = lru_cache(_ROWS)(lambda document: _shown(collection.stored(document)))

    def search(self, question: Question) -> Answer:
        """The filings that match, ranked and grouped."""
        filings = Filings(self._collection, self._evaluation.answer(question.query))
        wanted = None if question.limit is None else question.offset + question.limit
        order = filings.ordered(question.sort, wanted)[question.offset :]
        hits = [
            self._hit(documents, rank, question.documents)
            for rank, documents in enumerate(filings.documents(order), question.offset + 1)
        ]
        return Answer(filings=len(filings), documents=len(filings.docs), hits=tuple(hits))

    def _hit(self, documents: Sequence[RankedDocument], rank: int, shown: int) -> Hit:
        best, score = documents[0]
        first = self._shown(best)
        hits = [DocumentHit(*self._shown(document).document, score) for document, score in documents[1:shown]]
        if shown:
            hits.insert(0, DocumentHit(*first.document, score))
        return Hit(rank, *first.before, score, len(documents), tuple(hits), *first.after)

    def facets(self, query: Query, fields: Sequence[str]) -> tuple[Facet, ...]:
        """Exact counts of the filings that match, by each field's values."""
        docs = self._evaluation.answer(query).docs
        return tuple(facet(self._collection, docs, field) for field in fields)

    def expansion(self, leaf: Leaf, field: str) -> Expansion:
        """The words of the field that the leaf stands for, and how many documents have any."""
        return self._evaluation.expansion(leaf, field)

    def words(self, field: str, prefix: str) -> Sequence[str]:
        """The words of the field that begin so, in alphabetical order; reads no postings."""
        return self._collection.terms(field, prefix)

    def count(self, query: Query) -> int:
        """The exact number of documents that match."""
        return len(self._evaluation.answer(query).docs)

    def text(self, document_id: str) -> str:
        """The stored text of a document; KeyError when the index has none of that id."""
        return self.stored_text(document_id).whole()

    def parts(self, document_id: str) -> Parts:
        """The sections and pages of a document's stored text, where they are known; KeyError as for `text`."""
        return self.stored_text(document_id).parts()

    def stored_text(self, document_id: str) -> StoredText:
        """The stored text of a document, to be read in blocks; KeyError as for `text`."""
        return self._texts[TextAddress.parse(self._collection.stored(self._document(document_id)).text)]

    def forms(self, leaf: Leaf) -> Sequence[str]:
        """The words of texts that the leaf stands for; of a Term that is exact, the word, if it is there or not."""
        return self._collection.forms("text", leaf)

    def positions(self, document_id: str, words: Iterable[str]) -> dict[str, Numbers]:
        """Where those of the words that a document's text has stand in it, counted in words from 0, ascending."""
        return self._collection.positions("text", words, self._document(document_id))

    def sections(self, document_id: str, names: Query) -> Sections:
        """The sections of a document whose names fit, as if it were the first."""
        return self._evaluation.sections(names).of_document(self._document(document_id))

    def _document(self, document_id: str) -> int:
        return self._collection.keep(("document", document_id), lambda: self._number(document_id))

    def _number(self, document_id: str) -> int:
        accession = Term(document_id.partition(":")[0].lower(), exact=True)
        for document in self._collection.living(self._collection.postings("accession", accession).docs).tolist():
            if self._collection.stored(document).id == document_id:
                return int(document)
        raise KeyError(document_id)

    def close(self) -> None:
        """Release files."""
        self._collection.close()
        self._texts.close()


class _Shown(NamedTuple):
    """What hits show of a document and its filing whatever was asked."""

    before: tuple[str, str, date | None, date | None, tuple[str, ...], tuple[PartyName, ...]]
    """The attributes of `Hit` before its score."""
    after: tuple[str, str]
    """Those of `Hit` after its documents."""
    document: tuple[str, str, int | None, str, str]
    """Those of `DocumentHit` before its score."""


def _shown(kept: StoredDocument) -> _Shown:
    parties = tuple(map(PartyName, kept.roles, kept.names, kept.ciks))
    return _Shown(
        before=(kept.accession, kept.form, _day(kept.filed), _day(kept.period), kept.items, parties),
        after=(kept.source, kept.sha256),
        document=(kept.id, kept.type, kept.sequence, kept.filename, kept.description),
    )


def _day(number: int | None) -> date | None:
    return None if number is None else date(number // 10000, number // 100 % 100, number % 100)
