"""What a search gives: filings in order, with their best documents and passages. No engine, no printing."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of a document's stored text."""

    document_id: str
    start: int
    """Offset of the passage in the document's stored text, in characters."""
    end: int
    """Offset past its last character."""
    text: str
    """The stored text from `start` to `end`, as it stands."""
    matches: tuple[tuple[int, int], ...]
    """What matched: offsets (start, end) in the document's stored text, in order, within the passage."""
    section: str = ""
    page: int | None = None
    """From 1, for documents that have pages."""


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """A document that matched."""

    id: str
    type: str
    sequence: int | None
    filename: str
    description: str
    score: float
    snippets: tuple[Snippet, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class PartyName:
    """A party of the filing, as results show it."""

    role: str
    name: str
    cik: str


@dataclass(frozen=True, slots=True)
class Hit:
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
    url: str = ""


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many of the filings found have this value."""

    value: str
    filings: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a field over all filings found, most frequent first."""

    field: str
    counts: tuple[FacetCount, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """One answer: exact totals, and the hits asked for."""

    query: str
    """As typed."""
    filings: int
    """Exact number of filings that match."""
    documents: int
    """Exact number of documents that match."""
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...] = ()
    seconds: float = 0.0
    notes: tuple[str, ...] = field(default=())
    """What the reader should know: words ignored by a lenient reading, suggestions, documents not covered."""
