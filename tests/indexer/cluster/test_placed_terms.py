"""What a cluster is given of a text has every word of ours at its place, with what stands on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.stemming import stem
from indexer.analysis.tokenizer import stacked, term, words
from indexer.cluster import placed_terms as places
from indexer.extracted import Section
from indexer.fields.section_words import stretches
from indexer.fields.unit_places import unit_starts

PIECES = st.lists(
    st.sampled_from(["license ", "Licensed. ", "non-recourse ", "$5 ", "5% ", "US ", "of ", "die.\n", "\n\n",
                     "1,234.50 ", "naïve ", "a|b ", "~x ", "<s ", "有限公司 ", "C++ "]) | st.text(max_size=4),
    max_size=30,
).map("".join)  # fmt: skip


@given(text=PIECES)
def test_every_word_is_at_its_place(text: str) -> None:
    found = places.places(text)
    assert [each.split("|")[0] for each in found] == [term(word) for word in words(text)]
    for place, each in stacked(text):
        assert term(each) in found[place].split("|")


@given(text=PIECES)
def test_the_class_of_a_word_is_wherever_an_inflection_is(text: str) -> None:
    for place in places.places(text):
        for each in (there for there in place.split("|") if there[0] not in places.OURS):
            assert places.STEM + stem(each) in place.split("|") or stem(each) == each


@given(before=PIECES, inside=PIECES, behind=PIECES)
def test_sentences_and_sections_are_marked_at_their_ends(before: str, inside: str, behind: str) -> None:
    text = f"{before} {inside} {behind}"
    sections = [Section("1A", "Risk Factors", len(before) + 1, len(before) + 1 + len(inside))]
    content, count = places.text(text, sections)
    found = [each.split("|") for each in content.split(" ")] if content else []
    assert len(found) == count
    starts = unit_starts(text).sentences
    several = [start for start, end in zip(starts, [*starts[1:], count][: len(starts)], strict=True) if end - start > 1]
    assert [place for place, there in enumerate(found) if places.FIRST["sentence"] in there] == several
    for name, start, end in stretches(text, sections):
        mark = places.section_mark(name)
        if end - start > 1:
            assert places.BEGIN + mark in found[start]
            assert places.END + mark in found[end - 1]
        else:
            assert places.ALONE + mark in found[start]


@pytest.mark.parametrize(("word", "expected"), [("$5", "=$5"), ("5%", "=%5"), ("C++", "=+c")])
def test_a_word_with_its_sign_is_a_term_of_its_own(word: str, expected: str) -> None:
    assert expected in places.places(word)[0].split("|")
