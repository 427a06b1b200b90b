"""The text store gives back what it was given, whole and in part, and says when it cannot."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.tokenizer import words
from indexer.errors import OtherVersionError, StaleIndexError, UnusableIndexError
from indexer.extracted import Section
from indexer.texts import text_blocks
from indexer.texts.text_layout import Parts, TextAddress
from indexer.texts.text_store import TextStore
from indexer.texts.text_writer import TextWriter


def store(folder: Path, *contents: str) -> tuple[TextStore, list[TextAddress]]:
    with TextWriter(folder) as writer:
        addresses = [writer.add(content) for content in contents]
    return TextStore(folder), addresses


def test_a_text_comes_back_whole(tmp_path: Path) -> None:
    contents = ["", "one", "déjà vu \ud800 \x00", "word " * 100_000]
    reader, addresses = store(tmp_path, *contents)
    assert [reader[address].whole() for address in addresses] == contents
    assert [len(reader[address]) for address in addresses] == [len(content) for content in contents]


@given(st.data())
def test_any_slice_is_that_of_the_text(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(["a", "é", " ", "\n", "long" * 9]), max_size=60)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_blocks, "BLOCK", 16)
        reader, [address] = store(tmp_path_factory.mktemp("texts"), text)
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    assert reader[address].slice(start, end) == text[start:end]


def test_blocks_end_between_words_and_count_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_blocks, "BLOCK", 32)
    content = "The licensee shall pay " + "x" * 100 + " within thirty days."
    reader, [address] = store(tmp_path, content)
    stored = reader[address]
    blocks = [stored.block(number) for number in range(len(stored.starts) - 1)]
    assert len(blocks) > 2
    assert [word for block in blocks for word in words(block)] == words(content)
    assert stored.words[-1] == len(words(content))
    assert stored.words[1] == len(words(blocks[0]))


def test_parts_are_kept_with_the_text(tmp_path: Path) -> None:
    parts = Parts((Section("1A", "Risk Factors", 4, 90),), (0, 40))
    with TextWriter(tmp_path) as writer:
        address = writer.add("text " * 20, parts)
    assert TextStore(tmp_path)[address].parts() == parts


def test_an_address_prints_and_parses() -> None:
    address = TextAddress("a1b2", 8, 300)
    assert TextAddress.parse(str(address)) == address


def test_a_writer_to_which_nothing_was_added_leaves_no_file(tmp_path: Path) -> None:
    TextWriter(tmp_path).close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", ["cut", "flip", "gone"])
def test_damage_is_an_error_that_names_the_text(tmp_path: Path, damage: str) -> None:
    reader, [address] = store(tmp_path, "confidential treatment " * 50)
    path = tmp_path / f"{address.file}.zst"
    content = bytearray(path.read_bytes())
    match damage:
        case "cut":
            path.write_bytes(content[:-3])
        case "flip":
            content[-20] ^= 0xFF
            path.write_bytes(content)
        case "gone":
            path.unlink()
    with pytest.raises(UnusableIndexError, match=address.file):
        reader[address].whole()


def test_words_are_counted_without_reading_them(tmp_path: Path) -> None:
    contents = ["", "An orphan drug license.", "word " * 100_000]
    reader, addresses = store(tmp_path, *contents)
    assert [reader.word_count(address) for address in addresses] == [len(words(content)) for content in contents]


def test_a_file_that_is_gone_makes_the_index_stale(tmp_path: Path) -> None:
    reader, [address] = store(tmp_path, "confidential treatment")
    (tmp_path / f"{address.file}.zst").unlink()
    with pytest.raises(StaleIndexError, match="open the index anew"):
        reader[address]


def test_few_files_stay_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TextStore, "OPEN", 2)
    written = [store(tmp_path, f"text {number}")[1][0] for number in range(5)]
    reader = TextStore(tmp_path)
    for _ in range(2):
        assert [reader[address].whole() for address in written] == [f"text {number}" for number in range(5)]
    assert len(reader._files) == 2
    reader.close()
    assert reader._files == {}


@pytest.mark.parametrize("at", range(32))
def test_damage_of_a_directory_is_noticed(tmp_path: Path, at: int) -> None:
    _, [address] = store(tmp_path, "confidential treatment " * 50)
    path = tmp_path / f"{address.file}.zst"
    content = bytearray(path.read_bytes())
    content[address.offset + at] ^= 4
    path.write_bytes(content)
    with pytest.raises(UnusableIndexError):
        TextStore(tmp_path)[address].whole()


def test_another_whole_text_is_damage(tmp_path: Path) -> None:
    """Found by mutations: a file cut so that another record lay at an address, whole and with sound checksums."""
    _, [third, fourth] = store(tmp_path, "one lease ends", "two leases end")
    path = tmp_path / f"{third.file}.zst"
    content = path.read_bytes()
    here, there = (slice(each.offset, each.offset + each.length) for each in (third, fourth))
    path.write_bytes(content[: third.offset] + content[there] + content[here])
    for address in (third, fourth):
        with pytest.raises(UnusableIndexError, match="another lies there"):
            TextStore(tmp_path)[address]
        with pytest.raises(UnusableIndexError, match="another lies there"):
            TextStore(tmp_path).word_count(address)


def test_a_whole_block_of_another_text_is_damage(tmp_path: Path) -> None:
    _, [first, second] = store(tmp_path, "one lease ends", "two leases end")
    path = tmp_path / f"{first.file}.zst"
    content = bytearray(path.read_bytes())
    here, there = (slice(at.offset + 32, at.offset + at.length) for at in (first, second))
    content[here] = content[there]
    path.write_bytes(content)
    with pytest.raises(UnusableIndexError, match="its checksum is another"):
        TextStore(tmp_path)[first].whole()


def test_a_file_under_the_name_of_another_is_damage(tmp_path: Path) -> None:
    _, [first] = store(tmp_path, "one lease ends")
    _, [second] = store(tmp_path, "two leases end")
    (tmp_path / f"{second.file}.zst").replace(tmp_path / f"{first.file}.zst")
    with pytest.raises(UnusableIndexError, match="another lies there"):
        TextStore(tmp_path)[first]


@pytest.mark.parametrize(
    ("begins", "error", "said"),
    [
        (b"EDGTEXT2", OtherVersionError, "another version of this program: `indexer build --rebuild`"),
        (b"EDGTEXT4", OtherVersionError, "another version of this program: `indexer build --rebuild`"),
        (b"edgtext3", UnusableIndexError, "does not begin as a file of texts does; run `indexer verify`"),
        (b"", UnusableIndexError, "does not begin as a file of texts does"),
    ],
)
def test_a_file_that_begins_otherwise_is_not_read(
    tmp_path: Path, begins: bytes, error: type[Exception], said: str
) -> None:
    reader, [address] = store(tmp_path, "The licensee shall pay.")
    path = tmp_path / f"{address.file}.zst"
    path.write_bytes(begins + path.read_bytes()[len(begins) :] if begins else b"")
    with pytest.raises(error, match=said):
        reader[address]
