"""Fetching: what is asked for comes, once, whatever happens meanwhile."""

import errno
import gzip
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from indexer.corpus.walking import UNFINISHED, walk
from indexer.download import placing
from indexer.download.fetching import MOST_FAILURES, CorpusFolder, Fetched, Here, Missed, fetch, fetch_feed
from indexer.download.journal import Entry, Journal, State
from indexer.download.wanted import ListedFiling
from indexer.errors import AbsentError, DownloadError, QuietError
from indexer.filings import SubmissionFile
from indexer.http.client import Client
from indexer.http.site import Site
from tests.indexer.download.server import Edgar, Held, held_in, made_up
from tests.indexer.edgar_fixtures import CONTACT, QUICK, RATE


def listed(held: Iterable[Held]) -> list[ListedFiling]:
    """The filings as indexes list them: once for each party."""
    return [
        ListedFiling(each.accession, cik, each.form, int(each.day), name) for each in held for cik, name in each.parties
    ]


class Corpus:
    """A corpus that is fetched into from a server."""

    def __init__(self, folder: Path, edgar: Edgar, cache: Path) -> None:
        self.folder, self.edgar, self.cache = folder, edgar, cache

    def fetch(self, held: Iterable[Held], *, plain: bool = False, limit: int | None = None) -> list[object]:
        client = Client(Site.at(self.edgar.url), CONTACT, cache=self.cache, rate=RATE, patience=QUICK)
        with closing(client), closing(Journal.open(self.folder)) as journal:
            request = journal.request("x")
            journal.name(request, listed(held))
            return list(fetch(client, journal, CorpusFolder(self.folder, plain), request=request, limit=limit))

    @property
    def files(self) -> dict[str, bytes]:
        """What is in the corpus, by accession number."""
        found = {}
        for path in self.folder.glob("edgar/*/*"):
            content = path.read_bytes()
            found[path.name.partition(".")[0]] = gzip.decompress(content) if path.suffix == ".gz" else content
        return found

    def states(self) -> dict[str, State]:
        with closing(Journal.open(self.folder)) as journal:
            request = journal.number(1) and 1
            return {entry.filing.accession: entry.state for entry in journal.entries(request)}

    @property
    def left_over(self) -> list[str]:
        return [path.name for path in (self.folder / UNFINISHED).iterdir() if path.suffix == ".part"]


CorpusOf = Callable[[Edgar], Corpus]


@pytest.fixture
def corpus_of(tmp_path: Path, cache: Path) -> CorpusOf:
    return lambda edgar: Corpus(tmp_path / "corpus", edgar, cache)


def test_every_filing_comes_once_as_it_was(edgar: Edgar, sample: list[Held], corpus_of: CorpusOf) -> None:
    corpus = corpus_of(edgar)
    outcomes = corpus.fetch(sample)
    assert all(isinstance(each, Fetched) for each in outcomes)
    assert corpus.files == {each.accession: each.content for each in sample}
    assert len(edgar.asked) == len(sample)
    assert set(corpus.states().values()) == {State.FETCHED}
    assert corpus.left_over == []
    found = [each for each in walk([corpus.folder]) if isinstance(each, SubmissionFile)]
    assert len(found) == len(sample)


def test_a_second_run_asks_for_nothing(edgar: Edgar, sample: list[Held], corpus_of: CorpusOf) -> None:
    corpus = corpus_of(edgar)
    corpus.fetch(sample)
    edgar.asked.clear()
    for plain in (False, True):
        assert all(isinstance(each, Here) for each in corpus.fetch(sample, plain=plain))
    assert edgar.asked == []


def test_nor_does_one_that_names_it_under_another_party(edgar: Edgar, sample: list[Held], corpus_of: CorpusOf) -> None:
    corpus = corpus_of(edgar)
    several = [each for each in sample if len(each.parties) > 1]
    corpus.fetch(several)
    edgar.asked.clear()
    (corpus.folder / UNFINISHED / "journal.sqlite").unlink()  # lost
    turned = [Held(each.accession, each.form, each.filed, each.parties[::-1], each.content) for each in several]
    assert all(isinstance(each, Here) for each in corpus.fetch(turned))
    assert edgar.asked == []


def test_what_was_deleted_is_fetched_again(edgar: Edgar, sample: list[Held], corpus_of: CorpusOf) -> None:
    corpus = corpus_of(edgar)
    corpus.fetch(sample[:3])
    gone = next(corpus.folder.glob("edgar/*/*.gz"))
    gone.unlink()
    edgar.asked.clear()
    corpus.fetch(sample[:3])
    assert gone.exists()
    assert len(edgar.asked) == 1


def test_a_limit_is_of_those_that_are_not_here(edgar: Edgar, sample: list[Held], corpus_of: CorpusOf) -> None:
    corpus = corpus_of(edgar)
    newest = sorted(sample, key=lambda each: (each.day, each.accession), reverse=True)
    for number in (3, 6):
        corpus.fetch(sample, limit=3)
        assert set(corpus.files) == {each.accession for each in newest[:number]}


def test_what_is_listed_and_not_there_is_said_and_asked_again(
    edgar: Edgar, sample: list[Held], corpus_of: CorpusOf
) -> None:
    corpus = corpus_of(edgar)
    missing = sample[4]
    edgar.held.remove(missing)
    [missed] = [each for each in corpus.fetch(sample) if isinstance(each, Missed)]
    assert (missed.filing.accession, missed.state) == (missing.accession, State.ABSENT)
    assert "404" in missed.why
    edgar.held.append(missing)
    corpus.fetch(sample)
    assert missing.accession in corpus.files


def test_one_that_fails_does_not_keep_the_others_from_coming(
    edgar: Edgar, sample: list[Held], corpus_of: CorpusOf
) -> None:
    corpus = corpus_of(edgar)
    edgar.behave(sample[4].accession, "*cut")
    [missed] = [each for each in corpus.fetch(sample) if isinstance(each, Missed)]
    assert (missed.filing.accession, missed.state) == (sample[4].accession, State.FAILED)
    assert set(corpus.files) == {each.accession for each in sample if each is not sample[4]}
    assert corpus.left_over == []


def test_when_nothing_comes_any_more_it_ends(edgar: Edgar, sample: list[Held], corpus_of: CorpusOf) -> None:
    corpus = corpus_of(edgar)
    edgar.behave("/data/", "*unavailable")
    with pytest.raises(DownloadError, match=f"so it was with {MOST_FAILURES} filings in a row"):
        corpus.fetch(sample)
    assert len(edgar.asked) < 40
    assert corpus.files == {}


@pytest.mark.parametrize("manners", ["*block", "*too-many", "*block-with-200"])
def test_a_block_in_the_middle_stops_at_once(serve: Callable[..., Edgar], corpus_of: CorpusOf, manners: str) -> None:
    """No request is sent after the answer that blocks, but those that were under way."""
    edgar = serve([made_up(number) for number in range(1, 60)])
    corpus = corpus_of(edgar)
    edgar.behave("/data/", *["good"] * 20, manners)
    with pytest.raises(QuietError):
        corpus.fetch(edgar.held)
    assert 20 <= len(edgar.asked) <= 24
    before = len(edgar.asked)
    with pytest.raises(QuietError):
        corpus.fetch(edgar.held)
    assert len(edgar.asked) == before
    assert len(corpus.files) <= 20


def test_whoever_stops_listening_stops_it(serve: Callable[..., Edgar], tmp_path: Path, cache: Path) -> None:
    edgar = serve([made_up(number) for number in range(1, 60)])
    with (
        closing(Client(Site.at(edgar.url), CONTACT, cache=cache, rate=RATE, patience=QUICK)) as client,
        closing(Journal.open(tmp_path)) as journal,
    ):
        request = journal.request("x")
        journal.name(request, listed(edgar.held))
        outcomes = fetch(client, journal, CorpusFolder(tmp_path), request=request)
        next(outcomes)
        outcomes.close()
    assert len(edgar.asked) < 15
    assert not [each for each in threading.enumerate() if each.name.startswith("fetch") and each.is_alive()]


def test_the_real_filings_come_as_they_are(shared: Path, serve: Callable[..., Edgar], corpus_of: CorpusOf) -> None:
    paths = sorted((shared / "filings").rglob("*.txt"))
    edgar = serve(held_in(path for path in paths if path.stat().st_size < 20_000))
    assert len(edgar.held) > 50
    corpus = corpus_of(edgar)
    assert all(isinstance(each, Fetched) for each in corpus.fetch(edgar.held))
    assert corpus.files == {each.accession: each.content for each in edgar.held}


# A disk that fills up


def test_a_full_disk_ends_it_and_leaves_what_is_whole(
    edgar: Edgar, sample: list[Held], corpus_of: CorpusOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each write fails once so much is on disk; when there is room again, the rest comes."""
    corpus = corpus_of(edgar)
    room = [60_000]
    fsync = os.fsync

    def full(descriptor: int) -> None:
        room[0] -= os.fstat(descriptor).st_size
        if room[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(placing.os, "fsync", full)
        with pytest.raises(DownloadError, match="cannot be written: No space left on device; what is there is whole"):
            corpus.fetch(sample)
    held = {each.accession: each.content for each in sample}
    there = corpus.files
    assert 0 < len(there) < len(sample)
    assert there.items() <= held.items()
    assert corpus.left_over == []
    edgar.asked.clear()
    corpus.fetch(sample)
    assert corpus.files == held
    assert not any(accession in path for path in edgar.paths() for accession in there)


FETCHES = """
import sys
from contextlib import closing
from pathlib import Path
from indexer.download.fetching import CorpusFolder, fetch
from indexer.download.journal import Journal
from indexer.download.wanted import filing_of
from indexer.http.client import Client
from indexer.http.site import Site
LIMIT
url, corpus, cache, names = map(str, sys.argv[1:])
client = Client(Site.at(url), "Made Up Tests tests@example.example", cache=Path(cache), rate=5000)
journal = Journal.open(Path(corpus))
request = journal.request("x")
journal.name(request, map(filing_of, Path(names).read_text().splitlines()))
for outcome in fetch(client, journal, CorpusFolder(Path(corpus)), request=request):
    print(outcome.filing.accession, flush=True)
"""


def fetching(corpus: Corpus, held: Iterable[Held], *, limit: str = "") -> "subprocess.Popen[str]":
    """Another process that fetches."""
    names = corpus.folder.with_name("names")
    names.write_text("".join(f"edgar/data/{each.parties[0][0]}/{each.accession}.txt\n" for each in held))
    program = FETCHES.replace("LIMIT", limit)
    arguments = [corpus.edgar.url, str(corpus.folder), str(corpus.cache), str(names)]
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_limit_of_the_system_s_own(serve: Callable[..., Edgar], corpus_of: CorpusOf) -> None:
    """Here on the size of a file: the large filing cannot be written, and nothing of it stays."""
    edgar = serve([made_up(1), made_up(2, text=os.urandom(150_000).hex()), made_up(3)])
    corpus = corpus_of(edgar)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000))"
    process = fetching(corpus, edgar.held, limit=limit)
    _, said = process.communicate()
    assert process.returncode == 1
    assert "cannot be written: File too large" in said
    assert edgar.held[1].accession not in corpus.files
    assert corpus.left_over == []


# Killed


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.promise)])
def test_a_fetch_that_is_killed_again_and_again_ends_complete(
    serve: Callable[..., Edgar], corpus_of: CorpusOf, kills: int
) -> None:
    """Killed by the server, at requests all over the run. What was in place at a start is not asked for after it."""
    edgar = serve([made_up(number, text="word " * 2000) for number in range(1, 8 * kills)])
    corpus = corpus_of(edgar)
    there: set[str] = set()
    for at in range(kills):
        process = fetching(corpus, edgar.held)
        asked: list[str] = []

        def ask(path: str, process: "subprocess.Popen[str]" = process, asked: list[str] = asked, at: int = at) -> None:
            asked.append(path)
            if len(asked) == 2 + at % 7:
                process.send_signal(signal.SIGKILL)

        edgar.before = ask
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert not any(accession in path for path in asked for accession in there)
        assert there <= set(corpus.files)
        there = set(corpus.files)
    edgar.before = lambda path: None
    edgar.asked.clear()
    process = fetching(corpus, edgar.held)
    _, said = process.communicate()
    assert (process.returncode, said) == (0, "")
    assert corpus.files == {each.accession: each.content for each in edgar.held}
    assert not any(accession in path for path in edgar.paths() for accession in there)
    assert corpus.left_over == []


@pytest.mark.parametrize("point", ["journal.begin", "placing.rename", "placing.renamed"])
def test_killed_at_the_worst_moments(serve: Callable[..., Edgar], corpus_of: CorpusOf, point: str) -> None:
    edgar = serve([made_up(number) for number in range(1, 6)])
    corpus = corpus_of(edgar)
    kill = "import os, signal, pathlib\ndef die(*_): os.kill(os.getpid(), signal.SIGKILL)\n"
    rename = "rename = pathlib.Path.rename\n"
    hooks = {
        "journal.begin": "Journal.begin = die",
        "placing.rename": "pathlib.Path.rename = die",
        "placing.renamed": rename + "pathlib.Path.rename = lambda self, target: (rename(self, target), die())",
    }
    process = fetching(corpus, edgar.held, limit=kill + hooks[point])
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    there = set(corpus.files)
    assert (len(there) > 0) is (point == "placing.renamed")
    edgar.asked.clear()
    corpus.fetch(edgar.held)
    assert corpus.files == {each.accession: each.content for each in edgar.held}
    assert not any(accession in path for path in edgar.paths() for accession in there)
    assert corpus.left_over == []


def test_several_processes_fetch_into_one_corpus(serve: Callable[..., Edgar], corpus_of: CorpusOf) -> None:
    edgar = serve([made_up(number, text="word " * 3000) for number in range(1, 80)])
    corpus = corpus_of(edgar)
    processes = [fetching(corpus, edgar.held) for _ in range(3)]
    assert [process.communicate()[1] for process in processes] == ["", "", ""]
    assert corpus.files == {each.accession: each.content for each in edgar.held}
    assert sorted(edgar.paths()) == sorted(set(edgar.paths()))
    assert set(corpus.states().values()) == {State.FETCHED}


# Whole days


def test_the_archive_of_a_day(edgar: Edgar, client: Client, tmp_path: Path) -> None:
    destination = CorpusFolder(tmp_path)
    assert fetch_feed(client, destination, 20170418) > 0
    assert fetch_feed(client, destination, 20170418) == 0
    with pytest.raises(AbsentError):
        fetch_feed(client, destination, 20170415)
    [found] = [each for each in walk([tmp_path]) if isinstance(each, SubmissionFile)]
    assert found.source.endswith("edgar/Feed/2017/QTR2/20170418.nc.tar.gz > 0009000101-17-004512.nc")


def test_where_a_filing_is(tmp_path: Path) -> None:
    filing = ListedFiling("0009000001-24-000001", "77")
    assert CorpusFolder(tmp_path).place(filing) == "edgar/77/0009000001-24-000001.txt.gz"
    assert CorpusFolder(tmp_path, plain=True).place(filing) == "edgar/77/0009000001-24-000001.txt"
    assert CorpusFolder(tmp_path).existing(Entry(filing, State.LISTED, "")) == ""
