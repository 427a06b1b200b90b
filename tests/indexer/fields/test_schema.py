"""The table of fields, and what each has of a document."""

from datetime import date, datetime

import pytest

from indexer.edgar.items import Item
from indexer.edgar.roles import Role
from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument
from indexer.fields.schema import BY_NAME, FIELDS, Kind, field_values
from indexer.filings import (
    Address,
    Document,
    ExtractedText,
    FilingValues,
    FormerName,
    Header,
    Party,
    Series,
    ShareClass,
)

SUBJECT = Party(
    Role.SUBJECT_COMPANY,
    "Wrexley Instruments Corp",
    "0009000010",
    sic="3826",
    sic_title="LABORATORY ANALYTICAL INSTRUMENTS",
    organization_name="08 Industrial Applications",
    irs_number="009000010",
    state_of_incorporation="DE",
    fiscal_year_end="1231",
    filing_values=(
        FilingValues("SC 13D", "34", "005-90001", "17000001"),
        FilingValues("SC 13D", "33", "333-90001", ""),
    ),
    business_address=Address("1 Mill Lane", "", "Ashford", "OH", "44805", "555-0100"),
    mail_address=Address("PO Box 9", "", "Marlow", "OH", "44901"),
    former_names=(FormerName("Wrexley Gauge Co", date(1996, 5, 1)),),
)
BIDDER = Party(Role.FILED_BY, "Tillibrook Partners LP", "0009000020")
HEADER = Header(
    "0009000020-17-000003",
    "SC 13D/A",
    date(2017, 3, 8),
    date(2017, 3, 1),
    datetime(2017, 3, 8, 16, 2, 21),
    items=(Item("7.01", "Regulation FD Disclosure"), Item("", "Something new")),
    parties=(SUBJECT, BIDDER),
    group_members=("Jane Roe",),
    series=(Series("S000090001", "Growth Fund", "0009000010", (ShareClass("C000090001", "Class A", "GRWAX"),)),),
)
ENTRY = IndexedDocument(
    HEADER,
    Document("SC 13D/A", 1, "d1.htm", "AMENDMENT NO. 1", b""),
    ExtractedText("The Reporting Person", Reading.TEXT),
    "a.txt",
    "ab" * 32,
)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("accession", ("0009000020-17-000003",)),
        ("form", ("SC 13D/A",)),
        ("root_form", ("SC 13D",)),
        ("filed", ("20170308",)),
        ("period", ("20170301",)),
        ("accepted", ("20170308",)),
        ("changed", ()),
        ("item", ("7.01",)),
        ("cik", ("0009000010", "0009000020")),
        ("company", ("Wrexley Instruments Corp", "Wrexley Gauge Co", "Tillibrook Partners LP")),
        ("former", ("Wrexley Gauge Co",)),
        ("subject", ("Wrexley Instruments Corp", "Wrexley Gauge Co", "0009000010")),
        ("filed_by", ("Tillibrook Partners LP", "0009000020")),
        ("filer", ()),
        ("sic", ("3826",)),
        ("industry", ("LABORATORY ANALYTICAL INSTRUMENTS", "08 Industrial Applications")),
        ("irs", ("009000010",)),
        ("state", ("OH",)),
        ("incorporated", ("DE",)),
        ("city", ("Ashford", "Marlow")),
        ("zip", ("44805", "44901")),
        ("address", ("1 Mill Lane Ashford OH 44805", "PO Box 9 Marlow OH 44901")),
        ("file_number", ("005-90001", "333-90001")),
        ("film_number", ("17000001",)),
        ("act", ("34", "33")),
        ("group_member", ("Jane Roe",)),
        ("series", ("S000090001", "Growth Fund")),
        ("share_class", ("C000090001", "Class A")),
        ("ticker", ("GRWAX",)),
        ("type", ("SC 13D/A",)),
        ("title", ("AMENDMENT NO. 1", "SC 13D/A")),
        ("sequence", ("1",)),
        ("reading", ("text",)),
    ],
)
def test_a_field_holds_these_values_of_a_document(name: str, values: tuple[str, ...]) -> None:
    assert field_values(ENTRY, BY_NAME[name]) == values


def test_names_and_aliases_do_not_clash() -> None:
    assert len(BY_NAME) == sum(1 + len(field.aliases) for field in FIELDS)


def test_dates_and_numbers_are_digits() -> None:
    for field in FIELDS:
        if field.kind in {Kind.DATE, Kind.NUMBER}:
            assert all(value.isdecimal() for value in field_values(ENTRY, field))


def test_every_role_has_a_field() -> None:
    for role in Role:
        header = Header(parties=(Party(role, "Quillon"),))
        entry = IndexedDocument(header, ENTRY.document, ENTRY.extracted, "a.txt", "ab")
        assert [field.name for field in FIELDS if field.tags == role.value.upper() and field_values(entry, field)]
