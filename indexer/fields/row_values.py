"""The values of rows: what a document's rows have in each field, and where these stand among the places of a field.

The rows themselves are read from XML forms (`indexer.extract.xml_forms.form_rows`); which fields they have is said in
`indexer.fields.schema`.
"""

from collections.abc import Callable, Iterable, Sequence

from indexer.edgar.row_elements import DOLLARS_SINCE
from indexer.extracted import FormRow
from indexer.fields.entries import IndexedDocument, Values
from indexer.literals.decimals import decimal_term, millionths

VALUE_GAP = 1000
"""Places, at the least, from the last word of a value to the first word of the field's next (from its start, when it
has no words)."""
ROW_BITS = 11
VALUE_SPAN = 1 << ROW_BITS
"""The values of a field begin at multiples of this many places, the first at 0: those of a row, at the row's number."""
_LONGEST = 900
"""Words of a value in a row, so that each begins where its row does."""


def next_value(start: int, words: int) -> int:
    """Return where the next value of a field begins, when one begins at `start` and has so many words.

    >>> next_value(0, 3), next_value(2048, 0), next_value(0, 2000)
    (2048, 4096, 4096)
    """
    return -(-(start + max(0, words - 1) + VALUE_GAP) // VALUE_SPAN) * VALUE_SPAN


def rows_of(entry: IndexedDocument) -> Sequence[FormRow]:
    """Return the rows of the document; where it has none, one for each owner whose relationship the header tells."""
    return entry.extracted.rows or [
        FormRow(owner=party.name, owner_cik=party.cik, relationship=party.relationship)
        for party in entry.header.parties
        if party.relationship
    ]


def of_rows(pick: Callable[[FormRow], str]) -> Values:
    """Take a value for each row of a document, empty where the row has none; none at all where no row has any."""

    def values(entry: IndexedDocument) -> tuple[str, ...]:
        found = tuple(_cut(pick(row)) for row in rows_of(entry))
        return found if any(found) else ()

    return values


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST else " ".join(value.split()[:_LONGEST])


def numbers_of_rows(pick: Callable[[FormRow], str], unit: Callable[[IndexedDocument], int] = lambda _: 1) -> Values:
    """Take the decimal term of each row's number (`literals.decimals`), times what `unit` says of the document."""

    def values(entry: IndexedDocument) -> tuple[str, ...]:
        factor, numbers = unit(entry), (millionths(pick(row)) for row in rows_of(entry))
        found = tuple("" if number is None else decimal_term(number * factor) for number in numbers)
        return found if any(found) else ()

    return values


def dollars(entry: IndexedDocument) -> int:
    """Return how many dollars a value of 1 in the form is: 1000 in a Form 13F filed before `DOLLARS_SINCE`, else 1."""
    filed = entry.header.filed
    return 1000 if entry.header.form.startswith("13F") and filed and filed < DOLLARS_SINCE else 1


def row_owners(entry: IndexedDocument) -> tuple[str, ...]:
    """Return the owner of each row: name, CIK, and the names that the header has under that CIK."""
    names = {party.cik.lstrip("0"): " ".join(party.names) for party in entry.header.parties if party.cik}
    known = {row.owner_cik: names.get(row.owner_cik.lstrip("0"), "") for row in rows_of(entry)}
    values = of_rows(lambda row: f"{row.owner} {row.owner_cik} {known[row.owner_cik]}".strip())
    return tuple(values(entry))


def marks_of_rows(values: Iterable[str]) -> dict[str, list[int]]:
    """Tell where each of the values of rows stands, of which there is one for each row; those of none are left out.

    >>> marks_of_rows(["P", "", "S", "P"])
    {'p': [0, 6144], 's': [4096]}
    """
    found: dict[str, list[int]] = {}
    for row, value in enumerate(values):
        if value:
            found.setdefault(value.lower(), []).append(row * VALUE_SPAN)
    return found
