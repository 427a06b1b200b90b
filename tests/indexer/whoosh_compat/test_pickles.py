"""An index made by someone who means harm is refused by every command that opens one, and runs nothing."""

import datetime
import io
import pickle
import pickletools
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.structfile import StructFile
from whoosh.index import open_dir

from indexer.errors import UnusableIndexError
from indexer.pipeline.build import Build, Options
from indexer.storage import trust
from indexer.whoosh_compat.commits import generation
from indexer.whoosh_compat.pickles import ForeignClassError, load, loads
from indexer.whoosh_compat.stock import StockBuilder
from indexer.whoosh_compat.toc import read_table, write_table
from indexer.whoosh_compat.whoosh_schema import whoosh_schema
from indexer.workers.worker import Settings
from indexer.writers.local import LocalBuilder


@pytest.fixture(autouse=True)
def without_trust() -> Iterator[None]:
    yield
    trust.give(False)


class Harmful:
    """Pickled as a call that makes a folder."""

    def __init__(self, made: Path) -> None:
        self.made = made

    def __reduce__(self) -> tuple[object, tuple[str]]:
        import os

        return os.mkdir, (str(self.made),)


# Pickles


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        1 << 80,
        1.5,
        "déjà",
        b"",
        b"bytes",
        [1, [2]],
        (1, 2),
        {"a": {3}},
        frozenset({4}),
        re_ := [b"ciPQ\x93"],
    ],
    ids=repr,
)
@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_plain_values_are_read(value: object, protocol: int) -> None:
    assert loads(pickle.dumps(value, protocol)) == value


def test_what_stands_behind_a_pickle_in_a_file_stays(tmp_path: Path) -> None:
    file = io.BytesIO(pickle.dumps({1, 2}, 4) + pickle.dumps("ci", 4) + b"rest")
    assert (load(file), load(file), file.read()) == ({1, 2}, "ci", b"rest")


def test_the_schema_and_the_segments_are_read_and_written_again() -> None:
    schema = loads(pickle.dumps(whoosh_schema(), 2))
    assert schema.names() == whoosh_schema().names()
    assert pickle.dumps(schema, 2) == pickle.dumps(loads(pickle.dumps(schema, 2)), 2)


@pytest.mark.parametrize("named", [datetime.date(2017, 3, 8), subprocess.Popen, open, Path("x"), eval])
def test_anything_else_is_refused(named: object) -> None:
    for protocol in (2, 4):
        with pytest.raises(ForeignClassError, match="--trust"):
            loads(pickle.dumps(named, protocol))


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(b"cos\nsystem\n(S'true'\ntR.", id="global"),
        pytest.param(b"(S'true'\nios\nsystem\n.", id="inst"),
        pytest.param(b"\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x04true\x85R.", id="stack-global"),
        pytest.param(b"\x80\x04\x8c\x02re\x8c\x16_compile.__globals__xx\x93.", id="dotted"),
        pytest.param(b"\x80\x02\x82\x01.", id="extension"),
        pytest.param(b"Pname\n.", id="persistent"),
        pytest.param(b"cwhoosh.codec.whoosh3\nW3Segment\n(N}S'codec'\ncbuiltins\nint\nstb.", id="patched-class"),
        pytest.param(b"cre\n_compile\n}S'x'\nI1\nsb.", id="patched-function"),
        pytest.param(b"cbuiltins\nbytes\n(I10000000000\ntR.", id="memory"),
    ],
)
def test_no_operation_gets_around_it(harm: bytes) -> None:
    codec = W3Segment.codec
    for read in (loads, lambda data: load(io.BytesIO(data))):
        with pytest.raises((ForeignClassError, pickle.UnpicklingError, TypeError, ValueError)):
            read(harm)
    assert W3Segment.codec is codec


def test_whatever_has_none_of_those_bytes_looks_nothing_up() -> None:
    """`loads` leaves such pickles to the library: every operation of its own list that names something is in ours."""
    from indexer.whoosh_compat.pickles import _NAMING

    naming = {"GLOBAL", "INST", "STACK_GLOBAL", "EXT1", "EXT2", "EXT4", "PERSID", "BINPERSID"}
    codes = {op.code.encode("latin-1") for op in pickletools.opcodes if op.name in naming}
    assert len(codes) == len(naming)
    assert all(_NAMING.search(code) for code in codes)


# Indexes


@pytest.fixture
def stock(corpus: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    build = Build([corpus], Settings(folder, builder=partial(LocalBuilder, codec=StockBuilder)), Options(processes=1))
    build.run(lambda submissions, size: None)
    build.close()
    return folder


def write(folder: Path, schema: bytes, segments: bytes) -> None:
    """Have other pickles in the last table of contents."""
    path = folder / f"_MAIN_{generation(folder)}.toc"
    stream = StructFile(io.BytesIO())
    for size in (4, 8, 4):
        stream.write_varint(size)
    stream.write_int(-12345)
    stream.write_int(-111)
    for number in (2, 7, 4):
        stream.write_varint(number)
    stream.write_string(schema)
    stream.write_int(generation(folder))
    stream.write_int(0)
    path.write_bytes(stream.file.getvalue() + segments)


COMMANDS = {
    "search": ["search", "license", "--index"],
    "show": ["indexer", "show", "0009000101-17-004512", "--index"],
    "verify": ["indexer", "verify", "--index"],
    "export": ["indexer", "export", "exported", "--index"],
    "build": ["indexer", "build", "corpus", "--index"],
}
PROGRAM = "import sys; from {0}.cli import main; sys.argv = {1!r}; main()"


def ran(arguments: list[str], folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    program = PROGRAM.format(arguments[0], [*arguments, str(folder), *options])
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=False, cwd=folder.parent
    )


def in_the_segments(folder: Path, marker: Path) -> None:
    write(folder, pickle.dumps(read_table(folder).schema, 2), pickle.dumps([Harmful(marker)], -1))


def in_the_schema(folder: Path, marker: Path) -> None:
    write(folder, pickle.dumps(Harmful(marker), 2), pickle.dumps(read_table(folder).segments, -1))


def in_the_directory(folder: Path, marker: Path) -> None:
    """The directory of a stock segment, and no checksum of its file."""
    table = read_table(folder)
    for segment in table.segments:
        path = folder / segment.make_filename(segment.COMPOUND_EXT)
        content = path.read_bytes()
        (at,) = struct.unpack(">q", content[:8])
        path.write_bytes(content[:at] + pickle.dumps(Harmful(marker), -1))
        segment.checksum = None
    write_table(folder, table.schema, table.segments, table.generation + 1)


@pytest.mark.parametrize("place", [in_the_segments, in_the_schema, in_the_directory])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_runs_what_is_in_an_index(
    stock: Path, corpus: Path, place: Callable[[Path, Path], None], command: str
) -> None:
    marker = stock.with_name("it-ran")
    shutil.copytree(corpus, stock.with_name("corpus"))
    place(stock, marker)
    refused = ran(COMMANDS[command], stock)
    assert not marker.exists(), refused
    if command != "build" or place is not in_the_directory:  # a build reads old segments only where they change
        assert refused.returncode in (1, 2)
        assert "posix.mkdir" in refused.stderr + refused.stdout
        assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("place", [in_the_segments, in_the_schema, in_the_directory])
@pytest.mark.parametrize("command", ["search", "show", "verify"])
def test_who_trusts_it_reads_it_all_the_same(
    stock: Path, tmp_path: Path, place: Callable[[Path, Path], None], command: str
) -> None:
    marker = tmp_path / "it-ran"
    place(stock, marker)
    ran(COMMANDS[command], stock, "--trust")
    assert marker.exists()


@pytest.mark.parametrize("command", ["search", "show", "verify"])
def test_an_index_of_stock_segments_needs_no_trust(stock: Path, command: str) -> None:
    asked = ran(COMMANDS[command], stock)
    assert asked.returncode == 0, asked
    assert asked.stdout


def test_a_segment_that_would_lie_elsewhere_is_refused(stock: Path) -> None:
    table = read_table(stock)
    table.segments[0].segid = "../../elsewhere"
    write_table(stock, table.schema, table.segments, table.generation + 1)
    with pytest.raises(UnusableIndexError, match="elsewhere"):
        read_table(stock)


def test_whoosh_itself_opens_what_it_opened(stock: Path) -> None:
    with open_dir(str(stock)).searcher() as searcher:
        document: dict[str, Any] = searcher.stored_fields(0)
        assert document["accession"]
