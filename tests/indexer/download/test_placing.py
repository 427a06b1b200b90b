"""What is fetched comes into the corpus whole, or not at all."""

import fcntl
import gzip
import hashlib
from contextlib import nullcontext
from pathlib import Path

import pytest

from indexer.download.placing import Placed, check_whole, place_archive, place_filing
from indexer.envelope.submission import SNIFFED_BYTES
from indexer.errors import AbsentError, DownloadError
from indexer.http.answers import NotWholeError
from indexer.http.client import Client
from tests.indexer.download.server import Edgar, Held

PATH = "/Archives/edgar/data/9012704/0009000101-17-004512.txt"
FOLDER = "/Archives/edgar/data/9012704/000900010117004512/0009000101-17-004512.txt"


@pytest.fixture
def whole(sample: list[Held]) -> bytes:
    return next(each.content for each in sample if each.accession in PATH)


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "parts/a.part"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "edgar/9012704/a.txt.gz"


def test_a_filing_at_its_place(client: Client, whole: bytes, part: Path, target: Path) -> None:
    placed = place_filing(client, (PATH,), part=part, target=target)
    assert placed == Placed(len(whole), hashlib.sha256(whole).hexdigest())
    assert gzip.decompress(target.read_bytes()) == whole
    assert not part.exists()


def test_the_same_filing_makes_the_same_file(client: Client, part: Path, target: Path) -> None:
    place_filing(client, (PATH,), part=part, target=target)
    once = target.read_bytes()
    target.unlink()
    place_filing(client, (PATH,), part=part, target=target)
    assert target.read_bytes() == once


def test_plain(client: Client, whole: bytes, part: Path, tmp_path: Path) -> None:
    place_filing(client, (PATH,), part=part, target=tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_bytes() == whole


def test_the_second_place_is_asked_where_the_first_has_none(
    edgar: Edgar, client: Client, part: Path, target: Path
) -> None:
    edgar.gone.add(PATH)
    assert place_filing(client, (PATH, FOLDER), part=part, target=target)
    assert edgar.paths() == [PATH, FOLDER]
    edgar.gone.add(FOLDER)
    with pytest.raises(AbsentError):
        place_filing(client, (PATH, FOLDER), part=part, target=target.with_name("b.txt.gz"))


@pytest.mark.parametrize(
    "manners", ["cut", "short", "long", "empty", "bad-gzip", "cut-gzip", "page-with-200", "reset", "unavailable"]
)
@pytest.mark.parametrize("suffix", [".txt", ".txt.gz"])
def test_nothing_is_kept_that_is_not_whole(
    edgar: Edgar, client: Client, part: Path, tmp_path: Path, manners: str, suffix: str
) -> None:
    edgar.behave(PATH, "*" + manners)
    with pytest.raises(DownloadError):
        place_filing(client, (PATH,), part=part, target=tmp_path / f"a{suffix}")
    assert [path for path in tmp_path.rglob("*") if path.is_file() and "cache" not in path.parts] == []


@pytest.mark.parametrize("manners", ["cut", "short", "long", "bad-gzip", "reset"])
def test_a_second_try_begins_anew(edgar: Edgar, client: Client, whole: bytes, part: Path, manners: str) -> None:
    edgar.behave(PATH, manners)
    place_filing(client, (PATH,), part=part, target=part.with_name("a.txt"))
    assert part.with_name("a.txt").read_bytes() == whole


def test_what_a_killed_process_left_is_written_over(client: Client, whole: bytes, part: Path, target: Path) -> None:
    part.parent.mkdir(parents=True)
    part.write_bytes(b"x" * 1_000_000)
    place_filing(client, (PATH,), part=part, target=target)
    assert gzip.decompress(target.read_bytes()) == whole


def test_what_another_process_is_at_is_left_to_it(edgar: Edgar, client: Client, part: Path, target: Path) -> None:
    part.parent.mkdir(parents=True)
    with part.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert place_filing(client, (PATH,), part=part, target=target) is None
        assert part.exists()
    assert edgar.asked == []


def test_what_is_there_by_now_is_not_asked_for(edgar: Edgar, client: Client, part: Path, target: Path) -> None:
    target.parent.mkdir(parents=True)
    target.write_bytes(b"there")
    assert place_filing(client, (PATH,), part=part, target=target) is None
    assert (target.read_bytes(), edgar.asked) == (b"there", [])


# Whole

PEM = b"PRIVACY-ENHANCED MESSAGE"


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        (b"<SEC-DOCUMENT>a\n<SEC-HEADER>", b"</DOCUMENT>\n</SEC-DOCUMENT>\n", True),
        (b"-----BEGIN %s-----\nProc\n\n<SEC-DOCUMENT>" % PEM, b"</SEC-DOCUMENT>\n-----END %s-----\n" % PEM, True),
        (b"<IMS-DOCUMENT>a", b"</IMS-DOCUMENT>\0\0\x1a", True),
        (b"<SUBMISSION>\n<ACC", b"</SUBMISSION>", True),
        (b"<SEC-HEADER>a", b"</DOCUMENT>\n", True),
        (b"<SEC-HEADER>a", b"</SEC-HEADER>\n", True),
        (b"<DOCUMENT>\n<TYPE>10-K", b"</DOCUMENT>\n", True),
        (b"<SEC-DOCUMENT>a\n<SEC-HEADER>", b"</TEXT>\n</DOCUMENT>\n", False),
        (b"<SEC-DOCUMENT>a\n<SEC-HEADER>", b"</SEC-DOC", False),
        (b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc\n\n<SEC-DOCUMENT>", b"</SEC-DOCUMENT>\n", False),
        (b"<SUBMISSION>\n<ACC", b"</DOCUMENT>\n", False),
        (b"<DOCUMENT>\n<TYPE>10-K", b"the end", False),
        (b"{}", b"</SEC-DOCUMENT>", False),
        (b"", b"", False),
    ],
)
def test_only_what_begins_and_ends_alike_is_whole(first: bytes, last: bytes, whole: bool) -> None:
    with nullcontext() if whole else pytest.raises(NotWholeError):
        check_whole(first, last)


def test_the_real_filings_are_whole_and_nothing_less_is(shared: Path) -> None:
    checked = 0
    for path in sorted((shared / "filings").rglob("*.txt")):
        content = path.read_bytes()
        check_whole(content[:SNIFFED_BYTES], content[-256:])
        for size in (len(content) // 2, len(content) - 40):
            with pytest.raises(NotWholeError):
                check_whole(content[:SNIFFED_BYTES], content[max(0, size - 256) : size])
        checked += 1
    assert checked > 600


# Archives

FEED = "/Archives/edgar/Feed/2017/QTR2/20170418.nc.tar.gz"


def test_an_archive_at_its_place(edgar: Edgar, client: Client, part: Path, target: Path) -> None:
    placed = place_archive(client, FEED, part=part, target=target)
    assert placed and placed.size == target.stat().st_size
    assert gzip.decompress(target.read_bytes())


@pytest.mark.parametrize("manners", ["*cut", "*short", "*page-with-200"])
def test_an_archive_that_is_cut_off_is_not_kept(
    edgar: Edgar, client: Client, part: Path, target: Path, manners: str
) -> None:
    edgar.behave(FEED, manners)
    with pytest.raises(DownloadError):
        place_archive(client, FEED, part=part, target=target)
    assert not target.exists() and not part.exists()
