"""The fields: what each is called, what kind it is, and which values of a document it holds.

This table is the one place that names them. The writers make their engine's schema from it, the query parser
checks names against it, `search --fields` and docs/edgar-fields.md print it. One index entry is one document of
a submission, with the header's fields on every entry.
"""

from __future__ import annotations  # asking needs the table only, and so need not load what it is filled from

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from indexer.amounts import amounts
from indexer.analysis import words
from indexer.edgar.roles import Role
from indexer.row_values import dollars, numbers_of_rows, of_rows, row_owners

if TYPE_CHECKING:
    from indexer.filings import Address, Document, ExtractedText, Header, Party

VERSION = 3
"""Of the fields and of how they are filled; an index of a newer version is refused, of an older one rebuilt."""

SECTION, SECTION_END = "section", "section_end"
"""The keyword field of the sections' names, which is indexed with positions: a name stands where its section begins in
the field `text`, counted in words. In `section_end`, which cannot be asked, it stands where its section has ended."""

UNITS, PARAGRAPH, SENTENCE = "units", "paragraph", "sentence"
"""The field, which cannot be asked, in which `paragraph` stands where each paragraph of the field `text` begins,
counted in words, and `sentence` where each other sentence does."""

UNLOCATED = "unlocated"
"""The keyword field of the items that were looked for and not located, named as sections are."""
AMOUNT = "amount"
"""The keyword field of the dollar amounts of a text, in cents (`indexer.amounts`)."""
ROW_OWNER = "row_owner"
"""The owner of each row: what `owner` means beside other values of rows."""
LISTED = "listed"
"""The keyword field of symbols and the CIKs of their issuers, a blank between."""
WHOLE_NAME = "whole_name"
"""The keyword field of names in whole (`whole_name`)."""


class Kind(Enum):
    """How a field's values are compared."""

    TEXT = "words"
    """Split into words by `indexer.analysis`; phrases and inflections work."""
    KEYWORD = "value"
    """Compared whole, case ignored."""
    DATE = "date"
    """A day, indexed as the number YYYYMMDD; ranges work."""
    NUMBER = "number"
    DECIMAL = "decimal"
    """A number that may have a fraction, of a row, indexed as `indexer.decimals` says; ranges work."""


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """One entry: a document, the header of its submission, its text, and where it came from."""

    header: Header
    document: Document
    extracted: ExtractedText
    source: str
    """The file, and ` > member` for a member of an archive."""
    sha256: str = ""
    """Of the submission's bytes, hexadecimal."""
    name: str = ""
    """What the document is called within its submission (see `document_names`)."""

    @property
    def submission_id(self) -> str:
        """The accession number; where the header has none, `sha256-` and 16 digits of the submission's hash."""
        return self.header.accession_number or f"sha256-{self.sha256[:16]}"

    @property
    def id(self) -> str:
        """`accession:name`."""
        return f"{self.submission_id}:{self.name or self.document.filename or self.document.ordinal}"

    @property
    def filing_key(self) -> int:
        """A 63-bit number that documents of one submission share and others do not."""
        digits = self.submission_id.replace("-", "")
        if len(digits) == 18 and digits.isdecimal():
            return int(digits)
        from hashlib import blake2b  # noqa: PLC0415  (as above)

        return -int.from_bytes(blake2b(self.submission_id.encode(), digest_size=7).digest(), "big") - 1


def document_names(documents: Sequence[Document]) -> list[str]:
    """What each document is called: its filename; its ordinal where it has none, or another has the same."""
    times = Counter(document.filename for document in documents)
    return [
        document.filename if document.filename and times[document.filename] == 1 else str(document.ordinal)
        for document in documents
    ]


Values = Callable[[IndexedDocument], Iterable[str]]


@dataclass(frozen=True, slots=True)
class SchemaField:
    """One searchable field."""

    name: str
    kind: Kind
    values: Values
    """The field's values for a document; dates as YYYYMMDD, numbers as digits."""
    about: str
    aliases: tuple[str, ...] = ()
    tags: str = ""
    """The header tags it is read from, in the tag dialect's spelling."""
    of_rows: bool = False
    """Whether it has a value for each row of the document, empty where the row has none; none for no row at all."""
    hidden: bool = False
    """Whether it cannot be asked by its name, only through others."""

    @property
    def is_marked(self) -> bool:
        """Whether its values are compared whole and stand where their rows do."""
        return self.of_rows and self.kind is not Kind.TEXT


def _day(day: date | None) -> tuple[str, ...]:
    return (day.strftime("%Y%m%d"),) if day else ()


def _of_parties(pick: Callable[[Party], str]) -> Values:
    return lambda entry: _distinct(pick(party) for party in entry.header.parties)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _tickers(entry: IndexedDocument) -> tuple[str, ...]:
    return _distinct((*_classes(("ticker",))(entry), *entry.extracted.symbols))


def _listed(entry: IndexedDocument) -> tuple[str, ...]:
    """Return each symbol with the CIK of the one issuer or filer whose it is."""
    ciks = {party.cik for party in entry.header.parties if party.role is Role.ISSUER and party.cik} or {
        party.cik for party in entry.header.parties if party.role is Role.FILER and party.cik
    }
    return tuple(f"{symbol} {cik}" for symbol in entry.extracted.symbols for cik in ciks if len(ciks) == 1)


def whole_name(field: str, name: str) -> str:
    """Return what the index has for a whole name of a field of names: the field and the name's words.

    >>> whole_name("owner", "O'Brien, Siobhán")
    'owner o brien siobhan'
    """
    return f"{field} {b' '.join(words(name)).decode('utf-8', 'replace')}"


def _whole_names(entry: IndexedDocument) -> tuple[str, ...]:
    return _distinct(
        whole_name(field.name, name) for field in FIELDS if field.name in NAMES for name in field_values(entry, field)
    )


def _former_names(entry: IndexedDocument) -> tuple[str, ...]:
    return _distinct(former.name for party in entry.header.parties for former in party.former_names)


def _with_role(role: Role) -> Values:
    def values(entry: IndexedDocument) -> tuple[str, ...]:
        parties = [party for party in entry.header.parties if party.role is role]
        return _distinct(value for party in parties for value in (*party.names, party.cik))

    return values


def _addresses(party: Party) -> Iterator[Address]:
    yield from (address for address in (party.business_address, party.mail_address) if address)


def _address_values(pick: Callable[[Address], str]) -> Values:
    return lambda entry: _distinct(pick(address) for party in entry.header.parties for address in _addresses(party))


def _business_state(party: Party) -> str:
    return party.business_address.state if party.business_address else ""


def _address_line(address: Address) -> str:
    parts = (address.street1, address.street2, address.city, address.state, address.zip)
    return " ".join(part for part in parts if part)


def _filing_values(name: str) -> Values:
    return lambda entry: _distinct(
        getattr(values, name) for party in entry.header.parties for values in party.filing_values
    )


def _series(entry: IndexedDocument) -> tuple[str, ...]:
    return _distinct(value for series in entry.header.series for value in (series.id, series.name))


def _classes(pick: tuple[str, ...]) -> Values:
    return lambda entry: _distinct(
        getattr(share_class, name) for series in entry.header.series for share_class in series.classes for name in pick
    )


def _role_field(name: str, role: Role, who: str, *aliases: str) -> SchemaField:
    tag = role.value.upper()
    return SchemaField(name, Kind.TEXT, _with_role(role), f"{who}: name, former names, CIK", aliases, tag)


K = Kind
FIELDS: tuple[SchemaField, ...] = (
    # What the document says and is called
    SchemaField("text", K.TEXT, lambda e: (e.extracted.text,), "the document's text (the field of a bare word)"),
    SchemaField(
        "title",
        K.TEXT,
        lambda e: _distinct((e.document.description, e.document.type)),
        "what the document is called: description and type",
    ),
    SchemaField("type", K.KEYWORD, lambda e: (e.document.type,), "document type: 8-K, EX-99.1", ("exhibit",), "TYPE"),
    SchemaField("description", K.TEXT, lambda e: (e.document.description,), "document description", (), "DESCRIPTION"),
    SchemaField("filename", K.KEYWORD, lambda e: (e.document.filename,), "document file name", ("file",), "FILENAME"),
    SchemaField(
        "sequence",
        K.NUMBER,
        lambda e: () if e.document.sequence is None else (str(e.document.sequence),),
        "document sequence, 1 for the main document",
        (),
        "SEQUENCE",
    ),
    SchemaField(
        "reading",
        K.KEYWORD,
        lambda e: (e.extracted.reading.value,),
        "text, empty, binary, rendered-data, unread",
    ),
    SchemaField(
        SECTION,
        K.KEYWORD,
        lambda e: _distinct(name for section in e.extracted.sections for name in (section.name, section.subject)),
        "section of a document, by its item (1A, 7.01, I.2) or what it is about; bounds the words beside it",
    ),
    SchemaField(
        UNLOCATED,
        K.KEYWORD,
        lambda e: e.extracted.unlocated,
        "item of the document that was looked for and not located: 10, I.2, or what it is about",
    ),
    SchemaField(
        AMOUNT,
        K.KEYWORD,
        lambda e: amounts(e.extracted.text),
        "dollar amount in the text, scale words read: 1500000, 1.5m, 1m..2m",
    ),
    # The submission
    SchemaField(
        "accession",
        K.KEYWORD,
        lambda e: (e.submission_id,),
        "accession number",
        ("adsh", "accession-number"),
        "ACCESSION-NUMBER",
    ),
    SchemaField("form", K.KEYWORD, lambda e: (e.header.form,), "form type with its family: 8-K, 10-K", (), "TYPE"),
    SchemaField(
        "root_form",
        K.KEYWORD,
        lambda e: (e.header.root_form,),
        "form type without /A",
        ("root-form",),
        "TYPE",
    ),
    SchemaField("filed", K.DATE, lambda e: _day(e.header.filed), "date filed", ("date",), "FILING-DATE"),
    SchemaField("period", K.DATE, lambda e: _day(e.header.period), "period of report", (), "PERIOD"),
    SchemaField("accepted", K.DATE, lambda e: _day(e.header.accepted), "day of acceptance", (), "ACCEPTANCE-DATETIME"),
    SchemaField(
        "changed",
        K.DATE,
        lambda e: _day(e.header.changed),
        "date of the last correction",
        (),
        "DATE-OF-FILING-DATE-CHANGE",
    ),
    SchemaField(
        "effective",
        K.DATE,
        lambda e: _day(e.header.effective),
        "effectiveness date",
        (),
        "EFFECTIVENESS-DATE",
    ),
    SchemaField(
        "item",
        K.KEYWORD,
        lambda e: _distinct(item.code for item in e.header.items),
        "item code: 7.01; 5 in the numbering before 2004-08-23",
        ("items",),
        "ITEMS",
    ),
    # Who
    SchemaField("cik", K.KEYWORD, _of_parties(lambda p: p.cik), "CIK of any party", (), "CIK"),
    SchemaField(
        "company",
        K.TEXT,
        lambda e: _distinct(name for party in e.header.parties for name in party.names),
        "name of any party, present or former",
        ("name",),
        "CONFORMED-NAME",
    ),
    SchemaField("former", K.TEXT, _former_names, "former name of any party", ("former-name",), "FORMER-CONFORMED-NAME"),
    _role_field("filer", Role.FILER, "filer"),
    _role_field("subject", Role.SUBJECT_COMPANY, "subject company", "subject-company"),
    _role_field("filed_by", Role.FILED_BY, "who filed about the subject company", "filed-by"),
    _role_field("filed_for", Role.FILED_FOR, "whom an SEC letter was filed for", "filed-for"),
    _role_field("owner", Role.REPORTING_OWNER, "reporting owner (Forms 3, 4, 5)", "reporting-owner"),
    _role_field("issuer", Role.ISSUER, "issuer (Forms 3, 4, 5)"),
    _role_field("serial_company", Role.SERIAL_COMPANY, "serial company", "serial-company"),
    _role_field("depositor", Role.DEPOSITOR, "depositor (asset-backed)"),
    _role_field("securitizer", Role.SECURITIZER, "securitizer (asset-backed)"),
    _role_field("underwriter", Role.UNDERWRITER, "underwriter"),
    _role_field("issuing_entity", Role.ISSUING_ENTITY, "issuing entity (asset-backed)", "issuing-entity"),
    SchemaField(
        "relationship",
        K.TEXT,
        of_rows(lambda row: row.relationship),
        "owner's relationship: Director, Officer: President, 10% owner",
        (),
        "RELATIONSHIP",
        of_rows=True,
    ),
    SchemaField(
        "group_member",
        K.TEXT,
        lambda e: e.header.group_members,
        "group member (Schedules 13D, 13G)",
        ("group-member", "group"),
        "GROUP-MEMBERS",
    ),
    SchemaField(
        "sic",
        K.KEYWORD,
        _of_parties(lambda p: p.sic),
        "standard industrial classification code",
        (),
        "ASSIGNED-SIC",
    ),
    SchemaField(
        "industry",
        K.TEXT,
        lambda e: _distinct(v for p in e.header.parties for v in (p.sic_title, p.organization_name)),
        "industry by name",
        (),
        "ASSIGNED-SIC ORGANIZATION-NAME",
    ),
    SchemaField(
        "irs",
        K.KEYWORD,
        _of_parties(lambda p: p.irs_number),
        "IRS number",
        ("ein", "irs-number"),
        "IRS-NUMBER",
    ),
    SchemaField(
        "state",
        K.KEYWORD,
        _of_parties(_business_state),
        "state or country of business",
        ("located",),
        "STATE",
    ),
    SchemaField(
        "incorporated",
        K.KEYWORD,
        _of_parties(lambda p: p.state_of_incorporation),
        "state or country of incorporation",
        ("state-of-incorporation", "inc"),
        "STATE-OF-INCORPORATION",
    ),
    SchemaField(
        "fiscal_year_end",
        K.KEYWORD,
        _of_parties(lambda p: p.fiscal_year_end),
        "fiscal year end, MMDD",
        ("fiscal-year-end", "fye"),
        "FISCAL-YEAR-END",
    ),
    SchemaField(
        "address",
        K.TEXT,
        _address_values(_address_line),
        "business or mail address",
        (),
        "BUSINESS-ADDRESS MAIL-ADDRESS",
    ),
    SchemaField("city", K.TEXT, _address_values(lambda a: a.city), "city of an address", (), "CITY"),
    SchemaField("zip", K.KEYWORD, _address_values(lambda a: a.zip), "ZIP code of an address", (), "ZIP"),
    SchemaField("phone", K.TEXT, _address_values(lambda a: a.phone), "business phone", (), "PHONE"),
    SchemaField(
        "file_number",
        K.KEYWORD,
        _filing_values("file_number"),
        "SEC file number",
        ("file-number",),
        "FILE-NUMBER",
    ),
    SchemaField(
        "film_number",
        K.KEYWORD,
        _filing_values("film_number"),
        "film number",
        ("film-number",),
        "FILM-NUMBER",
    ),
    SchemaField("act", K.KEYWORD, _filing_values("act"), "Act: 33, 34, 40", (), "ACT"),
    # Investment companies
    SchemaField("series", K.TEXT, _series, "series: id, name", (), "SERIES-ID SERIES-NAME"),
    SchemaField(
        "share_class",
        K.TEXT,
        _classes(("id", "name")),
        "class or contract: id, name",
        ("class",),
        "CLASS-CONTRACT-ID CLASS-CONTRACT-NAME",
    ),
    SchemaField(
        "ticker",
        K.KEYWORD,
        _tickers,
        "ticker symbol of a class, of an issuer in Forms 3, 4, 5, of a cover page",
        ("symbol",),
        "CLASS-CONTRACT-TICKER-SYMBOL",
    ),
    # Rows of XML forms
    SchemaField(
        "transaction",
        K.KEYWORD,
        of_rows(lambda row: row.transaction),
        "transaction code of a row of Forms 3, 4, 5: P, S, A",
        ("transaction-code",),
        of_rows=True,
    ),
    SchemaField(
        "officer_title",
        K.TEXT,
        of_rows(lambda row: row.officer_title),
        "officer title of the owner of a row of Forms 3, 4, 5",
        ("officer-title",),
        of_rows=True,
    ),
    SchemaField(
        "shares",
        K.DECIMAL,
        numbers_of_rows(lambda row: row.shares),
        "shares of a row: traded, or held (Forms 3, 4, 5, 13F, Schedules 13D, 13G)",
        of_rows=True,
    ),
    SchemaField(
        "price",
        K.DECIMAL,
        numbers_of_rows(lambda row: row.price),
        "price of a share in a row of Forms 4, 5, in dollars",
        of_rows=True,
    ),
    SchemaField(
        "holding",
        K.TEXT,
        of_rows(lambda row: row.holding),
        "what a row of Form 13F, N-PORT, Schedule 13D or 13G holds: issuer, class, CUSIP",
        of_rows=True,
    ),
    SchemaField(
        "value",
        K.DECIMAL,
        numbers_of_rows(lambda row: row.value, dollars),
        "value of a holding in a row of Form 13F, N-PORT, in dollars",
        of_rows=True,
    ),
    SchemaField(
        "percent",
        K.DECIMAL,
        numbers_of_rows(lambda row: row.percent),
        "percent of the class in a row of Schedules 13D, 13G",
        of_rows=True,
    ),
    # Asked through others
    SchemaField(
        ROW_OWNER, K.TEXT, row_owners, "owner of a row, as `owner` is asked beside values of rows", (), "", True, True
    ),
    SchemaField(LISTED, K.KEYWORD, _listed, "ticker symbols with the CIK of their issuer", hidden=True),
    SchemaField(WHOLE_NAME, K.KEYWORD, _whole_names, "whole names, as `company:=` asks for them", hidden=True),
)

BY_NAME = {name: field for field in FIELDS for name in (field.name, *field.aliases)}
"""Every name and alias, lower case; a query may also write `_` for `-` and the other way round."""
ASKED = tuple(field for field in FIELDS if not field.hidden)
"""The fields that can be asked by name."""
NAMES = frozenset(
    {"company", "former", "filer", "subject", "filed_by", "filed_for", "owner", "issuer", "serial_company", "depositor"}
    | {"securitizer", "underwriter", "issuing_entity", "group_member"}
)
"""The fields of names of parties, some of them with CIKs."""


def field_values(entry: IndexedDocument, field: SchemaField) -> tuple[str, ...]:
    """The field's values for the entry; empty ones only where they stand for a row that has none."""
    values = tuple(field.values(entry))
    return values if field.of_rows else tuple(filter(None, values))


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What an index keeps of an entry for showing it; engines store these fields under these names."""

    id: str
    accession: str
    form: str
    items: tuple[str, ...]
    roles: tuple[str, ...]
    """Of the parties, in the header's order; `names` and `ciks` run parallel."""
    names: tuple[str, ...]
    ciks: tuple[str, ...]
    type: str
    ordinal: int
    filename: str
    description: str
    reading: str
    source: str
    sha256: str
    text: str
    """Where the document's text lies in the text store (`indexer.texts.TextAddress`, printed)."""
    header: str
    """Where the submission's header lies, as it stood."""
    filed: int | None = None
    """YYYYMMDD, as is `period`."""
    period: int | None = None
    sequence: int | None = None

    @property
    def parties(self) -> list[str]:
        """The parties that have a name, each as its CIK, a tab, and its name."""
        return [f"{cik}\t{name}" for cik, name in zip(self.ciks, self.names, strict=True) if name]


def stored(entry: IndexedDocument, *, text: str, header: str) -> StoredDocument:
    """The entry as an index keeps it; `text` and `header` are printed text store addresses."""
    head, document, parties = entry.header, entry.document, entry.header.parties
    return StoredDocument(
        id=entry.id,
        accession=entry.submission_id,
        form=head.form,
        items=tuple(item.code or item.title for item in head.items),
        roles=tuple(party.role.value for party in parties),
        names=tuple(party.name for party in parties),
        ciks=tuple(party.cik for party in parties),
        type=document.type,
        ordinal=document.ordinal,
        filename=document.filename,
        description=document.description,
        reading=entry.extracted.reading.value,
        source=entry.source,
        sha256=entry.sha256,
        text=text,
        header=header,
        filed=_number(head.filed),
        period=_number(head.period),
        sequence=document.sequence,
    )


def _number(day: date | None) -> int | None:
    return int(day.strftime("%Y%m%d")) if day else None
