"""The nouns of EDGAR: a submission, its header, its parties, its documents.

Names are the SEC's (EDGAR Public Dissemination Service Technical Specification). Dates are `datetime.date`;
an absent value is `None` for dates and `""` for text. No parsing here, and nothing about searching.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from indexer.edgar.items import Item
from indexer.edgar.roles import Role
from indexer.errors import Problem
from indexer.extracted import FormRow, Reading, Section


@dataclass(frozen=True, slots=True)
class Address:
    """A business or mail address as EDGAR held it when the submission was disseminated."""

    street1: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    """Two-character EDGAR code of a state or country."""
    zip: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class FilingValues:
    """Under which form, Act and file number a party files; a party has one per Act."""

    form_type: str = ""
    act: str = ""
    """As two digits or a name: `34`, `33`, `40`, `Dodd Frank Act`."""
    file_number: str = ""
    film_number: str = ""


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name the party had before, and the day it changed."""

    name: str
    changed: date | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One FILER, SUBJECT COMPANY, REPORTING-OWNER, ... block of the header."""

    role: Role
    name: str = ""
    cik: str = ""
    """Ten digits, zero-padded; empty when the header gives none."""
    sic: str = ""
    """Four digits."""
    sic_title: str = ""
    organization_name: str = ""
    irs_number: str = ""
    """Nine digits (IRS NUMBER, EIN)."""
    state_of_incorporation: str = ""
    fiscal_year_end: str = ""
    """MMDD."""
    relationship: str = ""
    filing_values: tuple[FilingValues, ...] = ()
    business_address: Address | None = None
    mail_address: Address | None = None
    former_names: tuple[FormerName, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return its name and then its former names, each once, those that are empty left out."""
        every = (self.name, *(former.name for former in self.former_names))
        return tuple(dict.fromkeys(filter(None, every)))


@dataclass(frozen=True, slots=True)
class ShareClass:
    """A class or contract of a series."""

    id: str
    """`C#########`."""
    name: str = ""
    ticker: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A series of an investment company, with its classes."""

    id: str
    """`S#########`."""
    name: str = ""
    owner_cik: str = ""
    classes: tuple[ShareClass, ...] = ()


class HeaderField(NamedTuple):
    """One line of the header as it stood; a header keeps every one, whether or not it was understood."""

    path: str
    """The tags that lead to it, in the tag dialect's spelling: `FILER/COMPANY-DATA/CIK`."""
    value: str


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says of the submission as a whole, and its parties."""

    accession_number: str = ""
    """`0001144204-17-013452`; empty when there is none."""
    form: str = ""
    """CONFORMED SUBMISSION TYPE as given: `10-K405/A`."""
    filed: date | None = None
    period: date | None = None
    accepted: datetime | None = None
    """US Eastern time, as the header gives it, without a zone."""
    changed: date | None = None
    """DATE AS OF CHANGE: the day of the last post-acceptance correction."""
    effective: date | None = None
    disseminated: date | None = None
    """The date on the SEC-DOCUMENT or IMS-DOCUMENT line."""
    document_count: int | None = None
    """PUBLIC DOCUMENT COUNT, which also counts rendered XBRL and is often off by one."""
    items: tuple[Item, ...] = ()
    parties: tuple[Party, ...] = ()
    group_members: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    fields: tuple[HeaderField, ...] = ()
    """Every field, in order, so that nothing is lost (`indexer show --header`)."""

    @property
    def root_form(self) -> str:
        """Return the form without its amendment suffix: `10-K405` of `10-K405/A`."""
        return self.form.partition("/")[0].strip()


@dataclass(frozen=True, slots=True)
class Document:
    """One <DOCUMENT> of the submission: what it is called, and its bytes as they stood (long lines rejoined)."""

    type: str
    """<TYPE>: `8-K`, `EX-99.1`, `GRAPHIC`."""
    sequence: int | None
    filename: str
    """Empty in many submissions of the 1990s."""
    description: str
    content: bytes
    """Between <TEXT> and </TEXT>, without the <PDF>, <XML> or <XBRL> wrapper, 1,023-column wraps undone."""
    wrapper: str = ""
    """`PDF`, `XML`, `XBRL`, or empty."""
    offset: int = 0
    """Of <DOCUMENT>, in bytes from the start of the submission."""
    ordinal: int = 1
    """Place among the submission's documents, from 1; unlike `sequence` it is never missing or repeated."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One complete submission text file, parsed."""

    header: Header
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...] = ()
    dialect: str = ""
    """`SEC-HEADER`, `PEM+SEC-HEADER`, `PEM+IMS-HEADER`, `IMS-HEADER`, `nc`, `headerless`."""
    header_text: str = ""
    """The header as it stood, envelope lines included, for showing."""


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """The text of one document as a reader would copy it from the page, and what is known of its parts."""

    text: str
    reading: Reading
    problems: tuple[Problem, ...] = ()
    sections: tuple[Section, ...] = ()
    pages: tuple[int, ...] = ()
    """Offset of each page's first character, for documents that have pages."""
    encoding: str = ""
    rows: tuple[FormRow, ...] = ()
    """Of an XML form."""
    symbols: tuple[str, ...] = ()
    """Trading symbols that the document gives for its issuer, in capitals."""
    unlocated: tuple[str, ...] = ()
    """The items that were looked for and not found, and what they are about, as sections are named in the index."""


class Gap(NamedTuple):
    """Bytes of a submission file that were not kept."""

    at: int
    """Where they are missing, in what was kept."""
    size: int


@dataclass(frozen=True, slots=True)
class SubmissionFile:
    """A submission's bytes and where they came from, before parsing; without those of its pictures."""

    source: str
    """The path, and ` > member` for a member of an archive; what cannot be printed in them is escaped."""
    content: bytes
    size: int
    """Of the whole file, in bytes."""
    sha256: str
    """Of the whole file."""
    gaps: tuple[Gap, ...] = ()
    """What is missing from `content`, in order."""
