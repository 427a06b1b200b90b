"""What a build reads: new and changed files; what it reports: those that are gone."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.build.plan import MOST, batches, compare, key
from indexer.corpus import CorpusFile
from indexer.manifest import FileRecord


def found(path: str, *, size: int = 10, mtime_ns: int = 5) -> CorpusFile:
    return CorpusFile(path, size, mtime_ns)


def known(*files: CorpusFile, outcome: str = "read") -> dict[str, FileRecord]:
    return {key(file): FileRecord(key(file), file.size, file.mtime_ns, "ab", outcome) for file in files}


def test_new_and_changed_files_are_wanted() -> None:
    before = known(found("/c/a"), found("/c/b"), found("/c/d"))
    now = [found("/c/a"), found("/c/b", size=11), found("/c/d", mtime_ns=6), found("/c/e")]
    changes = compare(now, before, roots=["/c"], retry=False)
    assert [file.path for file in changes.wanted] == ["/c/b", "/c/d", "/c/e"]
    assert [file.path for file in changes.unchanged] == ["/c/a"]


def test_what_failed_is_wanted_again_only_when_asked() -> None:
    before = known(found("/c/a"), outcome="failed")
    assert compare([found("/c/a")], before, roots=["/c"], retry=False).wanted == ()
    assert compare([found("/c/a")], before, roots=["/c"], retry=True).wanted == (found("/c/a"),)


def test_only_what_lay_under_the_paths_named_is_gone() -> None:
    before = known(found("/c/a"), found("/c/sub/b"), found("/cc/a"), found("/d/a"))
    changes = compare([found("/c/a")], before, roots=["/c", "/d/a"], retry=False)
    assert changes.vanished == ("/c/sub/b", "/d/a")


@given(st.lists(st.integers(0, MOST), max_size=40), st.integers(1, 8))
def test_batches_hold_every_file_once_in_order(sizes: list[int], processes: int) -> None:
    files = [found(f"/c/{number}", size=size) for number, size in enumerate(sizes)]
    tasks = list(batches(files, processes))
    assert [file for task in tasks for file in task.files] == files
    assert all(sum(file.size for file in task.files[:-1]) < MOST for task in tasks)
