"""What the element names and codes of EDGAR's XML forms say to a person: tables, and the one rule behind them.

An element without an entry is its own name in words (`transactionPricePerShare` is "Transaction price per share"), so
the tables hold only what a reader could not guess. Sources: the forms and their general instructions (Forms 3, 4
and 5, instruction 8 of Form 4 for the transaction codes; Form 13F; Schedules 13D and 13G; Form N-PORT) and the
EDGAR XML technical specifications. Nothing here reads XML.
"""

import re
from functools import lru_cache

from indexer.edgar.form_titles import title
from indexer.edgar.item_titles import SCHEDULE_13D, SCHEDULE_13G
from indexer.edgar.states import STATES
from indexer.first_use import regex

SILENT = frozenset({
    "confirmingCopyFlag", "footnoteId", "liveTestFlag", "noNamespaceSchemaLocation", "overrideInternetFlag",
    "returnCopyFlag", "schemaLocation", "schemaVersion", "testOrLive", "transactionFormType",
})  # fmt: skip
"""Elements and attributes that the SEC's own rendering of the forms does not show."""


@lru_cache(maxsize=4096)
def is_secret(name: str) -> bool:
    """Tell whether an element or attribute holds an access code (CCC), as some of every form's do.

    >>> is_secret("ccc"), is_secret("filerCcc"), is_secret("accession")
    (True, True, False)
    """
    return "ccc" in name.lower()


STRUCTURE = frozenset({
    "edgarSubmission", "formData", "headerData", "ownershipDocument", "reportingOwnerId",
})  # fmt: skip
"""Groups that only hold others together: they get no heading."""

ROWS = frozenset({
    "assets", "derivativeHolding", "derivativeTransaction", "infoTable", "invstOrSec", "nonDerivativeHolding",
    "nonDerivativeTransaction", "otherManager", "otherManager2", "ownerSignature", "relatedPersonInfo",
    "signaturePerson",
})  # fmt: skip
"""Elements that are a row of a table even where there is only one of them."""

LABELS = {
    "aff10b5One": "Rule 10b5-1 plan",
    "annualizedRt": "Annualized rate",
    "assetCat": "Asset type",
    "balance": "Balance",
    "cusip": "CUSIP",
    "credentials": "Filer",
    "curCd": "Currency",
    "directOrIndirectOwnership": "Ownership",
    "equitySwapInvolved": "Equity swap involved",
    "fairValLevel": "Fair value level",
    "filerCredentials": "Filer",
    "form13FFileNumber": "Form 13F file number",
    "fundType": "Source of funds",
    "infoTable": "Holding",
    "invCountry": "Country",
    "invstOrSec": "Investment",
    "issuerCat": "Issuer type",
    "isReportPeriodLt12": "Report period less than 12 months",
    "isRestrictedSec": "Restricted security",
    "issuerCredentials": "Filer",
    "maturityDt": "Maturity date",
    "memberGroup": "Member of a group",
    "nameOfIssuer": "Issuer",
    "noSecuritiesOwned": "No securities owned",
    "notSubjectToSection16": "No longer subject to Section 16",
    "natureOfOwnership": "Nature of ownership",
    "None": "Voting authority none",
    "payoffProfile": "Payoff profile",
    "pctVal": "Percentage of net assets",
    "putCall": "Option",
    "rptOwnerCik": "Reporting owner CIK",
    "rptOwnerName": "Reporting owner",
    "securityTitle": "Security",
    "Shared": "Voting authority shared",
    "sharesOwnedFollowingTransaction": "Owned following transaction",
    "Sole": "Voting authority sole",
    "sshPrnamt": "Shares or principal amount",
    "sshPrnamtType": "Shares or principal",
    "titleOfClass": "Class",
    "transactionAcquiredDisposedCode": "Acquired or disposed of",
    "transactionCode": "Code",
    "transactionDate": "Date",
    "transactionPricePerShare": "Price",
    "transactionShares": "Shares",
    "underlyingSecurityShares": "Underlying shares",
    "underlyingSecurityTitle": "Underlying security",
    "valUSD": "Value in USD",
    "valueOwnedFollowingTransaction": "Value owned following transaction",
}
"""Labels that stand for themselves, whatever group the element is in."""

_NAMES = {
    "assetData": title("ABS-EE"),
    "informationTable": "Form 13F information table",
    "SCHEDULE 13D": "Schedule 13D",
    "SCHEDULE 13G": "Schedule 13G",
}
"""What a root element is called, and a form that is not called by its form type."""

_OWNERSHIP_TABLES = {
    "nonDerivativeTable": "Table I: Non-derivative securities acquired, disposed of, or beneficially owned",
    "derivativeTable": "Table II: Derivative securities acquired, disposed of, or beneficially owned",
}
HEADINGS = {
    **dict.fromkeys(("3", "4", "5"), _OWNERSHIP_TABLES),
    "SCHEDULE 13D": {f"item{number}": f"Item {number}. {title}" for number, title in SCHEDULE_13D.items()},
    "SCHEDULE 13G": {f"item{number}": f"Item {number}. {title}" for number, title in SCHEDULE_13G.items()},
}
"""By submission type, without `/A`: what a form calls its items and tables."""

_TRANSACTIONS = {
    "A": "grant, award or other acquisition",
    "C": "conversion of derivative security",
    "D": "disposition to the issuer",
    "E": "expiration of short derivative position",
    "F": "payment of exercise price or tax liability by delivering or withholding securities",
    "G": "bona fide gift",
    "H": "expiration or cancellation of long derivative position",
    "I": "discretionary transaction",
    "J": "other acquisition or disposition",
    "K": "equity swap or similar instrument",
    "L": "small acquisition",
    "M": "exercise or conversion of derivative security",
    "O": "exercise of out-of-the-money derivative security",
    "P": "open market or private purchase",
    "S": "open market or private sale",
    "U": "disposition in a tender of shares in a change of control",
    "V": "voluntarily reported earlier than required",
    "W": "acquisition or disposition by will or the laws of descent and distribution",
    "X": "exercise of in-the-money or at-the-money derivative security",
    "Z": "deposit into or withdrawal from voting trust",
}
_TRADED = {"buy": "P", "bought": "P", "purchase": "P", "sell": "S", "sold": "S", "grant": "A", "option exercise": "M"}
"""What transactions are called besides the names that the form gives them."""


def transaction_codes(text: str) -> tuple[str, ...]:
    """Return the codes, lower case, of the transactions that are called so; none for what is called otherwise.

    >>> transaction_codes("purchase"), transaction_codes("gift"), transaction_codes("P")
    (('p',), ('g',), ())
    """
    if known := _TRADED.get(text):
        return (known.lower(),)
    words = text.split()
    named = (
        code for code, name in _TRANSACTIONS.items() if len(text) > 1 and set(words) <= set(re.findall(r"\w+", name))
    )
    return tuple(code.lower() for code in named)


_PERSONS = {
    "BD": "broker-dealer",
    "BK": "bank",
    "CO": "corporation",
    "CP": "church plan",
    "EP": "employee benefit plan",
    "FI": "non-U.S. institution",
    "HC": "parent holding company or control person",
    "IA": "investment adviser",
    "IC": "insurance company",
    "IN": "individual",
    "IV": "investment company",
    "OO": "other",
    "PN": "partnership",
    "SA": "savings association",
}
_FUNDS = {
    "AF": "affiliate",
    "BK": "bank",
    "OO": "other",
    "PF": "personal funds",
    "SC": "subject company",
    "WC": "working capital",
}
_ASSETS = {
    "ABS-APCP": "asset-backed commercial paper",
    "ABS-CBDO": "collateralized bond or debt obligation",
    "ABS-MBS": "mortgage-backed security",
    "ABS-O": "other asset-backed security",
    "COMM": "commodity",
    "DBT": "debt",
    "DCO": "commodity derivative",
    "DCR": "credit derivative",
    "DE": "equity derivative",
    "DFE": "foreign exchange derivative",
    "DIR": "interest rate derivative",
    "DO": "other derivative",
    "EC": "common equity",
    "EP": "preferred equity",
    "LON": "loan",
    "RA": "repurchase agreement",
    "RE": "real estate",
    "SN": "structured note",
    "STIV": "short-term investment vehicle",
}
_ISSUERS = {
    "CORP": "corporate",
    "MUN": "municipal",
    "NUSS": "non-U.S. sovereign",
    "PF": "private fund",
    "RF": "registered fund",
    "USGA": "U.S. government agency",
    "USGSE": "U.S. government sponsored entity",
    "UST": "U.S. Treasury",
}
CODES = {
    "assetCat": _ASSETS,
    "directOrIndirectOwnership": {"D": "direct", "I": "indirect"},
    "fundType": _FUNDS,
    "investmentDiscretion": {"DFND": "shared, defined", "OTR": "shared, other"},
    "issuerCat": _ISSUERS,
    "sshPrnamtType": {"PRN": "principal amount", "SH": "shares"},
    "transactionAcquiredDisposedCode": {"A": "acquired", "D": "disposed of"},
    "transactionCode": _TRANSACTIONS,
    "transactionTimeliness": {"E": "early", "L": "late"},
    "typeOfPersonFiling": _PERSONS,
    "typeOfReportingPerson": _PERSONS,
    "units": {"NC": "number of contracts", "NS": "number of shares", "OU": "other units", "PA": "principal amount"},
}
"""By element: what its codes mean."""

_PLACE = regex(
    r"citizenship\w*|\w*state(?:orcountry|country|orprovince)?(?:code)?"
    r"|(?>\w*?(?:state|jurisdiction)of(?:inc|org))\w*",
    re.I,
)
"""Elements that hold EDGAR's codes of states and countries. Those called `country` hold ISO's, which are others."""

_WORDS = {
    "addr": "address", "amt": "amount", "avg": "average", "cat": "category", "comp": "company",
    "conf": "confidential", "curr": "currency", "desc": "description", "descr": "description", "disp": "dispensing",
    "dt": "date", "dtls": "details", "fed": "federal", "gen": "general", "inc": "incorporation",
    "info": "information", "inv": "investment", "invst": "investment", "mgmt": "management", "mnthly": "monthly",
    "num": "number", "oth": "other", "pct": "percentage", "pd": "period", "reg": "registrant", "rep": "report",
    "rpt": "reporting", "rt": "rate", "sec": "security", "tot": "total", "val": "value",
}  # fmt: skip
_CAPITALS = frozenset({
    "ats", "bd", "cfi", "cik", "cmbs", "crd", "cusip", "etf", "ein", "fdic", "id", "ira", "irs", "isda", "isin",
    "lei", "lp", "mpid", "nav", "nms", "nport", "nsa", "otc", "pcaob", "reit", "rssd", "sec", "usd", "us",
})  # fmt: skip
_PIECE = regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+[a-z]?(?![a-z])|\d+")
_WIDGET = regex(r"^(?:rb|cb|txt|tx|ta|dt)(?=[A-Z])")
"""What the user interface of Form ATS-N left in its element names: radio button, check box, text, text area."""
_QUESTION = regex(r"is|has|have|did|was|are|rb|cb|provide|not|no[A-Z]|aff10b5|equitySwap|form[34]|\w+Flag$")
_NO_QUESTION = regex(r"\w*(?:name|title|code|class|type|initial)$", re.I)
_RUN_TOGETHER = regex("^registrant(?=[a-z])")
"""Form N-CEN has `registrantstreet1`."""
_ANSWERS = {"true": "Yes", "false": "No", "y": "Yes", "n": "No", "1": "Yes", "0": "No"}
_LONGEST_ANSWER = max(map(len, _ANSWERS))


@lru_cache(maxsize=4096)
def label(name: str) -> str:
    """Return an element's name as words.

    >>> label("rptOwnerZipCode"), label("rbPart2Item5aIsOffered"), label("isTenPercentOwner")
    ('Reporting owner zip code', 'Part 2 item 5a is offered', 'Ten percent owner')
    """
    if name in LABELS:
        return LABELS[name]
    words = [_word(piece) for piece in _PIECE.findall(_RUN_TOGETHER.sub("registrant ", _WIDGET.sub("", name)))]
    if len(words) > 1 and words[0] == "is":
        del words[0]
    if len(words) > 1 and words[-1] == "no":
        words[-1] = "number"
    text = " ".join(words) or name
    return text[:1].upper() + text[1:]


def meaning(name: str, value: str) -> str:
    """Return an element's value as a person reads it: a code with what it means, Yes and No for check boxes.

    >>> meaning("transactionCode", "S"), meaning("isDirector", "1"), meaning("transactionShares", "1")
    ('S (open market or private sale)', 'Yes', '1')
    >>> meaning("stateOrCountry", "K3")
    'K3 (Hong Kong)'
    """
    if (name in CODES and (known := CODES[name].get(value))) or (len(value) == 2 and (known := _place(name, value))):
        return f"{value} ({known})"
    if len(value) > _LONGEST_ANSWER:
        return value
    answer = _ANSWERS.get(value.lower(), value)
    if value.isdecimal():
        return answer if _QUESTION.match(name) else value
    return value if len(value) == 1 and _NO_QUESTION.match(name) else answer


def _place(name: str, value: str) -> str:
    return STATES.get(value.lower(), "") if _PLACE.fullmatch(name) else ""


def form_heading(name: str) -> str:
    """Return what a form type, without `/A`, or a root element is called at the top of its text; empty if unknown.

    >>> form_heading("4"), form_heading("SCHEDULE 13D"), form_heading("ownershipDocument")
    ('Form 4: Statement of changes in beneficial ownership', 'Schedule 13D: Beneficial ownership report', '')
    """
    called = title(name)
    own = _NAMES.get(name, f"Form {name}" if called else "")
    return ": ".join(part for part in (own, called) if part)


def _word(piece: str) -> str:
    lower = piece.lower()
    if lower in _CAPITALS:
        return piece.upper()
    if piece.isupper() and len(piece) > 1:
        return piece
    return _WORDS.get(lower, lower)
