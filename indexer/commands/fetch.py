"""`indexer fetch`: find filings in EDGAR's lists and fetch them into a corpus."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from indexer.commands.arrivals import Indexing, Tally, filings_bar
from indexer.commands.compare import day_text, filing_line
from indexer.commands.options import PARTLY_DONE
from indexer.commands.selection import Selection, selection_options
from indexer.commands.terminal import DONE, INDEX_OPTION, echo
from indexer.errors import AbsentError, IndexerError
from indexer.printing import count, size

if TYPE_CHECKING:
    from indexer.download.fetching import CorpusFolder
    from indexer.download.journal import Journal
    from indexer.download.lists import Lists
    from indexer.download.wanted import ListedFiling, WantedFilings
    from indexer.http.client import Client

# ruff: noqa: PLC0415  (a command imports what it needs when it runs, so that none waits for another's libraries)

SIZES_ASKED = 100
"""Filings whose size a dry run asks for, where no list has it; each is a request."""


class _Job(NamedTuple):
    """What is to be fetched, by whom, and whereto."""

    client: "Client"
    lists: "Lists"
    wanted: "WantedFilings"
    destination: "CorpusFolder"
    limit: int | None


@click.command(short_help="Fetch filings from EDGAR into a corpus.")
@click.argument("named", metavar="[FILING]...", nargs=-1)
@selection_options
@click.option("--feed", multiple=True, metavar="DAYS", help="The archives of all submissions of these days, instead.")
@click.option("--since-last", is_flag=True, help="The days since the last such run; for a nightly job.")
@click.option("--relist", type=click.IntRange(0), default=7, show_default=True, metavar="DAYS",
              help="With --since-last: past days that are listed again, for what appears late.")  # fmt: skip
@click.option("--to", "corpus", type=click.Path(path_type=Path), default=Path("corpus"), show_default=True,
              help="The corpus; filings go to edgar/CIK/ in it.")  # fmt: skip
@click.option("--plain", is_flag=True, help="As .txt, not compressed.")
@click.option("--limit", type=click.IntRange(0), metavar="NUMBER", help="So many filings at most, the newest.")
@click.option("--dry-run", is_flag=True, help="List what would come, with sizes, and fetch nothing.")
@click.option("--build", "builds", is_flag=True, help="Index what arrives, as it arrives.")
@INDEX_OPTION
def fetch(named: tuple[str, ...], selection: Selection, *, corpus: Path, folder: Path, **how: Any) -> int:
    """Fetch filings from EDGAR, by its own lists, and by the SEC's rules for programs.

    FILING is an accession number, an address or a path at EDGAR, a file with one a line, an index file of EDGAR's, or
    `-` for lines of standard input, which may be those of `search --jsonl`. What is in the corpus is not fetched again.
    """
    from indexer.addresses import refuse_within
    from indexer.download.fetching import CorpusFolder
    from indexer.download.lists import Lists

    if not (named or how["feed"] or how["since_last"] or selection.says_which):
        raise IndexerError("say which filings: --cik, --ticker, --company, --form, --filed, or accession numbers")
    refuse_within(folder, corpus)
    client, destination = selection.client(), CorpusFolder(corpus, how["plain"])
    indexing = Indexing(corpus, folder) if how["builds"] else None
    if how["feed"]:
        return _fetch_feeds(client, destination, how["feed"], indexing=indexing)
    lists = Lists(selection.copies(client))
    job = _Job(client, lists, selection.wanted(lists.copies), destination, how["limit"])
    with closing(_journal(corpus, dry_run=how["dry_run"])) as journal:
        relist = how["relist"] if how["since_last"] else None
        request, through = _asked(job, journal, named, selection=selection, relist=relist)
        if how["dry_run"]:
            return _dry_run(job, journal, request)
        return _run(job, journal, request, indexing=indexing, through=through)


def _asked(
    job: _Job, journal: "Journal", named: tuple[str, ...], *, selection: Selection, relist: int | None
) -> tuple[int, int]:
    """Have what is asked for named in the journal: the number of the request, and the last day it covers wholly."""
    if relist is not None:
        return _since_last(job, journal, relist)
    if named:
        return _request(job, journal, _named(named, job), question=" ".join([str(job.wanted), *named])), 0
    kinds = selection.kinds(job.lists, job.wanted)
    question = f"{job.wanted} in {', '.join(kinds)}"
    return _request(job, journal, job.lists.filings(job.wanted, kinds), question=question), 0


def _journal(corpus: Path, *, dry_run: bool) -> "Journal":
    from indexer.download.journal import Journal

    return Journal.passing(corpus) if dry_run else Journal.open(corpus)


def _request(job: _Job, journal: "Journal", filings: "Iterator[ListedFiling]", *, question: str) -> int:
    """Have the lists read into the journal; the number of the request."""
    request = journal.request(question)
    journal.name(request, filings)
    for gap in job.lists.gaps:
        click.echo(f"indexer: {gap}", err=True)
    return request


# Filings that are named one by one


def _named(arguments: tuple[str, ...], job: _Job) -> "Iterator[ListedFiling]":
    """The filings that arguments, files and standard input name; those of index files are held against the options."""
    from indexer.download.wanted import filing_of

    for argument in arguments:
        if argument == "-":
            yield from _lines(sys.stdin, job)
        elif Path(argument).is_file():
            yield from _listed_in(Path(argument), job)
        elif filing := filing_of(argument):
            yield _located(filing, job)
        else:
            raise IndexerError(f"{argument} is neither an accession number nor a file")


def _listed_in(path: Path, job: _Job) -> "Iterator[ListedFiling]":
    """The filings of an index file of EDGAR's, or of a file with one a line."""
    from indexer.download.index_files import read_index
    from indexer.literals.watchlists import read_lines

    rows = read_index(path)
    if first := next(rows, None):
        yield from filter(job.wanted.fits, chain([first], rows))
    else:
        yield from _lines(read_lines(path), job)


def _lines(lines: "Iterable[str]", job: _Job) -> "Iterator[ListedFiling]":
    from indexer.download.wanted import filing_of

    named = filter(None, map(filing_of, lines))
    yield from filter(job.wanted.fits, (_located(filing, job) for filing in named))


def _located(filing: "ListedFiling", job: _Job) -> "ListedFiling":
    """The filing with a CIK it is found under: its own, the only one asked for, or the one that EDGAR says."""
    if not filing.cik and len(job.wanted.ciks) == 1:
        return filing._replace(cik=next(iter(job.wanted.ciks)))
    return job.lists.located(filing)


# A nightly job


def _since_last(job: _Job, journal: "Journal", relist: int) -> tuple[int, int]:
    """Name what the indexes of the days since the last such run have, and once more those of some days before.

    The next run begins where this one ends only if nothing is left or fails, so that nothing is forgotten.
    """
    from indexer.download.lists import ListKind, days_before

    question = f"since last: {job.wanted}"
    through = journal.through(question)
    low, high = job.wanted.filed
    begin = days_before(through or job.lists.today, relist) if through or low is None else low
    wanted = replace(job.wanted, filed=(begin, high))
    request = _request(job, journal, job.lists.filings(wanted, (ListKind.DAY,)), question=question)
    return request, max(through, job.lists.last_day)


# Fetching, and what is said of it


def _dry_run(job: _Job, journal: "Journal", request: int) -> int:
    """List what would come. The size of some is asked for, where the list has none; the rest is estimated by them."""
    coming = (entry.filing for entry in journal.entries(request) if not job.destination.existing(entry))
    asked = number = known = total = 0
    for filing in islice(coming, job.limit):
        if not filing.size and asked < SIZES_ASKED:
            filing, asked = filing._replace(size=_size_of(job.client, filing)), asked + 1  # noqa: PLW2901
        echo(f"{filing_line(filing)}  {size(filing.size) if filing.size else '?'}")
        number, known, total = number + 1, known + bool(filing.size), total + filing.size
    here = journal.number(request) - number if job.limit is None else 0
    about = f", about {size(total / known * number)}" if known else ""
    already = f"; {here:,} are here already" if here else ""
    click.echo(f"{count(number, 'filing')} would come{about}{already}.")
    return DONE


def _size_of(client: "Client", filing: "ListedFiling") -> int:
    for path in filing.paths:
        try:
            return client.size(path)
        except AbsentError:
            continue
    return 0


def _run(job: _Job, journal: "Journal", request: int, *, indexing: "Indexing | None", through: int = 0) -> int:
    """Fetch what a request named, say what came of it, and write it down, also where it is stopped."""
    from indexer.download.fetching import fetch

    tally = Tally(journal.number(request))
    outcomes = fetch(job.client, journal, job.destination, request=request, limit=job.limit)
    try:
        with closing(outcomes), filings_bar(tally.found) as advance:
            for outcome in outcomes:
                advance(tally.add(outcome))
                if indexing:
                    indexing.now_and_then()
    finally:
        click.echo(str(tally))
        journal.end(request, tally.counts, through=0 if tally.failed or tally.left else through)
    code = indexing.finish() if indexing and tally.here + tally.fetched else DONE
    return code or (PARTLY_DONE if tally.absent or tally.failed or not tally.found else DONE)


def _fetch_feeds(
    client: "Client", destination: "CorpusFolder", stretches: tuple[str, ...], *, indexing: "Indexing | None"
) -> int:
    """Fetch the archives of whole days; weekends and holidays have none."""
    from indexer.download.fetching import fetch_feed

    fetched = 0
    for day in chain.from_iterable(map(_days, stretches)):
        try:
            came = fetch_feed(client, destination, day)
            fetched += 1
            click.echo(f"{day_text(day)}: {size(came) if came else 'here already'}")
        except AbsentError:
            click.echo(f"{day_text(day)}: EDGAR has no archive of this day")
    code = indexing.finish() if indexing and fetched else DONE
    return code or (DONE if fetched else PARTLY_DONE)


def _days(stretch: str) -> "Iterator[int]":
    """Each day of a stretch, as YYYYMMDD; IndexerError for one without an end."""
    from indexer.download.lists import days_before
    from indexer.literals.dates import days

    try:
        first, last = days(stretch)
    except ValueError as error:
        raise IndexerError(f"--feed {stretch}: {error}") from error
    if first is None or last is None:
        raise IndexerError(f"--feed {stretch}: archives are large, so say from which day to which")
    while first <= last:
        yield first
        first = days_before(first, -1)
