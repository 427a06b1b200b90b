"""Which elements of EDGAR's XML forms hold the values of a row: a transaction, a holding, a reporting person.

Sources: the EDGAR XML technical specifications of ownership filings (Forms 3, 4, 5), Form 13F, Form N-PORT, and
Schedules 13D and 13G. Nothing here reads XML.
"""

from collections.abc import Mapping
from datetime import date

_TRANSACTION = {
    "transactionCode": "transaction",
    "transactionShares": "shares",
    "transactionPricePerShare": "price",
}
_OWNED = {"sharesOwnedFollowingTransaction": "shares"}
_HOLDING = {
    "nameOfIssuer": "holding",
    "titleOfClass": "holding",
    "cusip": "holding",
    "value": "value",
    "sshPrnamt": "shares",
}
_INVESTMENT = {"name": "holding", "title": "holding", "cusip": "holding", "valUSD": "value", "balance": "shares"}
_PERSON = {
    "reportingPersonName": "owner",
    "reportingPersonCIK": "owner_cik",
    "aggregateAmountOwned": "shares",
    "reportingPersonBeneficiallyOwnedAggregateNumberOfShares": "shares",
    "percentOfClass": "percent",
    "classPercent": "percent",
}
ROWS: Mapping[str, Mapping[str, str]] = {
    "nonDerivativeTransaction": _TRANSACTION,
    "nonDerivativeHolding": _OWNED,
    "derivativeTransaction": _TRANSACTION,
    "derivativeHolding": _OWNED,
    "infoTable": _HOLDING,
    "invstOrSec": _INVESTMENT,
    "reportingPersonInfo": _PERSON,
    "coverPageHeaderReportingPersonDetails": _PERSON,
}
"""By the element of a row: by the elements in it, which value of the row each is (`indexer.extracted.FormRow`)."""

OWNERS: Mapping[str, Mapping[str, str]] = {
    "reportingOwner": {"rptOwnerName": "owner", "rptOwnerCik": "owner_cik", "relationship": "relationship"},
}
"""The persons to whom every row of a Form 3, 4 or 5 belongs."""
RELATIONSHIP, OFFICER_TITLE = "reportingOwnerRelationship", "officerTitle"

OF_EVERY_ROW: Mapping[str, Mapping[str, str]] = {
    "coverPageHeader": {
        "issuerName": "holding",
        "issuerCUSIP": "holding",
        "issuerCusip": "holding",
        "issuerCusipNumber": "holding",
        "securitiesClassTitle": "holding",
    },
}
"""The cover page of a Schedule 13D or 13G, whose issuer is what its reporting persons hold."""

ISSUER, SYMBOL = "issuer", "issuerTradingSymbol"
"""Where a Form 3, 4 or 5 has the trading symbol."""

DOLLARS_SINCE = date(2023, 1, 3)
"""Before that day Form 13F gave values in thousands of dollars (Release 34-95148)."""
