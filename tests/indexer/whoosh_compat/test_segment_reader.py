"""What Whoosh's readers raise of damaged bytes is one error that names the segment; what is no damage passes."""

import random
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from indexer.errors import NoIndexError, UnusableIndexError
from indexer.pipeline.build import Build, Options
from indexer.stored_submissions import StoredSubmissions
from indexer.whoosh_compat import segment_reader
from indexer.whoosh_compat.segment_reader import naming_segments
from indexer.whoosh_compat.stock import StockBuilder
from indexer.workers.worker import Settings
from indexer.writers.local import LocalBuilder
from search.ask import Index
from search.errors import SearchTimeoutError


@naming_segments(SearchTimeoutError)
class Reader:
    name = "MAIN_abc"

    def returns(self, error: Exception) -> None:
        raise error

    def yields(self, error: Exception) -> Iterator[int]:
        yield 1
        raise error


@pytest.mark.parametrize("error", [KeyError(203), UnicodeDecodeError("utf-8", b"", 0, 1, "x"), Exception("Block tag")])
def test_what_reading_raises_names_the_segment(error: Exception) -> None:
    with pytest.raises(
        UnusableIndexError, match=r"^the segment MAIN_abc cannot be read \(.*run `indexer verify"
    ) as told:
        Reader().returns(error)
    assert told.value.__cause__ is error
    found = Reader().yields(error)
    assert next(found) == 1
    with pytest.raises(UnusableIndexError, match="MAIN_abc"):
        next(found)


@pytest.mark.parametrize("error", [NoIndexError("none"), FileNotFoundError("gone"), SearchTimeoutError(1)])
def test_what_is_no_damage_passes(error: Exception) -> None:
    with pytest.raises(type(error)):
        Reader().returns(error)


@pytest.fixture(scope="module")
def stock(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stock") / "index"
    settings = Settings(folder, builder=partial(LocalBuilder, codec=StockBuilder))
    with closing(Build([corpus], settings, Options(processes=1))) as build:
        build.run()
    return folder


def test_a_segment_that_has_a_checksum_is_compared_before_anything_is_made_of_it(stock: Path) -> None:
    [path] = stock.glob("*.seg")
    sound = path.read_bytes()
    path.write_bytes(sound[:-3000] + bytes([sound[-3000] ^ 1]) + sound[-2999:])
    try:
        for opened in (Index, StoredSubmissions.open):
            with pytest.raises(UnusableIndexError, match=f"{path.stem} is not as it was written"):
                opened(stock)
    finally:
        path.write_bytes(sound)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves its file to be collected
def test_damage_where_there_is_no_checksum_is_an_error_that_names_the_segment(
    stock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of a segment that another program wrote."""
    monkeypatch.setattr(segment_reader, "is_altered", lambda path, segment: False)
    [path] = stock.glob("*.seg")
    sound, draw, refused = path.read_bytes(), random.Random(3), 0
    for _ in range(60):
        damaged = bytearray(sound)
        for _ in range(20):
            damaged[draw.randrange(len(sound))] ^= 1 << draw.randrange(8)
        path.write_bytes(damaged)
        try:
            with Index(stock) as index:
                index.search('licens* OR "orphan drug"')
        except UnusableIndexError as error:
            refused += path.stem in str(error)
    path.write_bytes(sound)
    assert refused
