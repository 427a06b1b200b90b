"""PDF: pages in order, form fields, scans, damage; and a library that hangs or dies."""

import binascii
import os
import signal
import threading
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.errors import ProblemKind
from indexer.extract import pdf
from indexer.extract.document import extract_text
from indexer.extract.pdf import pdf_text
from indexer.extracted import Reading
from indexer.filings import Document


def make_pdf(
    pages: Sequence[str], *, extra: Sequence[bytes] = (), page_extra: bytes = b"", catalog: bytes = b""
) -> bytes:
    """A PDF of the given pages; lines of a page are set one below the other."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, page in enumerate(pages):
        content = page.encode() if page.startswith("q") else text_of(page)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {5 + 2 * number} 0 R".encode()
            + b"/Resources<</Font<</F1 3 0 R>>/XObject<</I1 %d 0 R>>>>" % (4 + 2 * len(pages))
            + page_extra
            + b">>"
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return assembled([*objects, *extra])


def text_of(page: str) -> bytes:
    shown = "".join(f"({line}) Tj T* " for line in page.split("\n"))
    return f"BT /F1 12 Tf 72 700 Td 14 TL {shown}ET".encode()


def assembled(objects: Sequence[bytes]) -> bytes:
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return content + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


IMAGE = (
    b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>"
    b"stream\n\x00\nendstream"
)
DRAWN = "q 500 0 0 700 50 50 cm /I1 Do Q"


def uuencoded(content: bytes, name: str = "report.pdf") -> bytes:
    lines = [binascii.b2a_uu(content[at : at + 45]).rstrip(b"\n").rstrip(b" ") for at in range(0, len(content), 45)]
    return b"\nbegin 644 " + name.encode() + b"\n" + b"\n".join(lines) + b"\n`\nend\n"


def test_pages_are_in_order_and_their_offsets_known() -> None:
    read = pdf_text(make_pdf(["Annual letter\nto members", "Total revenues 1,234"]))
    assert read.text == "Annual letter\nto members\n\nTotal revenues 1,234"
    assert [read.text[start:].split("\n")[0] for start in read.pages] == ["Annual letter", "Total revenues 1,234"]
    assert read.damage == ""


def test_words_broken_at_line_ends_are_mended() -> None:
    assert "acquisition" in pdf_text(make_pdf(["the acqui-\nsition of a mill"])).text


def test_a_scan_is_told_with_its_pages() -> None:
    read = pdf_text(make_pdf([DRAWN, DRAWN, DRAWN], extra=[IMAGE]))
    assert (read.text, read.damage) == ("", "all 3 pages scanned, without text")


def test_a_partly_scanned_file_gives_its_text() -> None:
    read = pdf_text(make_pdf(["Cover letter", DRAWN], extra=[IMAGE]))
    assert (read.text, read.damage) == ("Cover letter", "1 of 2 pages scanned, without text")


def test_a_blank_page_is_no_damage() -> None:
    assert pdf_text(make_pdf(["One", "q Q"])).damage == ""


def test_what_is_filled_into_a_form_is_read() -> None:
    appearance = b"BT /F1 12 Tf 2 4 Td (Net capital 9,900) Tj ET"
    widget = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(n)/V(Net capital 9,900)"
        b"/Rect[72 600 300 620]/P 4 0 R/AP<</N 7 0 R>>/F 4>>"
    )
    form = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 228 20]/Resources<</Font<</F1 3 0 R>>>>"
        b"/Length %d>>stream\n%s\nendstream"
    )
    content = make_pdf(
        ["Facing page"],
        extra=[widget, form % (len(appearance), appearance)],
        page_extra=b"/Annots[6 0 R]",
        catalog=b"/AcroForm<</Fields[6 0 R]/DA(/F1 12 Tf)/DR<</Font<</F1 3 0 R>>>>>>",
    )
    assert {"Facing page", "Net capital 9,900"} <= set(pdf_text(content).text.split("\n"))


def test_characters_without_meaning_are_not_taken_for_text() -> None:
    codes = "q BT /F1 12 Tf 72 700 Td <0102030405060708010203> Tj ET Q"
    read = pdf_text(make_pdf([codes, "Readable"]))
    assert read.text == "Readable"
    assert read.damage == "1 of 2 pages in fonts that do not say which characters they show"


@pytest.mark.parametrize("content", [b"", b"no PDF at all", b"%PDF-1.7", b"%PDF-1.4\n" + bytes(range(256)) * 50])
def test_what_is_no_pdf_is_told(content: bytes) -> None:
    read = pdf_text(content)
    assert read.text == ""
    assert read.damage


def test_a_file_cut_short_gives_what_it_can() -> None:
    content = make_pdf(["One page here"])
    read = pdf_text(content[: len(content) - 60])
    assert read.text == "One page here" or read.damage


def test_a_library_that_hangs_is_stopped_and_the_pages_before_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(tmp_path, monkeypatch, 'yield \'{"pages": 9}\'; yield \'{"text": "first page", "images": false}\'; hang()')
    read = pdf_text(b"%PDF-1.4", seconds=2)
    assert read.text == "first page"
    assert read.damage == "not read to its end within 2 seconds; 1 of 9 pages read"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a fork's processor time is what can be bounded")
def test_what_counts_is_the_time_of_the_processor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "child.py").write_text(
        "import time\n"
        "from indexer.extract import pdf\n"
        "def lines(content):\n"
        "    yield {'pages': 2}\n"
        "    time.sleep(1.5)\n"
        "    yield {'text': 'after waiting', 'images': False}\n"
        "    while True: sum(range(1000))\n"
        "pdf._lines = lines\n"
        "pdf.main()\n"
    )
    monkeypatch.setattr(pdf, "_CHILD", (str(tmp_path / "child.py"),))
    read = pdf_text(b"%PDF-1.4", seconds=1)
    assert read.text == "after waiting"
    assert read.damage == "not read to its end within 1 seconds; 1 of 2 pages read"


def test_a_library_that_dies_is_survived(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(tmp_path, monkeypatch, "yield '{\"pages\": 2}'; die()")
    assert "failed" in pdf_text(b"%PDF-1.4").damage


def test_one_process_reads_file_after_file() -> None:
    assert pdf_text(make_pdf(["One"])).text == "One"
    (reader,) = pdf._idle
    assert pdf_text(b"%PDF-1.7").damage
    assert pdf_text(make_pdf(["Two"])).text == "Two"
    assert pdf._idle == [reader]


def test_after_a_file_that_hangs_the_next_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with monkeypatch.context() as patched:
        stand_in(tmp_path, patched, "hang(); yield ''")
        assert pdf_text(b"%PDF-1.4", seconds=0.2).damage
    assert not pdf._idle
    assert pdf_text(make_pdf(["Two"])).text == "Two"


def test_a_process_that_died_meanwhile_is_replaced() -> None:
    assert pdf_text(make_pdf(["One"])).text == "One"
    os.kill(pdf._idle[0]._process.pid, signal.SIGKILL)
    pdf._idle[0]._process.wait()
    assert pdf_text(make_pdf(["Two"])).text == "Two"


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    """A program in place of the child, which writes the given lines; where it hangs, its time is up at once."""
    hangs = folder / "hangs"

    class UpWhenItHangs(threading.Timer):
        def run(self) -> None:
            while not (self.finished.wait(0.01) or hangs.exists()):
                pass
            if not self.finished.is_set():
                self.function()

    (folder / "child.py").write_text(
        "import os, sys, time\n"
        f"def hang():\n    open({str(hangs)!r}, 'w').close()\n    time.sleep(600)\n"
        "def die():\n    os.abort()\n"
        f"def lines():\n    {lines}\n    yield ''\n"
        "for line in lines():\n    print(line, flush=True)\n"
    )
    monkeypatch.setattr(pdf, "_CHILD", (str(folder / "child.py"),))
    monkeypatch.setattr(pdf, "Timer", UpWhenItHangs)


def test_without_the_library_a_pdf_is_unread_and_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    assert "pypdfium2" in pdf_text(b"%PDF-1.4").damage


def test_a_pdf_document_is_decoded_and_read() -> None:
    content = uuencoded(make_pdf(["Joint filing agreement", "Signed"]))
    for document in (
        Document("EX-99", 3, "a.pdf", "", content, "PDF"),
        Document("EX-99", 3, "", "", content),
        Document("EX-99", 3, "letter", "", make_pdf(["Joint filing agreement", "Signed"])),
    ):
        extracted = extract_text(document)
        assert (extracted.text, extracted.reading) == ("Joint filing agreement\n\nSigned", Reading.TEXT)
        assert extracted.pages == (0, 24)
        assert not extracted.problems


def test_a_pdf_cut_short_in_its_uuencoding_is_a_problem() -> None:
    content = uuencoded(make_pdf(["Joint filing agreement"]))
    extracted = extract_text(Document("EX-99", 3, "a.pdf", "", content[: len(content) // 2], "PDF"))
    assert extracted.reading in (Reading.UNREAD, Reading.TEXT)
    assert {problem.kind for problem in extracted.problems} & {
        ProblemKind.DAMAGED_DOCUMENT,
        ProblemKind.UNREAD_DOCUMENT,
    }
    assert all(problem.place == "document 1 (a.pdf)" for problem in extracted.problems)


def test_a_scanned_document_is_unread() -> None:
    extracted = extract_text(Document("EX-99", 3, "a.pdf", "", uuencoded(make_pdf([DRAWN], extra=[IMAGE])), "PDF"))
    assert extracted.reading is Reading.UNREAD
    assert [problem.message for problem in extracted.problems] == ["all 1 pages scanned, without text"]


def test_compressed_pages_are_bounded_in_memory() -> None:
    bomb = zlib.compress(b"(x) Tj " * (40 << 20), 9)
    content = make_pdf(["q Q"]).replace(
        b"<</Length 3>>stream\nq Q\nendstream",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(bomb), bomb),
    )
    read = pdf_text(content, seconds=20, memory=512 << 20)
    assert len(read.text) < 1000
