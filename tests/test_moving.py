"""An index that moves: with its corpus or without, nothing is read anew, and everything leads to the files."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.errors import IndexerError, NoCorpusError
from indexer.manifest.manifest import open_manifest
from indexer.pipeline.build import Build, Options, Summary
from indexer.pipeline.rebuild import Rebuild
from indexer.pipeline.relocate import relocate
from indexer.pipeline.remove import remove
from indexer.storage import location
from indexer.stored_submissions import StoredSubmissions
from indexer.verify.inspection import verify
from indexer.workers.worker import Settings
from search.ask import Index, Lookup
from tests.search.conftest import document, submission

FILES = {f"200{number}/{number}.txt": submission(number, document(f"A waiver {number}.")) for number in (1, 2, 3)}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a corpus, which has a copy and a file that is none, and an index of it."""
    for name, content in {**FILES, "copy.txt": FILES["2001/1.txt"], "notes.md": b"none"}.items():
        path = tmp_path / "one" / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    built(tmp_path / "one")
    return tmp_path / "one"


def built(home: Path, *, corpus: Path | None = None, prune: bool = False) -> Summary:
    options = Options(processes=1, prune=prune)
    with closing(Build([corpus or home / "corpus"], Settings(home / "index"), options)) as build:
        return build.run()


def sources(index: Path) -> set[str]:
    """Where the files are, by all that says so."""
    with Index(index) as opened:
        hits = {hit.source for hit in opened.hits(Lookup("waiver"))}
    with open_manifest(index) as manifest:
        assert {record.source for record in manifest.submissions() if record.kept} == hits
        assert {record.source for record in manifest.copies("0009070001-24-000001")} <= set(manifest.files())
        assert all(Path(record.path).is_file() for record in manifest.problems())
    with closing(StoredSubmissions.open(index)) as contents:
        assert {contents.documents(f"0009070001-24-00000{number}")[0].source for number in (1, 2, 3)} == hits
    return hits


@pytest.fixture(params=["copied", "moved"])
def elsewhere(request: pytest.FixtureRequest, home: Path, tmp_path: Path) -> Iterator[Path]:
    """The folder elsewhere: copied without its times, or moved."""
    there = tmp_path / "deep" / "two"
    if request.param == "copied":
        shutil.copytree(home, there, copy_function=shutil.copyfile)
    else:
        there.parent.mkdir()
        home.rename(there)
    yield there


def test_nothing_is_read_anew_and_everything_leads_to_the_new_place(elsewhere: Path) -> None:
    inside = {str(elsewhere / "corpus" / name) for name in FILES} | {str(elsewhere / "corpus" / "copy.txt")}
    assert sources(elsewhere / "index") < inside
    summary = built(elsewhere)
    assert (summary.submissions, summary.unchanged, summary.vanished) == (0, 5, ())
    assert sources(elsewhere / "index") < inside
    assert verify(elsewhere / "index").faults == []


def test_what_changes_there_is_all_that_is_read(elsewhere: Path) -> None:
    (elsewhere / "corpus" / "2002" / "2.txt").unlink()
    (elsewhere / "corpus" / "2003" / "3.txt").write_bytes(submission(3, document("Another waiver, longer.")))
    (elsewhere / "corpus" / "4.txt").write_bytes(submission(4, document("A waiver 4.")))
    summary = built(elsewhere, prune=True)
    assert (summary.submissions, summary.unchanged) == (2, 3)
    assert summary.vanished == (str(elsewhere / "corpus" / "2002" / "2.txt"),)
    with Index(elsewhere / "index") as index:
        assert index.totals(Lookup("waiver")).filings == 3
    assert verify(elsewhere / "index").faults == []


def test_it_is_built_anew_and_is_the_same_index(elsewhere: Path) -> None:
    identity = location.identity(elsewhere / "index")
    with closing(Rebuild([elsewhere / "corpus"], Settings(elsewhere / "index"), Options())) as build:
        build.run()
    assert sources(elsewhere / "index")
    assert location.identity(elsewhere / "index") == identity != ""
    assert built(elsewhere).unchanged == 5


def test_no_place_is_kept_but_that_of_the_roots(home: Path) -> None:
    said = [path for path in (home / "index").iterdir() if path.is_file() and str(home).encode() in path.read_bytes()]
    assert [path.name for path in said] == [location.FILE]


def test_a_corpus_that_went_alone_is_relocated(home: Path, tmp_path: Path) -> None:
    (home / "corpus").rename(tmp_path / "archive")
    found = relocate(home / "index", home / "corpus", tmp_path / "archive")
    assert found == (5, 5)
    assert built(home, corpus=tmp_path / "archive").unchanged == 5
    assert sources(home / "index") < {*map(str, (tmp_path / "archive").rglob("*.txt"))}


def test_a_part_of_it_is_relocated(home: Path, tmp_path: Path) -> None:
    (home / "corpus" / "2002").rename(tmp_path / "old")
    (tmp_path / "old" / "2.txt").touch()
    assert relocate(home / "index", home / "corpus" / "2002", tmp_path / "old") == (1, 1)
    assert str(tmp_path / "old" / "2.txt") in sources(home / "index")
    with closing(Build([home / "corpus", tmp_path / "old"], Settings(home / "index"), Options())) as build:
        assert (build.run().unchanged, build.size) == (5, 0)


def test_what_cannot_be_relocated_is_one_line(home: Path, tmp_path: Path) -> None:
    with pytest.raises(NoCorpusError, match="no such folder"):
        relocate(home / "index", home / "corpus", tmp_path / "absent")
    with pytest.raises(IndexerError, match=r"no file of the index at .* lies under .*; its roots: .*corpus"):
        relocate(home / "index", tmp_path / "other", tmp_path)


def test_an_index_of_before_keeps_its_paths_and_is_relocated(home: Path, tmp_path: Path) -> None:
    location.remark(home / "index", roots={"corpus": str(home / "corpus")}, index=str(home / "index"))
    folder = tmp_path / "before"
    with closing(Build([home / "corpus"], Settings(folder), Options(), opened=_without_roots)) as build:
        build.run()
    assert (location.marked(folder).get("roots"), len(sources(folder))) == (None, 3)
    (home / "corpus").rename(tmp_path / "archive")
    relocate(folder, home / "corpus", tmp_path / "archive")
    with closing(Build([tmp_path / "archive"], Settings(folder), Options())) as build:
        assert build.run().unchanged == 5


def _without_roots(folder: Path) -> object:
    from indexer.engines.engine import open_writer

    writer = open_writer(folder)
    writer.take_roots = lambda paths: None  # type: ignore[method-assign]
    return writer


def test_what_was_removed_stays_so(home: Path, tmp_path: Path) -> None:
    home.rename(tmp_path / "two")
    assert remove(tmp_path / "two" / "index", ["0009070001-24-000002"]).removed == ("0009070001-24-000002",)
    assert built(tmp_path / "two").submissions == 0
    assert verify(tmp_path / "two" / "index").faults == []
