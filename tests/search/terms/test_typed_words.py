"""What a typed word asks for where texts write it in several ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.parsing.format import format_query
from search.parsing.parser import parse_query
from search.query import nodes as q
from search.terms.typed_words import Taken, phrase, word


def exactly(*words: str) -> q.Query:
    terms = tuple(q.Term(each, exact=True) for each in words)
    return terms[0] if len(terms) == 1 else q.Phrase(terms)


def test_signs_count_where_a_word_is_taken_as_written() -> None:
    assert word("$5") == q.Term("5")
    assert word("$5", Taken(exact=True, as_written=True)) == phrase("$5") == exactly("$5")
    assert phrase("5% of $1,000") == exactly("%5", "of", "$1000")


def test_a_hyphenated_word_may_be_one() -> None:
    assert word("e-mail") == q.Or((exactly("e", "mail"), q.Term("email")))
    assert word("e-mail", Taken(exact=True)) == q.Or((exactly("e", "mail"), exactly("email")))
    assert word("10-K") == exactly("10", "k")


@pytest.mark.parametrize("typed", ["US", "U.S.", "U.S", "(U.S.)"])
def test_abbreviations(typed: str) -> None:
    found = word(typed, Taken(capitals=True))
    assert isinstance(found, q.Or) and exactly("u", "s") in found.parts


def test_capitals_say_nothing_in_a_query_of_capitals() -> None:
    assert word("US") == word("us", Taken(capitals=True)) == q.Term("us")


PIECES = """
$5 5% C++ US u.s. e-mail 1,234 21.50 0009000417 98Q76K100 "$5_m" =5% (212)_555-0134 13-1234567 "98Q76K_10_0" 1-99001
phone:2125550134 98Q76K_10_0 131234567
"""


@given(
    st.lists(st.sampled_from(PIECES.split()), min_size=1, max_size=4)
    .map(" ".join)
    .map(lambda text: text.replace("_", " "))
)
def test_what_is_asked_can_be_written_and_read_again(text: str) -> None:
    query = parse_query(text)
    assert parse_query(format_query(query)) == query
