"""Who asks while an index is being written to sees whole commits only, and the next one within a second."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from indexer.errors import StaleIndexError
from indexer.pipeline.build import Build, Options
from indexer.pipeline.remove import remove
from indexer.whoosh_compat.commits import generation
from indexer.workers.worker import Settings
from search import live
from search.ask import Index, Wanted
from search.live import CurrentIndex
from search.lookups.lookup import Lookup

FAULTS = Path(__file__).resolve().parent / "faults"
FILES = 50


@pytest.fixture(scope="module")
def commits() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FAULTS))
    try:
        import commits as program
    finally:
        sys.path.remove(str(FAULTS))
    yield program


class Seen(NamedTuple):
    """What one answer showed."""

    generation: int
    filings: int
    old: int
    """Filings as they were before the build."""
    new: int


def look(index: Index) -> Seen:
    """Ask for everything, with passages; every filing has to be whole, and wholly of one version."""
    results = index.search("everywhere", wanted=Wanted(limit=None, snippets=1))
    versions = []
    for hit in results.hits:
        said = {snippet.text.split()[0] for document in hit.documents for snippet in document.snippets}
        texts = {index.text(document.id).split()[0] for document in hit.documents}
        assert hit.matching == len(hit.documents) == 3
        assert len(texts) == 1, (hit.accession, texts)
        assert said
        versions += texts
    return Seen(index.generation, results.filings, versions.count("version1"), versions.count("version2"))


def built(commits: ModuleType, corpus: Path, index: Path, builder: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, FAULTS / "commits.py", corpus, index, "--builder", builder])


@pytest.mark.parametrize("builder", ["columnar", "stock"])
def test_fifty_commits_under_readers(
    tmp_path: Path, commits: ModuleType, builder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "TIMEOUT", 3600.0)  # that of a page: a busy machine takes longer to show every filing
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    commits.write(corpus, 1, files=FILES)
    assert built(commits, corpus, folder, builder).wait() == 0
    commits.write(corpus, 2, files=FILES)
    before = generation(folder)
    staying = Index(folder)
    with CurrentIndex(folder, seconds=0.01) as current:
        seen = [current.ask(look)]
        build = built(commits, corpus, folder, builder)
        while generation(folder) == before and build.poll() is None:
            time.sleep(0.001)
        build.send_signal(signal.SIGSTOP)  # so that some commit between is seen, however slow this process is
        time.sleep(0.02)
        seen.append(current.ask(look))
        build.send_signal(signal.SIGCONT)
        while build.poll() is None:
            seen.append(current.ask(look))
            assert look(staying) == seen[0]
        time.sleep(0.02)
        seen.append(current.ask(look))
    staying.close()
    assert build.returncode == 0
    assert generation(folder) - before == FILES
    assert all(each.filings == FILES == each.old + each.new for each in seen)
    assert all(each.new == each.generation - before for each in seen)
    assert (seen[0].new, seen[-1].new) == (0, FILES)
    assert len({each.generation for each in seen}) > 2


def test_a_new_commit_is_seen_within_a_second(tmp_path: Path, commits: ModuleType) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    commits.write(corpus, 1, files=2)
    assert built(commits, corpus, folder, "columnar").wait() == 0
    with CurrentIndex(folder) as current:
        assert current.ask(look).old == 2
        commits.write(corpus, 2, files=2)
        assert built(commits, corpus, folder, "columnar").wait() == 0
        assert current.generation < generation(folder)
        time.sleep(1)
        assert current.ask(look).new == 2
        assert current.generation == generation(folder)


def test_a_text_that_two_builds_have_taken_away_is_asked_for_anew(tmp_path: Path, commits: ModuleType) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    commits.write(corpus, 1, files=2)
    assert built(commits, corpus, folder, "columnar").wait() == 0
    with CurrentIndex(folder, seconds=3600) as current, Index(folder) as staying:
        for version in (2, 3):
            commits.write(corpus, version, files=2)
            assert built(commits, corpus, folder, "columnar").wait() == 0
        with pytest.raises(StaleIndexError, match="open the index anew"):
            staying.search("everywhere")
        found = current.ask(lambda index: index.search("everywhere"))
        assert (found.generation, found.filings) == (generation(folder), 2)


def test_removing_and_pruning_leave_those_who_ask_alone(tmp_path: Path, commits: ModuleType) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    commits.write(corpus, 1, files=12)
    assert built(commits, corpus, folder, "columnar").wait() == 0
    failures: list[BaseException] = []
    seen: set[int] = set()
    done = threading.Event()
    with CurrentIndex(folder, seconds=0) as current, Index(folder) as staying:

        def ask() -> None:
            try:
                while not done.is_set():
                    seen.add(current.ask(lambda index: index.search("everywhere")).filings)
                    assert staying.totals(Lookup("everywhere")).filings == 12
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        try:
            for number in range(4):
                accession = current.ask(lambda index: index.search("everywhere")).hits[0].accession
                assert len(remove(folder, [accession]).removed) == 1
                (corpus / f"{number}.txt").unlink(missing_ok=True)
                build = Build([corpus], Settings(folder), Options(processes=1, prune=True))
                build.run()
                build.close()
        finally:
            done.set()
            for thread in threads:
                thread.join()
        assert failures == []
        last = current.ask(lambda index: index.search("everywhere")).filings
        assert last < 12 and seen <= set(range(last, 13))


def test_answers_are_of_one_commit_whoever_else_asks(tmp_path: Path, commits: ModuleType) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    commits.write(corpus, 1, files=3)
    assert built(commits, corpus, folder, "columnar").wait() == 0
    failures: list[BaseException] = []
    with CurrentIndex(folder, seconds=0) as current:

        def ask() -> None:
            try:
                for _ in range(20):
                    assert current.ask(look).filings == 3
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        commits.write(corpus, 2, files=3)
        assert built(commits, corpus, folder, "columnar").wait() == 0
        for thread in threads:
            thread.join()
    assert failures == []
