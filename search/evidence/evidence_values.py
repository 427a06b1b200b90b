"""Evidence as values: what was asked, when and by whom, what was found, and what the answer rests on. No files here."""

from dataclasses import dataclass
from typing import NamedTuple

from search.answer_basis import Coverage
from search.coverage.completeness import Completeness
from search.evidence.differences import CoveredFiling
from search.lookups.lookup import Lookup
from search.lookups.wanted import Wanted
from search.passages.cutting import Cut
from search.results import Hit, Sort
from search.searchers.searcher import Verified


@dataclass(frozen=True, slots=True)
class Terms:
    """What was asked, and how the answer was to be shown."""

    lookup: Lookup
    """With watchlists and synonyms written out."""
    sort: Sort
    cut: Cut

    def wanted(self) -> Wanted:
        """Return what is wanted of the index: every hit with every document, its passages cut as here."""
        cut = self.cut
        return Wanted(
            None, sort=self.sort, documents=None, snippets=cut.count, width=cut.width, sentences=cut.sentences
        )


class NotRead(NamedTuple):
    """A document of a covered filing whose text is not in the index."""

    document: str
    """Its id, `accession:name`."""
    type: str
    kind: str
    """`PDF`, `image`, `spreadsheet`, `archive` or `other`."""
    reason: str


class ReadInPart(NamedTuple):
    """A covered filing that was read in part, or a file of the corpus that could not be read at all."""

    accession: str
    """Empty for a file."""
    source: str
    kind: str
    message: str


class CoveredCompany(NamedTuple):
    """What is covered of one CIK."""

    cik: str
    name: str
    """The one of its latest filing; empty when none is covered."""
    filings: int
    first_filed: str
    last_filed: str
    forms: dict[str, int]
    listed: Completeness | None = None
    """By EDGAR's own list of it, where one is kept."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer rests on, in full."""

    coverage: Coverage
    covered: tuple[CoveredFiling, ...]
    unread: tuple[NotRead, ...]
    problems: tuple[ReadInPart, ...]
    companies: tuple[CoveredCompany, ...]
    """Of each CIK asked for."""
    completeness: Completeness | None


@dataclass(frozen=True, slots=True)
class Origin:
    """When, by whom and with what evidence was made, and of which index."""

    made: str
    """ISO 8601 in UTC, as is `begun`."""
    asked_by: str
    program: str
    path: str
    """The index's folder."""
    identity: str
    generation: int
    begun: str
    submissions: int
    """In the index, whatever the filters."""
    verified: Verified | None
    """What of it was compared with its checksums; None where an earlier version of this program wrote the evidence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence, read back."""

    version: int
    origin: Origin
    terms: Terms
    understood: str
    filings: int
    documents: int
    hits: tuple[Hit, ...]
    basis: Basis
    digest: str
    """Of the file but its last lines, hexadecimal, as it is now."""
    intact: bool
    """False when the file was changed after it was written."""
    altered: tuple[str, ...]
    """The lists that are not those their digests are of."""
    shown: str = ""
    """The report it was found in, as it stands there without the evidence; empty for a file of its own."""

    @property
    def has_lists(self) -> bool:
        """Tell whether it has the lists of what was covered."""
        return self.version > 1
