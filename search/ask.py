"""Asking an index from Python, in one call or many. The command line and the web ask through here.

>>> from search.ask import search
>>> results = search("orphan drug license", index="index", form="8-K")  # doctest: +SKIP
>>> results.filings, results.hits[0].accession  # doctest: +SKIP
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, Self, TypeAlias, cast

from indexer.addresses import as_path
from indexer.errors import UnusableIndexError
from search.answer_basis import Coverage
from search.deadline import fail_after
from search.errors import SearchError
from search.lookups.lookup import FILTERS, FilterValue, Lookup, dated, filters_of, filters_said, joined, reading, tree
from search.lookups.wanted import DEFAULT, Wanted
from search.parsing.section_scope import asked_sections
from search.passages.cutting import Cut
from search.query import nodes as q
from search.results import Answer, Facet, Hit, Question, Results, Timeline
from search.searchers.searcher import CACHE, Engine, Verified, open_searcher
from search.terms.tickers import with_ciks

if TYPE_CHECKING:
    from indexer.filings import Header
    from indexer.manifest.manifest import Manifest
    from indexer.stored_submissions import SubmissionContents

# What an answer does not always need is imported when it does.
# ruff: noqa: PLC0415

__all__ = ["DEFAULT", "FILTERS", "Index", "Lookup", "Wanted", "search"]

Synonyms: TypeAlias = Iterable[Iterable[str]]

_TREES = 256
"""Lookups of which the tree is kept: alerts ask hundreds, the web page any number."""


def search(
    query: str,
    index: str | Path = "index",
    *,
    wanted: Wanted = DEFAULT,
    exact: bool = False,
    strict: bool = False,
    phrases: Iterable[str] = (),
    synonyms: Synonyms = (),
    timeout: float | None = None,
    **filters: FilterValue | Iterable[FilterValue],
) -> Results:
    """Ask once. `filters` are fields and their values (`form="8-K"`, `cik=["1279704", ...]`, `filed="2017..2018"`).

    `exact` takes every word as typed; `strict` refuses a query that cannot be read, which else is words with a note;
    each of `phrases` is a text that must stand in a document as it is; `synonyms` are groups of words and phrases that
    stand for one another; `timeout`: seconds. Raises
    indexer.errors.NoIndexError, UnusableIndexError, QuerySyntaxError, SearchTimeoutError, TooWideError, and SearchError
    for a filter that cannot be read.
    """
    with Index(index) as opened:
        return opened.search(
            query,
            wanted=wanted,
            exact=exact,
            strict=strict,
            phrases=phrases,
            synonyms=synonyms,
            timeout=timeout,
            **filters,
        )


class Index:
    """An index opened for asking several times; it stays at the commit it was opened at."""

    def __init__(self, folder: str | Path = "index", *, timeout: float | None = None, cache: int = CACHE) -> None:
        """Open an index; NoIndexError when there is none, UnusableIndexError when it was made by another version.

        Finding an answer may take `timeout` seconds: past that there is none, but a SearchTimeoutError. `cache`: bytes
        of what was read and computed that are kept for the next question.
        """
        self.folder = as_path(folder)
        self.timeout = timeout
        self.engine = open_searcher(folder, cache=cache)
        self.generation = self.engine.generation
        """Of the commit it was opened at."""
        self._trees = lru_cache(_TREES)(self._tree)

    def search(
        self,
        query: str,
        *,
        wanted: Wanted = DEFAULT,
        exact: bool = False,
        strict: bool = False,
        phrases: Iterable[str] = (),
        synonyms: Synonyms = (),
        timeout: float | None = None,
        **filters: FilterValue | Iterable[FilterValue],
    ) -> Results:
        """Ask; see the function `search`, whose errors it raises."""
        groups = tuple(map(tuple, synonyms))
        lookup = Lookup(query, filters_of(filters), exact, groups, phrases=tuple(phrases), strict=strict)
        with fail_after(timeout):
            return self.find(lookup, wanted)

    def find(self, lookup: Lookup, wanted: Wanted = DEFAULT) -> Results:
        """Answer a lookup with its hits and their passages, all at once; raises as `tree` does."""
        began = time.perf_counter()
        with fail_after(self.timeout):
            query = self.tree(lookup)
            answer = self.engine.search(wanted.question(query))
            found = self._results(lookup, wanted, answer)
            hits = tuple(self._shown(answer.hits, query, wanted))
            if wanted.relaxed and wanted.limit and answer.filings < wanted.offset + wanted.limit:
                found, hits = self._relaxed(lookup, wanted, replace(found, hits=hits))
        return replace(found, hits=hits, seconds=time.perf_counter() - began)

    def _relaxed(self, lookup: Lookup, wanted: Wanted, found: Results) -> tuple[Results, tuple[Hit, ...]]:
        """Add the filings that lack some of the words to an answer, when it is to bare words."""
        from search.alternatives.relaxing import bare_words, relaxed

        asked = bare_words(lookup)
        if asked is None:
            return found, found.hits
        question = wanted.question(self.tree(lookup))
        more = relaxed(question, asked, self.engine, filings=found.filings)
        hits = (*found.hits, *self._shown(more, asked.any_word, wanted))
        words = tuple(word.typed for word in asked.words) if len(hits) > len(found.hits) else ()
        return replace(found, words=words), hits

    def totals(self, lookup: Lookup, wanted: Wanted = DEFAULT) -> Results:
        """Answer a lookup without its hits: exact totals, and what `wanted` asks for beside them.

        Raises as `tree` does; SearchTimeoutError when it takes longer than `timeout`, as all that finds an answer.
        """
        began = time.perf_counter()
        with fail_after(self.timeout):
            answer = self.engine.search(Question(self.tree(lookup), limit=0))
            found = self._results(lookup, wanted, answer)
        return replace(found, seconds=time.perf_counter() - began)

    def hits(self, lookup: Lookup, wanted: Wanted = DEFAULT) -> Iterator[Hit]:
        """Yield the hits of a lookup with their passages, one by one and in constant memory; raises as `tree` does.

        They are found, which may take `timeout`, before this returns; cutting their passages may take any time.
        """
        from search.lookups.paging import every

        with fail_after(self.timeout):
            query = self.tree(lookup)
            self.engine.search(wanted.question(query)._replace(limit=1))
        return self._shown(every(self.engine, wanted.question(query)), query, wanted)

    def _shown(self, hits: Iterable[Hit], query: q.Query, wanted: Wanted) -> Iterator[Hit]:
        from search.passages.hits import shown

        cut = Cut(wanted.snippets, wanted.width, wanted.sentences)
        return shown(hits, query, self.engine, cut, quoted=wanted.quoted)

    def _results(self, lookup: Lookup, wanted: Wanted, answer: Answer) -> Results:
        """Say what is to be said of an answer, without its hits; seconds are 0 until it is complete."""
        from search.parsing.format import format_query

        query = self.tree(lookup)
        return Results(
            query=lookup.query,
            filings=answer.filings,
            documents=answer.documents,
            hits=(),
            facets=self._facets(query, wanted) if wanted.facets else (),
            notes=tuple(self._notes(lookup, query, found=answer.filings > 0)),
            understood=format_query(query),
            generation=self.generation,
            timeline=self._timeline(query, wanted, filings=answer.filings),
            coverage=self.coverage(lookup) if wanted.coverage else None,
            seconds=0.0,
        )

    def _facets(self, query: q.Query, wanted: Wanted) -> tuple[Facet, ...]:
        from search.lookups.facets import facets

        return facets(wanted.facets, query, self.engine, most=wanted.values)

    def _timeline(self, query: q.Query, wanted: Wanted, *, filings: int) -> Timeline | None:
        if not wanted.over_time:
            return None
        from search.lookups.facets import timeline

        return timeline(wanted.over_time, query, self.engine, filings=filings)

    def tree(self, lookup: Lookup) -> q.Query:
        """Return the tree that a lookup stands for today; raises QuerySyntaxError and SearchError."""
        return self._trees(dated(lookup))

    def _tree(self, lookup: Lookup) -> q.Query:
        like = [self._like(lookup.like)] if lookup.like else []
        asks = lookup.query or lookup.phrases or lookup.filters
        asked = joined([tree(lookup), *like] if asks else like or [tree(lookup)])
        return with_ciks(asked, self._ciks)

    def _ciks(self, ticker: str) -> tuple[str, ...]:
        from search.alternatives.near_names import ciks_by

        return ciks_by(self.engine)(ticker)

    def _like(self, document: str) -> q.Query:
        """Ask for documents like this one, or like all of a filing's."""
        from search.lookups.more_like_this import query_like

        text, (accession, colon, _) = "", document.partition(":")
        ids = [document] if colon else [each.id for each in self._contents.documents(accession)]
        with suppress(KeyError):
            text = "\n".join(map(self.text, ids))
        if not text:
            raise SearchError(f"--like {document}: the index holds no text of it")
        return query_like(document, text, self.engine)

    def _notes(self, lookup: Lookup, query: q.Query, *, found: bool) -> Iterator[str]:
        from search.alternatives.unknown_forms import unknown_forms

        if lookup.query.strip():
            yield from reading(lookup).notes
        yield from unknown_forms(lookup, self.engine, lambda: (form for form, _ in self.manifest.forms()))
        if lookup.filters:
            from search.alternatives.near_values import of_filters

            yield from of_filters(lookup.filters, self.engine)
        if any(asked_sections(query)):
            from search.coverage.unlocated import unlocated_notes

            yield from unlocated_notes(query, self.engine)
        if not found:
            from search.alternatives.hints import hints

            yield from hints(lookup, query, self.engine)

    def coverage(self, lookup: Lookup) -> Coverage:
        """Find out what an answer to the lookup rests on; raises as `tree` does."""
        from search.coverage.covered import coverage, missing

        asks = lookup.query or lookup.phrases or lookup.filters
        asked = replace(lookup, like="") if asks else Lookup("*:*")
        with fail_after(self.timeout):
            found = coverage(self.tree(asked), self.engine, self.manifest, filters=filters_said(lookup))
            return found._replace(missing=tuple(missing(lookup.filters, self.engine)))

    def verify(self, hits: Iterable[Hit] = ()) -> Verified:
        """Compare all that answers rest on with its checksums: segments, records, and the texts of these hits.

        Answering compares what it reads. UnusableIndexError names what is not as it was written.
        """
        self.manifest.verify()
        return self.engine.verify([each.handle for hit in hits for each in hit.documents])

    def text(self, document_id: str) -> str:
        """Read the stored text of a document, whose offsets snippets give; KeyError when there is none of that id."""
        return self.engine.text(self.engine.handle(document_id))

    def header(self, accession: str) -> "Header":
        """Parse the header of a submission in the index; KeyError when the index does not hold it."""
        from indexer.envelope.submission import parse_submission

        documents = self._contents.documents(accession)
        if not documents:
            raise KeyError(accession)
        return parse_submission(self._contents.header(documents[0]).encode("utf-8", "surrogatepass")).header

    @cached_property
    def manifest(self) -> "Manifest":
        """Open the record of what the index covers, as of the commit it was opened at."""
        from indexer.engines.engine import open_manifest

        return open_manifest(self.folder, at=self.generation)

    @cached_property
    def _contents(self) -> "SubmissionContents":
        from indexer.engines.engine import open_contents

        return open_contents(self.folder)

    def close(self) -> None:
        """Release files; whatever is asked afterwards raises UnusableIndexError."""
        self.engine.close()
        self.engine = cast(Engine, _Closed())
        for opened in ("manifest", "_contents"):
            if opened in self.__dict__:
                self.__dict__.pop(opened).close()
            self.__dict__[opened] = self.engine

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class _Closed:
    """What stands in the place of what an index has closed."""

    def close(self) -> None:
        """Stay closed."""

    def __getattr__(self, name: str) -> NoReturn:
        raise UnusableIndexError("the index has been closed: open it again to ask it")
