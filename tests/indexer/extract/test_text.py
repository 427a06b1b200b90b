"""Plain-text documents: markers out, layout kept, broken words mended, pages known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.tokenizer import words
from indexer.extract.text import plain_text, tidy


def test_pages_are_where_they_begin() -> None:
    read = plain_text("<PAGE>\nfirst\n<PAGE>\n\n<PAGE>   3\nthird\n\fafter a form feed")
    assert [read.text[start:].split("\n")[0].strip() for start in read.pages] == ["first", "3", "after a form feed"]


def test_a_document_without_page_marks_has_no_pages() -> None:
    assert plain_text("only text\n").pages == ()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<TABLE>\n<CAPTION>\n  1995\n<S>  <C>\nCash  5\n</TABLE>", "  1995\nCash  5"),
        ("Cash<F1> and <F12>", "Cash(1) and (12)"),
        ("a < b, <c>, 5<6 and x<y>z", "a < b, , 5<6 and x<y>z"),
        ("AT&amp;T &#151; R&D &lt;b&gt; &nosuch;", "AT&T — R&D <b> &nosuch;"),
        ("- -----\n- - item\n- kept", "-----\n- item\n- kept"),
        ("<PAGE>\none\n</PAGE>\n<TABLE>\nCash 5\n</TABLE\nend </page> of", "one\nCash 5\nend  of"),
        ("&amp;#167; 12 of R&amp;D; &amp;nbsp;&amp;lt;", "§ 12 of R&D;  <"),
        (
            "Sales . . . . . . . . 5\nCosts .......... 3\nEtc...\n",
            "Sales                 5\nCosts            3\nEtc...",
        ),
    ],
)
def test_markers_and_references(source: str, text: str) -> None:
    assert plain_text(source).text == text


def test_a_schedule_is_labels_and_values() -> None:
    source = "<ARTICLE> UT\n<TOTAL-NET-UTILITY-PLANT>   7,388   7,226\n<EPS-DILUTED>  (.17)\n<LEGEND>\nNote\n</LEGEND>"
    assert plain_text(source).text.split("\n") == [
        "Article: UT",
        "Total net utility plant: 7,388   7,226",
        "EPS diluted: (.17)",
        "Legend",
        "Note",
    ]


@given(st.text("ab .\t\n<>&-", max_size=200))
def test_plain_text_keeps_the_words(source: str) -> None:
    unbroken = source.replace("-", " ")
    assert words(plain_text(unbroken).text) == words(unbroken)
    assert tidy(source) == tidy(tidy(source))
