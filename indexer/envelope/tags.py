"""The header's vocabulary as data: every tag, its label in the tab dialect, where it stands, and which field it fills.

Sources: the tag dialect's document type definition in the SEC's EDGAR Public Dissemination Service Technical
Specification (December 2020, table 8), and the labels of real tab headers of 1993 to 2026. No parsing here.
"""

from collections.abc import Mapping
from typing import NamedTuple

from indexer.edgar.roles import Role

TOP = ""
"""The place of what stands in no container."""


class Tag(NamedTuple):
    """One tag of the header."""

    name: str
    """In the tag dialect's spelling: `CONFORMED-NAME`."""
    labels: tuple[str, ...] = ()
    """In the tab dialect: `COMPANY CONFORMED NAME`; empty where that dialect prints the tag itself."""
    inside: tuple[str, ...] = (TOP,)
    """The containers it may stand in."""
    field: str = ""
    """The attribute it fills, `Party.cik`; empty where it is kept in `Header.fields` only."""
    container: bool = False


PARTIES = tuple(role.value.upper() for role in Role)
DATA = ("COMPANY-DATA", "OWNER-DATA")
ADDRESSES = ("BUSINESS-ADDRESS", "MAIL-ADDRESS")
FORMER = ("FORMER-COMPANY", "FORMER-NAME")
SERIES = ("SERIES", "NEW-SERIES")
CONTRACTS = (
    "NEW-SERIES-AND-CLASSES-CONTRACTS",
    "EXISTING-SERIES-AND-CLASSES-CONTRACTS",
    "MERGER-SERIES-AND-CLASSES-CONTRACTS",
    "NEW-CLASSES-CONTRACTS",
    "ACQUIRING-DATA",
    "TARGET-DATA",
)

PARTY_LABELS = {
    "FILER": ("FILER",),
    "SUBJECT-COMPANY": ("SUBJECT COMPANY",),
    "FILED-BY": ("FILED BY",),
    "FILED-FOR": ("FILED FOR",),
    "REPORTING-OWNER": ("REPORTING-OWNER", "REPORTING OWNER"),
    "ISSUER": ("ISSUER",),
    "SERIAL-COMPANY": ("SERIAL COMPANY",),
    "DEPOSITOR": ("DEPOSITOR",),
    "SECURITIZER": ("SECURITIZER",),
    "UNDERWRITER": ("UNDERWRITER",),
    "ISSUING-ENTITY": ("ISSUING_ENTITY", "ISSUING ENTITY"),
}


def _top(name: str, label: str = "", field: str = "") -> Tag:
    return Tag(name, (label,) if label else (), field=field)


def _container(name: str, label: str, inside: tuple[str, ...], field: str = "") -> Tag:
    return Tag(name, (label,) if label else (), inside, field, container=True)


ENVELOPE = (
    Tag("SEC-DOCUMENT", field="Header.disseminated"),
    Tag("IMS-DOCUMENT", field="Header.disseminated"),
    Tag("SEC-HEADER"),
    Tag("IMS-HEADER"),
    Tag("SUBMISSION"),
)
"""Tags around the header and the documents; they open no container within the header."""

SUBMISSION = (
    _top("ACCEPTANCE-DATETIME", "ACCEPTANCE DATETIME", "Header.accepted"),
    _top("CORRECTION"),
    _top("TIMESTAMP"),
    _top("PAPER", "PAPER"),
    _top("PRIVATE-TO-PUBLIC"),
    Tag(
        "ACCESSION-NUMBER",
        ("ACCESSION NUMBER",),
        (TOP, "MULTI-ACCESSION-NUMBERS"),
        "Header.accession_number",
    ),
    _top("DELETION"),
    _top("TYPE", "CONFORMED SUBMISSION TYPE", "Header.form"),
    _top("CATEGORY"),
    _top("CONFIRMING-COPY", "CONFIRMING COPY"),
    _top("PUBLIC-DOCUMENT-COUNT", "PUBLIC DOCUMENT COUNT", "Header.document_count"),
    _top("REFERENCE-462B", "REFERENCE 462B"),
    _top("REFERENCES-429", "REFERENCES 429"),
    _top("PERIOD", "CONFORMED PERIOD OF REPORT", "Header.period"),
    _top("DEPOSITOR-CIK"),
    _top("DEPOSITOR-FILE-NUMBER"),
    _top("SPONSOR-CIK"),
    _top("SECURITIZER-CIK"),
    _top("SECURITIZER-FILE-NUMBER"),
    _top("ISSUING-ENTITY-CIK"),
    _top("ISSUING-ENTITY-NAME"),
    _top("ITEMS", "ITEM INFORMATION", "Header.items"),
    _top("ITEM", "", "Header.items"),
    _top("RULE"),
    _top("MA-I_INDIVIDUAL"),
    _top("FILING-DATE", "FILED AS OF DATE", "Header.filed"),
    _top("DATE-OF-FILING-DATE-CHANGE", "DATE AS OF CHANGE", "Header.changed"),
    _top("ACTION-DATE", "ACTION DATE"),
    Tag("RECEIVED-DATE", ("RECEIVED DATE", "RECIEVED DATE")),
    _top("EFFECTIVENESS-DATE", "EFFECTIVENESS DATE", "Header.effective"),
    _top("PUBLIC-REL-DATE"),
    _top("GROUP-MEMBERS", "GROUP MEMBERS", "Header.group_members"),
    _top("SROS", "SROS"),
    _top("FLAWED"),
    _top("ABS-RULE", "ABS RULE"),
    _top("PERIOD-START", "PERIOD START"),
    _top("NO-INITIAL-PERIOD-ACTIVITY"),
    _top("NO-QUARTERLY-ACTIVITY"),
    _top("NO-ANNUAL-ACTIVITY"),
    _top("REGISTERED-ENTITY", "REGISTERED ENTITY"),
    _top("ABS-ASSET-CLASS", "ABS ASSET CLASS"),
    _top("PUBLIC-REFERENCE-ACC", "PUBLIC REFERENCE ACCESSION NUMBER"),
    _top("WITHDRAWN-ACCESSION-NUMBER", "WITHDRAWN ACCESSION NUMBER"),
    _top("PREVIOUS-ACCESSION-NUMBER", "PREVIOUS ACCESSION NUMBER"),
    _container("MULTI-ACCESSION-NUMBERS", "MULTI ACCESSION NUMBERS", (TOP,)),
)
"""What the header says of the submission as a whole."""

PARTY = (
    *(Tag(name, PARTY_LABELS[name], (TOP,), "Header.parties", container=True) for name in PARTIES),
    _container("COMPANY-DATA", "COMPANY DATA", PARTIES),
    _container("OWNER-DATA", "OWNER DATA", PARTIES),
    Tag("CONFORMED-NAME", ("COMPANY CONFORMED NAME",), DATA, "Party.name"),
    Tag("CIK", ("CENTRAL INDEX KEY",), DATA, "Party.cik"),
    Tag("ASSIGNED-SIC", ("STANDARD INDUSTRIAL CLASSIFICATION",), DATA, "Party.sic"),
    Tag("ORGANIZATION-NAME", ("ORGANIZATION NAME",), DATA, "Party.organization_name"),
    Tag("IRS-NUMBER", ("IRS NUMBER", "EIN"), DATA, "Party.irs_number"),
    Tag("STATE-OF-INCORPORATION", ("STATE OF INCORPORATION",), DATA, "Party.state_of_incorporation"),
    Tag("FISCAL-YEAR-END", ("FISCAL YEAR END",), DATA, "Party.fiscal_year_end"),
    Tag("RELATIONSHIP", ("RELATIONSHIP",), (*DATA, *PARTIES), "Party.relationship"),
    _container("FILING-VALUES", "FILING VALUES", PARTIES, "Party.filing_values"),
    Tag("FORM-TYPE", ("FORM TYPE",), ("FILING-VALUES",), "FilingValues.form_type"),
    Tag("ACT", ("SEC ACT",), ("FILING-VALUES",), "FilingValues.act"),
    Tag("FILE-NUMBER", ("SEC FILE NUMBER",), ("FILING-VALUES",), "FilingValues.file_number"),
    Tag("FILM-NUMBER", ("FILM NUMBER",), ("FILING-VALUES",), "FilingValues.film_number"),
    _container("BUSINESS-ADDRESS", "BUSINESS ADDRESS", PARTIES, "Party.business_address"),
    _container("MAIL-ADDRESS", "MAIL ADDRESS", PARTIES, "Party.mail_address"),
    Tag("STREET1", ("STREET 1",), ADDRESSES, "Address.street1"),
    Tag("STREET2", ("STREET 2",), ADDRESSES, "Address.street2"),
    Tag("CITY", ("CITY",), ADDRESSES, "Address.city"),
    Tag("STATE", ("STATE",), ADDRESSES, "Address.state"),
    Tag("ZIP", ("ZIP",), ADDRESSES, "Address.zip"),
    Tag("PHONE", ("BUSINESS PHONE",), ADDRESSES, "Address.phone"),
    Tag("NON-US-STATE-TERRITORY", ("NON US STATE TERRITORY",), ADDRESSES),
    Tag("ADDRESS-IS-A-NON-US-LOCATION", ("ADDRESS IS A NON US LOCATION",), ADDRESSES),
    _container("FORMER-COMPANY", "FORMER COMPANY", PARTIES, "Party.former_names"),
    _container("FORMER-NAME", "FORMER NAME", PARTIES, "Party.former_names"),
    Tag("FORMER-CONFORMED-NAME", ("FORMER CONFORMED NAME",), FORMER, "FormerName.name"),
    Tag("DATE-CHANGED", ("DATE OF NAME CHANGE",), FORMER, "FormerName.changed"),
)
"""A party, and what is said of it."""

SERIES_AND_CLASSES = (
    _container("SERIES-AND-CLASSES-CONTRACTS-DATA", "", (TOP,)),
    *(_container(name, "", ("SERIES-AND-CLASSES-CONTRACTS-DATA", *CONTRACTS)) for name in CONTRACTS),
    *(_container(name, "", CONTRACTS, "Header.series") for name in SERIES),
    Tag("OWNER-CIK", (), (*SERIES, *CONTRACTS), "Series.owner_cik"),
    Tag("SERIES-ID", (), SERIES, "Series.id"),
    Tag("SERIES-NAME", (), SERIES, "Series.name"),
    _container("CLASS-CONTRACT", "", SERIES, "Series.classes"),
    Tag("CLASS-CONTRACT-ID", (), ("CLASS-CONTRACT",), "ShareClass.id"),
    Tag("CLASS-CONTRACT-NAME", (), ("CLASS-CONTRACT",), "ShareClass.name"),
    Tag("CLASS-CONTRACT-TICKER-SYMBOL", (), ("CLASS-CONTRACT",), "ShareClass.ticker"),
)
"""The series of an investment company, and their classes."""

TAGS: Mapping[str, Tag] = {tag.name: tag for tag in (*ENVELOPE, *SUBMISSION, *PARTY, *SERIES_AND_CLASSES)}
"""By name."""

NAME_OF_LABEL: Mapping[str, str] = {label: tag.name for tag in TAGS.values() for label in tag.labels}
"""The tag of each label of the tab dialect."""


def tag_name(spelling: str) -> str:
    """Spell a tag as the table does: upper case, and `ISSUING_ENTITY` (the specification's spelling) with a hyphen.

    >>> tag_name("ISSUING_ENTITY")
    'ISSUING-ENTITY'
    """
    name = spelling.upper()
    return name if name in TAGS else name.replace("_", "-")
