"""What is numbered is what `analysis.stacked` lists, of texts whose words are known already, too."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.stacked import stacked_terms
from indexer.analysis.tokenizer import analyzed, taken_apart
from indexer.columnar.stacked_ids import StackedNumbers
from indexer.columnar.word_ids import Dictionary

PIECES = ["non", "GAAP", "-", "-", " ", "up-to-date ", "$5 ", "€ 5", "5% ", "C++ ", "US mills ", "é", "x-1", "a" * 130]
TEXTS = st.lists(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), min_size=1, max_size=4)


@given(TEXTS)
def test_each_is_the_term_that_stands_there(texts: list[str]) -> None:
    dictionary = Dictionary()
    stacked = StackedNumbers(dictionary)
    for text in (*texts, *texts):
        [taken] = taken_apart([text])
        numbers = dictionary.numbers(taken.together.placed())
        found = stacked.of(taken.together.marks(), numbers)
        words = [dictionary.terms[number] for number in numbers.tolist()]
        expected = sorted(stacked_terms(analyzed(text).marks(), words.__getitem__))
        terms = [dictionary.terms[number] for number in found.numbers.tolist()]
        assert sorted(zip(found.places.tolist(), terms, strict=True)) == expected
        assert found.places.tolist() == sorted(found.places.tolist())
