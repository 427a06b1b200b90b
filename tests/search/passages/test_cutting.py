"""Passages: what they hold, where they are cut, and that their offsets are those of the text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extracted import Section
from search.parsing.parser import parse_query
from search.passages.cutting import Cut, passages, snippets, spans_in
from search.query.nodes import Query
from search.query.walk import text_part

FILLER = "Nothing of note was said about the matter in this part of the report. " * 8
TEXT = (
    f"A license was mentioned. {FILLER}\n\n"
    f"The orphan drug license covers Europe. {FILLER}\n\n"
    f"Licensing again, licensing and licensing. {FILLER}"
)


def cut(query: str, text: str = TEXT, **settings: object) -> list[str]:
    return [each.text for each in snippets(parse_query(query), "id", text, cut=Cut(**settings))]  # type: ignore[arg-type]


def test_the_first_has_the_most_different_words() -> None:
    assert "orphan drug license" in cut("license orphan drug", width=120)[0]


def test_inflections_count_as_one_word() -> None:
    assert "orphan drug" in cut("license drug", width=60)[0]


def test_further_ones_prefer_words_not_shown() -> None:
    text = f"alpha alpha alpha. {FILLER} alpha alpha. {FILLER} beta. {FILLER} alpha"
    found = cut("alpha OR beta", text, count=2, width=60)
    assert "alpha alpha alpha" in found[0]
    assert "beta" in found[1]


def test_what_is_asked_of_a_section_is_shown_without_its_neighbours() -> None:
    text = (
        "The mill stands.\nItem 1A The flood may come.\nItem 7 The flood came. It cost the mill much.\nItem 8 The end."
    )
    starts = [text.index("Item 1A"), text.index("Item 7"), text.index("Item 8"), len(text)]
    sections = [Section(name, "", *span) for name, span in zip(("1A", "7", "8"), pairwise(starts), strict=True)]

    def shown(query: str, **settings: int) -> list[str]:
        found = snippets(parse_query(query), "id", text, cut=Cut(**settings), sections=sections)
        return [each.text for each in found]

    assert shown("section:1A flood") == ["Item 1A The flood may come."]
    assert shown("section:7 flood mill", count=3) == ["Item 7 The flood came. It cost the mill much."]
    assert shown("section:(1A OR 7) flood", count=3) == [
        "Item 1A The flood may come.",
        "Item 7 The flood came. It cost the mill much.",
    ]
    assert shown("flood", count=3) == [text]
    assert shown("section:7 flood", width=30, sentences=True) == ["Item 7 The flood came."]


def test_they_come_in_the_order_of_the_text_and_do_not_overlap() -> None:
    found = snippets(parse_query("license OR orphan"), "id", TEXT, cut=Cut(5, 80))
    assert len(found) == 3
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_one_that_reads_the_same_is_left_out() -> None:
    boilerplate = "This license is subject to change."
    text = f"{boilerplate}\n\n{FILLER}\n\n{boilerplate.upper()}\n\n{FILLER}\n\nA license of 2017."
    assert cut("license", text, count=3, width=60) == [boilerplate, "A license of 2017."]


def test_no_more_than_asked_for() -> None:
    assert cut("license", count=0) == []
    assert len(cut("license", count=1)) == 1


def test_nothing_without_words_of_the_text() -> None:
    assert cut("form:8-K") == []
    assert cut("-license") == []


def test_excluded_words_are_not_marked() -> None:
    (found,) = snippets(parse_query("orphan -zebra"), "id", "An orphan.", cut=Cut())
    assert found.matches == ((3, 9),)


@pytest.mark.parametrize(
    "text",
    [
        "It was sold by Merriwick Inc. Under a license from Dr. Wu. It ended.",
        "It was sold by Merriwick Inc. under the U.S. Food law, No. 5. A license was granted. It ended.",
    ],
)
def test_sentences_end_where_they_do(text: str) -> None:
    (found,) = cut("license", text, width=40, sentences=True)
    assert found.endswith((".",))
    assert "ended" not in found
    assert not found.endswith("Dr.")


def test_a_sentence_stays_in_its_paragraph() -> None:
    text = "HEADING WITHOUT A STOP\n\nThe license was granted in part\n\nAnother heading"
    assert cut("license", text, sentences=True) == ["The license was granted in part"]


def test_words_are_not_cut() -> None:
    for width in range(20, 120, 7):
        for each in snippets(parse_query("license"), "id", TEXT, cut=Cut(3, width)):
            assert not (each.start and TEXT[each.start - 1].isalnum())
            assert not (each.end < len(TEXT) and TEXT[each.end].isalnum() and TEXT[each.end - 1].isalnum())


WORDS = st.lists(st.sampled_from(["license", "Licensing", "orphan", "x" * 300, "the", "end.", "\n\n", "ﬁrm", "é"]))


@given(WORDS, st.integers(0, 5), st.integers(1, 300), st.booleans())
def test_what_they_say_is_true(words: list[str], count: int, width: int, sentences: bool) -> None:
    text = " ".join(words)
    query: Query = parse_query("license OR orphan OR firm")
    found = snippets(query, "id", text, cut=Cut(count, width, sentences))
    assert len(found) <= count
    every = set(spans_in(query, text))
    assert bool(found) == bool(every and count)
    for each in found:
        assert each.text == text[each.start : each.end]
        assert each.matches
        assert set(each.matches) <= every
        assert all(each.start <= start < end <= each.end for start, end in each.matches)


def test_many_equal_passages_cost_little() -> None:
    text = "license fee\n\n" * 20_000
    spans = spans_in(parse_query("license"), text)
    assert len(passages(text, spans, Cut(5, 20))) == 1


def test_the_part_that_asks_the_text() -> None:
    assert text_part(parse_query("license form:8-K -drug")) == parse_query("license")
    assert text_part(parse_query("text:(license drug) filed:2017")) == parse_query("license drug")
    assert text_part(parse_query("filed:2017")) is None
    assert text_part(parse_query("section:7 license -drug filed:2017")) == parse_query("section:7 license")
    assert text_part(parse_query("section:7 -drug")) is None
