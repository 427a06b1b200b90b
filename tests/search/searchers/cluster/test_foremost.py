"""Places of some words, as the definition finds them."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.fields.schema import Kind
from search.query.nodes import Term
from search.query.occurrences import Words
from search.searchers.cluster.foremost import word_places

TEXTS = st.lists(
    st.sampled_from(["license", "Licensing", "non-licence", "$5", "5%", "US", "us", "dying", "die", "a-b-c", "21.50"]),
    max_size=40,
).map(" ".join)
ASKED = st.builds(Term, st.sampled_from(["license", "us", "die", "5", "$5", "21.5", "abc", "^us"]), st.booleans())


@given(text=TEXTS, asked=st.lists(ASKED, min_size=1, max_size=3))
def test_places_are_those_of_the_definition(text: str, asked: list[Term]) -> None:
    words = Words((text,), Kind.TEXT)
    assert word_places(text, asked) == [sorted(span.start for span in words.occurrences(each)) for each in asked]
