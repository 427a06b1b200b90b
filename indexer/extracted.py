"""What is known of a document once its text was extracted: what became of it, its sections, and its rows.

Apart from `indexer.filings`, so that asking need not load what only reading makes.
"""

from enum import StrEnum
from typing import NamedTuple


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
    """A part of a document's text under a heading."""

    name: str
    """The item: `1A`, `7.01`, `I.2` (Part I, Item 2 of a 10-Q); of a caption without a number its subject."""
    title: str
    start: int
    """Offset of the heading in the document's text, in characters."""
    end: int
    subject: str = ""
    """What it is about in any form: `risk-factors`; empty where only its form has it."""
    certainty: float = 1.0
    """How sure the heading is, from 0 to 1: by its title and style, the form's order, the table of contents."""


class FormRow(NamedTuple):
    """A row of an XML form: a transaction or holding of an owner, a holding of a manager, a reporting person.

    Values are as the form has them; what a row has not is empty.
    """

    owner: str = ""
    """The reporting owner or person."""
    owner_cik: str = ""
    relationship: str = ""
    """What the owner is to the issuer: `Director, Officer: Chief Financial Officer`."""
    officer_title: str = ""
    transaction: str = ""
    """The code of a transaction of Forms 3, 4 and 5: `P`."""
    shares: str = ""
    price: str = ""
    """Of a share."""
    holding: str = ""
    """What is held: the issuer, the class, the CUSIP."""
    value: str = ""
    """In the unit of the form."""
    percent: str = ""
    """Of the class."""
