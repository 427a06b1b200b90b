"""Places and NEAR agree with a definition written out: every choice of occurrences, tried one by one."""

from itertools import pairwise, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.tokenizer import MAX_WORD, tokenize
from indexer.fields.row_values import next_value
from indexer.fields.schema import Kind
from search.query.nodes import Near, Or, Phrase, Prefix, Query, Term
from search.query.occurrences import Words
from search.query.spans import WordSpan

words = st.sampled_from(["a", "b", "ab"])
leaves = st.one_of(st.builds(Term, words, st.just(True)), st.just(Prefix("a")))
parts = st.one_of(
    leaves,
    st.builds(Phrase, st.lists(leaves, min_size=1, max_size=2).map(tuple)),
    st.builds(Or, st.tuples(leaves, st.builds(Phrase, st.tuples(leaves, leaves)))),
)


def chains(choice: tuple[WordSpan, ...], distance: int) -> bool:
    return all(0 <= after.start - before.end <= distance for before, after in pairwise(choice))


def together(found: list[set[WordSpan]], distance: int, ordered: bool) -> set[WordSpan]:
    spans = set()
    for order in [found] if ordered else permutations(found):
        for choice in product(*order):
            if chains(choice, distance):
                spans |= set(choice)
    return spans


@given(
    text=st.lists(st.sampled_from(["a", "b", "ab", "x"]), max_size=9).map(" ".join),
    asked=st.lists(parts, min_size=1, max_size=4),
    distance=st.integers(0, 3),
    ordered=st.booleans(),
)
def test_near_takes_exactly_the_occurrences_of_some_chain(
    text: str, asked: list[Query], distance: int, ordered: bool
) -> None:
    stand = Words([text], Kind.TEXT)
    expected = together([stand.occurrences(part) for part in asked], distance, ordered)
    assert stand.occurrences(Near(tuple(asked), distance, ordered)) == expected


@given(
    text=st.lists(st.sampled_from(["a", "b", "ab", "x"]), max_size=9).map(" ".join),
    asked=st.lists(parts, min_size=1, max_size=3),
)
def test_a_phrase_takes_exactly_the_choices_that_adjoin(text: str, asked: list[Query]) -> None:
    stand = Words([text], Kind.TEXT)
    choices = product(*(stand.occurrences(part) for part in asked))
    expected = {WordSpan(choice[0].start, choice[-1].end) for choice in choices if chains(choice, 0)}
    assert stand.occurrences(Phrase(tuple(asked))) == expected


def test_fifty_parts_in_order_are_found() -> None:
    letters = tuple(Term(f"w{number}", exact=True) for number in range(50))
    stand = Words([" x ".join(f"w{number}" for number in range(50))], Kind.TEXT)
    assert len(stand.occurrences(Near(letters, 1, ordered=True))) == 50
    assert not stand.occurrences(Near(letters, 0, ordered=True))


@given(st.lists(st.text(alphabet="aB é.\u00ad", max_size=6), max_size=4))
def test_the_next_value_starts_where_the_next_row_does(values: list[str]) -> None:
    stand, expected, start = Words(values, Kind.TEXT), [], 0
    for value in values:
        tokens = list(tokenize(value))
        expected += [(place, token) for place, token in enumerate(tokens, start)]
        start = next_value(start, len(tokens))
    assert sorted((place, word) for word, places in stand.places.items() for place in places) == [
        (place, token.word) for place, token in expected
    ]
    assert list(stand.offsets([place for place, _ in expected])) == [(token.start, token.end) for _, token in expected]


def test_words_cut_to_the_same_term_are_the_same_word() -> None:
    stem = "x" * MAX_WORD
    assert Words([f"{stem}a b {stem}c"], Kind.TEXT).places == {stem: [0, 2], "b": [1]}


@pytest.mark.parametrize("value", ["SC 13D/A", "ex-10.(A)", "\ud800 x", "İ"])
def test_a_value_compared_whole_is_its_lower_case(value: str) -> None:
    stand = Words([value], Kind.KEYWORD)
    assert stand.places == {value.lower(): [0]}
    assert list(stand.offsets([0])) == [(0, len(value))]
