"""Groups of words and phrases."""

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
