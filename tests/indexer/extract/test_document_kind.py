"""What a document is, whatever its type says."""

import pytest

from indexer.extract.document_kind import DocumentKind, kind
from indexer.filings import Document


@pytest.mark.parametrize(
    ("content", "filename", "wrapper", "expected"),
    [
        (b"<html><p>x", "x.htm", "", DocumentKind.HTML),
        (b"<?xml version='1.0'?><html xmlns='y'><p>x</p></html>", "x.htm", "XBRL", DocumentKind.HTML),
        (b"<P>one</P><P>two</P><B>three</B>", "", "", DocumentKind.HTML),
        (b"words alone", "x.htm", "", DocumentKind.PLAIN),
        (b"Profit was <5% and <b> marks bold", "x.txt", "", DocumentKind.PLAIN),
        (b"<TABLE>\n<S> <C>\nx 1\n</TABLE>", "x.txt", "", DocumentKind.PLAIN),
        (b"<?xml version='1.0'?><form/>", "", "", DocumentKind.XML),
        (b"\n<!-- c -->\n<n:form xmlns:n='y'/>", "primary_doc.xml", "XML", DocumentKind.XML),
        (b"<?xml version='1.0'?><xsd:schema xmlns:xsd='y'/>", "x-20240101.xsd", "XBRL", DocumentKind.RENDERED),
        (b"<?xml version='1.0'?><link:linkbase/>", "x_lab.xml", "", DocumentKind.RENDERED),
        (b"<html><script src='Show.js'></script>", "R4.htm", "", DocumentKind.RENDERED),
        (b"begin 644 Financial_Report.xlsx\nM4$L#!!0 \nend", "Financial_Report.xlsx", "", DocumentKind.RENDERED),
        (b"begin 644 0009000001-24-000001-xbrl.zip\nend\n", "0009000001-24-000001-xbrl.zip", "", DocumentKind.RENDERED),
        (b"begin 644 a.jpg\n#_]C_\n`\nend\n", "a.jpg", "", DocumentKind.BINARY),
        (
            b"begin 644 words\nand then the letter goes on in plain words for a good while.\n",
            "a.txt",
            "",
            DocumentKind.PLAIN,
        ),
        (b"\x89PNG\r\n\x1a\n", "a.png", "", DocumentKind.BINARY),
        (b"%PDF-1.4 ...", "a.htm", "", DocumentKind.PDF),
        (b"", "a.htm", "", DocumentKind.BLANK),
    ],
)
def test_kinds(content: bytes, filename: str, wrapper: str, expected: DocumentKind) -> None:
    for type in ("EX-99", "GRAPHIC", "XML", ""):
        assert kind(Document(type, 1, filename, "", content, wrapper)) is expected
