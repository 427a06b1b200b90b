"""A rebuild takes an index's place at its end, and not before; what it leaves is what a build from nothing leaves."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from indexer.errors import LockedIndexError, NoCorpusError, UnusableIndexError
from indexer.fields.version import VERSION
from indexer.manifest.manifest import FILE, Manifest
from indexer.pipeline.build import Build, Options, Summary
from indexer.pipeline.rebuild import Rebuild
from indexer.storage import location
from indexer.storage.lock import Lock
from indexer.stored_submissions import StoredSubmissions
from indexer.verify.inspection import verify
from indexer.whoosh_compat import commits
from indexer.workers.worker import Settings

Write = Callable[..., Path]


def build(corpus: Path, folder: Path) -> None:
    with closing(Build([corpus], Settings(folder), Options())) as building:
        building.run()


def rebuild(corpus: Path, folder: Path) -> Summary:
    with closing(Rebuild([corpus], Settings(folder), Options())) as building:
        return building.run()


def texts(folder: Path, number: int) -> list[str]:
    with closing(StoredSubmissions.open(folder)) as opened:
        return [opened.text(each).whole().strip() for each in opened.documents(f"0009000077-17-{number:06}")]


@pytest.fixture
def folder(write: Write, filings: Path, tmp_path: Path) -> Path:
    write(1, "An orphan drug license.")
    write(2, "A lease of a mill.")
    build(filings, tmp_path / "index")
    return tmp_path / "index"


def test_everything_is_read_and_the_old_is_gone(folder: Path, filings: Path, write: Write) -> None:
    before = {path.name for path in folder.glob("MAIN_*.cols")}
    (filings / "0009000077-17-000002.txt").unlink()
    write(3, "A third.")
    summary = rebuild(filings, folder)
    assert (summary.submissions, summary.status.submissions, summary.status.generation) == (2, 2, 2)
    assert (texts(folder, 2), texts(folder, 3)) == ([], ["A third."])
    assert not before & {path.name for path in folder.iterdir()}
    assert not (folder / location.REBUILD).exists()
    assert verify(folder).findings == []


def test_what_did_not_change_counts_as_there_before(folder: Path, filings: Path, write: Write) -> None:
    write(2, "Another lease, of two mills.")
    rebuild(filings, folder)
    with Manifest.open(folder, at=2) as manifest:
        assert [(commit.added, commit.removed) for commit in manifest.commits()] == [(2, 0), (1, 1)]
        assert manifest.added_since(1) == {"0009000077-17-000002"}


def test_nothing_shows_until_it_is_done(folder: Path, filings: Path, write: Write) -> None:
    write(3, "A third.")
    with closing(Rebuild([filings], Settings(folder), Options())) as building:
        building._build.run()  # as when it is killed here
        assert texts(folder, 3) == []
        with pytest.raises(LockedIndexError):
            build(filings, folder)
    assert commits.generation(folder) == 1
    assert rebuild(filings, folder).submissions == 0  # all was read before it was cut short
    assert texts(folder, 3) == ["A third."]


def test_one_that_took_its_place_is_not_gone_on_with(folder: Path, filings: Path, tmp_path: Path) -> None:
    with closing(Rebuild([filings], Settings(folder), Options())) as building:
        building._build.run()
        shutil.copytree(folder / location.REBUILD, tmp_path / "copy")
    rebuild(filings, folder)
    shutil.copytree(tmp_path / "copy", folder / location.REBUILD)
    (folder / location.REBUILD / location.BECOMES).write_text('{"generation": 2}')
    assert rebuild(filings, folder).submissions == 2


@pytest.mark.parametrize("what", ["mark", "table", "manifest", "segment"])
def test_a_damaged_index_is_mended_by_it(folder: Path, filings: Path, what: str) -> None:
    path = {
        "mark": folder / location.FILE,
        "table": folder / "_MAIN_1.toc",
        "manifest": folder / FILE,
        "segment": next(folder.glob("*.cols")),
    }[what]
    path.write_bytes(b"damaged beyond recognition" * 9)
    with pytest.raises(UnusableIndexError):
        build(filings, folder)
        texts(folder, 1)
    rebuild(filings, folder)
    assert texts(folder, 1) == ["An orphan drug license."]
    assert verify(folder).faults == []


def test_an_index_of_another_version_is_replaced_and_marked_with_the_commit(folder: Path, filings: Path) -> None:
    location.mark(folder, VERSION - 1)
    with pytest.raises(UnusableIndexError, match="older version"):
        build(filings, folder)
    rebuild(filings, folder)
    assert location.version_of(folder, commits.generation(folder)) == VERSION
    (folder / "_MAIN_2.toc").rename(folder / "_MAIN_1.toc")  # as long as the commit is not there
    assert location.version_of(folder, commits.generation(folder)) == VERSION - 1


def test_without_an_index_it_is_a_build(write: Write, filings: Path, tmp_path: Path) -> None:
    write(1, "An orphan drug license.")
    assert rebuild(filings, tmp_path / "new").status.submissions == 1
    assert texts(tmp_path / "new", 1) == ["An orphan drug license."]


def test_a_corpus_without_submissions_does_not_replace_an_index(folder: Path, filings: Path) -> None:
    for path in filings.iterdir():
        path.write_text("no submission")
    assert rebuild(filings, folder).status.submissions == 0
    assert texts(folder, 1) == ["An orphan drug license."]


def test_the_lock_is_given_back_when_it_cannot_begin(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NoCorpusError):
        Rebuild([tmp_path / "absent"], Settings(folder), Options())
    Lock(folder).release()
