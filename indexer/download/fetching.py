"""Fetching: each filing that a request named is put into the corpus, once.

`corpus/edgar/<cik>/<accession>.txt.gz`, or `.txt`, under the party it was first listed under. What is there already is
not asked for again, in whatever run or process. How a file comes to be whole is the business of `placing`.
"""

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

from indexer.corpus.walking import UNFINISHED
from indexer.download.journal import Entry, Journal, State
from indexer.download.placing import Placed, place_archive, place_filing
from indexer.download.wanted import ListedFiling
from indexer.errors import AbsentError, DownloadError, QuietError
from indexer.http.client import Client

CONNECTIONS = 4
"""Requests under way at a time: an answer takes longer than the pace leaves between two requests."""
MOST_FAILURES = 5
"""In a row; then whatever is wrong is not with the filings."""


@dataclass(frozen=True, slots=True)
class CorpusFolder:
    """A corpus that is fetched into."""

    corpus: Path
    plain: bool = False
    """As `.txt`, not compressed."""

    def place(self, filing: ListedFiling) -> str:
        """Say where in the corpus a filing is to be put."""
        return f"edgar/{filing.cik}/{filing.accession}{'.txt' if self.plain else '.txt.gz'}"

    def existing(self, entry: Entry) -> str:
        """Say where in the corpus a filing is, in whichever form; nothing when it is not."""
        stem = f"edgar/{entry.filing.cik}/{entry.filing.accession}"
        places = (entry.path, f"{stem}.txt.gz", f"{stem}.txt")
        return next((place for place in places if place and (self.corpus / place).is_file()), "")

    def part(self, name: str) -> Path:
        """Say where something is written to until it is whole."""
        return self.corpus / UNFINISHED / f"{name}.part"


class Fetched(NamedTuple):
    """A filing that was fetched."""

    filing: ListedFiling
    place: str
    """Below the corpus."""
    size: int
    """In bytes, before compression."""


class Here(NamedTuple):
    """A filing that was here before, or that another process is fetching."""

    filing: ListedFiling


class Missed(NamedTuple):
    """A filing that could not be had."""

    filing: ListedFiling
    state: State
    why: str


FilingOutcome: TypeAlias = Fetched | Here | Missed


def fetch(
    client: Client, journal: Journal, destination: CorpusFolder, *, request: int, limit: int | None = None
) -> Generator[FilingOutcome, None, None]:
    """Fetch the filings that a request named, the newest first, `limit` of them that are not here yet.

    Gives what came of each, of those already here too. Raises QuietError when EDGAR wants no more requests, and
    DownloadError or OSError when nothing more can be had or written; the journal has what was done till then.
    """
    with ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="fetch") as pool:
        try:
            yield from _Run(client, journal, destination, pool=pool).outcomes(request, limit)
        except BaseException:  # whoever wants no more does not want what is under way
            client.stop()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def fetch_feed(client: Client, destination: CorpusFolder, day: int) -> int:
    """Fetch the archive of a day's submissions (YYYYMMDD), as it is; return its bytes, 0 when it is here already.

    Raises AbsentError when there is none, as for weekends, and as `fetch`.
    """
    year, quarter = day // 10000, (day // 100 % 100 + 2) // 3
    name = f"{year}/QTR{quarter}/{day}.nc.tar.gz"
    part, target = destination.part(f"{day}.nc.tar.gz"), destination.corpus / "edgar/Feed" / name
    placed = place_archive(client, f"/Archives/edgar/Feed/{name}", part=part, target=target)
    return placed.size if placed else 0


class _Run:
    """One run over the filings of a request. Only the thread that made it touches the journal."""

    def __init__(
        self, client: Client, journal: Journal, destination: CorpusFolder, *, pool: ThreadPoolExecutor
    ) -> None:
        self._client, self._journal, self._destination, self._pool = client, journal, destination, pool
        self._under_way: deque[tuple[ListedFiling, Future[Placed | None]]] = deque()
        self._failures = 0

    def outcomes(self, request: int, limit: int | None) -> Iterator[FilingOutcome]:
        begun = 0
        for entry in self._journal.entries(request):
            if place := self._destination.existing(entry):
                self._keep(entry, place)
                yield Here(entry.filing)
                continue
            if limit is not None and begun >= limit:
                break
            begun += 1
            self._begin(entry.filing)
            if len(self._under_way) >= CONNECTIONS:
                yield self._settled()
        while self._under_way:
            yield self._settled()

    def _keep(self, entry: Entry, place: str) -> None:
        if entry.state is not State.FETCHED or entry.path != place:
            self._journal.fetched(entry.filing.accession, place)

    def _begin(self, filing: ListedFiling) -> None:
        place = self._destination.place(filing)
        self._journal.begin(filing.accession, place)
        part, target = self._destination.part(filing.accession), self._destination.corpus / place
        placing = self._pool.submit(place_filing, self._client, filing.paths, part=part, target=target)
        self._under_way.append((filing, placing))

    def _settled(self) -> FilingOutcome:
        """What came of the filing that was begun first."""
        filing, future = self._under_way.popleft()
        try:
            placed = future.result()
        except AbsentError as error:
            return self._missed(Missed(filing, State.ABSENT, str(error)))
        except QuietError as error:
            self._missed(Missed(filing, State.LISTED, str(error)))
            raise
        except OSError as error:
            said = f"{self._destination.corpus} cannot be written: {error.strerror or error}"
            raise DownloadError(f"{said}; what is there is whole") from error
        except DownloadError as error:
            return self._failed(Missed(filing, State.FAILED, str(error)))
        self._failures = 0
        place = self._destination.place(filing)
        if placed is None:
            if (self._destination.corpus / place).is_file():  # by another process, which may have said so before
                self._journal.fetched(filing.accession, place)
            return Here(filing)
        self._journal.fetched(filing.accession, place, size=placed.size, sha256=placed.sha256)
        return Fetched(filing, place, placed.size)

    def _failed(self, missed: Missed) -> Missed:
        self._failures += 1
        self._missed(missed)
        if self._failures >= MOST_FAILURES:
            raise DownloadError(f"{missed.why}; so it was with {self._failures} filings in a row")
        return missed

    def _missed(self, missed: Missed) -> Missed:
        self._journal.missed(missed.filing.accession, missed.state, missed.why)
        return missed
