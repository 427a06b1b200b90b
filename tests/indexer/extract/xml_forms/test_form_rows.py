"""Rows of XML forms: a transaction with its owner, a holding, a reporting person."""

import pytest

from indexer.extract.xml_forms import form_rows
from indexer.extract.xml_forms.xml import xml_text
from indexer.extracted import FormRow

OWNER = (
    "<reportingOwner><reportingOwnerId><rptOwnerCik>{cik}</rptOwnerCik><rptOwnerName>{name}</rptOwnerName>"
    "</reportingOwnerId><reportingOwnerRelationship>{relationship}</reportingOwnerRelationship></reportingOwner>"
)
OFFICER = "<isOfficer>1</isOfficer><officerTitle>Treasurer</officerTitle>"
SOLD = (
    "<nonDerivativeTransaction><transactionCoding><transactionCode>S</transactionCode></transactionCoding>"
    "<transactionAmounts><transactionShares><value>18000</value><footnoteId id='F1'/></transactionShares>"
    "<transactionPricePerShare><value>11.42</value></transactionPricePerShare></transactionAmounts>"
    "<postTransactionAmounts><sharesOwnedFollowingTransaction><value>7</value></sharesOwnedFollowingTransaction>"
    "</postTransactionAmounts></nonDerivativeTransaction>"
)
HELD = (
    "<nonDerivativeHolding><postTransactionAmounts><sharesOwnedFollowingTransaction><value>400</value>"
    "</sharesOwnedFollowingTransaction></postTransactionAmounts></nonDerivativeHolding>"
)


def ownership(*parts: str) -> tuple[FormRow, ...]:
    return xml_text(f"<ownershipDocument>{''.join(parts)}</ownershipDocument>").rows


def test_a_row_stands_once_for_each_owner() -> None:
    owners = [
        OWNER.format(cik="0009000001", name="Quenby John", relationship=OFFICER),
        OWNER.format(cik="0009000002", name="Thorne Ada", relationship="<isDirector>1</isDirector>"),
    ]
    rows = ownership(*owners, SOLD, HELD)
    assert [
        (row.owner, row.officer_title, row.relationship, row.transaction, row.shares, row.price) for row in rows
    ] == [
        ("Quenby John", "Treasurer", "Officer: Treasurer", "S", "18000", "11.42"),
        ("Thorne Ada", "", "Director", "S", "18000", "11.42"),
        ("Quenby John", "Treasurer", "Officer: Treasurer", "", "400", ""),
        ("Thorne Ada", "", "Director", "", "400", ""),
    ]


def test_an_owner_without_a_row_is_one() -> None:
    (row,) = ownership(OWNER.format(cik="1", name="Thorne Ada", relationship=OFFICER))
    assert (row.owner, row.owner_cik, row.officer_title, row.shares) == ("Thorne Ada", "1", "Treasurer", "")


def test_what_is_held_is_issuer_class_and_cusip() -> None:
    table = (
        "<n:infoTable xmlns:n='u'><n:nameOfIssuer>FERNLY INC</n:nameOfIssuer><n:titleOfClass>COM</n:titleOfClass>"
        "<n:cusip>999000100</n:cusip><n:value>12</n:value><n:shrsOrPrnAmt><n:sshPrnamt>3</n:sshPrnamt></n:shrsOrPrnAmt>"
        "</n:infoTable>"
    )
    rows = xml_text(f"<informationTable>{table * 700}</informationTable>").rows
    assert len(rows) == 700  # more than a group holds before it is rendered
    assert set(rows) == {FormRow(holding="FERNLY INC COM 999000100", value="12", shares="3")}


def test_a_reporting_person_holds_what_the_cover_page_names() -> None:
    form = (
        "<edgarSubmission><formData><coverPageHeader><securitiesClassTitle>Common</securitiesClassTitle><issuerInfo>"
        "<issuerCUSIP>999000100</issuerCUSIP><issuerName>Fernly Inc</issuerName></issuerInfo></coverPageHeader>"
        "<reportingPersons><reportingPersonInfo><reportingPersonName>Ada Thorne</reportingPersonName>"
        "<aggregateAmountOwned>10</aggregateAmountOwned><percentOfClass>5.2</percentOfClass></reportingPersonInfo>"
        "</reportingPersons></formData></edgarSubmission>"
    )
    (row,) = xml_text(form).rows
    assert (row.owner, row.percent, row.shares) == ("Ada Thorne", "5.2", "10")
    assert row.holding == "Common 999000100 Fernly Inc"


def test_a_damaged_form_has_the_rows_that_can_be_read() -> None:
    assert [row.transaction for row in ownership(SOLD, "<footnotes><b></footnotes>")] == ["S"]


def test_rows_beyond_the_bound_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_rows, "MOST", 3)
    owners = [OWNER.format(cik=str(number), name="A", relationship="") for number in range(2)]
    assert len(ownership(*owners, SOLD * 9)) == 3


def test_symbols_are_taken_as_they_are_written() -> None:
    form = (
        "<ownershipDocument><issuer><issuerTradingSymbol>NYSE: frn</issuerTradingSymbol></issuer></ownershipDocument>"
    )
    assert xml_text(form).symbols == ("NYSE: frn",)
