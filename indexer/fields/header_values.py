"""The values of the header's fields: what a submission's header, its parties and its series have in each.

Which fields they are for is said in `indexer.fields.schema`; the values of rows are in `indexer.fields.row_values`.
"""

from __future__ import annotations  # as in `indexer.fields.entries`

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from indexer.edgar.roles import Role
from indexer.fields.entries import IndexedDocument, Values

if TYPE_CHECKING:
    from indexer.filings import Address, Party


def day_number(day: date | None) -> tuple[str, ...]:
    """Return a day as the digits YYYYMMDD; nothing where there is none."""
    return (day.strftime("%Y%m%d"),) if day else ()


def of_parties(pick: Callable[[Party], str]) -> Values:
    """Take what `pick` finds of each party."""
    return lambda entry: distinct(pick(party) for party in entry.header.parties)


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values that are not empty, each once, in order."""
    return tuple(dict.fromkeys(value for value in values if value))


def tickers(entry: IndexedDocument) -> tuple[str, ...]:
    """Return the symbols of the submission's share classes, then those the document itself says."""
    return distinct((*of_classes(("ticker",))(entry), *entry.extracted.symbols))


def listed_symbols(entry: IndexedDocument) -> tuple[str, ...]:
    """Return each symbol with the CIK of the one issuer or filer whose it is."""
    ciks = {party.cik for party in entry.header.parties if party.role is Role.ISSUER and party.cik} or {
        party.cik for party in entry.header.parties if party.role is Role.FILER and party.cik
    }
    return tuple(f"{symbol} {cik}" for symbol in entry.extracted.symbols for cik in ciks if len(ciks) == 1)


def former_names(entry: IndexedDocument) -> tuple[str, ...]:
    """Return the former names of all parties."""
    return distinct(former.name for party in entry.header.parties for former in party.former_names)


def of_role(role: Role) -> Values:
    """Take the names, former ones among them, and the CIK of each party in a role."""

    def values(entry: IndexedDocument) -> tuple[str, ...]:
        parties = [party for party in entry.header.parties if party.role is role]
        return distinct(value for party in parties for value in (*party.names, party.cik))

    return values


def _addresses(party: Party) -> Iterator[Address]:
    yield from (address for address in (party.business_address, party.mail_address) if address)


def of_addresses(pick: Callable[[Address], str]) -> Values:
    """Take what `pick` finds of each business or mail address."""
    return lambda entry: distinct(pick(address) for party in entry.header.parties for address in _addresses(party))


def business_state(party: Party) -> str:
    """Return the state or country code of a party's business address; empty without one."""
    return party.business_address.state if party.business_address else ""


def address_line(address: Address) -> str:
    """Return an address on one line, from the street to the ZIP code."""
    parts = (address.street1, address.street2, address.city, address.state, address.zip)
    return " ".join(part for part in parts if part)


def of_filings(name: str) -> Values:
    """Take the attribute `name` of every party's `FilingValues`."""
    return lambda entry: distinct(
        getattr(values, name) for party in entry.header.parties for values in party.filing_values
    )


def series_values(entry: IndexedDocument) -> tuple[str, ...]:
    """Return the id and the name of each series."""
    return distinct(value for series in entry.header.series for value in (series.id, series.name))


def of_classes(pick: tuple[str, ...]) -> Values:
    """Take these attributes of each share class."""
    return lambda entry: distinct(
        getattr(share_class, name) for series in entry.header.series for share_class in series.classes for name in pick
    )
