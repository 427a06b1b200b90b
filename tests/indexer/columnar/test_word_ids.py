"""Words to numbers: the same whether they are looked up one by one or all at once, whatever they are."""

import random

import pytest

from indexer.analysis.folding import folded_apart
from indexer.analysis.tokenizer import MAX_WORD, analyzed, term
from indexer.analysis.word_bytes import WordBytes
from indexer.columnar import word_ids
from indexer.columnar.word_ids import Dictionary

STEM = "registrationstatementsincorporatedbyreferenceherein"
ALIKE = [STEM[:length] for length in range(1, 40)] + [f"{STEM[:16]}{letter}" for letter in "abc"]
"""Words that are alike in their first eight, or their first sixteen, bytes."""
STRANGE = ["é", "naïve", "naïveté", "société", "æqualitas", "文書", "x" * (MAX_WORD + 9), "é" * MAX_WORD]


def numbers(dictionary: Dictionary, text: str) -> list[int]:
    found: list[int] = dictionary.numbers(WordBytes(folded_apart(text).encode()).placed()).tolist()
    return found


def of(dictionary: Dictionary, text: str) -> list[str]:
    return [dictionary.terms[number].decode() for number in numbers(dictionary, text)]


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
    long = " ".join([short] * (2 * word_ids._PIECE // len(ALIKE[:9])))
    first = numbers(dictionary, short)
    assert numbers(dictionary, long)[-9:] == first == list(range(9))


@pytest.mark.parametrize("times", [1, 1000])
def test_numbers_are_found_as_they_are_compared(times: int) -> None:
    text = "1,234 and 1234, 0.5 or .5; 0,5 10.5 of 1,000,000,000,000.25 " * times
    assert of(Dictionary(), text) == expected(text)
    assert "1000000000000.25" in expected(text)
