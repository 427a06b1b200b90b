"""Pictures left out while a file is read: nothing else is, and every place stays what it was."""

import binascii
import tracemalloc
from hashlib import sha256
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus.pictures import Sieve
from indexer.corpus.walking import walk
from indexer.envelope.submission import parse_submission
from indexer.extract.document import extract_text
from indexer.filings import SubmissionFile

HEAD = (
    b"<SEC-DOCUMENT>0009990001-24-000001.txt : 20240115\nACCESSION NUMBER: 0009990001-24-000001\n"
    b"CONFORMED SUBMISSION TYPE: 8-K\n</SEC-HEADER>\n"
)


def uuencoded(name: str, data: bytes, line_end: bytes = b"\n") -> bytes:
    lines = [binascii.b2a_uu(data[at : at + 45]).rstrip(b"\n") for at in range(0, len(data), 45)]
    return line_end.join([b"begin 644 " + name.encode(), *lines, b"`", b"end", b""])


def document(kind: str, name: str, content: bytes) -> bytes:
    head = f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>1\n<FILENAME>{name}\n<TEXT>\n".encode()
    return head + content + b"</TEXT>\n</DOCUMENT>\n"


PICTURE = document("GRAPHIC", "a.jpg", uuencoded("a.jpg", bytes(range(256)) * 200))
PARTS = (
    document("8-K", "a.txt", b"words before\nbegin 644 things\nMore words\n"),
    PICTURE,
    document("GRAPHIC", "b.gif", uuencoded("b.gif", b"GIF8" * 4000, b"\r\n")),
    document("EX-99", "c.pdf", b"<PDF>\n" + uuencoded("c.pdf", b"%PDF-1.4 " * 3000) + b"</PDF>\n"),
    document("GRAPHIC", "cut.jpg", uuencoded("cut.jpg", b"x" * 9000)[:7000] + b"\n"),
    document("EX-99.1", "d.txt", b"words after\n"),
    b"stray text\n",
)


def sieved(content: bytes, *, size: int) -> tuple[bytes, Sieve]:
    sieve = Sieve()
    pieces = [sieve.feed(content[at : at + size]) for at in range(0, len(content), size)]
    return b"".join((*pieces, sieve.rest())), sieve


@given(st.lists(st.sampled_from(PARTS), max_size=6), st.integers(1, 5000))
def test_a_submission_is_what_it_is_with_its_pictures(parts: list[bytes], size: int) -> None:
    content = HEAD + b"".join(parts) + b"</SEC-DOCUMENT>\n"
    kept, sieve = sieved(content, size=size)
    assert len(kept) + sum(gap.size for gap in sieve.gaps) == len(content)
    whole, less = parse_submission(content), parse_submission(kept, gaps=sieve.gaps)
    assert less.problems == whole.problems
    assert [each.offset for each in less.documents] == [each.offset for each in whole.documents]
    for one, other in zip(whole.documents, less.documents, strict=True):
        assert extract_text(one) == extract_text(other)
        assert one.content == other.content or one.type == "GRAPHIC"


def test_the_pieces_make_no_difference() -> None:
    content = HEAD + b"".join(PARTS)
    assert {sieved(content, size=size)[0] for size in (1, 7, 63, 1024, 1 << 20)} == {sieved(content, size=99)[0]}
    assert len(sieved(content, size=512)[0]) < len(content) - 60_000


def test_knowing_the_last_piece_makes_no_difference() -> None:
    for content in (HEAD + b"".join(PARTS), HEAD + PARTS[0], HEAD + PICTURE[:5000], HEAD + PICTURE[:100]):
        known, sieve = Sieve(), sieved(content, size=len(content))[1]
        assert known.feed(content, is_last=True) + known.rest() == sieved(content, size=len(content))[0]
        assert known.gaps == sieve.gaps


def test_what_has_no_pictures_is_not_copied() -> None:
    content = HEAD + PARTS[0]
    assert Sieve().feed(content, is_last=True) is content


def test_a_file_is_known_by_all_its_bytes(tmp_path: Path) -> None:
    content = HEAD + PARTS[0] + PICTURE * 3 + b"</SEC-DOCUMENT>\n"
    (tmp_path / "a.txt").write_bytes(content)
    [found] = walk([tmp_path])
    assert isinstance(found, SubmissionFile)
    assert (found.size, found.sha256) == (len(content), sha256(content).hexdigest())
    assert len(found.content) < 2000


def test_memory_does_not_grow_with_the_pictures(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.write(HEAD)
        for _ in range(400):
            file.write(PICTURE)
        file.write(b"</SEC-DOCUMENT>\n")
    size = (tmp_path / "a.txt").stat().st_size
    tracemalloc.start()
    [found] = walk([tmp_path])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found, SubmissionFile)
    assert len(parse_submission(found.content, gaps=found.gaps).documents) == 400
    assert size > 26 << 20
    assert peak < 20 << 20
