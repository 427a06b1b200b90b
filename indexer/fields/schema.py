"""The fields: what each is called, what kind it is, and which values of a document it holds.

This table is the one place that names them. The writers make their engine's schema from it, the query parser
checks names against it, `search --fields` and docs/edgar-fields.md print it. What an entry of an
index is, is in `indexer.fields.entries`; what is taken from headers and rows, in `header_values` and `row_values`.
"""

from enum import Enum
from functools import lru_cache

from indexer.analysis.tokenizer import words
from indexer.edgar.roles import Role
from indexer.fields.entries import IndexedDocument, Values
from indexer.fields.header_values import (
    address_line,
    business_state,
    day_number,
    distinct,
    former_names,
    listed_symbols,
    of_addresses,
    of_classes,
    of_filings,
    of_parties,
    of_role,
    series_values,
    tickers,
)
from indexer.fields.row_values import dollars, numbers_of_rows, of_rows, row_owners
from indexer.first_use import dataclass
from indexer.literals.amounts import amounts

SECTION, SECTION_END = "section", "section_end"
"""The keyword field of the sections' names, which is indexed with positions: a name stands where its section begins in
the field `text`, counted in words. In `section_end`, which cannot be asked, it stands where its section has ended."""

UNITS, PARAGRAPH, SENTENCE = "units", "paragraph", "sentence"
"""The field, which cannot be asked, in which `paragraph` stands where each paragraph of the field `text` begins,
counted in words, and `sentence` where each other sentence does."""

UNLOCATED = "unlocated"
"""The keyword field of the items that were looked for and not located, named as sections are."""
AMOUNT = "amount"
"""The keyword field of the dollar amounts of a text, in cents (`indexer.literals.amounts`)."""
DATE_BOUNDS = {"before": "<", "after": ">", "since": ">=", "until": "<="}
"""Names of the date filed, as mail and web search have them, and what each puts before its date."""
ROW_OWNER = "row_owner"
"""The owner of each row: what `owner` means beside other values of rows."""
LISTED = "listed"
"""The keyword field of symbols and the CIKs of their issuers, a blank between."""
WHOLE_NAME = "whole_name"
"""The keyword field of names in whole (`whole_name`)."""


class Kind(Enum):
    """How a field's values are compared."""

    TEXT = "words"
    """Split into words by `indexer.analysis.tokenizer`; phrases and inflections work."""
    KEYWORD = "value"
    """Compared whole, case ignored."""
    DATE = "date"
    """A day, indexed as the number YYYYMMDD; ranges work."""
    NUMBER = "number"
    DECIMAL = "decimal"
    """A number that may have a fraction, of a row, indexed as `indexer.literals.decimals` says; ranges work."""


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
        """Tell whether its values are compared whole and stand where their rows do."""
        return self.of_rows and self.kind is not Kind.TEXT


def whole_name(field: str, name: str) -> str:
    """Return what the index has for a whole name of a field of names: the field and the name's words.

    >>> whole_name("owner", "O'Brien, Siobhán")
    'owner o brien siobhan'
    """
    return f"{field} {_words_of(name)}"


@lru_cache(maxsize=1 << 10)
def _words_of(name: str) -> str:
    return b" ".join(words(name)).decode("utf-8", "replace")


def _whole_names(entry: IndexedDocument) -> tuple[str, ...]:
    return distinct(
        whole_name(field.name, name) for field in FIELDS if field.name in NAMES for name in field_values(entry, field)
    )


def _role_field(name: str, role: Role, who: str, *aliases: str) -> SchemaField:
    tag = role.value.upper()
    return SchemaField(name, Kind.TEXT, of_role(role), f"{who}: name, former names, CIK", aliases, tag)


def _row_field(name: str, kind: Kind, values: Values, about: str, *aliases: str) -> SchemaField:
    return SchemaField(name, kind, values, about, aliases, of_rows=True)


K = Kind
FIELDS: tuple[SchemaField, ...] = (
    # What the document says and is called
    SchemaField("text", K.TEXT, lambda e: (e.extracted.text,), "the document's text (the field of a bare word)"),
    SchemaField(
        "title",
        K.TEXT,
        lambda e: distinct((e.document.description, e.document.type)),
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
        "reading", K.KEYWORD, lambda e: (e.extracted.reading.value,), "text, empty, binary, rendered-data, unread"
    ),
    SchemaField(
        SECTION,
        K.KEYWORD,
        lambda e: distinct(name for section in e.extracted.sections for name in (section.name, section.subject)),
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
        "root_form", K.KEYWORD, lambda e: (e.header.root_form,), "form type without /A", ("root-form",), "TYPE"
    ),
    SchemaField(
        "filed", K.DATE, lambda e: day_number(e.header.filed), "date filed", ("date", *DATE_BOUNDS), "FILING-DATE"
    ),
    SchemaField("period", K.DATE, lambda e: day_number(e.header.period), "period of report", (), "PERIOD"),
    SchemaField(
        "accepted", K.DATE, lambda e: day_number(e.header.accepted), "day of acceptance", (), "ACCEPTANCE-DATETIME"
    ),
    SchemaField(
        "changed",
        K.DATE,
        lambda e: day_number(e.header.changed),
        "date of the last correction",
        (),
        "DATE-OF-FILING-DATE-CHANGE",
    ),
    SchemaField(
        "effective", K.DATE, lambda e: day_number(e.header.effective), "effectiveness date", (), "EFFECTIVENESS-DATE"
    ),
    SchemaField(
        "item",
        K.KEYWORD,
        lambda e: distinct(item.code for item in e.header.items),
        "item code: 7.01; 5 in the numbering before 2004-08-23",
        ("items",),
        "ITEMS",
    ),
    # Who
    SchemaField("cik", K.KEYWORD, of_parties(lambda p: p.cik), "CIK of any party", (), "CIK"),
    SchemaField(
        "company",
        K.TEXT,
        lambda e: distinct(name for party in e.header.parties for name in party.names),
        "name of any party, present or former",
        ("name",),
        "CONFORMED-NAME",
    ),
    SchemaField("former", K.TEXT, former_names, "former name of any party", ("former-name",), "FORMER-CONFORMED-NAME"),
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
        "sic", K.KEYWORD, of_parties(lambda p: p.sic), "standard industrial classification code", (), "ASSIGNED-SIC"
    ),
    SchemaField(
        "industry",
        K.TEXT,
        lambda e: distinct(v for p in e.header.parties for v in (p.sic_title, p.organization_name)),
        "industry by name",
        (),
        "ASSIGNED-SIC ORGANIZATION-NAME",
    ),
    SchemaField(
        "irs", K.KEYWORD, of_parties(lambda p: p.irs_number), "IRS number", ("ein", "irs-number"), "IRS-NUMBER"
    ),
    SchemaField("state", K.KEYWORD, of_parties(business_state), "state or country of business", ("located",), "STATE"),
    SchemaField(
        "incorporated",
        K.KEYWORD,
        of_parties(lambda p: p.state_of_incorporation),
        "state or country of incorporation",
        ("state-of-incorporation", "inc"),
        "STATE-OF-INCORPORATION",
    ),
    SchemaField(
        "fiscal_year_end",
        K.KEYWORD,
        of_parties(lambda p: p.fiscal_year_end),
        "fiscal year end, MMDD",
        ("fiscal-year-end", "fye"),
        "FISCAL-YEAR-END",
    ),
    SchemaField(
        "address", K.TEXT, of_addresses(address_line), "business or mail address", (), "BUSINESS-ADDRESS MAIL-ADDRESS"
    ),
    SchemaField("city", K.TEXT, of_addresses(lambda a: a.city), "city of an address", (), "CITY"),
    SchemaField("zip", K.KEYWORD, of_addresses(lambda a: a.zip), "ZIP code of an address", (), "ZIP"),
    SchemaField("phone", K.TEXT, of_addresses(lambda a: a.phone), "business phone", (), "PHONE"),
    SchemaField(
        "file_number", K.KEYWORD, of_filings("file_number"), "SEC file number", ("file-number",), "FILE-NUMBER"
    ),
    SchemaField("film_number", K.KEYWORD, of_filings("film_number"), "film number", ("film-number",), "FILM-NUMBER"),
    SchemaField("act", K.KEYWORD, of_filings("act"), "Act: 33, 34, 40", (), "ACT"),
    # Investment companies
    SchemaField("series", K.TEXT, series_values, "series: id, name", (), "SERIES-ID SERIES-NAME"),
    SchemaField(
        "share_class",
        K.TEXT,
        of_classes(("id", "name")),
        "class or contract: id, name",
        ("class",),
        "CLASS-CONTRACT-ID CLASS-CONTRACT-NAME",
    ),
    SchemaField(
        "ticker",
        K.KEYWORD,
        tickers,
        "ticker symbol of a class, of an issuer in Forms 3, 4, 5, of a cover page",
        ("symbol",),
        "CLASS-CONTRACT-TICKER-SYMBOL",
    ),
    # Rows of XML forms
    _row_field(
        "transaction",
        K.KEYWORD,
        of_rows(lambda row: row.transaction),
        "transaction code of a row of Forms 3, 4, 5: P, S, A",
        "transaction-code",
    ),
    _row_field(
        "officer_title",
        K.TEXT,
        of_rows(lambda row: row.officer_title),
        "officer title of the owner of a row of Forms 3, 4, 5",
        "officer-title",
    ),
    _row_field(
        "shares",
        K.DECIMAL,
        numbers_of_rows(lambda row: row.shares),
        "shares of a row: traded, or held (Forms 3, 4, 5, 13F, Schedules 13D, 13G)",
    ),
    _row_field(
        "price",
        K.DECIMAL,
        numbers_of_rows(lambda row: row.price),
        "price of a share in a row of Forms 4, 5, in dollars",
    ),
    _row_field(
        "holding",
        K.TEXT,
        of_rows(lambda row: row.holding),
        "what a row of Form 13F, N-PORT, Schedule 13D or 13G holds: issuer, class, CUSIP",
    ),
    _row_field(
        "value",
        K.DECIMAL,
        numbers_of_rows(lambda row: row.value, dollars),
        "value of a holding in a row of Form 13F, N-PORT, in dollars",
    ),
    _row_field(
        "percent",
        K.DECIMAL,
        numbers_of_rows(lambda row: row.percent),
        "percent of the class in a row of Schedules 13D, 13G",
    ),
    # Asked through others
    SchemaField(
        ROW_OWNER, K.TEXT, row_owners, "owner of a row, as `owner` is asked beside values of rows", (), "", True, True
    ),
    SchemaField(LISTED, K.KEYWORD, listed_symbols, "ticker symbols with the CIK of their issuer", hidden=True),
    SchemaField(WHOLE_NAME, K.KEYWORD, _whole_names, "whole names, as `company:=` asks for them", hidden=True),
)

BY_NAME = {name: field for field in FIELDS for name in (field.name, *field.aliases)}
"""Every name and alias, lower case; a query may also write `_` for `-` and the other way round."""
BY_DOCUMENT = frozenset(name for name, field in BY_NAME.items() if field.kind in {K.DATE, K.NUMBER})
"""The names of those of which each document has one number, kept by document."""
ASKED = tuple(field for field in FIELDS if not field.hidden)
"""The fields that can be asked by name."""
NAMES = frozenset(
    {"company", "former", "filer", "subject", "filed_by", "filed_for", "owner", "issuer", "serial_company", "depositor"}
    | {"securitizer", "underwriter", "issuing_entity", "group_member"}
)
"""The fields of names of parties, some of them with CIKs."""


def field_values(entry: IndexedDocument, field: SchemaField) -> tuple[str, ...]:
    """Return the field's values for the entry; empty ones only where they stand for a row that has none."""
    values = tuple(field.values(entry))
    return values if field.of_rows else tuple(filter(None, values))
