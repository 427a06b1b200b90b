"""Groups of words and phrases, and the file that holds them."""

from search.terms.synonyms import Synonyms, read_synonyms


def test_a_file_has_a_group_a_line() -> None:
    synonyms = read_synonyms("# drugs\norphan drug, Rare-Disease medicine\n\nlicense,licence,permit # papers\n,\n&\n")
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
    assert read_synonyms("").longest == 0
