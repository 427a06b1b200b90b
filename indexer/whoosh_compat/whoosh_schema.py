"""Make Whoosh's schema from ours, with Whoosh's own field types only, so that any Whoosh 2.7.4 opens the index.

Apart from `stock`, which writes by it, because every table of contents has it, whatever codec its segments are of.
"""

from typing import Any

from whoosh import fields
from whoosh.analysis import IDAnalyzer, LowercaseFilter, RegexTokenizer
from whoosh.columns import NumericColumn, RefBytesColumn

from indexer.fields.entries import StoredDocument
from indexer.fields.schema import FIELDS, SECTION, Kind
from indexer.fields.text_marks import MARKS

STORED = StoredDocument._fields
"""The names of what is kept of a document for showing it."""


def whoosh_schema() -> Any:
    """Make the Whoosh schema: a field for each of ours, stored fields to show, columns to group and sort by."""
    schema = fields.Schema()
    for field in (field for field in FIELDS if field.name != SECTION):
        kind = _marks_type() if field.is_marked else _field_type(field.kind, stored=field.name in STORED)
        schema.add(field.name, kind)
    for name in MARKS:
        schema.add(name, _marks_type())
    for name in STORED:
        if name not in schema:
            schema.add(name, fields.STORED())
    schema.add("filing", fields.COLUMN(NumericColumn("q", default=0)))
    schema.add("company_sort", fields.COLUMN(RefBytesColumn()))
    return schema


def _field_type(kind: Kind, *, stored: bool) -> Any:
    match kind:
        case Kind.TEXT:
            return fields.TEXT(analyzer=RegexTokenizer(r"[^\W_]+") | LowercaseFilter(), stored=stored)
        case Kind.KEYWORD:
            keyword = fields.ID(stored=stored, analyzer=IDAnalyzer(lowercase=True))
            keyword.scorable = False
            return keyword
        case Kind.DATE | Kind.NUMBER:
            return fields.NUMERIC(int, bits=32, shift_step=0, sortable=True, default=0, stored=stored)
        case Kind.DECIMAL:
            raise ValueError("a decimal stands in a row")


def _marks_type() -> Any:
    """Make the type of whole values with positions, which a keyword field of Whoosh's has not."""
    marks = fields.TEXT(analyzer=IDAnalyzer(lowercase=True), stored=False)
    marks.scorable = False
    return marks
