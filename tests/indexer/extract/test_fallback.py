"""A reader that fails, wherever it does, leaves the text that can be seen and a problem that says so."""

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from indexer.extract.document import extract_text
from indexer.extract.fallback import visible_text
from indexer.extracted import Reading
from indexer.filings import Document

DOCUMENTS = {
    "a.htm": b"<html><p>kestrelwick &amp; sons<sup>1</sup></p><table><tr><td>Cash<td>$<td>5<br>a-<br>ble</table><<b>x",
    "b.htm": b"<html><style>.a{display:none}</style><p>kestrelwick<b class=a>no</b></p><pre>a  b\npay-\nable</pre>",
    "c.xml": b"<?xml version='1.0'?><form><name>kestrelwick</name><filerCcc>ab12$cde</filerCcc><n a='1'><v>2</v></n>",
    "d.txt": b"<PAGE>\nkestrelwick and acqui-\nsition ..... 5\n<TABLE>\n<S> <C>\nA-    B-\nb     d\n</TABLE>\n\xe9",
}
MODULES = ("html", "markup", "text", "mending", "xml", "forms", "encoding", "sections")


class PlantedError(Exception):
    """Raised where the test says."""


@contextmanager
def raising_at(line: int) -> Iterator[list[int]]:
    """Raise at the line of that number that any reader executes; the list gets how many were executed."""
    executed = [0]

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        name = frame.f_globals.get("__name__", "")
        if not name.startswith(tuple(f"indexer.extract.{module}" for module in MODULES)):
            return None
        if event == "line":
            executed[0] += 1
            if executed[0] == line:
                raise PlantedError("planted")
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield executed
    finally:
        sys.settrace(before)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_error_anywhere_in_a_reader_loses_no_text(name: str) -> None:
    document = Document("10-K", 1, name, "", DOCUMENTS[name], "XML" if name.endswith("xml") else "")
    with raising_at(0) as executed:
        whole = extract_text(document)
    assert whole.text
    for line in random.Random(name).sample(range(1, executed[0]), 60):
        with raising_at(line):
            read = extract_text(document)
        assert read.reading is Reading.TEXT
        assert "kestrelwick" in read.text
        assert "ab12" not in read.text
        assert any("planted" in problem.message for problem in read.problems) or read == whole


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"<p>a<script>var x</script>b &lt;c&gt; &#0000000000065;</p>", "a b <c> A"),
        (b"one\r\n\r\n  two\tthree", "one\ntwo three"),
        (b"<com:ccc>ab12</com:ccc> <b ccc='x1y2'>kept</b>", "kept"),
        (b"caf\xe9", "café"),
        (b"%PDF-1.4 words", ""),
        (b"\x00\x01\x02\x03 binary \x04\x05", ""),
    ],
)
def test_what_can_be_seen(content: bytes, text: str) -> None:
    assert visible_text(content) == text


def test_a_run_of_zeros_makes_no_noise_of_a_text() -> None:
    assert visible_text(b"<p>before</p>" + bytes(20_000) + b"<p>after</p>").split() == ["before", "after"]
    assert visible_text("<p>before</p>".encode("utf-16-le") * 50) == ""


def test_codes_in_place_of_a_character_make_no_noise_of_a_text() -> None:
    assert visible_text(b"<p>one two three</p>".replace(b" ", b"\x1f\x03")).split() == ["one", "two", "three"]
    assert visible_text(bytes(range(256)) * 100) == ""
