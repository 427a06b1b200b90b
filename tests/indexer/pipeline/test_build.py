"""A build ends with the same index however it got there: in workers or not, at once or in steps."""

import gzip
import os
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import LockedIndexError, NoCorpusError
from indexer.manifest.manifest import Manifest
from indexer.manifest.records import SubmissionRecord
from indexer.pipeline.build import Build, Options, Summary
from indexer.stored_submissions import StoredSubmissions
from indexer.whoosh_compat import commits
from indexer.workers.worker import Settings

Write = Callable[..., Path]


def build(paths: Sequence[Path], folder: Path, *, options: Options | None = None) -> Summary:
    with closing(Build(paths, Settings(folder), options or Options())) as building:
        return building.run(lambda submissions, size: None)


def held(folder: Path) -> list[SubmissionRecord]:
    with closing(Manifest.open(folder, at=commits.generation(folder))) as manifest:
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
    with closing(StoredSubmissions.open(tmp_path / "index")) as opened:
        assert len(opened.documents(record.accession)) == 1


def problems(folder: Path) -> list[tuple[str, str]]:
    with Manifest.open(folder, at=commits.generation(folder)) as manifest:
        return [(record.problem.kind.value, record.problem.outcome) for record in manifest.problems()]


def test_what_was_read_of_a_file_stays_when_it_cannot_be_read_any_more(
    write: Write, filings: Path, tmp_path: Path
) -> None:
    path = write(1, "What was read.")
    build([filings], tmp_path / "index")
    whole = path.read_bytes()
    path.write_bytes(gzip.compress(whole)[:-9])
    summary = build([filings], tmp_path / "index")
    assert (summary.failed, summary.status.submissions, summary.status.failed) == (1, 1, 1)
    assert problems(tmp_path / "index") == [("unreadable-file", "what was read of it before is kept")]
    path.write_bytes(whole)
    summary = build([filings], tmp_path / "index")
    assert (summary.failed, summary.status.submissions, problems(tmp_path / "index")) == (0, 1, [])


def test_what_lies_where_nobody_can_look_is_kept_and_said(
    write: Write, filings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(1, "One.", name="open/1.txt")
    write(2, "Two.", name="closed/2.txt")
    build([filings], tmp_path / "index")
    real = os.scandir

    def scandir(path: str) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        generations = []
        for _ in range(2):
            summary = build([filings], tmp_path / "index", options=Options(prune=True))
            assert (summary.vanished, summary.status.submissions, summary.failed) == ((), 2, 1)
            generations.append(summary.status.generation)
    assert generations[0] == generations[1]  # what is known already is no change
    assert problems(tmp_path / "index") == [("unreadable-file", "skipped")]
    assert build([filings], tmp_path / "index").status.problems == 0
    assert problems(tmp_path / "index") == []


def test_an_index_among_its_corpus_is_not_read(write: Write, filings: Path) -> None:
    write(1, "One.")
    for _ in range(2):
        summary = build([filings], filings / "index")
        assert (summary.status.submissions, summary.status.files) == (1, 1)


def test_a_copy_that_cannot_be_read_gives_way_to_the_next(write: Write, filings: Path, tmp_path: Path) -> None:
    least, middle, fullest = (write(1, *["Text."] * number, name=f"{number}.txt") for number in (1, 2, 3))
    build([filings], tmp_path / "index")
    middle.write_bytes(gzip.compress(middle.read_bytes())[:-9])
    fullest.unlink()
    summary = build([filings], tmp_path / "index", options=Options(prune=True))
    assert (summary.failed, summary.status.submissions) == (1, 1)
    assert [Path(record.path) for record in held(tmp_path / "index")] == [least]


def test_three_copies_give_way_to_one_another(write: Write, filings: Path, tmp_path: Path) -> None:
    copies = [write(1, *["Text."] * number, name=f"{number}.txt") for number in (1, 2, 3)]
    build([filings], tmp_path / "index")
    for fullest in (2, 1):
        copies[fullest].unlink()
        build([filings], tmp_path / "index", options=Options(prune=True))
        [kept] = [record for record in held(tmp_path / "index") if record.kept]
        assert Path(kept.path) == copies[fullest - 1]
        with closing(StoredSubmissions.open(tmp_path / "index")) as opened:
            assert len(opened.documents(kept.accession)) == fullest
    assert problems(tmp_path / "index") == []


def test_a_second_build_at_the_same_time_is_refused(write: Write, filings: Path, tmp_path: Path) -> None:
    write(1, "A text.")
    with closing(Build([filings], Settings(tmp_path / "index"), Options())), pytest.raises(LockedIndexError):
        Build([filings], Settings(tmp_path / "index"), Options())
    assert build([filings], tmp_path / "index").status.submissions == 1


def test_no_corpus_is_an_error_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(NoCorpusError):
        Build([tmp_path / "absent"], Settings(tmp_path / "index"), Options())
    assert list(tmp_path.iterdir()) == []
