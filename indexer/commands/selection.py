"""What `fetch` and `compare` take alike: which filings, from whom, and on whose behalf. No command here."""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from indexer.errors import IndexerError

if TYPE_CHECKING:
    from indexer.download.lists import Lists
    from indexer.download.wanted import WantedFilings
    from indexer.http.client import Client
    from indexer.http.copies import Copies

# ruff: noqa: PLC0415  (a command imports what it needs when it runs, so that none waits for another's libraries)

_LISTS = ("company", "quarter", "day", "bulk", "current")
_ABOUT_LISTS = (
    "Which of EDGAR's lists to read: companies' own, indexes of quarters or days, all companies' lists in one archive "
    "(bulk), what came in last (current). May be repeated. Left away, those that have it in the fewest requests."
)


class Selection(NamedTuple):
    """Which filings a person asks for, and from where."""

    cik: tuple[str, ...]
    ticker: tuple[str, ...]
    company: tuple[str, ...]
    form: tuple[str, ...]
    filed: str
    lists: tuple[str, ...]
    mirror: str
    contact: str
    rate: float

    @property
    def says_which(self) -> bool:
        """Tell whether it leaves anything out, or names a list that is short by itself."""
        return bool(self.cik or self.ticker or self.company or self.form or self.filed or self.lists)

    def client(self) -> "Client":
        """Make what asks EDGAR, or the mirror; IndexerError without a contact."""
        from indexer.http.client import RATE, Client
        from indexer.http.site import Site, cache_folder

        site = Site.at(self.mirror) if self.mirror else Site()
        return Client(site, self.contact, cache=cache_folder(), rate=self.rate or RATE)

    def copies(self, client: "Client | None") -> "Copies":
        """Open the copies of its lists; those that were kept only, without a client."""
        from indexer.http.copies import Copies
        from indexer.http.site import Site, cache_folder

        if client is not None:
            return Copies.of(client, cache_folder())
        return Copies.offline(Site.at(self.mirror) if self.mirror else Site(), cache_folder())

    def wanted(self, copies: "Copies") -> "WantedFilings":
        """Return the filings wanted, tickers and names replaced by the CIKs they stand for."""
        from indexer.download.companies import Companies
        from indexer.download.wanted import WantedFilings, cik_of
        from indexer.literals.dates import days

        companies = Companies(copies)
        ciks = {cik_of(value) for value in _values(self.cik, "cik")}
        ciks |= {found.cik for value in _values(self.ticker, "ticker") for found in companies.by_ticker(value)}
        ciks |= {
            found.cik for value in _values(self.company, "company", split=False) for found in companies.by_name(value)
        }
        try:
            filed = days(self.filed) if self.filed else (None, None)
        except ValueError as error:
            raise IndexerError(f"--filed {self.filed}: {error}") from error
        return WantedFilings(frozenset(ciks), tuple(_values(self.form, "form")), filed)

    def kinds(self, lists: "Lists", wanted: "WantedFilings") -> "tuple[Any, ...]":
        """List the kinds of lists to read."""
        from indexer.download.lists import ListKind

        return tuple(map(ListKind, self.lists)) or lists.shortest(wanted)


def _values(values: Iterable[str], field: str, *, split: bool = True) -> Iterator[str]:
    """The values of an option: several between commas, and those of the file that `@FILE` names."""
    from indexer.literals.watchlists import read_rows

    for value in values:
        if value.startswith("@"):
            yield from (row.value for row in read_rows(Path(value[1:]), field))
        elif split:
            yield from (each.strip() for each in value.split(",") if each.strip())
        else:
            yield value


def selection_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which filings, which the command takes as `selection`."""

    @wraps(command)
    def wrapped(**options: Any) -> Any:
        chosen = Selection(**{name: options.pop(name) for name in Selection._fields})
        return command(selection=chosen, **options)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


_OPTIONS = (
    click.option("--cik", multiple=True, metavar="CIK", help="Of these companies; several between commas; @FILE."),
    click.option("--ticker", multiple=True, metavar="SYMBOL", help="Of the companies with these tickers; @FILE."),
    click.option("--company", multiple=True, metavar="NAME", help="Of the company with this name, or words; @FILE."),
    click.option("--form", multiple=True, metavar="FORM", help="10-K with its family, =10-K alone, -10-K/A left out."),
    click.option("--filed", default="", metavar="DAYS", help="2017, 2024Q1, 2024-06-03, 2017..2018 or 2020.."),
    click.option("--list", "lists", multiple=True, type=click.Choice(_LISTS), help=_ABOUT_LISTS),
    click.option(
        "--from", "mirror", default="", metavar="URL", envvar="EDGAR_BASE_URL", help="A mirror to ask in EDGAR's place."
    ),
    click.option(
        "--contact",
        default="",
        metavar="NAME_AND_MAIL",
        envvar=["EDGAR_CONTACT", "EDGAR_IDENTITY"],
        help="Who asks: 'Your Name you@your.org'; $EDGAR_CONTACT, else $EDGAR_IDENTITY. The SEC requires it.",
    ),
    click.option(
        "--rate",
        type=click.FloatRange(0, min_open=True),
        default=None,
        metavar="NUMBER",
        help="Requests a second, of all of this user's processes together; 8, and at EDGAR 10 at most.",
    ),
)
