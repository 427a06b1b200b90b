"""What an index says of filings in fixed words: the roles of parties, the items, what became of
documents, their sections.

Apart from `indexer.filings`, so that asking need not load what only reading makes.
"""

from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a party is to the submission; the values are the header's own tags, in lower case."""

    FILER = "filer"
    SUBJECT_COMPANY = "subject-company"
    FILED_BY = "filed-by"
    FILED_FOR = "filed-for"
    REPORTING_OWNER = "reporting-owner"
    ISSUER = "issuer"
    SERIAL_COMPANY = "serial-company"
    DEPOSITOR = "depositor"
    SECURITIZER = "securitizer"
    UNDERWRITER = "underwriter"
    ISSUING_ENTITY = "issuing-entity"


class Item(NamedTuple):
    """An ITEM INFORMATION or ITEMS entry: `7.01` (new numbering), `5` (old), `06b` (Form D)."""

    code: str
    """Empty when the description is known to no list."""
    title: str
    """As the header says it, or the SEC's title when the header gives only a code."""


class Reading(StrEnum):
    """What became of a document: every document ends in exactly one of these."""

    TEXT = "text"
    EMPTY = "empty"
    """Read, and there was nothing to read (a blank page)."""
    BINARY = "binary"
    """A graphic, archive or spreadsheet; left out."""
    RENDERED = "rendered-data"
    """A rendering of XBRL facts that stand elsewhere in the submission (R2.htm, Show.js, MetaLinks.json, ...)."""
    UNREAD = "unread"
    """It has text, but no reader could get at it; there is a Problem that says why."""


class Section(NamedTuple):
    """A part of a document's text under an item heading."""

    name: str
    """The item: `1A`, `7.01`, `I.2` (Part I, Item 2 of a 10-Q)."""
    title: str
    start: int
    """Offset of the heading in the document's text, in characters."""
    end: int
