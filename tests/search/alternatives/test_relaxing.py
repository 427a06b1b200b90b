"""What follows the filings that have all the words."""

from datetime import date

import pytest

from indexer.edgar.items import Item
from indexer.edgar.roles import Role
from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument
from indexer.filings import Document, ExtractedText, FormerName, Header, Party
from search.alternatives.relaxing import bare_words, relaxed
from search.lookups.lookup import Filter, Lookup, tree
from search.results import Hit, Question
from search.searchers.memory import MemorySearcher


def entry(number: int, text: str, name: str = "Other Co", form: str = "8-K") -> IndexedDocument:
    party = Party(Role.FILER, name, f"{number:010}", former_names=(FormerName("Harrow Lake"),) if number == 2 else ())
    header = Header(
        f"0009070001-17-{number:06}",
        form,
        date(2016 + number, 3, 1),
        items=(Item("1.03", ""),) if number == 2 else (),
        parties=(party,),
    )
    return IndexedDocument(header, Document(form, 1, "a", "", b""), ExtractedText(text, Reading.TEXT), "")


@pytest.fixture(scope="module")
def searcher() -> MemorySearcher:
    return MemorySearcher.of(
        [
            entry(1, "Wrexley has revenue of steel"),
            entry(2, "revenue of wire", "Wrexley Steel Co", "10-K"),
            entry(3, "steel and wire"),
            entry(4, "steel alone", "Wrexley Steel Co"),
        ]
    )


def following(searcher: MemorySearcher, lookup: Lookup, *, limit: int = 10, offset: int = 0) -> list[Hit]:
    asked = bare_words(lookup)
    assert asked is not None
    question = Question(tree(lookup), limit=limit, offset=offset)
    return list(relaxed(question, asked, searcher, filings=searcher.search(question).filings))


def numbers(hits: list[Hit]) -> list[int]:
    return [int(hit.accession[-6:]) for hit in hits]


def test_the_header_comes_first_then_most_of_the_words(searcher: MemorySearcher) -> None:
    hits = following(searcher, Lookup("wrexley revenue steel"))
    assert [(number, hit.in_header, hit.lacks) for number, hit in zip(numbers(hits), hits, strict=True)] == [
        (2, ("wrexley", "steel"), ()),
        (4, (), ("wrexley", "revenue")),
        (3, (), ("wrexley", "revenue")),
    ]
    assert [hit.rank for hit in hits] == [2, 3, 4]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("harrow wire", ["harrow"]), ("wire 10-K", ["10-K"]), ("wire annual", ["annual"]), ("wire 2018", ["2018"]),
     ("wire bankruptcy", ["bankruptcy"]), ("wire wrexley", ["wrexley"])],
)  # fmt: skip
def test_parties_forms_years_and_items_are_the_header(
    searcher: MemorySearcher, query: str, expected: list[str]
) -> None:
    first = following(searcher, Lookup(query))[0]
    assert (list(first.in_header), numbers([first])) == (expected, [2])


def test_a_word_at_least_is_of_the_text(searcher: MemorySearcher) -> None:
    assert not any(hit.in_header for hit in following(searcher, Lookup("harrow annual")))


def test_filters_and_exclusions_of_fields_hold(searcher: MemorySearcher) -> None:
    assert numbers(following(searcher, Lookup("revenue steel", (Filter("form", ("10-K",)),)))) == [2]
    assert 2 not in numbers(following(searcher, Lookup("revenue zebra -form:10-K")))


def test_pages_follow_one_another(searcher: MemorySearcher) -> None:
    every = following(searcher, Lookup("wrexley revenue steel"))
    assert following(searcher, Lookup("wrexley revenue steel"), limit=2, offset=2) == every[1:3]


@pytest.mark.parametrize(
    "lookup",
    [Lookup(""), Lookup("steel"), Lookup("steel of"), Lookup("steel OR wire"), Lookup("steel AND wire"),
     Lookup("steel -wire"), Lookup("(steel wire)"), Lookup("=steel wire"), Lookup("steel**2 wire"),
     Lookup("steel wire", exact=True), Lookup("steel wire", like="a"), Lookup("section:1A steel wire")],
)  # fmt: skip
def test_operators_are_taken_at_their_word(lookup: Lookup) -> None:
    assert bare_words(lookup) is None
