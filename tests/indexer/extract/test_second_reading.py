"""The real filings, read a second time by BeautifulSoup with rules of its own: no word lost, none invented.

The differences that remain are of one class, superscripts: `Revenue<sup>1</sup>` is `revenue` here and `revenue1` in
the second reading. bench/extract.py reads all documents and explains every difference; this test takes the smaller
ones, and every tenth of the large.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from indexer.analysis.tokenizer import words
from indexer.envelope.submission import parse_submission
from indexer.extract.document import extract_text
from indexer.extract.document_kind import DocumentKind, kind
from indexer.extract.encoding import decode
from indexer.extract.html import html_text
from indexer.extract.markup.layout import layout
from indexer.extract.markup.parsers import libxml2, read
from indexer.extract.markup.tag_splitting import split_at_tags
from indexer.extracted import Reading
from indexer.filings import Document

SMALL = 60_000
SEPARATING = re.compile(
    "address|article|blockquote|body|br|caption|center|d[ltd]|div|form|h[1-6r]|html|li|ol|option|p|page|pre|section"
    "|t(?:able|body|d|foot|h|head|r|itle)|ul"
)


def second_reading(source: str) -> str:
    soup = BeautifulSoup(source, "html.parser")
    for unseen in soup.find_all(["script", "style", "title", "ix:header", "ix:hidden"]):
        unseen.decompose()
    for element in soup.find_all(lambda tag: SEPARATING.fullmatch(tag.name) is not None):
        element.insert_before("\n")
        element.insert_after("\n")
    return soup.get_text("")


def documents(shared: Path) -> Iterator[tuple[str, Document]]:
    for path in sorted((shared / "filings").rglob("*")):
        if path.is_file() and path.suffix != ".tsv":
            for document in parse_submission(path.read_bytes()).documents:
                yield f"{path.parent.name}/{path.name}:{document.ordinal}", document


@pytest.fixture(scope="module")
def pages(shared: Path) -> dict[str, str]:
    """The sources of HTML documents by a name that says where each is."""
    sources = {name: each.content for name, each in documents(shared) if kind(each) is DocumentKind.HTML}
    sources |= {path.name: path.read_bytes() for path in sorted((shared / "documents").glob("*.htm"))}
    large = [name for name, content in sources.items() if len(content) > SMALL]
    skipped = set(large) - set(large[::10])
    return {name: decode(content).text for name, content in sources.items() if name not in skipped}


@pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")
def test_no_word_is_lost_and_none_invented(pages: dict[str, str]) -> None:
    ours, theirs = Counter[bytes](), Counter[bytes]()
    for name, source in pages.items():
        for word in words(html_text(source).text):
            ours[name.encode() + word] += 1
        for word in words(second_reading(source)):
            theirs[name.encode() + word] += 1
    shared_words = (ours & theirs).total()
    assert shared_words / theirs.total() > 0.999
    assert shared_words / ours.total() > 0.999
    assert len(pages) > 200


def test_splitting_at_tags_is_what_libxml2_reads(pages: dict[str, str]) -> None:
    unclear, different = [], []
    for name, source in pages.items():
        split, parsed = split_at_tags(source), read(source, libxml2)
        if split is None:
            unclear.append(name)
        elif parsed is None or layout(split).text.split() != layout(parsed).text.split():
            different.append(name)
    assert different == []
    assert len(unclear) <= 2


def test_no_document_is_lost(shared: Path) -> None:
    readings = Counter[Reading]()
    unread = []
    for name, document in documents(shared):
        extracted = extract_text(document)
        readings[extracted.reading] += 1
        assert (extracted.reading is Reading.TEXT) == bool(extracted.text), name
        if extracted.reading is Reading.UNREAD:
            unread.append(name)
    assert readings[Reading.TEXT] > 1700
    assert [name.partition(":")[0] for name in unread] == [
        "ATS-N_UA/0000950123-23-009133.txt",  # fonts without a character map
        "SC_13D_A/0000807249-20-000022.txt",  # eight scanned pages
    ]


def test_annual_reports_have_their_items(shared: Path) -> None:
    """Risk factors, properties, legal proceedings, management's discussion: in nine reports of ten."""
    found = Counter[str]()
    reports = 0
    for name, document in documents(shared):
        if document.type in ("10-K", "10-K405") and name.startswith(("10-K/", "10-K405/")):
            reports += 1
            found.update({section.name for section in extract_text(document).sections})
    assert reports > 100
    assert all(found[item] > 0.9 * reports for item in ("1", "2", "3", "7", "8", "14"))


def test_current_reports_have_the_items_their_header_names(shared: Path) -> None:
    missing, items = [], 0
    for path in sorted((shared / "filings" / "8-K").glob("*")):
        submission = parse_submission(path.read_bytes())
        header, main = submission.header, submission.documents[0]
        found = {section.name for section in extract_text(main, filed=header.filed).sections}
        wanted = {item.code for item in header.items if item.code}
        items += len(wanted)
        missing += [(path.name, code) for code in sorted(wanted - found)]
    assert len(missing) <= 0.05 * items, missing
