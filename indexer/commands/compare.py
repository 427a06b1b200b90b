"""`indexer compare`: which of the filings that EDGAR lists are in an index, and which are missing."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.options import PARTLY_DONE
from indexer.commands.selection import Selection, selection_options
from indexer.commands.terminal import DONE, INDEX_OPTION, JSON_OPTION, echo, echo_json
from indexer.errors import IndexerError
from indexer.printing import count

if TYPE_CHECKING:
    from indexer.download.comparison import Comparison
    from indexer.download.wanted import ListedFiling, WantedFilings

# ruff: noqa: PLC0415  (a command imports what it needs when it runs, so that none waits for another's libraries)

VERSION = 1
"""Of the JSON's shape; see docs/fetching.md."""


@click.command(short_help="Say which filings that EDGAR lists are missing from the index.")
@INDEX_OPTION
@click.option("--cached", is_flag=True, help="Ask nothing: from the lists that were kept, however old.")
@JSON_OPTION
@selection_options
def compare(folder: Path, selection: Selection, *, cached: bool, as_json: bool) -> int:
    """Hold the index against EDGAR's own lists of the filings asked for.

    Exit code 0 when all of them are here, 1 when some are missing, or a list was.
    """
    from indexer.download.comparison import missing
    from indexer.download.lists import Lists

    if not selection.says_which:
        raise IndexerError("say which filings: --cik, --ticker, --company, --form or --filed")
    copies = selection.copies(None if cached else selection.client())
    lists, wanted = Lists(copies), selection.wanted(copies)
    found = missing(folder, wanted, lists, kinds=selection.kinds(lists, wanted))
    if as_json:
        echo_json(_as_json(found, wanted, folder), indent=2)
    else:
        _print(found, wanted, folder)
    return PARTLY_DONE if found.missing or found.gaps else DONE


def _print(found: "Comparison", wanted: "WantedFilings", folder: Path) -> None:
    since = f", as EDGAR listed them {found.as_of.astimezone():%Y-%m-%d %H:%M}" if found.as_of else ""
    lacking = "; these are not:" if found.missing else "."
    echo(f"{found.here:,} of {count(found.listed, 'filing')} ({wanted}) are in {folder}{since}{lacking}")
    for filing in found.missing:
        echo(filing_line(filing))
    for gap in found.gaps:
        click.echo(f"indexer: {gap}: more may be missing", err=True)


def filing_line(filing: "ListedFiling") -> str:
    """Write a filing in a line: number, form, day, company."""
    day = day_text(filing.filed) if filing.filed else "?"
    return f"  {filing.accession}  {filing.form or '?':<10}  {day:<10}  {filing.company or 'CIK ' + filing.cik}"


def day_text(day: int) -> str:
    """Write a day, YYYYMMDD, as people do.

    >>> day_text(20170418)
    '2017-04-18'
    """
    return f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}"


def _as_json(found: "Comparison", wanted: "WantedFilings", folder: Path) -> dict[str, object]:
    return {
        "version": VERSION,
        "index": str(folder),
        "wanted": str(wanted),
        "listed": found.listed,
        "here": found.here,
        "missing": [filing._asdict() for filing in found.missing],
        "as_of": found.as_of.isoformat(timespec="seconds") if found.as_of else None,
        "gaps": list(found.gaps),
    }
