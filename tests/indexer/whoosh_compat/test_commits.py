"""An index's files are told by their names, and its last commit by those of its tables of contents."""

from pathlib import Path

import pytest
from whoosh.index import _DEF_INDEX_NAME, TOC

from indexer.errors import UnusableIndexError
from indexer.whoosh_compat import commits


@pytest.mark.parametrize(
    "name",
    ["_MAIN_0.toc", "_MAIN_12.toc", "_MAIN_7.toc.1700000000.5", "MAIN_0a9.cols", "MAIN_0a9.seg", "other.txt", "a.tmp"],
)
def test_names_are_read_as_whoosh_reads_them(name: str) -> None:
    table, segment = TOC._pattern(_DEF_INDEX_NAME).match(name), TOC._segment_pattern(_DEF_INDEX_NAME).match(name)
    assert commits.generation_of(name) == (int(table[1]) if table else None)
    assert commits.segment_of(name) == (segment[1] if segment else None)


def test_the_generation_is_that_of_the_last_table(tmp_path: Path) -> None:
    assert commits.generation(tmp_path) == -1
    assert commits.generation(tmp_path / "missing") == -1
    for name in ("_MAIN_2.toc", "_MAIN_10.toc", "_MAIN_11.toc.17", "MAIN_0.cols"):
        (tmp_path / name).touch()
    assert commits.generation(tmp_path) == 10


def test_what_is_taken_away_meanwhile_is_opened_anew() -> None:
    missing = [FileNotFoundError(2, "gone", "a.cols"), FileNotFoundError(2, "gone", "b.cols")]

    def opened() -> str:
        if missing:
            raise missing.pop()
        return "the next commit"

    assert commits.retried(opened) == "the next commit"


def test_what_stays_missing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commits, "_PAUSE", 0)

    def opened() -> None:
        raise FileNotFoundError(2, "gone", "a.cols")

    with pytest.raises(UnusableIndexError, match=r"a\.cols is missing: run `indexer verify`"):
        commits.retried(opened)
