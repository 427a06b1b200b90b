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

    ciks: frozenset[str] = frozenset()
    forms: tuple[str, ...] = ()
    filed: tuple[int | None, int | None] = (None, None)
    for part in conjuncts(within):
        match part:
            case q.Field("cik", asked) | q.Or((q.Field("ticker"), q.Field("cik", asked))):
                ciks = frozenset(word.lstrip("0") for word in _words(asked))
            case q.Field("form", asked):
                forms = tuple(f"={word}" for word in _words(asked))
            case q.Field("filed", q.Range(low, high)):
                filed = low, high
            case _:  # leaves out some of what is compared
                pass
    return WantedFilings(ciks, forms, filed)


def _words(asked: q.Query) -> list[str]:
    """Return the values asked for, where they are asked one by one."""
    leaves = choice(asked) or ()
    words = [leaf.word for leaf in leaves if isinstance(leaf, q.Term)]
    return words if len(words) == len(leaves) else []
