"""Splitting at the tags: the quick ways give what the plain ones would, and give up where these would."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.extract.html import html_text
from indexer.extract.markup import tag_splitting
from indexer.extract.markup.marks import visible, without_bad_references
from indexer.extract.markup.tag_splitting import cut_at_tags, split_at_tags


@pytest.mark.parametrize(
    "source",
    [
        "<i>x >b< y</i>",
        "<p>a <3> b</p>",
        "<p>a < b</p>",
        "<p>a > b</p>",
        '<p title="a>b">c</p>',
        "<p>a<>b</p>",
        "a<!--b",
        "a<!-->b<!--c-->d",
    ],
)
def test_what_is_no_plain_markup_is_left_to_a_parser(source: str) -> None:
    assert split_at_tags(source) is None


def test_what_only_looks_like_a_tag_stays_where_tags_are_cut_out() -> None:
    assert cut_at_tags("<i>a <3> b</i>") == "a <3> b"


def test_a_tag_may_have_a_sign_in_it() -> None:
    assert split_at_tags('<i title="a<b">c</i>') == "c"


@pytest.mark.parametrize("first", range(1, 30))
def test_no_block_ends_within_a_tag(first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    source = 'one<i title="a<b" id=c>two</i><b>three</b>four'
    monkeypatch.setattr(tag_splitting, "_FIRST_BLOCK", first)
    monkeypatch.setattr(tag_splitting, "_BLOCK", first)
    assert split_at_tags(source) == "onetwothreefour"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a<!--b-->c<!-- d > -->e", "ace"),
        ("a! b!<!--c-->", "a! b!"),
        ("<!--a<!--b-->c", "c"),
    ],
)
def test_comments_are_left_out(source: str, shown: str) -> None:
    assert split_at_tags(source) == shown


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["&", "&amp;", "&#1;", "&#38", "&#x41;", "&#99999999;", "&nbsp", "&notit", "a", ";", " ", "#"])
    )
)
def test_references_are_read_as_the_standard_library_reads_them(pieces: list[str]) -> None:
    source = "".join(pieces)
    assert split_at_tags(source) == html.unescape(without_bad_references(source.replace("&nbsp;", " ")))


@settings(deadline=None)
@given(st.text(alphabet="ab()", max_size=12))
def test_what_stands_within_marks_is_not_visible(marked: str) -> None:
    shown, depth = "", 0
    for character in marked:
        depth = max(0, depth + {"(": 1, ")": -1}.get(character, 0))
        shown += character if depth == 0 and character not in "()" else ""
    assert visible(marked, "(", ")") == (shown if "(" in marked else marked)


def test_a_word_broken_twice_is_joined_once() -> None:
    assert html_text("<p>pay-<br>able foo-<br>bar-<br>baz</p>").text == "payable foobar-\nbaz"
