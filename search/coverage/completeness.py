"""Whether the index has all that EDGAR lists of whom a query asks about, by the lists that were kept on this machine.

`indexer compare` and `indexer fetch` keep them. Without one for every company asked about nothing is said.
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from search.lookups.lookup import scope
from search.query import nodes as q
from search.query.walk import choice, conjuncts

if TYPE_CHECKING:
    from indexer.download.wanted import WantedFilings


_ONE_BY_ONE = 100
"""Companies up to which each is compared with its own list."""


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
    wanted = _wanted(scope(query))
    return _compared(folder, wanted) if wanted.ciks else None


def completeness_by_company(query: q.Query, folder: Path) -> dict[str, Completeness]:
    """Compare the index with EDGAR's list of each company a query asks about by its CIK, where one was kept."""
    wanted, ciks = _wanted(scope(query)), asked_ciks(query)
    if len(ciks) > _ONE_BY_ONE:
        return {}
    found = {cik: _compared(folder, replace(wanted, ciks=frozenset({str(int(cik))}))) for cik in ciks}
    return {cik: each for cik, each in found.items() if each}


def asked_ciks(query: q.Query) -> tuple[str, ...]:
    """Return the CIKs, of ten digits, that a query's filters ask for one by one."""
    return tuple(dict.fromkeys(word for word in _words(_asked(scope(query)).get("cik")) if word.isdecimal()))


def _compared(folder: Path, wanted: "WantedFilings") -> Completeness | None:
    from indexer.download.comparison import missing  # noqa: PLC0415  (few lookups ask)
    from indexer.errors import DownloadError  # noqa: PLC0415

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

    asked = _asked(within)
    ciks = frozenset(str(int(word)) for word in _words(asked.get("cik")) if word.isdecimal())
    forms = tuple(f"={word}" for word in _words(asked.get("form")))
    days = asked.get("filed")
    return WantedFilings(ciks, forms, (days.low, days.high) if isinstance(days, q.Range) else (None, None))


def _asked(within: q.Query) -> dict[str, q.Query]:
    return {field.name: field.query for part in conjuncts(within) if (field := _field(part))}


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
