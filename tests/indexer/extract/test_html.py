"""HTML: lines, rows and cells; three readers that agree; damage told and survived."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.tokenizer import words
from indexer.extract import html
from indexer.extract.html import html_text
from indexer.extract.markup import tag_splitting
from indexer.extract.markup.layout import layout
from indexer.extract.markup.parsers import beautifulsoup, libxml2, read
from indexer.extract.markup.tag_splitting import split_at_tags


def lines(source: str) -> list[str]:
    return html_text(source).text.split("\n")


def test_blocks_are_lines_and_white_space_is_one_space() -> None:
    assert lines("<div> a\n  b&nbsp;&nbsp;c </div><p>d<br>e</p>f") == ["a b c", "d", "e", "f"]


def test_a_row_is_a_line_and_its_empty_cells_vanish() -> None:
    source = (
        "<table><tr><td></td><td>Cash<td>&nbsp;<td>5</tr><tr><td><p>Debt</p></td><td><div>3</div></td></tr></table>"
    )
    assert lines(source) == ["Cash\t5", "Debt\t3"]


def test_a_figure_and_its_signs_are_one_cell() -> None:
    source = "<table><tr><td>Loss<td>$<td>(1,234<td>)<td>(5<td>%)<td>€<td>7<td>$ per share</table>"
    assert lines(source) == ["Loss\t$(1,234)\t(5%)\t€7\t$ per share"]


def test_short_cells_are_one_line_and_long_ones_keep_theirs() -> None:
    long = "word " * 50
    assert lines("<table><tr><td>June 30,<br>2003<td>June 30,<br>2002</table>") == ["June 30, 2003\tJune 30, 2002"]
    assert lines(f"<table><tr><td>(a)<td><p>{long}</p><p>next</p></table>") == [f"(a)\t{long.strip()}", "next"]
    assert lines("<table><tr><td>One<br>Two</table>") == ["One", "Two"]


def test_hidden_parts_stay_out_however_they_nest() -> None:
    assert lines("<ix:header>a<ix:hidden>b</ix:hidden>c</ix:header>d<title>e</title><style>f</style>g") == ["d", "g"]


def test_superscripts_end_words() -> None:
    assert lines("<p>Cash<sup>1</sup> 5<sup>th</sup> <sup>2</sup>Debt x<sup>a</sup>") == ["Cash¹ 5th ²Debt x a"]
    assert lines("<p>5<sup>&nbsp;7</sup>/8% of Brand<sup>SM</sup> marks<sup>(3)</sup>") == ["5 7/8% of Brand℠ marks(3)"]


def test_references_are_resolved_once() -> None:
    assert lines("<p>&amp;lt; &lt;b&gt; &#8217; &#x2014; &eacute; &nosuch; A&P &amp") == [
        "&lt; <b> ’ — é &nosuch; A&P &"
    ]


def test_references_cannot_forge_marks() -> None:
    assert lines("<p>a&#6;b&#x0e;c&#1;d &#16;e&#160;f") == ["a b c d e f"]


def test_preformatted_text_keeps_its_columns() -> None:
    assert lines("<p>x  y</p><pre>\nA    1\nBcd  2\n</pre>z  w") == ["x y", "A    1", "Bcd  2", "z w"]


READERS: dict[str, Callable[[str], str | None]] = {
    "split": split_at_tags,
    "libxml2": lambda source: read(source, libxml2),
    "soup": lambda source: read(source, beautifulsoup),
}
LEAVES = st.sampled_from((
    "word", "two words", " ", "\n", "&amp;", "&nbsp;", "&#146;", "1,234", "$", "é", "<br>", "<br/>", "<hr>",
    "<!-- c -->", "<!-- <p> -->", "<ix:header>h</ix:header>", "<script>a<b</script>", "<sup>1</sup>", "<img src=x>",
))  # fmt: skip
INLINE = st.sampled_from(["b", "FONT COLOR=red", "span style='x:y'", 'a href="#z"', "ix:nonFraction scale='3'"])


def element(tag: str, children: list[str]) -> str:
    return f"<{tag}>{''.join(children)}</{tag.partition(' ')[0]}>"


def table(rows: list[list[str]]) -> str:
    return element("table", [element("tr", [element("td", [cell]) for cell in row]) for row in rows])


PHRASES = st.recursive(LEAVES, lambda inner: st.builds(element, INLINE, st.lists(inner, max_size=4)), max_leaves=8)
FLOWS = st.recursive(
    PHRASES,
    lambda inner: st.one_of(
        st.builds(
            element, st.sampled_from(["div", "DIV ALIGN=center", "li", "blockquote"]), st.lists(inner, max_size=4)
        ),
        st.builds(element, st.sampled_from(["p", "P STYLE='margin: 0'", "h2"]), st.lists(PHRASES, max_size=4)),
        st.builds(table, st.lists(st.lists(inner, max_size=3), max_size=3)),
    ),
    max_leaves=20,
)


@given(st.lists(FLOWS, max_size=6))
def test_readers_give_the_same_words(pieces: list[str]) -> None:
    source = element("html", [element("body", pieces)])
    readings = {name: layout(reader(source) or "not read").text.split() for name, reader in READERS.items()}
    assert readings["split"] == readings["libxml2"] == readings["soup"]


@given(st.lists(st.tuples(st.text("abcxyz", min_size=1, max_size=8), st.booleans()), max_size=20))
def test_inline_markup_neither_splits_nor_glues(parts: list[tuple[str, bool]]) -> None:
    source, plain = "", ""
    for text, ends_word in parts:
        source += f"<font color=red>{text[:1]}</font><b>{text[1:]}</b>" + (" " if ends_word else "")
        plain += text + (" " if ends_word else "")
    assert words(html_text(f"<p>{source}</p>").text) == words(plain)


@given(
    st.lists(st.text("abc ", min_size=1, max_size=8), max_size=20),
    st.sampled_from(["p", "div", "td", "li", "h1", "tr"]),
)
def test_block_markup_separates(texts: list[str], tag: str) -> None:
    source = "".join(f"<{tag}>{text}</{tag}>" for text in texts)
    assert words(html_text(source).text) == words(" ".join(texts))


@given(st.text(max_size=300))
def test_any_text_is_read(source: str) -> None:
    html_text(source).text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("opener", ["<!--", "<script>", "<style>", "<title>", "<textarea>", "<ix:header>"])
def test_what_an_unclosed_part_swallows_is_read_and_told(opener: str) -> None:
    read = html_text(f"<p>before</p>{opener}<p>after</p>")
    assert read.text.split() == ["before", "after"]
    assert read.damage


def test_a_quote_left_open_loses_no_text() -> None:
    read = html_text('<p>before</p><p title="never closed>inside</p><p>after</p><!-- > -->')
    assert {"before", "inside", "after"} <= set(read.text.replace(">", " ").split())


def test_a_reader_that_stops_short_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "split_at_tags", lambda _: None)
    monkeypatch.setattr(html, "libxml2", lambda source: source.removeprefix("<p>")[:5])
    read = html_text("<p>first second third")
    assert read.text == "first second third"
    assert "tolerant parser" in read.damage


def test_when_no_parser_reaches_the_end_the_tags_are_cut_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for reader in ("libxml2", "beautifulsoup"):
        monkeypatch.setattr(html, reader, lambda _: "cut")
    read = html_text("<p>first</p><textarea><b>sec</b>ond")
    assert read.text.split() == ["first", "second"]
    assert "cannot be parsed to its end" in read.damage


def test_documents_in_blocks_are_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "<table>" + "<tr><td>Cash &amp; more</td><td>1,234</td></tr>" * 50 + "</table>"
    whole = html_text(source)
    monkeypatch.setattr(tag_splitting, "_BLOCK", 64)
    assert html_text(source) == whole


def test_what_beautifulsoup_refuses_is_cut_out_of_its_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by mutated filings: `<![` with a word that SGML does not know, in what libxml2 does not read to its end."""
    source = "<p>Oats</p><![foo[x]]><p>are <b>milled"
    assert read(source, beautifulsoup) is None
    monkeypatch.setattr("indexer.extract.html.libxml2", lambda source: "")
    found = html_text(source)
    assert ("Oats" in found.text, "milled" in found.text, bool(found.damage)) == (True, True, True)
