"""What is asked of an index, and what comes back: filings in order, with passages. No engine, no printing."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from indexer.edgar.roles import ABOUT
from indexer.errors import importing
from indexer.first_use import dataclass
from indexer.printing import several
from search.answer_basis import Coverage
from search.query import nodes as q

if TYPE_CHECKING:
    from pandas import DataFrame

Handle: TypeAlias = int | str
"""What an engine knows a document by, to be given back to the searcher that it came from."""

SORTS = ("relevance", "filed", "period", "company")
"""What filings can be sorted by."""


class Sort(NamedTuple):
    """In which order filings come. Ties: date filed, newest first (undated last), then accession number, ascending.

    Filings without the value come last, either way. The company is the first party's name, folded (`analysis.folding`).
    """

    by: str = "relevance"
    """One of `SORTS`."""
    descending: bool = True
    """Best, newest, or last in the alphabet first."""


class Question(NamedTuple):
    """A query and what is wanted of its answer."""

    query: q.Query
    limit: int | None = 10
    """Filings at most; None for all."""
    offset: int = 0
    sort: Sort = Sort()
    documents: int = 3
    """Documents shown of each filing, best first."""
    proximity: bool = True
    """Whether the best documents also score for where their words stand, when filings come by relevance."""


class Snippet(NamedTuple):
    """A passage of a document's stored text."""

    document_id: str
    start: int
    end: int
    """Offsets of the passage in the document's stored text, in characters; `end` is past its last one."""
    text: str
    """The stored text from `start` to `end`, as it stands."""
    matches: tuple[tuple[int, int], ...]
    """What matched: offsets (start, end) in the document's stored text, in order, within the passage."""
    section: str = ""
    page: int | None = None
    """From 1, for documents that have pages."""


class DocumentHit(NamedTuple):
    """A document that matched."""

    id: str
    type: str
    sequence: int | None
    filename: str
    description: str
    score: float
    snippets: tuple[Snippet, ...] = ()
    url: str = ""
    same_as: str = ""
    """What another document of the filing, shown before it, is called (`EX-31.1`) when its passages read the same."""
    handle: Handle = ""
    """How the searcher that found it finds it again; it means nothing elsewhere and is not printed."""


class PartyName(NamedTuple):
    """A party of the filing, as results show it."""

    role: str
    name: str
    cik: str


class Hit(NamedTuple):
    """A filing that matched: one per accession number, whatever the number of its documents that did."""

    rank: int
    """From 1, counted over all hits, not from the offset asked for."""
    accession: str
    form: str
    filed: date | None
    period: date | None
    items: tuple[str, ...]
    parties: tuple[PartyName, ...]
    score: float
    """Of its best document; BM25, comparable within one search only."""
    matching: int
    """How many of its documents matched."""
    documents: tuple[DocumentHit, ...]
    """The best of them, best first."""
    source: str = ""
    """The submission file it was read from."""
    sha256: str = ""
    """Of the submission's bytes, hexadecimal."""
    url: str = ""
    lacks: tuple[str, ...] = ()
    """Words of the query that it does not have; empty for one that has all."""
    in_header: tuple[str, ...] = ()
    """Words of the query that its header has and its text has not."""

    @property
    def by_importance(self) -> list[PartyName]:
        """Order its parties: whom the filing is about, then the others."""
        return sorted(self.parties, key=lambda party: ABOUT.index(party.role) if party.role in ABOUT else len(ABOUT))


class Answer(NamedTuple):
    """Exact totals, and the filings asked for, without snippets yet."""

    filings: int
    documents: int
    hits: tuple[Hit, ...]


class Expansion(NamedTuple):
    """What a leaf of the query stands for in an index."""

    words: tuple[str, ...]
    """In alphabetical order."""
    documents: int
    """How many documents have any of them, in the field asked."""


class LeafScore(NamedTuple):
    """What a leaf of the query adds to a document's score."""

    leaf: q.Leaf
    field: str
    """`text` or `title`."""
    score: float


class ScoreParts(NamedTuple):
    """What a document's score is made of."""

    leaves: tuple[LeafScore, ...]
    """Those that add anything, in the order of the query; those of the title last."""
    pairs: float
    window: float
    weight: float
    """Of the document's kind: the sum of all else is multiplied by it."""

    @property
    def total(self) -> float:
        """Return the score, not rounded."""
        return self.weight * (sum(each.score for each in self.leaves) + self.pairs + self.window)


class FacetCount(NamedTuple):
    """How many of the filings found have this value."""

    value: str
    filings: int
    """Or documents, where these were to be counted."""


class Facet(NamedTuple):
    """The values of a field over all filings found, most frequent first."""

    field: str
    counts: tuple[FacetCount, ...]


class Timeline(NamedTuple):
    """How many of the filings found were filed in each year or month, the empty ones between included."""

    unit: str
    """`year` or `month`."""
    counts: tuple[FacetCount, ...]
    """`2017` or `2017-03`, ascending."""
    undated: int = 0
    """Filings found without a date."""


class DocumentRow(NamedTuple):
    """A document that matched, as one row of a table; docs/output.md describes the columns."""

    rank: int
    accession: str
    form: str
    filed: str
    """YYYY-MM-DD, as is `period`; empty when there is none."""
    period: str
    items: str
    """Separated by `; `, as all that is several here."""
    company: str
    """The parties' names."""
    cik: str
    document: str
    """The document's id, `accession:name`."""
    type: str
    filename: str
    description: str
    score: float
    passages: str
    """On one line, separated by ` … `."""
    offsets: str
    """Of the passages: `START..END`, as `indexer show --at` takes them."""
    url: str
    filing_url: str
    source: str


@dataclass(frozen=True, slots=True)
class Results:
    """One answer: exact totals, and the hits asked for.

    It is a sequence of its hits: `for hit in results`, `results[0]`, and `len(results)`, which is the number of hits
    that it has, not of filings found (`filings`): the limit says how many come.
    """

    query: str
    """As typed."""
    filings: int
    documents: int
    """Documents that match; both numbers are exact, whatever the limit."""
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...] = ()
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    """What the reader should know: words ignored by a lenient reading, suggestions."""
    understood: str = ""
    """The query and the filters as they were understood, in the query language."""
    generation: int = -1
    """Of the index that answered."""
    timeline: Timeline | None = None
    coverage: Coverage | None = None
    words: tuple[str, ...] = ()
    """The words of the query, where hits follow that lack some; else empty."""

    def __iter__(self) -> Iterator[Hit]:
        """Yield the hits, in order."""
        return iter(self.hits)

    def __len__(self) -> int:
        """Return the number of hits that came, at most the limit."""
        return len(self.hits)

    def __getitem__(self, at: int) -> Hit:
        """Return a hit by its place among those that came, from 0; IndexError past the last."""
        return self.hits[at]

    def __bool__(self) -> bool:
        """Tell whether any filing was found, also where no hit was asked for."""
        return self.filings > 0

    def rows(self) -> list[DocumentRow]:
        """Return the hits as a table, a row for each document shown; every cell is a text or a number."""
        return [row for hit in self.hits for row in rows(hit)]

    def to_pandas(self) -> "DataFrame":
        """Return `rows` as a data frame, with days that may be NaT; MissingExtraError without pandas."""
        with importing("pandas", purpose="data frames need"):
            from pandas import DataFrame, to_datetime  # noqa: PLC0415  (an extra)
        frame = DataFrame(self.rows(), columns=list(DocumentRow._fields))
        days = {name: to_datetime(frame[name], format="%Y-%m-%d", errors="coerce") for name in ("filed", "period")}
        return frame.assign(**days)


def rows(hit: Hit) -> Iterator[DocumentRow]:
    """Yield a row for each of the hit's documents."""
    for document in hit.documents:
        yield DocumentRow(
            rank=hit.rank,
            accession=hit.accession,
            form=hit.form,
            filed=hit.filed.isoformat() if hit.filed else "",
            period=hit.period.isoformat() if hit.period else "",
            items=several(hit.items),
            company=several(party.name for party in hit.parties),
            cik=several(party.cik for party in hit.parties),
            document=document.id,
            type=document.type,
            filename=document.filename,
            description=document.description,
            score=round(document.score, 6),
            passages=" … ".join(" ".join(snippet.text.split()) for snippet in document.snippets),
            offsets=several(f"{snippet.start}..{snippet.end}" for snippet in document.snippets),
            url=document.url,
            filing_url=hit.url,
            source=hit.source,
        )
