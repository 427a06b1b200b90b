"""The table of contents read without Whoosh says what Whoosh says, and runs nothing."""

import pickle
from pathlib import Path

import pytest
from whoosh.codec.whoosh3 import W3Codec

from indexer.errors import UnusableIndexError
from indexer.whoosh_compat import plain_table
from indexer.whoosh_compat.codec import ColumnarSegment
from indexer.whoosh_compat.commits import TRAILER
from indexer.whoosh_compat.toc import read_table, write_table
from indexer.whoosh_compat.whoosh_schema import whoosh_schema


def segment(*deleted: int) -> ColumnarSegment:
    made = ColumnarSegment("MAIN")
    made.set_doc_count(10)
    for number in deleted:
        made.delete_document(number)
    return made


def segments(folder: Path) -> list[plain_table.NamedSegment]:
    table = plain_table.read(folder)
    assert table is not None
    return table.segments


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    first, second = segment(), segment(7, 3)
    second.lost_words = {"text": 12}
    write_table(tmp_path, whoosh_schema(), [first, second], 3)
    return tmp_path


def test_it_says_what_whoosh_says(folder: Path) -> None:
    found = segments(folder)
    assert [each.name for each in found] == [each.segment_id() for each in read_table(folder).segments]
    assert [(each.deleted, each.lost) for each in found] == [([], {}), ([3, 7], {"text": 12})]


def test_the_last_table_is_read(folder: Path) -> None:
    write_table(folder, whoosh_schema(), [], 12)
    assert plain_table.read(folder) == plain_table.TableOfContents(12, [])


def test_a_segment_of_another_codec_is_left_to_whoosh(folder: Path) -> None:
    write_table(folder, whoosh_schema(), [segment(), W3Codec().new_segment(None, "MAIN")], 4)
    assert plain_table.read(folder) is None


def test_no_index_is_left_to_whoosh(tmp_path: Path) -> None:
    assert plain_table.read(tmp_path) is None


def test_a_damaged_table_is_refused(folder: Path) -> None:
    path = folder / "_MAIN_3.toc"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(UnusableIndexError, match="damaged"):
        plain_table.read(folder)


class Harmful:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (print, ("run",))


def test_nothing_in_it_is_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "_MAIN_3.toc"
    content = path.read_bytes()[: -TRAILER.size]
    named = pickle.dumps(read_table(folder).segments, -1)
    assert content.endswith(named)
    path.write_bytes(content[: -len(named)] + pickle.dumps([Harmful()], -1))
    assert plain_table.read(folder) is None
    assert capsys.readouterr().out == ""
