"""Asking an index from Python, in one call or many. The command line and the web ask through here.

>>> from search.ask import search
>>> results = search("orphan drug license", index="index", form="8-K")  # doctest: +SKIP
>>> results.filings, results.hits[0].accession  # doctest: +SKIP
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from search.errors import QuerySyntaxError, SearchError
from search.parser import parse_query
from search.query import And, Not, Or, Query
from search.results import DocumentHit, Hit, Results
from search.searchers.searcher import Question, Searcher, Sort
from search.snippets import WIDTH, snippets
from search.urls import document_url, filing_url

FILTERS = ("form", "company", "cik", "filed", "exhibit", "item")
"""The fields that have an option of their own; any other is asked in the query (`sic:2834`)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of an answer, besides that it matches."""

    limit: int | None = 10
    """Filings at most; None for all."""
    offset: int = 0
    sort: Sort = field(default_factory=Sort)
    documents: int = 3
    """Documents shown of each filing."""
    snippets: int = 1
    """Passages shown of each document."""
    width: int = WIDTH
    """Characters of a passage, about."""
    sentences: bool = False
    """Passages are whole sentences."""


DEFAULT = Wanted()
"""Ten filings by relevance, three documents of each, one passage of each document."""


def search(
    query: str,
    index: str | Path = "index",
    *,
    wanted: Wanted = DEFAULT,
    exact: bool = False,
    **filters: str | Iterable[str],
) -> Results:
    """Ask once. `filters` are fields and their values (`form="8-K"`, `cik=["1279704", ...]`, `filed="2017..2018"`).

    Raises NoIndexError, QuerySyntaxError, and SearchError for a filter that cannot be read.
    """
    with Index(index) as opened:
        return opened.search(query, wanted=wanted, exact=exact, **filters)


class Index:
    """An index opened for asking several times."""

    def __init__(self, folder: str | Path = "index") -> None:
        """Raises NoIndexError when there is none, or it was made by another version."""
        from search.searchers.whoosh import open_searcher  # noqa: PLC0415  (the engine is loaded when asked)

        self._searcher: Searcher = open_searcher(Path(folder))

    def search(
        self, query: str, *, wanted: Wanted = DEFAULT, exact: bool = False, **filters: str | Iterable[str]
    ) -> Results:
        """Ask; see the function `search`."""
        began = time.perf_counter()
        asked = combine(query, filters, exact=exact)
        question = Question(asked, wanted.limit, wanted.offset, wanted.sort, wanted.documents)
        answer = self._searcher.search(question)
        hits = tuple(self._complete(hit, asked, wanted) for hit in answer.hits)
        return Results(query, answer.filings, answer.documents, hits, seconds=time.perf_counter() - began)

    def _complete(self, hit: Hit, query: Query, wanted: Wanted) -> Hit:
        """The hit with its passages and addresses."""
        cik = next((party.cik for party in hit.parties if party.cik), "")
        documents = tuple(self._completed(each, query, wanted, cik=cik) for each in hit.documents)
        return replace(hit, documents=documents, url=filing_url(cik, hit.accession))

    def _completed(self, document: DocumentHit, query: Query, wanted: Wanted, *, cik: str) -> DocumentHit:
        accession = document.id.partition(":")[0]
        found = snippets(
            query,
            document.id,
            self._searcher.text(document.id) if wanted.snippets else "",
            count=wanted.snippets,
            width=wanted.width,
            sentences=wanted.sentences,
        )
        return replace(document, snippets=found, url=document_url(cik, accession, document.filename))

    def text(self, document_id: str) -> str:
        """The stored text of a document, whose offsets snippets give; KeyError when there is none of that id."""
        return self._searcher.text(document_id)

    def close(self) -> None:
        """Release files."""
        self._searcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def combine(query: str, filters: dict[str, str | Iterable[str]], *, exact: bool = False) -> Query:
    """The query and the filters as one tree: all must match; several values of a filter are alternatives."""
    parts = [parse_query(query, exact=exact)] if query.strip() or not filters else []
    parts += [_filter(name, [values] if isinstance(values, str) else list(values)) for name, values in filters.items()]
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _filter(name: str, values: Sequence[str]) -> Query:
    """One filter: alternatives, and those that begin with `-` excluded."""
    wanted = [_asked(name, value) for value in values if not value.startswith("-")]
    unwanted = [Not(_asked(name, value[1:])) for value in values if value.startswith("-")]
    some = [wanted[0] if len(wanted) == 1 else Or(tuple(wanted))] if wanted else []
    parts = [*some, *unwanted]
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _asked(name: str, value: str) -> Query:
    bare = name == "filed" or value.startswith("=")
    try:
        return parse_query(f"{name}:{value}" if bare else f'{name}:"{value}"')
    except QuerySyntaxError as error:
        raise SearchError(f"--{name} {value}: {error.message}") from error
