"""Groups of words and phrases."""

import tracemalloc

import pytest

from search.errors import QuerySyntaxError
from search.parsing.format import format_query
from search.parsing.parser import parse_query
from search.terms.synonyms import NO_SYNONYMS, Synonyms


def test_each_member_stands_for_its_group() -> None:
    synonyms = Synonyms.of([["orphan drug", " Rare-Disease medicine"], ["license", "licence", "permit "], ["", "&"]])
    assert synonyms.groups == {
        ("orphan", "drug"): (("orphan", "drug"), ("rare", "disease", "medicine")),
        ("rare", "disease", "medicine"): (("rare", "disease", "medicine"), ("orphan", "drug")),
        ("license",): (("license",), ("licence",), ("permit",)),
        ("licence",): (("licence",), ("license",), ("permit",)),
        ("permit",): (("permit",), ("license",), ("licence",)),
    }
    assert synonyms.longest == 3


def test_a_member_of_two_groups_has_both() -> None:
    synonyms = Synonyms.of([["bank", "lender"], ["bank", "shore"]])
    assert synonyms.groups[("bank",)] == (("bank",), ("lender",), ("shore",))
    assert synonyms.groups[("shore",)] == (("shore",), ("bank",))


def test_no_synonyms() -> None:
    assert NO_SYNONYMS.longest == Synonyms.of([]).longest == 0


def test_many_groups_take_what_their_members_do() -> None:
    """Each of 20,000 groups shares a word with all others: joined beforehand they would be 400 million members."""
    groups = [["common", *(f"word{number}x{each}" for each in range(9))] for number in range(20_000)]
    tracemalloc.start()
    synonyms = Synonyms.of(groups)
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert taken < 100 << 20
    assert len(synonyms.group(("word7x3",))) == 10
    assert len(synonyms.group(("common",))) == 180_001
    with pytest.raises(QuerySyntaxError):
        parse_query("common-sense common", synonyms=synonyms)


def test_a_hyphenated_word_has_its_group_and_its_spelling_as_one() -> None:
    synonyms = Synonyms.of([["straight-line", "linear"]])
    assert format_query(parse_query("straight-line", synonyms=synonyms)).count("OR") == 2
