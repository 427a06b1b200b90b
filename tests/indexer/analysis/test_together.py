"""Texts taken apart together are what each is alone, whatever stands at their ends."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.numerals import canonical
from indexer.analysis.stacked import stacked_terms
from indexer.analysis.together import JoinedTexts
from indexer.analysis.tokenizer import analyzed, keep_apart, taken_apart, words, words_before

PIECES = [
    "$",
    "%",
    "5",
    "1,234",
    ".5",
    "0.5",
    "US",
    "us",
    "C++",
    "+",
    "-",
    "non-",
    "recourse",
    " ",
    "\n",
    "é",
    "£",
    "(",
    "a",
    "公司",
]
TEXTS = st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), min_size=1, max_size=6)


def placed_words(together: JoinedTexts) -> list[bytes]:
    content, starts, ends = together.placed()
    found = zip(starts.tolist(), ends.tolist(), strict=True)
    return [canonical(content[start:end].decode("latin-1")).encode("latin-1") for start, end in found]


@given(TEXTS)
def test_each_has_the_words_it_has_alone(texts: list[str]) -> None:
    [together] = {id(taken.together): taken.together for taken in taken_apart(texts)}.values()
    found = placed_words(together)
    assert [found[start:end] for start, end in pairwise(together.bounds.tolist())] == [words(text) for text in texts]


@given(TEXTS)
def test_what_marks_say_stops_at_the_end_of_a_text(texts: list[str]) -> None:
    [together] = {id(taken.together): taken.together for taken in taken_apart(texts)}.values()
    found = placed_words(together)
    alone = [
        (start + place, term)
        for text, start in zip(texts, together.bounds.tolist(), strict=False)
        for place, term in stacked_terms(analyzed(text).marks(), words(text).__getitem__)
    ]
    assert sorted(stacked_terms(together.marks(), found.__getitem__)) == sorted(alone)


@given(TEXTS, st.data())
def test_words_are_counted_in_each_as_if_it_were_alone(texts: list[str], data: st.DataObject) -> None:
    padded = [f"{text} {'word ' * 100}" for text in texts]
    keep_apart(padded)
    for text in padded:
        at = data.draw(st.sampled_from([place for place, character in enumerate(text) if character == " "]))
        assert words_before(text, [at, len(text)]) == [len(words(text[:at])), len(words(text))]
