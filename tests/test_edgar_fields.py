"""docs/edgar-fields.md is what the tables in the code say.

Run this file to print the page: `python tests/test_edgar_fields.py > docs/edgar-fields.md`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from indexer.edgar import row_elements as row_elements_table
from indexer.edgar.items import ABS_15G, FORM_D, NEW, OLD
from indexer.envelope.tags import ENVELOPE, PARTY, SERIES_AND_CLASSES, SUBMISSION, TOP, Tag
from indexer.fields.schema import BY_NAME, FIELDS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "edgar-fields.md"

DOCUMENT = {
    "TYPE": ("Document.type", "type"),
    "SEQUENCE": ("Document.sequence", "sequence"),
    "FILENAME": ("Document.filename", "filename"),
    "DESCRIPTION": ("Document.description", "description"),
    "PDF, XML, XBRL": ("Document.wrapper", ""),
    "TEXT": ("Document.content", "text"),
}
"""The tags of a document, their attributes, and the fields that only a document has."""

INTRODUCTION = """# EDGAR's header and our fields

Each line of a submission's header, in both of EDGAR's spellings: as a tag (`.nc` files of the Feed) and as a label
(`.txt` files of www.sec.gov, where some lines keep their tag). *Attribute* names the class in `indexer/filings.py` that
holds the value; a line without one is kept in `Header.fields`, as all lines are, and shown by `indexer show --header`.
*Searched as* names the fields of the query language (`search --fields`).

A line that is in none of these tables, or stands where it should not, is kept too, and reported as a problem of kind
`unplaced` with its line number. Containers are known by name; indentation means nothing. Values are kept as they stand
in `Header.fields`; as attributes they are normalised: dates to dates, CIKs to ten digits, an industrial classification
to its number and its title (`TITLE [2834]`, `2834`), an Act to the two digits of its year or to `Dodd Frank Act`, IRS
numbers without their hyphen, `&lt;`, `&gt;` and `&amp;` as characters. A value that is not what it should be is
reported as `bad-value`.

This page is made from the tables in `indexer/envelope/tags.py`, `indexer/edgar/items.py` and
`indexer/fields/schema.py`; a test compares it with them.
"""

ITEMS_TEXT = """## Items

An item stands in the header as a code (`.nc`) or as a description (`.txt`). Both become an `Item` with its code, which
is what `item:` searches. The numbering of Form 8-K changed on 23 August 2004; a code is told by its shape (`7.01` new,
`5` old), and a description that both numberings have by the date filed. Case, punctuation and spacing do not matter. A
description in no list keeps its title and has no code. Codes of other forms are kept as they are.
"""


ROWS_TEXT = """## Rows of XML forms

The elements of XML forms that hold the values of a row (`indexer/edgar/row_elements.py`). Several elements of one
field are one value of it. A row of Forms 3, 4 and 5 stands once for each reporting owner of the filing. Where a
document has no rows, each party's `RELATIONSHIP` in the header is one. `owner` is the owner of a row where it is asked
beside values of rows. Trading symbols come from `issuerTradingSymbol`, and from `dei:TradingSymbol` in XBRL, inline or
not.

| Row | Element | Searched as |
| --- | --- | --- |
"""
VALUES_OF_ROWS = {"owner": "owner", "owner_cik": "owner"}
"""What a value of a row is searched as, where that is not its own name."""


def row_elements() -> str:
    """The elements of rows, and the fields of their values."""
    tables = (*row_elements_table.ROWS.items(), *row_elements_table.OWNERS.items())
    owner = [(row_elements_table.RELATIONSHIP, row_elements_table.OFFICER_TITLE, "officer_title")]
    cover = [
        (row, name, field) for row, names in row_elements_table.OF_EVERY_ROW.items() for name, field in names.items()
    ]
    each = [(row, name, field) for row, names in tables for name, field in names.items()] + owner + cover
    named = {"relationship": row_elements_table.RELATIONSHIP}
    lines = (
        f"| `{row}` | `{named.get(name, name)}` | `{VALUES_OF_ROWS.get(field, field)}` |" for row, name, field in each
    )
    return ROWS_TEXT + "\n".join(lines) + "\n"


def page() -> str:
    """The whole page."""
    parts = [
        INTRODUCTION,
        section("The submission", (*ENVELOPE, *SUBMISSION)),
        section("Parties", PARTY),
        section("Series and classes", SERIES_AND_CLASSES),
        documents(),
        row_elements(),
        ITEMS_TEXT,
        items("Form 8-K since 23 August 2004", NEW),
        items("Form 8-K before", OLD),
        items("Form ABS-15G", ABS_15G),
        items("Form D", FORM_D),
    ]
    return "\n".join(parts)


def section(title: str, tags: Iterable[Tag]) -> str:
    return "\n".join(
        [f"## {title}\n", *table(("Tag", "Label", "Stands in", "Attribute", "Searched as"), map(row, tags)), ""]
    )


def row(tag: Tag) -> tuple[str, ...]:
    stands_in = ", ".join("the top" if name == TOP else name for name in tag.inside)
    if len(tag.inside) > 9:
        stands_in = "any party"
    return (
        code(tag.name),
        ", ".join(map(code, tag.labels)) or "the tag",
        stands_in,
        code(tag.field),
        ", ".join(map(code, searched(tag.name))),
    )


def searched(tag: str) -> list[str]:
    """The fields that are read from a header tag; TYPE is also a tag of documents, which have fields of their own."""
    own = {field for _, field in DOCUMENT.values()}
    return [field.name for field in FIELDS if tag in field.tags.split() and field.name not in own]


def documents() -> str:
    rows = ((code(name), code(attribute), code(field)) for name, (attribute, field) in DOCUMENT.items())
    return "\n".join(["## Documents\n", *table(("Tag", "Attribute", "Searched as"), rows), ""])


def items(title: str, titles: dict[str, tuple[str, ...]]) -> str:
    rows = ((code(number), said[0], "; ".join(f"“{each}”" for each in said[1:])) for number, said in titles.items())
    return "\n".join([f"### {title}\n", *table(("Code", "Title", "Also spelled"), rows), ""])


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield line(head)
    yield line(("---",) * len(head))
    yield from map(line, rows)


def line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |")


def code(value: str) -> str:
    return f"`{value}`" if value else ""


def test_the_page_is_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_tag_that_a_field_is_read_from_is_in_the_tables() -> None:
    known = {tag.name for tag in (*ENVELOPE, *SUBMISSION, *PARTY, *SERIES_AND_CLASSES)} | set(DOCUMENT)
    assert {tag for field in FIELDS for tag in field.tags.split()} <= known


def test_every_field_of_a_document_exists() -> None:
    assert all(field in BY_NAME for _, field in DOCUMENT.values() if field)


if __name__ == "__main__":
    print(page(), end="")
