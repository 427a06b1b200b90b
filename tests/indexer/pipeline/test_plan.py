"""What a build reads: new and changed files; what it reports: those that are gone."""

import gzip
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus.walking import CorpusFile
from indexer.manifest.records import FileRecord
from indexer.pipeline.plan import LEAST, MOST, batches, compare, decided, processes_for
from indexer.workers.task import Task, key, sha256_of

AT = 10**18
"""When files were read; they changed an hour before."""
BEFORE = AT - 3600 * 10**9


def found(path: str, **changes: int) -> CorpusFile:
    return CorpusFile(path, **{"size": 10, "mtime_ns": BEFORE, "ctime_ns": BEFORE, **changes})


def known(*files: CorpusFile, **changes: Any) -> dict[str, FileRecord]:
    return {
        key(file): replace(FileRecord(key(file), file.size, file.mtime_ns, "ab", "read", file.ctime_ns, AT), **changes)
        for file in files
    }


def test_new_files_and_those_of_another_size_are_wanted() -> None:
    now = [found("/c/a"), found("/c/b", size=11), found("/c/e")]
    changes = compare(now, known(found("/c/a"), found("/c/b")), roots=["/c"])
    assert [file.path for file in changes.wanted] == ["/c/b", "/c/e"]
    assert [file.path for file in changes.unchanged] == ["/c/a"]


@pytest.mark.parametrize(
    ("file", "before"),
    [
        (found("/c/a", mtime_ns=BEFORE + 1), known(found("/c/a"))),
        (found("/c/a", ctime_ns=BEFORE + 1), known(found("/c/a"))),
        (found("/c/a", mtime_ns=AT - 1), known(found("/c/a", mtime_ns=AT - 1))),
    ],
    ids=["another time", "changed, and its time set back", "changed as it was read"],
)
def test_a_file_of_the_same_size_is_doubtful_where_times_do_not_tell(
    file: CorpusFile, before: dict[str, FileRecord]
) -> None:
    changes = compare([file], before, roots=["/c"])
    assert (changes.doubtful, changes.wanted, changes.unchanged) == ((file,), (), ())
    without_hash = {path: replace(record, sha256="") for path, record in before.items()}
    assert compare([file], without_hash, roots=["/c"]).wanted == (file,)


def test_where_the_clock_was_set_back_contents_decide_and_nothing_waits_for_it() -> None:
    tomorrow = AT + 24 * 3600 * 10**9
    file = found("/c/a", mtime_ns=tomorrow, ctime_ns=tomorrow)
    assert compare([file], known(file), roots=["/c"]).doubtful == (file,)
    settling = (AT - 2 * 10**9, AT)
    assert compare([file], {}, roots=["/c"], settling_ns=settling).wanted == (file,)
    assert compare([found("/c/a", mtime_ns=AT - 1)], {}, roots=["/c"], settling_ns=settling).wanted == ()


def test_contents_decide_where_times_do_not_tell(tmp_path: Path) -> None:
    same, other = tmp_path / "same.txt", tmp_path / "other.txt"
    for path in (same, other):
        path.write_bytes(b"0123456789")
    files = [found(str(path), mtime_ns=1) for path in (same, other, tmp_path / "gone.txt")]
    before = known(*(file._replace(mtime_ns=0) for file in files), sha256=sha256_of(str(same)))
    other.write_bytes(b"9876543210")
    changes, fresh = decided(compare(files, before, roots=[str(tmp_path)]), before, threads=2)
    assert (changes.unchanged, changes.doubtful) == ((files[0],), ())
    assert [Path(file.path).name for file in changes.wanted] == ["other.txt", "gone.txt"]
    assert [(record.path, record.mtime_ns) for record in fresh] == [(str(same), 1)]
    assert fresh[0].checked_ns > AT


def test_what_is_named_is_read_again_and_so_is_what_is_marked() -> None:
    files = (found("/c/a"), found("/c/b"))
    assert compare(files, known(*files), roots=["/c"], again=["/c/b"]).wanted == (files[1],)
    assert compare(files, known(*files, outcome="again"), roots=["/c"]).wanted == files
    assert compare(files, known(*files, outcome="failed"), roots=["/c"]).wanted == ()


def test_only_what_lay_under_the_paths_named_is_gone() -> None:
    before = known(found("/c/a"), found("/c/sub/b"), found("/cc/a"), found("/d/a"))
    changes = compare([found("/c/a")], before, roots=["/c", "/d/a"])
    assert changes.vanished == ("/c/sub/b", "/d/a")


def test_what_lies_where_nobody_could_look_is_not_gone() -> None:
    before = known(found("/c/locked/a"), found("/c/b"))
    assert compare([], before, roots=["/c"], unlisted=["/c/locked"]).vanished == ("/c/b",)


@given(st.lists(st.integers(0, MOST), max_size=40), st.integers(1, 8))
def test_batches_hold_every_file_once_in_order(sizes: list[int], processes: int) -> None:
    files = [found(f"/c/{number:02}", size=size) for number, size in enumerate(sizes)]
    tasks = list(batches(files, processes))
    listed = [file for task in tasks for file in task.files]
    assert (listed if processes == 1 else sorted(listed)) == files
    assert all(sum(file.size for file in task.files[:-1]) < MOST for task in tasks)
    assert all(LEAST <= task.share_bytes <= 1.5 * MOST if processes > 1 else not task.share_bytes for task in tasks)


def test_several_share_out_a_few_files_at_a_time_so_that_each_has_as_much() -> None:
    for number, each in ((300, 1), (400, 2)):
        tasks = list(batches([found(f"/c/{at:03}", size=1 << 19) for at in range(number)], 2))
        assert {len(task.files) for task in tasks} == {2}
        assert {task.share_bytes for task in tasks} == {number * (1 << 19) // (2 * each)}
    small = [found(f"/c/{number:03}", size=100) for number in range(100)]
    assert {len(task.files) for task in batches(small, 2)} == {32, 4}


@pytest.mark.parametrize(("size", "worth"), [(0, 1), (LEAST * 9 // 10, 1), (LEAST, 2), (5 * LEAST, 4)])
def test_no_more_processes_than_have_a_batch_each(size: int, worth: int, tmp_path: Path) -> None:
    assert processes_for([found("/c/a", size=size // 2), found("/c/b", size=size - size // 2)], 4) == worth
    with tarfile.open(tmp_path / "feed.tar", "w") as archive:
        archive.add(__file__, "a.nc")
    assert processes_for([found(str(tmp_path / "feed.tar"), size=LEAST // 4)], 4) == 4


def test_many_small_files_are_worth_several_processes() -> None:
    small = [found(f"/c/{number}", size=1500) for number in range(2000)]
    assert processes_for(small, 4) == 4
    assert processes_for(small[:100], 4) == 1


def test_several_begin_with_archives_to_share_out_and_with_large_files(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "feed.tar.gz", "w:gz") as archive:
        archive.add(__file__, "a.nc")
    (tmp_path / "one.txt.gz").write_bytes(gzip.compress(b"<SEC-DOCUMENT>" * 1000))
    small = [found(f"/c/{number}", size=100) for number in range(3)]
    large = [found("/c/large", size=LEAST), found("/c/larger", size=2 * LEAST)]
    packed = found(str(tmp_path / "feed.tar.gz"), size=LEAST)
    single = found(str(tmp_path / "one.txt.gz"), size=LEAST // 4)
    files = [small[0], large[0], small[1], packed, large[1], single, small[2]]
    enough = -(-sum(file.size for file in files) // 2)
    assert list(batches(files, 2)) == [
        Task((packed,), MOST),
        *(Task((file,), share_bytes=enough) for file in (large[1], large[0])),
        *(Task(some, share_bytes=enough) for some in ((small[0], small[1], single), (small[2],))),
    ]
    assert [file for task in batches(files, 1) for file in task.files] == files
