"""A build ends with the same index however it got there: in workers or not, at once or in steps."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from indexer import index
from indexer.build.pipeline import Build, Options, Summary
from indexer.build.worker import Settings
from indexer.contents import Contents
from indexer.errors import LockedIndexError, NoCorpusError
from indexer.manifest import Manifest
from indexer.records import SubmissionRecord

Write = Callable[..., Path]


def build(paths: Sequence[Path], folder: Path, *, options: Options | None = None) -> Summary:
    with closing(Build(paths, Settings(folder), options or Options())) as building:
        return building.run(lambda submissions, size: None)


def held(folder: Path) -> list[SubmissionRecord]:
    with closing(Manifest.open(folder, at=index.generation(folder))) as manifest:
        return sorted(manifest.submissions(), key=lambda record: (record.accession, record.source))


@pytest.mark.parametrize("processes", [1, 2])
def test_every_file_is_read_whoever_reads_it(write: Write, filings: Path, tmp_path: Path, processes: int) -> None:
    for number in range(1, 9):
        write(number, f"The text of number {number}.")
    summary = build([filings], tmp_path / "index", options=Options(processes=processes))
    assert (summary.submissions, summary.status.submissions, summary.problems) == (8, 8, ())
    assert len(held(tmp_path / "index")) == 8


def test_the_copy_kept_does_not_depend_on_when_each_was_read(write: Write, filings: Path, tmp_path: Path) -> None:
    for name, texts in (("a", ["One."]), ("b", ["One.", "Two."]), ("c", ["One, of more words.", "Two."])):
        write(1, *texts, name=f"{name}.txt")
    build([filings], tmp_path / "at-once")
    for name in "cab":
        build([filings / f"{name}.txt"], tmp_path / "in-steps")
    assert held(tmp_path / "in-steps") == held(tmp_path / "at-once")
    assert [record.path[-5:] for record in held(tmp_path / "at-once") if record.kept] == ["c.txt"]


def test_the_next_copy_is_taken_in_when_the_kept_one_goes(write: Write, filings: Path, tmp_path: Path) -> None:
    write(1, "The lesser copy.", name="lesser.txt")
    fuller = write(1, "The fuller copy.", "With an exhibit.", name="fuller.txt")
    build([filings], tmp_path / "index")
    fuller.unlink()
    build([filings], tmp_path / "index", options=Options(prune=True))
    [record] = held(tmp_path / "index")
    assert (Path(record.path).name, bool(record.kept)) == ("lesser.txt", True)
    with closing(Contents.open(tmp_path / "index")) as opened:
        assert len(opened.documents(record.accession)) == 1


def test_a_second_build_at_the_same_time_is_refused(write: Write, filings: Path, tmp_path: Path) -> None:
    write(1, "A text.")
    with closing(Build([filings], Settings(tmp_path / "index"), Options())), pytest.raises(LockedIndexError):
        Build([filings], Settings(tmp_path / "index"), Options())
    assert build([filings], tmp_path / "index").status.submissions == 1


def test_no_corpus_is_an_error_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(NoCorpusError):
        Build([tmp_path / "absent"], Settings(tmp_path / "index"), Options())
    assert list(tmp_path.iterdir()) == []
