"""Patterns as a cluster is asked them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from search.query.nodes import Fuzzy, Wildcard
from search.query.words import fits
from search.searchers.cluster.lexicon import clauses_of, expression

WORDS = st.text(st.sampled_from("ab1.é"), min_size=1, max_size=6)


@given(pattern=st.text(st.sampled_from("ab1.?*"), min_size=1, max_size=6), word=WORDS)
def test_a_pattern_fits_the_same_words(pattern: str, word: str) -> None:
    assert bool(re.fullmatch(expression(pattern), word)) == fits(Wildcard(pattern))(word)


@given(
    pattern=st.text(st.sampled_from("ab1?*"), min_size=1, max_size=6), mark=st.sampled_from("~=<>[]$%+-"), word=WORDS
)
def test_a_pattern_fits_nothing_with_a_mark_before_it(pattern: str, mark: str, word: str) -> None:
    assert not re.fullmatch(expression(pattern), mark + word)


def test_a_word_that_may_be_changed_altogether_is_asked_as_a_pattern() -> None:
    """Lucene refuses such a fuzzy query: no two words would have anything in common."""
    assert [kind for kind, _ in clauses_of(Fuzzy("7", 2))] == ["regexp"]
    assert [kind for kind, _ in clauses_of(Fuzzy("licen", 2))] == ["fuzzy"]
