"""What styles do to text: marks raised above the line stand apart, what is not shown is left out and counted."""

from collections.abc import Callable

import pytest

from indexer.extract.html import html_text
from indexer.extract.markup.layout import layout
from indexer.extract.markup.parsers import beautifulsoup, libxml2, read
from indexer.extract.markup.tag_splitting import cut_at_tags, split_at_tags

READERS: dict[str, Callable[[str], str | None]] = {
    "split": split_at_tags,
    "libxml2": lambda source: read(source, libxml2),
    "soup": lambda source: read(source, beautifulsoup),
    "cut": cut_at_tags,
}


@pytest.fixture(params=READERS)
def text(request: pytest.FixtureRequest) -> Callable[[str], str]:
    reader = READERS[request.param]
    return lambda source: layout(reader(f"<html><body>{source}</body></html>") or "not read").text


@pytest.mark.parametrize(
    "style",
    [
        "vertical-align:super",
        "VERTICAL-ALIGN: text-top; FONT-SIZE: 70%",
        "font-size:6pt;vertical-align:top",
        "vertical-align: 40%",
        "vertical-align:3pt",
        "position:relative;top:-4pt;font-size:6pt",
        "position: relative; bottom: 4.25pt",
        "position:relative;top:-0.5em !important",
    ],
)
def test_a_raised_mark_is_no_part_of_the_figure(text: Callable[[str], str], style: str) -> None:
    assert text(f'<p>36,112,404<span style="{style}">1</span> shares</p>') == "36,112,404¹ shares"
    assert text(f"<p>36,112,404<FONT SIZE=1 STYLE='{style}'><b>1</b></FONT></p>") == "36,112,404¹"


@pytest.mark.parametrize(
    "style",
    ["vertical-align:sub", "vertical-align:baseline", "position:relative;top:0.5pt", "position:absolute;top:-9pt"],
)
def test_what_is_not_raised_stays(text: Callable[[str], str], style: str) -> None:
    assert text(f'<p>H<span style="{style}">2</span>O</p>') == "H2O"


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("Wexol{TM}", "Wexol™"),
        ("20{th} year", "20th year"),
        ("Revenue{(1)}", "Revenue(1)"),
        ("7,120{a,b}", "7,120 a,b"),
        ("Cash{1}{2}", "Cash¹²"),
        ("Cash{1},{2} fell", "Cash¹,2 fell"),
        ("{1}Includes", "¹Includes"),
        ("m{2}", "m²"),
        ("see {all of this long text} here", "see all of this long text here"),
    ],
)
def test_marks_by_style_are_as_by_tag(text: Callable[[str], str], markup: str, shown: str) -> None:
    by_style = markup.replace("{", "<i style='vertical-align:super'>").replace("}", "</i>")
    by_tag = markup.replace("{", "<sup>").replace("}", "</sup>")
    assert text(f"<p>{by_style}</p>") == text(f"<p>{by_tag}</p>") == shown


def test_a_cell_at_the_top_is_no_mark(text: Callable[[str], str]) -> None:
    assert text('<table><tr style="vertical-align:top"><td style="vertical-align:top">A<td>1</table>') == "A\t1"


@pytest.mark.parametrize(
    "hiding", ["style='display:none'", 'STYLE="color:red; DISPLAY: NONE"', "style=visibility:hidden", "hidden"]
)
@pytest.mark.parametrize("tag", ["span", "div", "p", "b"])
def test_what_a_style_hides_is_left_out(text: Callable[[str], str], tag: str, hiding: str) -> None:
    shown = text(f"<p>seen and read</p><{tag} {hiding}>ombre <b>lite</b></{tag}><p>after it</p>")
    assert shown.split("\n") == ["seen and read", "after it"]


@pytest.mark.parametrize("reader", ["split", "libxml2", "cut"])
def test_hidden_cells_end_where_the_next_begins(reader: str) -> None:
    source = "<table><tr><td style='display:none'>a<td>b b<td style='display:none'>c<tr><td>d d</table>"
    assert layout(READERS[reader](source) or "not read").text == "b b\nd d"


def test_hidden_elements_end_with_their_own_tags(text: Callable[[str], str]) -> None:
    source = "<p>one two three</p><div style='display:none'><div>a</div><table><tr><td>b</td></tr></table></div><p>four"
    assert text(source).split() == ["one", "two", "three", "four"]


def test_classes_of_a_style_sheet_count() -> None:
    rules = "/* .x */ .up, b.up {vertical-align: super} .no{ display:none } @media print {.keep{display:none}}"
    sheet = f"<style>{rules}</style>"
    read = html_text(f"{sheet}<p>Cash<b class='x up'>1</b> <i class=keep>rose</i> <i class=no>sank</i> by much</p>")
    assert (read.text, read.unseen) == ("Cash¹ rose by much", 1)


def test_hidden_words_are_counted_outside_the_inline_xbrl_header() -> None:
    header = "<div style='display:none'><ix:header><ix:hidden>four words not counted</ix:hidden></ix:header></div>"
    read = html_text(f"{header}<p>seen words, some of them<span style='display:none'>three hidden words</span></p>")
    assert (read.unseen, read.kept) == (3, False)
    assert read.text == "seen words, some of them"


def test_more_than_half_a_document_is_not_hidden() -> None:
    read = html_text("<div style='display:none'>all that matters stands here</div><p>seen</p>")
    assert (read.unseen, read.kept) == (5, True)
    assert read.text.split("\n") == ["all that matters stands here", "seen"]


def test_an_unclosed_hidden_element_swallows_no_more_than_its_block() -> None:
    read = html_text("<table><tr><td>a b c<span style='display:none'>d</td><td>e f</td></tr></table>")
    assert (read.text, read.unseen) == ("a b c\te f", 1)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p>notes pay-<br>able of long-<br/>term debt", "notes payable of long-term debt"),
        ("<td>Non-<br>GAAP", "Non-\nGAAP"),
        ("<p>pay-</p><p>able", "pay-\nable"),
        ("<p>a com&shy;<br>pany", "a company"),
        ("<p>from 1994-<br>1995", "from 1994-\n1995"),
    ],
)
def test_line_ends_within_a_word(text: Callable[[str], str], source: str, shown: str) -> None:
    assert text(source) == shown
