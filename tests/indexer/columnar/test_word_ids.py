"""Words to numbers: the same whether they are looked up one by one or all at once, whatever they are."""

import random

import pytest

from indexer.analysis.tokenizer import MAX_WORD, analyzed, term
from indexer.columnar import word_ids
from indexer.columnar.word_ids import Dictionary

STEM = "registrationstatementsincorporatedbyreferenceherein"
ALIKE = [STEM[:length] for length in range(1, 40)] + [f"{STEM[:16]}{letter}" for letter in "abc"]
"""Words that are alike in their first eight, or their first sixteen, bytes."""
STRANGE = ["é", "naïve", "naïveté", "société", "æqualitas", "文書", "x" * (MAX_WORD + 9), "é" * MAX_WORD]


def of(dictionary: Dictionary, text: str) -> list[str]:
    return [dictionary.terms[number].decode() for number in dictionary.numbers(analyzed(text).spaced).tolist()]


def expected(text: str) -> list[str]:
    return [term(word) for word in analyzed(text).spaced.split()]


@pytest.mark.parametrize("text", ["", " ", "one", " one  two ", "- " * 3000, "a" * 5000, "b " * 3000])
def test_any_text_has_its_words(text: str) -> None:
    assert of(Dictionary(), text) == expected(text)


def test_words_that_begin_alike_are_told_apart() -> None:
    chosen = random.Random(1).choices(ALIKE + STRANGE, k=20_000)
    assert of(Dictionary(), " ".join(chosen)) == expected(" ".join(chosen))


def test_words_at_one_place_of_the_table_are_told_apart() -> None:
    drawn = random.Random(2)
    many = ["".join(drawn.choices("abcdefgh0", k=drawn.randint(1, 17))) for _ in range(200_000)]
    text = " ".join(many + many)
    dictionary = Dictionary()
    assert of(dictionary, text) == expected(text)
    assert len(dictionary.terms) == len(set(expected(text)))


def test_a_word_has_one_number_in_short_texts_and_long() -> None:
    dictionary = Dictionary()
    short = " ".join(ALIKE[:9])
    long = " ".join([short] * (2 * word_ids._PIECE // len(short)))
    first = dictionary.numbers(analyzed(short).spaced).tolist()
    assert dictionary.numbers(analyzed(long).spaced).tolist()[-9:] == first == list(range(9))
