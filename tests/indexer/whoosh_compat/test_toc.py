"""The table of contents is Whoosh's, checked, and durable; what it does not name is taken away by the next writer."""

from pathlib import Path

import pytest
from whoosh.index import open_dir

from indexer.errors import NoIndexError, UnusableIndexError
from indexer.whoosh_compat.toc import open_last, read_table, write_table
from indexer.whoosh_compat.whoosh_schema import whoosh_schema


def test_whoosh_reads_what_is_written(tmp_path: Path) -> None:
    write_table(tmp_path, whoosh_schema(), [], 7)
    assert open_dir(tmp_path).latest_generation() == read_table(tmp_path).generation == 7
    assert [path.name for path in tmp_path.iterdir()] == ["_MAIN_7.toc"]


def test_one_that_whoosh_wrote_is_read(tmp_path: Path) -> None:
    from whoosh.index import create_in

    create_in(tmp_path, whoosh_schema())
    assert read_table(tmp_path).segments == []


def test_none_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="indexer build"):
        read_table(tmp_path)


@pytest.mark.parametrize("content", [b"", b"short", bytes(100), b"EDGARTOC" * 20])
def test_damage_is_an_error_that_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "_MAIN_1.toc").write_bytes(content)
    with pytest.raises(UnusableIndexError, match="indexer verify"):
        read_table(tmp_path)


def test_a_table_superseded_as_it_is_opened_gives_way_to_the_next(tmp_path: Path) -> None:
    write_table(tmp_path, whoosh_schema(), [], 1)
    asked: list[int] = []

    def opened(table: object) -> int:
        asked.append(read_table(tmp_path).generation)
        if len(asked) == 1:  # a commit comes, and takes away a file that was about to be opened
            write_table(tmp_path, whoosh_schema(), [], 2)
            raise FileNotFoundError(2, "No such file", "MAIN_gone.cols")
        return asked[-1]

    assert open_last(tmp_path, opened) == 2
