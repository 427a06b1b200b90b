"""What is found in texts at once is what each has alone."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import tokenizer
from indexer.analysis.tokenizer import count_words, keep_apart
from indexer.fields.unit_places import unit_places

PIECES = ["met.", "Inc.", "We", "\n", "\n\n", " \n", "\u2003\n", "\x1c\n", "é", "ﬁrm", "—", "$5", "y" * 140, ".\n- -\n"]
TEXTS = st.lists(st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join), min_size=1, max_size=5)


def found(text: str) -> list[list[int]]:
    return [places.tolist() for places in unit_places(text)]


@given(TEXTS)
def test_of_texts_that_were_taken_apart_together(texts: list[str]) -> None:
    tokenizer._kept.clear()
    alone = list(map(found, texts))
    keep_apart(texts)
    assert list(map(found, texts)) == alone


def test_of_one_text_that_several_documents_have() -> None:
    text = "The mill closed. Nobody came.\nItem 2. None."
    keep_apart([text, "Another. Text.", text])
    assert found(text) == [[0, 5], [3, 7]]
    assert found("Another. Text.") == [[0], [1]]


@given(TEXTS)
def test_of_a_text_that_is_folded_to_more_characters(texts: list[str]) -> None:
    text = "\n".join(texts) * 3
    plain = text.replace("ﬁ", "fi")
    assert found(text) == found(plain)
    assert all(place < count_words(text) for places in found(text) for place in places)
