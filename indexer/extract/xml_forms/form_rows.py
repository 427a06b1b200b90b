"""The rows of an XML form as values: who traded what, what is held, by whom. Elements come from the module `xml`.

What an element means stands in `indexer.edgar.row_elements`. No XML is parsed here, and no text.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from indexer.edgar.row_elements import ISSUER, OF_EVERY_ROW, OFFICER_TITLE, OWNERS, RELATIONSHIP, ROWS, SYMBOL
from indexer.extract.xml_forms.forms import FormField, Group, Part
from indexer.extracted import FormRow

MOST = 250_000
"""Rows of a document that are kept."""
_LONGEST = 300
"""Characters of a value that are kept."""


_NOTED = frozenset({*ROWS, *OWNERS, *OF_EVERY_ROW, RELATIONSHIP, ISSUER})


class RowCollector:
    """Gathers the rows of one form from its elements as they close."""

    def __init__(self) -> None:
        self._rows: list[FormRow] = []
        self._owners: list[FormRow] = []
        self._common: dict[str, str] = {}
        self._title = ""
        self.symbols: list[str] = []
        """Trading symbols, as the form writes them."""

    def closing(self, group: Group) -> None:
        """Take note of an element that closes and is not yet reduced to what is shown of it."""
        name = group.name
        if name not in _NOTED:
            return
        if name in ROWS and len(self._rows) < MOST:
            self._rows.append(FormRow(**_values(group, ROWS[name])))
        elif name in OWNERS:
            self._owners.append(FormRow(**_values(group, OWNERS[name]), officer_title=self._title))
            self._title = ""
        elif name == RELATIONSHIP:
            self._title = next((part.value for part in _fields(group) if part.name == OFFICER_TITLE), "")[:_LONGEST]
        elif name == ISSUER:
            self.symbols += [part.value for part in _fields(group) if part.name == SYMBOL]
        elif name in OF_EVERY_ROW:
            self._common |= _values(group, OF_EVERY_ROW[name])

    def taken(self) -> tuple[FormRow, ...]:
        """Return the rows, each once for each of its owners; an owner without a row is one."""
        return tuple(islice(self._owned(), MOST))

    def _owned(self) -> Iterator[FormRow]:
        if not self._owners:
            yield from (row._replace(**self._common) for row in self._rows)
            return
        for row in self._rows or [FormRow()]:
            for owner in self._owners:
                yield owner._replace(transaction=row.transaction, shares=row.shares, price=row.price)


def _values(group: Group, names: Mapping[str, str]) -> dict[str, Any]:
    """Map the names of a row's values to what the element holds; several elements of `holding` are one value."""
    found: dict[str, str] = {}
    for part in _fields(group):
        name, value = names.get(part.name, ""), part.value[:_LONGEST]
        if name == "holding" and name in found:
            found[name] = f"{found[name]} {value}"
        elif name and value:
            found.setdefault(name, value)
    return found


def _fields(group: Group) -> Iterator[FormField]:
    """Yield the values of a group and of the groups in it, in order."""
    parts: list[Part] = [group]
    while parts:
        part = parts.pop()
        if isinstance(part, FormField):
            yield part
        else:
            parts += reversed(part.parts)
