"""Every document ends in one reading, decided by its bytes before its name."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ProblemKind
from indexer.extract import document as reading
from indexer.extract.document import extract_text
from indexer.extracted import Reading
from indexer.filings import Document, ExtractedText
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


def test_a_binary_document_over_the_limit_is_just_binary() -> None:
    content = b"PK\x03\x04" + bytes(100)
    assert extract_text(document(content), limits=Limits(document_bytes=50)).problems == ()


def test_items_are_found_in_the_main_document_by_its_type() -> None:
    body = b"Item 8.01 Other Events\nWe met.\nItem 9.01 Exhibits\nNone.\n"
    extracted = extract_text(document(body, type="8-K"), form="8-K", filed=date(2020, 5, 4))
    assert [section.name for section in extracted.sections] == ["8.01", "9.01"]
    assert extract_text(document(body, type="EX-99.1"), form="8-K").sections == ()
    assert extract_text(document(body, type=""), form="8-K").sections == extracted.sections


def test_an_error_no_reader_foresaw_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("indexer.extract.document.plain_text", fail)
    extracted = read(b"words", filename="a.txt")
    assert (extracted.reading, extracted.text) == (Reading.TEXT, "words")
    assert [str(problem) for problem in extracted.problems] == [
        "document 1 (a.txt): its reader failed: RecursionError: too deep "
        "(read as far as it can be seen without its markup)"
    ]


HOSTILE = {
    "nested": b"<html>" + b"<div>" * 100_000 + b"deep" + b"</div>" * 100_000 + b"after",
    "nested tables": b"<html>" + b"<table><tr><td>" * 50_000 + b"deep",
    "nested inline": b"<html><p title='>'>" + b"<font>" * 100_000 + b"deep",
    "one line": b"<html>" + b"word " * 2_000_000,
    "one word": b"w" * 5_000_000,
    "unclosed comments": b"<html>x" + b"<!-- " * 100_000 + b"tail",
    "unclosed scripts": b"<html>x" + b"<script>" * 100_000 + b"tail",
    "unclosed tags": b"<html>x" + b"<p " * 300_000,
    "open quote": b"<html>x" + b"text <b t='y " * 50_001,
    "less-than": b"<html>" + b"a < b " * 300_000,
    "cells": b"<html><table>" + b"<td>" * 500_000,
    "superscripts": b"<html>" + b"a<sup>1" * 100_000,
    "references": b"<html>" + b"".join(b"&#%d;" % code for code in range(70_000)),
    "NUL": b"<html><p>wo\0rd" + bytes(1_000_000),
    "dots": b"." * 3_000_000,
    "spaces": b" " * 2_000_000 + b"x",
    "tabs": b"\t" * 2_000_000 + b"x",
    "hyphens": b"ab-\ncd " * 100_000,
    "markers": b"<S> <C> " * 200_000,
    "items": b"Item 1. Business\n" * 100_000,
    "parts": b"PART I\n" * 200_000,
    "noise": random.Random(1).randbytes(500_000),
    "XML depth": b"<?xml version='1.0'?>" + b"<a>" * 200_000 + b"x",
    "XML footnotes": b"<?xml version='1.0'?><ownershipDocument>" + b"<footnote id='F1'>" * 50_000,
    "XML CDATA": b"<?xml version='1.0'?><a>" + b"<![CDATA[" * 50_000,
    "XML doctypes": b"<?xml version='1.0'?><a>" + b"<!DOCTYPE a [" * 50_000,
    "XML comments": b"<?xml version='1.0'?>" + b"<!-- -->" * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_end_in_a_reading(name: str) -> None:
    extracted = read(HOSTILE[name], type="10-K", filename="x.htm" if b"<html>" in HOSTILE[name] else "x.txt")
    assert extracted.reading in (Reading.TEXT, Reading.EMPTY)
    assert len(extracted.text) < 5 * len(HOSTILE[name])


@given(st.binary(max_size=400), st.sampled_from(["", "a.htm", "a.txt", "a.xml"]), st.sampled_from(["", "XML", "XBRL"]))
def test_any_bytes_end_in_one_reading(content: bytes, filename: str, wrapper: str) -> None:
    extracted = read(content, filename=filename, wrapper=wrapper, type="10-Q")
    assert (extracted.reading is Reading.TEXT) == bool(extracted.text.strip())
    if extracted.reading is Reading.UNREAD:
        assert extracted.problems


def test_a_damaged_document_of_which_a_reader_gives_nothing_is_read_as_far_as_it_can_be_seen() -> None:
    cut = b"<?xml version='1.0'?>\n<form<b>Data>\n<remarks>An orphan drug license.</remarks>\n</formData>\n"
    read = extract_text(document(cut, filename="form.xml", wrapper="XML"))
    assert "An orphan drug license." in read.text
    assert read.reading is Reading.TEXT
    [problem] = read.problems
    assert problem.kind is ProblemKind.DAMAGED_DOCUMENT
    assert problem.outcome == "read as far as it can be seen without its markup"


@pytest.mark.parametrize("opening", ["<ix:header>", "<p style='font: 14pt"])
def test_what_never_ends_does_not_hide_the_whole_document(opening: str) -> None:
    content = f"<html><head><title>8-K</title></head><body>{opening} {'orphan drug license ' * 20}".encode()
    read = extract_text(document(content, filename="a.htm"))
    assert read.text.count("orphan drug license") == 20
    assert [problem.kind for problem in read.problems] == [ProblemKind.DAMAGED_DOCUMENT]


def test_a_page_of_many_words_is_never_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "html_text", lambda source: ("", "", 0, False))
    many = extract_text(document(b"<html><p>" + b"orphan drug license " * 20, filename="a.htm"))
    assert many.text.count("orphan drug license") == 20
    assert [problem.outcome for problem in many.problems] == ["read as far as it can be seen without its markup"]
    few = extract_text(document(b"<html><title>A title</title>", filename="a.htm"))
    assert (few.text, few.reading, few.problems) == ("", Reading.EMPTY, ())
