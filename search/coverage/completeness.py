"""Whether the index has all that EDGAR lists of whom a query asks about, by the lists that were kept on this machine.

`indexer compare` and `indexer fetch` keep them. Without one for every company asked about nothing is said.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from search.lookups.lookup import scope
from search.query import nodes as q
from search.query.walk import choice, conjuncts

if TYPE_CHECKING:
    from indexer.download.wanted import WantedFilings


class Completeness(NamedTuple):
    """How much of what EDGAR lists is in the index."""

    wanted: str
    """The filings compared: the companies, forms and days of the filters, whatever else they ask."""
    listed: int
    here: int
    missing: tuple[str, ...]
    """Accession numbers, the newest first."""
    as_of: str
    """When EDGAR's lists were last known to be so, ISO 8601 in UTC."""


def completeness(query: q.Query, folder: Path) -> Completeness | None:
    """Compare the index in a folder with EDGAR's lists of the companies a query asks about; None without lists."""
    from indexer.download.comparison import missing  # noqa: PLC0415  (few lookups ask)
    from indexer.errors import DownloadError  # noqa: PLC0415

    wanted = _wanted(scope(query))
    if not wanted.ciks:
        return None
    with suppress(DownloadError):
        found = missing(folder, wanted)
        if found.as_of and not found.gaps:
            lacking = tuple(filing.accession for filing in found.missing)
            as_of = found.as_of.isoformat(timespec="seconds")
            return Completeness(str(wanted), found.listed, found.here, lacking, as_of)
    return None


def _wanted(within: q.Query) -> "WantedFilings":
    """The companies, forms and days that filters ask for, as far as EDGAR's lists can tell them apart."""
    from indexer.download.wanted import WantedFilings  # noqa: PLC0415

    asked = {field.name: field.query for part in conjuncts(within) if (field := _field(part))}
    ciks = frozenset(word.lstrip("0") for word in _words(asked.get("cik")))
    forms = tuple(f"={word}" for word in _words(asked.get("form")))
    days = asked.get("filed")
    return WantedFilings(ciks, forms, (days.low, days.high) if isinstance(days, q.Range) else (None, None))


def _field(part: q.Query) -> q.Field | None:
    """Return what a part of the filters asks of one field; of a ticker and of its CIKs, the CIKs."""
    if isinstance(part, q.Or) and [*map(_name, part.parts)] == ["ticker", "cik"]:
        part = part.parts[-1]
    return part if isinstance(part, q.Field) else None


def _name(part: q.Query) -> str:
    return part.name if isinstance(part, q.Field) else ""


def _words(asked: q.Query | None) -> list[str]:
    """Return the values asked for, where they are asked one by one."""
    leaves = (choice(asked) if asked else None) or ()
    words = [leaf.word for leaf in leaves if isinstance(leaf, q.Term)]
    return words if len(words) == len(leaves) else []
