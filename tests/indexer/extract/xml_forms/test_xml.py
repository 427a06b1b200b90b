"""XML forms that are damaged, hostile, or unlike any form known; the forms themselves are golden files."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.envelope.submission import parse_submission
from indexer.extract.document import extract_text
from indexer.extract.xml_forms.xml import xml_text


def test_damaged_markup_is_read_as_far_as_it_goes() -> None:
    read = xml_text("<form><a>one</a><b>two<c>three")
    assert {"one", "two", "three"} <= set(read.text.split())
    assert "damaged" in read.damage


def test_loose_ampersands_are_text() -> None:
    assert xml_text("<form><n>A&T &amp; R&D; &#8212;</n></form>") == ("N: A&T & R&D; —", "", 0, (), ())


def test_cdata_is_text() -> None:
    assert xml_text("<form><n><![CDATA[5 < 6 & <b>]]></n></form>").text == "N: 5 < 6 & <b>"


@pytest.mark.parametrize("external", ['SYSTEM "file:///etc/hostname"', '"expanded"'])
def test_entities_are_never_expanded(external: str) -> None:
    read = xml_text(f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x {external}>]><a><b>v&x;w</b></a>')
    assert read.text == "B: v&x;w"
    assert read.damage == "declares entities, which are not expanded"


def test_a_billion_laughs_is_ten_characters() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    read = xml_text(f'<!DOCTYPE z [<!ENTITY l0 "ha">{entities}]><z><y>&l9;</y></z>')
    assert read.text == "Y: &l9;"


def test_a_doctype_that_never_ends_declares_nothing() -> None:
    read = xml_text('<!DOCTYPE a [<!ENTITY x "expanded"><a><b>v&x;w</b></a>')
    assert "expandedw" not in read.text


def test_elements_nested_without_end() -> None:
    read = xml_text("<a>" * 50_000 + "deep")
    assert "deep" in read.text
    assert read.damage


def test_long_lists_are_rendered_as_they_come() -> None:
    rows = "".join(f"<row><name>n{number}</name><value>{number}</value></row>" for number in range(2000))
    text = xml_text(f"<list><title>All</title>{rows}</list>").text
    assert "Title: All" in text.split("\n")
    assert [line for line in text.split("\n") if line.startswith("Name")] == [
        f"Name: n{number}\tValue: {number}" for number in range(2000)
    ]


@given(st.text("<>/&;ab =\"'![]-?", max_size=120))
def test_any_markup_is_read(source: str) -> None:
    xml_text(source)


@given(st.lists(st.text("abc <&", min_size=1, max_size=10).filter(str.strip), max_size=8))
def test_every_value_is_in_the_text(values: list[str]) -> None:
    from xml.sax.saxutils import escape

    source = "".join(f"<part><name>{escape(value)}</name></part>" for value in values)
    text = xml_text(f"<form>{source}</form>").text
    assert all(" ".join(value.split()) in " ".join(text.split()) for value in values)


def ownership_rows(shared: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for table in ("nonDerivative", "derivative"):
        with (shared / "truth" / f"ownership_{table}.csv").open(newline="") as file:
            rows += csv.DictReader(file)
    return rows


def test_every_known_transaction_is_a_line_of_the_text(shared: Path) -> None:
    rows = ownership_rows(shared)
    missing = []
    for row in rows:
        submission = parse_submission((shared / "filings" / row["path"]).read_bytes())
        text = "\n".join(extract_text(document).text for document in submission.documents)
        code = row["transactionCoding.transactionCode"]
        expected = [f"Code: {code} ("] if code else []
        expected += filter(None, (row["securityTitle.value"], row["transactionDate.value"]))
        expected += filter(
            None, (row[f"transactionAmounts.transaction{name}.value"] for name in ("Shares", "PricePerShare"))
        )
        if not any(all(value in line for value in expected) for line in text.split("\n")):
            missing.append((row["path"], expected))
    assert not missing
    assert len(rows) >= 19


def test_references_in_attributes_are_resolved_once() -> None:
    read = xml_text('<f><a name="Fernly &amp; Co &lt;b&gt; &quot;q&quot; &#167;" of="1&amp;#38;2"/></f>')
    assert read.text.split("\n")[-2:] == ['Name: Fernly & Co <b> "q" §', "Of: 1&#38;2"]


def test_footnotes_hold_whatever_they_hold() -> None:
    notes = (
        "<footnote id='F1'>Held by the <![CDATA[A & <B>]]> trust.</footnote>"
        '<footnote id="F2">Of <b>his</b> son.</footnote>'
        "<footnote id='F3'>5 &lt; 6 &amp; more.</footnote>"
    )
    marks = "".join(f"<v{n}><value>{n}</value><footnoteId id='F{n}'/></v{n}>" for n in (1, 2, 3))
    text = xml_text(f"<form>{marks}<footnotes>{notes}</footnotes></form>").text
    for note in ("(1) Held by the A & <B> trust.", "(2) Of his son.", "(3) 5 < 6 & more."):
        assert note in text.split("\n")


def test_an_element_without_a_name_loses_nothing() -> None:
    text = xml_text("<a><b>before</b><:>1</:><f:>2</f:><c>after</c></a>").text
    assert {"before", "1", "2", "after"} <= set(text.replace(":", " ").split())


@pytest.mark.parametrize("name", ["ccc", "filerCcc", "issuerCCC", "com:ccc", "Ccc"])
def test_access_codes_are_left_out_and_counted(name: str) -> None:
    read = xml_text(f"<form xmlns:com='urn:c'><a>kept</a><{name}>ab12$cde</{name}></form>")
    assert (read.text, read.secrets) == ("A: kept", 1)
    assert xml_text(f"<form xmlns:com='urn:c'><a>kept</a><{name}>XXXXXXXX</{name}></form>")[:3] == ("A: kept", "", 0)
    read = xml_text(
        f"<form><{name.replace(':', '')}><value>ab12$cde</value></{name.replace(':', '')}><a>kept</a></form>"
    )
    assert (read.text, read.secrets) == ("A: kept", 1)
