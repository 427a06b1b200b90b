"""The engine of an index on a cluster: OpenSearch finds, counts and orders; the rest is our own definitions.

Where the cluster cannot be asked a query exactly, it is asked for what may match, and that is looked at one by one
(`search.searchers.cluster.one_by_one`), as long as it is not too much: every answer is exact, or there is none.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.analysis.stacked import signed
from indexer.cluster import address as addresses
from indexer.cluster.asking import Cluster
from indexer.cluster.mapping import whole
from indexer.fields.schema import BY_NAME, Kind
from indexer.texts.text_layout import Parts
from search.errors import TooWideError
from search.parsing.format import format_query
from search.query import nodes as q
from search.query import walk
from search.query.proximity import FOREMOST
from search.results import Answer, Expansion, Facet, Handle, Question, ScoreParts, Sort
from search.searchers.cluster import counted, foremost, pages
from search.searchers.cluster.clauses import AskedClause
from search.searchers.cluster.foremost import Foremost
from search.searchers.cluster.one_by_one import Candidates, LookedAt
from search.searchers.cluster.opened import DocumentHandle, Opened
from search.searchers.cluster.pages import MatchingDocument, MatchingFiling, WantedPage
from search.searchers.cluster.requests import Json, at_least, every, terms
from search.searchers.cluster.scored import ScoredClauses
from search.searchers.searcher import Engine, Verified

LOOKED_AT = 10_000
"""Documents that are looked at one by one for a query, at most."""
_PAGE = 500
_QUERIES = 8
_AT_ONCE = 50
"""Documents whose texts are verified at once."""
_FIRST_PAGES = 10_000
"""Filings up to which a page is found by its number; further on, behind the page before."""


def open_searcher(address: str, cache: int = 0) -> Engine:
    """Open an index on a cluster; see `search.searchers.searcher.open_searcher`. Nodes have caches of their own."""
    return ClusterSearcher(Opened(Cluster(addresses.parse(address))))


class _Query(NamedTuple):
    """A query as it is asked."""

    asked: AskedClause
    clause: Json
    """That scores, where the query is asked exactly."""


class ClusterSearcher:
    """Answers questions from one commit; implements `Searcher` and `Explaining` of `search.searchers.searcher`."""

    def __init__(self, opened: Opened) -> None:
        """Answer from an opened index."""
        self._opened = opened
        self.generation = opened.state.generation
        """Of the commit."""
        self._put = lru_cache(_QUERIES)(self._as_asked)
        self._looked_at = lru_cache(1)(self._candidates)
        self._foremost = lru_cache(_QUERIES)(self._first_of_all)
        self._behind: tuple[Question, Sequence[object]] | None = None

    def search(self, question: Question) -> Answer:
        """Find the filings that match, ranked and grouped, and count them all."""
        if not self._put(question.query).asked.is_exact:
            return self._looked_at(question.query).answer(question)
        by_place = question.proximity and question.sort.by == "relevance" and question.limit != 0
        if by_place and foremost.is_asked(question.query):
            return self._rescored(question, self._foremost(question.query, self._most_documents(question)))
        return self._ranked(question)

    def _as_asked(self, query: q.Query) -> _Query:
        asked = self._opened.matching.asked(query)
        if not asked.is_exact:
            return _Query(asked, asked.clause)
        leaves = [leaf for leaf, _ in walk.scoring_leaves(query)]
        opened = self._opened
        if not leaves:
            return _Query(asked, every([asked.clause]))
        return _Query(asked, ScoredClauses(opened.lexicon, opened.statistics, opened.counts(leaves)).asked(query))

    # In order

    def _ranked(self, question: Question) -> Answer:
        """Answer in the order of the cluster."""
        size = _PAGE if question.limit is None else min(question.limit, _PAGE)
        behind = self._place_of(question, question.offset)
        start = 0 if behind else min(question.offset, _FIRST_PAGES)
        page = self._page(question, size=size if start == question.offset or behind else 0, start=start, behind=behind)
        found = list(page.found)
        at = question.offset + len(found)
        if found:
            self._behind = (question._replace(limit=None, offset=at), found[-1].order)
        end = page.filings if question.limit is None else min(question.offset + question.limit, page.filings)
        if at < end:
            found += self._others(question, at, end - at, ())
        return self._answer(question, page.filings, page.documents, found)

    def _rescored(self, question: Question, first: Foremost) -> Answer:
        """Answer with the foremost filings in front (behind, where the best come last), and all others in order."""
        excluded = [each.documents[0].handle.filing for each in first.found]
        ahead = first.found if question.sort.descending else ()
        rest = first.filings - len(first.found)
        start = question.offset
        end = first.filings if question.limit is None else min(start + question.limit, first.filings)
        found = list(ahead[start:end])
        low, high = max(0, start - len(ahead)), min(rest, end - len(ahead))
        if low < high:
            found += self._others(question, low, high - low, excluded)
        if not question.sort.descending and end > rest:
            found += first.found[::-1][max(0, start - rest) : end - rest]
        return self._answer(question, first.filings, first.documents, found)

    @staticmethod
    def _answer(question: Question, filings: int, documents: int, found: Sequence[MatchingFiling]) -> Answer:
        shown = question.documents
        hits = tuple(pages.hit(each, rank, shown) for rank, each in enumerate(found, question.offset + 1))
        return Answer(filings, documents, hits)

    def _page(
        self, question: Question, *, size: int, start: int = 0, behind: Sequence[object] = ()
    ) -> pages.FilingPage:
        asked = self._put(question.query)
        wanted = WantedPage(question.sort, size, start, behind, documents=self._most_documents(question))
        return pages.page(self._opened, asked.clause, asked.asked.clause, wanted)

    def _most_documents(self, question: Question) -> int:
        return min(question.documents, self._opened.statistics.documents)

    def _others(self, question: Question, start: int, count: int, excluded: Sequence[str]) -> Iterator[MatchingFiling]:
        """Yield so many filings in order, from the one numbered `start` on, of those not excluded."""
        asked, behind = self._put(question.query), self._place_of(question, start)
        wanted = WantedPage(question.sort, _PAGE, documents=self._most_documents(question), excluded=excluded)
        at = start if behind else min(start, _FIRST_PAGES)
        skipped = start - at
        while count > 0:
            size = min(_PAGE, count + skipped)
            wanted = wanted._replace(size=size, start=0 if behind else at, behind=behind)
            found = pages.page(self._opened, asked.clause, asked.asked.clause, wanted).found
            if not found:
                return
            yield from found[skipped : skipped + count]
            count -= max(0, len(found) - skipped)
            skipped = max(0, skipped - len(found))
            behind, at = found[-1].order, at + len(found)
            self._behind = (question._replace(limit=None, offset=at), behind)

    def _place_of(self, question: Question, start: int) -> Sequence[object]:
        """Return the place in the order behind which the filing numbered `start` comes, where it is known."""
        if self._behind and self._behind[0] == question._replace(limit=None, offset=start):
            return self._behind[1]
        return ()

    def _first_of_all(self, query: q.Query, documents: int) -> Foremost:
        """Order the filings whose documents score for places."""
        most = min(max(documents, FOREMOST), self._opened.statistics.documents)
        question = Question(query, FOREMOST, sort=Sort(), documents=most)
        return foremost.foremost(self._opened, query, self._page(question, size=FOREMOST))

    # One by one

    def _candidates(self, query: q.Query) -> Candidates:
        """Read the documents that may match; TooWideError when they are too many to be looked at."""
        clause = self._put(query).asked.clause
        most = self._opened.statistics.documents
        question = Question(query, sort=Sort("filed"), documents=most)
        number = self._page(question, size=0).documents
        if number > LOOKED_AT:
            raise TooWideError(
                f"{number:,} documents may match {format_query(query)}, and the cluster cannot tell which do: at most "
                f"{LOOKED_AT:,} are looked at one by one; add a word, a form or a date"
            )
        return self._of(query, list(self._found(query, clause)))

    def _found(self, query: q.Query, clause: Json) -> Iterator[MatchingDocument]:
        behind: Sequence[object] = ()
        while True:
            wanted = WantedPage(Sort("filed"), _PAGE, behind=behind, documents=LOOKED_AT, values=True)
            found = pages.page(self._opened, clause, clause, wanted).found
            yield from (document for filing in found for document in filing.documents)
            if len(found) < _PAGE:
                return
            behind = found[-1].order

    def _of(self, query: q.Query, found: Sequence[MatchingDocument]) -> Candidates:
        texts = self._opened.texts([each.handle for each in found])
        read = [
            LookedAt(str(each.handle), each.kept, {**_tuples(each.values), "text": (text,)}, parts.sections)
            for each, (text, parts) in zip(found, texts, strict=True)
        ]
        return Candidates(read, self._opened.whole(query))

    def _one(self, query: q.Query, document: DocumentHandle) -> tuple[Candidates, MatchingDocument]:
        """Read one document, as if it were all that may match."""
        wanted = WantedPage(Sort("filed"), 1, documents=LOOKED_AT, values=True)
        clause = terms("accession", [whole(document.filing.rsplit("~", 1)[0])])
        found = pages.page(self._opened, clause, clause, wanted).found
        among = [each for filing in found for each in filing.documents if each.handle == document]
        return self._of(query, among), among[0]

    # Counts

    def facets(
        self, query: q.Query, fields: Sequence[str], *, documents: bool = False, most: int | None = None
    ) -> tuple[Facet, ...]:
        """Count the filings, or the documents, that match, exactly, by each field's values; see `Searcher.facets`."""
        asked = self._put(query).asked
        if not asked.is_exact:
            return self._looked_at(query).facets(query, fields, documents=documents, most=most)
        counting = counted.Counting(self._opened, asked.clause, documents=documents)
        return tuple(counting.facet(field, most) for field in fields)

    def count(self, query: q.Query) -> int:
        """Count the documents that match, exactly."""
        asked = self._opened.matching.asked(query)
        if not asked.is_exact:
            return self._looked_at(query).count(query)
        return pages.page(self._opened, asked.clause, asked.clause, WantedPage(Sort("filed"), 0)).documents

    def expansion(self, leaf: q.Leaf, field: str) -> Expansion:
        """Find the words of the field that the leaf stands for, and count the documents that have any."""
        documents = self.count(q.Field(field, leaf))
        if not documents:
            return Expansion((), 0)
        if isinstance(leaf, q.Term) and leaf.exact:
            return Expansion(() if signed(leaf.word) and BY_NAME[field].kind is Kind.TEXT else (leaf.word,), documents)
        return Expansion(self._opened.lexicon.words(field, leaf), documents)

    def words(self, field: str, prefix: str) -> Sequence[str]:
        """List the words of the field that begin with `prefix`, in alphabetical order; TooWideError for very many."""
        return self._opened.lexicon.words(field, q.Prefix(prefix))

    def score_parts(self, query: q.Query, document: Handle) -> ScoreParts:
        """Take apart what a document that matches scores where filings come by relevance."""
        if not self._put(query).asked.is_exact:
            return self._looked_at(query).parts_of(query, str(document))
        one, _ = self._one(query, DocumentHandle.parse(document))
        parts = one.parts_of(query, str(document))
        is_first = foremost.is_asked(query) and str(document) in self._foremost(query, FOREMOST).added
        return parts if is_first else parts._replace(pairs=0.0, window=0.0)

    # Documents

    def matches(self, query: q.Query, document: Handle) -> bool:
        """Tell whether a document matches."""
        return self._one(query, DocumentHandle.parse(document))[0].count(query) > 0

    def handle(self, document_id: str) -> Handle:
        """Look a document up by its id; KeyError when the index has none of that id."""
        clause = at_least([terms("id", [document_id])])
        found = pages.page(self._opened, clause, clause, WantedPage(Sort("filed"), 1, documents=1)).found
        if not found:
            raise KeyError(document_id)
        return str(found[0].documents[0].handle)

    def text(self, document: Handle) -> str:
        """Read the stored text of a document."""
        return self._opened.text_of(DocumentHandle.parse(document))[0]

    def parts(self, document: Handle) -> Parts:
        """Read where the sections and pages of a document's stored text are, as far as it is known."""
        return self._opened.text_of(DocumentHandle.parse(document))[1]

    def verify(self, documents: Iterable[Handle]) -> Verified:
        """Compare the texts of some documents with their checksums; its segments the cluster compares itself."""
        handles = list(map(DocumentHandle.parse, documents))
        for start in range(0, len(handles), _AT_ONCE):
            self._opened.texts(handles[start : start + _AT_ONCE])
        return Verified(0, len(handles))

    def close(self) -> None:
        """Give up the point in time, and close connections."""
        self._opened.close()


def _tuples(values: Json) -> dict[str, tuple[str, ...]]:
    return {name: tuple(found) for name, found in values.items()}
