"""The header of a submission as a table: what it is, and every party with what is known of it."""

from collections.abc import Iterator
from typing import NamedTuple

from indexer.edgar.form_titles import title
from indexer.filings import Address, Header, Party
from indexer.printing import given, one_line, several

COLUMNS = ("Role", "Name", "CIK", "SIC", "Located", "Incorporated", "File number", "Former names")


class Fact(NamedTuple):
    """One thing the header says."""

    name: str
    value: str


def facts(header: Header) -> tuple[Fact, ...]:
    """List what the header says of the submission as a whole."""
    said = (
        ("Accession number", header.accession_number),
        ("Form", " · ".join(filter(None, (header.form, title(header.form))))),
        ("Filed", given(header.filed)),
        ("Period of report", given(header.period)),
        ("Accepted", given(header.accepted)),
        ("Changed", given(header.changed)),
        ("Effective", given(header.effective)),
        *(("Item", f"{item.code} {item.title}".strip()) for item in header.items),
        *(("Group member", member) for member in header.group_members),
        *(("Series", f"{each.id} {each.name}") for each in header.series),
    )
    return tuple(Fact(name, one_line(value)) for name, value in said if value)


def party_rows(header: Header) -> tuple[tuple[str, ...], ...]:
    """Make a row of `COLUMNS` for each party, in the header's order."""
    return tuple(tuple(one_line(cell) for cell in _cells(party)) for party in header.parties)


def _cells(party: Party) -> Iterator[str]:
    yield party.role.value.replace("-", " ")
    yield party.name
    yield party.cik
    yield f"{party.sic} {party.sic_title}".strip()
    yield _place(party.business_address)
    yield party.state_of_incorporation
    yield several(each.file_number for each in party.filing_values)
    yield several(f"{each.name} (until {each.changed or '?'})" for each in party.former_names)


def _place(address: Address | None) -> str:
    return ", ".join(filter(None, (address.city, address.state))) if address else ""
