"""Every document ends in one reading, decided by its bytes before its name."""

from indexer.errors import ProblemKind
from indexer.extract.document import extract_text
from indexer.filings import Document, ExtractedText, Reading
from indexer.limits import Limits


def document(
    content: bytes, *, type: str = "EX-99", filename: str = "", wrapper: str = "", description: str = ""
) -> Document:
    return Document(type, 1, filename, description, content, wrapper)


def read(content: bytes, **named: str) -> ExtractedText:
    return extract_text(document(content, **named))


def test_html_and_plain_text_are_text() -> None:
    assert read(b"<html><p>one</p></html>").text == "one"
    assert read(b"  one < two\n").text == "  one < two"


def test_blank_documents_are_empty() -> None:
    assert read(b" \r\n\n").reading is Reading.EMPTY
    assert read(b"<html><body><p>&nbsp;</p></body></html>").reading is Reading.EMPTY


def test_binary_parts_are_recognised_by_their_bytes() -> None:
    assert read(b"\nbegin 644 logo.jpg\nM_]C_X\nend\n", type="GRAPHIC").reading is Reading.BINARY
    assert read(b"PK\x03\x04rest", filename="book.xlsx").reading is Reading.BINARY
    assert read(b"a letter in plain words", type="GRAPHIC").reading is Reading.TEXT


def test_rendered_xbrl_is_recognised_by_description_name_or_root() -> None:
    assert read(b"<html>Cash</html>", filename="R2.htm", description="IDEA: XBRL DOCUMENT").reading is Reading.RENDERED
    assert read(b"{}", type="JSON", filename="MetaLinks.json").reading is Reading.RENDERED
    assert read(b"<?xml version='1.0'?><xbrli:xbrl/>", wrapper="XBRL").reading is Reading.RENDERED
    assert read(b"<html>A filer's own page</html>", filename="r2.htm").reading is Reading.TEXT


def test_a_document_over_the_limit_is_read_up_to_it() -> None:
    extracted = extract_text(document(b"word " * 100), limits=Limits(document_bytes=50))
    assert extracted.text.split() == ["word"] * 10
    assert [problem.kind for problem in extracted.problems] == [ProblemKind.OVER_LIMIT]
