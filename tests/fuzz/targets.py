"""What hostile bytes are fed to, and what must hold whatever they are. A target takes bytes and raises on a fault.

Each has seeds: sound inputs, of which mutations reach further than random bytes do.
"""

import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import numpy as np

from indexer.columnar.builder import Layout
from indexer.columnar.file import SegmentFile
from indexer.columnar.postings import FieldReader
from indexer.columnar.stored import RowsReader, read_labels, read_numbers
from indexer.corpus.walking import walk
from indexer.envelope.header import parse_header
from indexer.envelope.submission import parse_submission
from indexer.envelope.uuencode import decode
from indexer.errors import Problem, UnusableIndexError
from indexer.extract.document import extract_text
from indexer.extracted import Reading, Section
from indexer.fields.entries import IndexedDocument, stored
from indexer.fields.schema import FIELDS, field_values
from indexer.filings import Document, ExtractedText, Header
from indexer.limits import Limits
from indexer.texts.text_layout import Parts, TextAddress
from indexer.texts.text_store import TextStore
from indexer.texts.text_writer import TextWriter
from indexer.writers.rows import LAYOUT, ColumnarBuilder
from search.errors import QuerySyntaxError
from search.parsing.format import format_query
from search.parsing.parser import parse_query, parse_query_lenient

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
LIMITS = Limits(submission_bytes=1 << 22, header_bytes=1 << 18, parties=200, documents=200)


@dataclass(frozen=True, slots=True)
class Target:
    """Something that reads what others wrote."""

    run: Callable[[bytes], None]
    seeds: Callable[[], tuple[bytes, ...]]
    tokens: tuple[bytes, ...] = ()
    """What its inputs are made of."""


def envelope(data: bytes) -> None:
    """Any file ends as a submission, whose entries can be written to an index and shown."""
    submission = parse_submission(data, name="fuzz.txt", limits=LIMITS)
    assert len(submission.documents) <= LIMITS.documents
    assert len(submission.header.parties) <= LIMITS.parties
    for document in submission.documents:
        entry = IndexedDocument(submission.header, document, ExtractedText("", Reading.EMPTY), "fuzz", "ab")
        json.dumps([[field_values(entry, field) for field in FIELDS], entry.id, entry.filing_key])
        assert -(1 << 63) <= entry.filing_key < 1 << 63
    _are_printable(submission.problems)


def header(data: bytes) -> None:
    """Any text ends as a header."""
    parsed = parse_header(data.decode("latin-1"), limits=LIMITS)
    _are_printable(parsed.problems)


def _are_printable(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        str(problem).encode("utf-8", "surrogatepass")


def _document(data: bytes, name: str) -> None:
    read = extract_text(Document("EX-99.1", 2, name, "", data), form="8-K")
    read.text.encode("utf-8", "surrogatepass")
    assert (read.reading is Reading.TEXT) == bool(read.text.strip()), read.reading
    assert all(0 <= section.start <= section.end <= len(read.text) for section in read.sections)
    assert all(0 <= page <= len(read.text) for page in read.pages)


def html(data: bytes) -> None:
    """Any bytes end as text, with its parts inside it, or as a document that could not be read."""
    _document(b"<html>" + data, "a.htm")


def xml(data: bytes) -> None:
    """The same of XML."""
    _document(b"<?xml version='1.0'?>" + data, "a.xml")


def plain(data: bytes) -> None:
    """The same of plain text, and of whatever else it turns out to be."""
    _document(data, "a.txt")


def uuencode(data: bytes) -> None:
    """Any bytes after a `begin` line are decoded as far as they go: a line to 63 bytes at most."""
    decoded = decode(b"begin 644 a.gif\n" + data)
    assert len(decoded.data) <= 63 * len(data.splitlines())


def query(data: bytes) -> None:
    """Any text is a query, or an error that can be drawn; what is understood of it can be written and read again."""
    text = data.decode("utf-8", "replace")
    try:
        parse_query_lenient(text)  # refuses operators of other systems only, as the strict reading does
        tree = parse_query(text)
    except QuerySyntaxError as error:
        start, end = error.span
        assert 0 <= start <= end <= len(error.source)
        assert str(error)
        return
    assert parse_query(format_query(tree)) == tree


def archive(data: bytes) -> None:
    """Any file is walked to its end, and nothing is written."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive"
        path.write_bytes(data)
        found = list(walk([path], limits=LIMITS))
        assert len(found) < 10_000
        assert [each.name for each in Path(folder).iterdir()] == ["archive"]


def segment(data: bytes) -> None:
    """A damaged segment is refused, or found damaged; else it says what it said."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.cols"
        path.write_bytes(data)
        try:
            file = SegmentFile(path)
        except UnusableIndexError:
            return
        if file.verify():
            with suppress(Exception):  # whatever reading on may raise, it ends, and the process lives
                _said_by(file, LAYOUT)
        else:
            assert _said_by(file, LAYOUT) == _sound_segment()[1]
        file.close()


def text(data: bytes) -> None:
    """A damaged text is refused; else it is what it was."""
    addresses = _sound_texts()[1]
    with TemporaryDirectory() as folder:
        (Path(folder) / f"{addresses[0].file}.zst").write_bytes(data)
        store = TextStore(Path(folder))
        for address, content in zip(addresses, _TEXTS, strict=True):
            with suppress(UnusableIndexError):
                found = store[address]
                assert found.whole() == content
                assert found.words[-1] == store.word_count(address)
                assert found.parts() == _PARTS
        store.close()


_PARTS = Parts((), (0, 3))
_TEXTS = ("An orphan drug license. " * 40, "", "déjà vu \ud800", "mill " * 50_000)


@cache
def _sound_texts() -> tuple[bytes, list[TextAddress]]:
    """A file of the store under a name that stays the same, which its checksums include."""
    with TemporaryDirectory() as folder, patch("os.urandom", return_value=bytes(8)):
        with TextWriter(Path(folder)) as writer:
            addresses = [writer.add(content, _PARTS) for content in _TEXTS]
        [path] = Path(folder).iterdir()
        return path.read_bytes(), addresses


@cache
def _sound_segment() -> tuple[bytes, list[Any]]:
    with TemporaryDirectory() as folder:
        builder = ColumnarBuilder(Path(folder), texts="t")
        for number, content in enumerate(_TEXTS, 1):
            entry = IndexedDocument(
                Header(f"0009000001-17-{number:06}", "8-K"),
                Document("8-K", number, f"{number}.txt", "a press release", b""),
                ExtractedText(content[:2000], Reading.TEXT, sections=(Section("1A", "", 0, len(content[:2000])),)),
                "a.txt",
            )
            builder.add(entry, stored(entry, text="t:0:1", header="t:0:1"))
        builder.finish()
        [path] = Path(folder).iterdir()
        file = SegmentFile(path)
        said = _said_by(file, LAYOUT)
        file.close()
        return path.read_bytes(), said


def _said_by(file: SegmentFile, layout: Layout) -> list[Any]:
    """All that a segment says."""
    fields = [_field(FieldReader(file, name)) for name in (*layout.words, *layout.values, *layout.marks)]
    numbers = [read_numbers(file, name).tolist() for name in (*layout.numbers, *layout.keys)]
    labels = [
        (labels.indices.tolist(), list(labels.names)) for labels in (read_labels(file, each) for each in layout.labels)
    ]
    rows = RowsReader(file)
    return [fields, numbers, labels, [rows.row(document) for document in range(int(file.about["documents"]))]]


def _field(field: FieldReader) -> list[Any]:
    places = field.places(0, field.term_count)
    return [field.terms(0, field.term_count), np.asarray(places).tolist(), field.freqs(0, field.term_count).tolist()]


# Seeds


def _files(*patterns: str) -> Iterator[bytes]:
    for pattern in patterns:
        for path in sorted(CORPUS.glob(pattern)):
            yield path.read_bytes()


@cache
def submissions() -> tuple[bytes, ...]:
    """The smaller files of the sample corpus."""
    return tuple(content for content in _files("early/*", "feed/*", "filings/*", "oddities/*") if len(content) < 12_000)


@cache
def headers() -> tuple[bytes, ...]:
    """What stands before the first document in them."""
    return tuple(content.partition(b"<DOCUMENT>")[0] for content in submissions())


@cache
def documents() -> tuple[bytes, ...]:
    """The documents in them."""
    parsed = (parse_submission(content) for content in submissions())
    return tuple(document.content for submission in parsed for document in submission.documents)


@cache
def archives() -> tuple[bytes, ...]:
    """The sample's, and a plain tar and a zip of one."""
    tar, zipped = io.BytesIO(), io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as writer:
        member = tarfile.TarInfo("../a.nc")
        member.size = len(submissions()[0])
        writer.addfile(member, io.BytesIO(submissions()[0]))
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as writer:
        writer.writestr("/a.txt", submissions()[0])
    return (*_files("archives/*"), tar.getvalue(), zipped.getvalue())


@cache
def queries() -> tuple[bytes, ...]:
    """Those of the conformance suite."""
    path = Path(__file__).resolve().parents[1] / "data" / "conformance" / "queries.txt"
    return tuple(line for line in path.read_bytes().splitlines() if line)


_ENVELOPE = (
    *(
        b"<SEC-DOCUMENT>",
        b"<SEC-HEADER>",
        b"</SEC-HEADER>",
        b"<IMS-HEADER>",
        b"<SUBMISSION>",
        b"<DOCUMENT>",
        b"</DOCUMENT>",
    ),
    *(
        b"<TYPE>",
        b"<SEQUENCE>",
        b"<FILENAME>",
        b"<TEXT>",
        b"</TEXT>",
        b"<PDF>",
        b"<XBRL>",
        b"<FILER>",
        b"<ITEMS>",
        b"\r",
    ),
    *(
        b"FILER:\n",
        b"ACCESSION NUMBER:",
        b"begin 644 a\n",
        b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n",
        b"\n\n",
        b"\0",
    ),
)
_MARKUP = (
    *(
        b"<table>",
        b"</td>",
        b"<p",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"&#",
        b"&nbsp;",
        b"<script>",
        b"<!DOCTYPE a [",
    ),
    *(
        b"<!ENTITY a 'b'>",
        b"&a;",
        b"<div style='display:none'>",
        b"\xff\xfe",
        b"<ix:header>",
        b"<XBRL>",
        b"<S><C>",
        b"<PAGE>",
    ),
)
_QUERY = (
    *(
        b'"',
        b"(",
        b")",
        b" OR ",
        b" AND ",
        b" NOT ",
        b"-",
        b"*",
        b"?",
        b"~2",
        b"^3",
        b"form:",
        b"filed:",
        b"..",
        b"NEAR/5",
    ),
    *(b"[", b"]", b" TO ", b"=", b"10b-5", b"AT&T", b"\\", b"'", b"\xe2\x80\x9c", b",", b"/", b"1e9", b"<", b">="),
)
TARGETS = {
    "envelope": Target(envelope, submissions, _ENVELOPE),
    "header": Target(header, headers, _ENVELOPE),
    "html": Target(html, documents, _MARKUP),
    "xml": Target(xml, documents, _MARKUP),
    "plain": Target(plain, documents, _MARKUP),
    "uuencode": Target(uuencode, documents, (b"M", b"`\n", b"end\n", b"#0V%T\n")),
    "archive": Target(archive, archives),
    "query": Target(query, queries, _QUERY),
    "segment": Target(segment, lambda: (_sound_segment()[0],)),
    "text": Target(text, lambda: (_sound_texts()[0],)),
}
