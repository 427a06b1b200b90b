"""Amendments that say the same stand under the first."""

from search.output.amendments import led
from search.output.text import as_text
from search.results import DocumentHit, Hit, PartyName, Results, Snippet


def hit(rank: int, form: str, text: str, cik: str = "0009000417") -> Hit:
    snippet = Snippet("a:1", 0, len(text), text, ())
    document = DocumentHit("a:1", form, 1, "a.txt", "", 1.0, (snippet,))
    party = PartyName("filer", "Wrexley", cik)
    return Hit(rank, f"0009070001-17-{rank:06}", form, None, None, (), (party,), 1.0, 1, (document,))


def test_the_same_passage_of_the_same_filer_and_form() -> None:
    hits = [
        hit(1, "10-K", "Goodwill was  impaired."),
        hit(2, "10-K", "Goodwill was impaired."),
        hit(3, "10-K/A", "GOODWILL was impaired"),
        hit(4, "10-K/A", "Other words."),
        hit(5, "10-Q/A", "Goodwill was impaired."),
        hit(6, "10-K/A", "Goodwill was impaired.", cik="0009031885"),
    ]
    found = [(each.hit.rank, [other.rank for other in each.others]) for each in led(hits)]
    assert found == [(1, [3]), (2, []), (4, []), (5, []), (6, [])]


def test_it_is_a_line_and_counts() -> None:
    hits = (hit(1, "10-K/A", "Goodwill was impaired."), hit(2, "10-K", "Goodwill was impaired."))
    lines = list(as_text(Results("goodwill", 3, 3, hits)))
    assert "     and what it amends, 10-K · 0009070001-17-000002, same passage" in lines
    assert lines[-1].startswith("2 of 3 filings")


def test_filings_that_are_no_amendments_stay_in_their_order() -> None:
    """Two that read alike, with another between them."""
    hits = [hit(1, "8-K", "The same."), hit(2, "8-K", "Another."), hit(3, "8-K", "The same.")]
    assert [each.hit.rank for each in led(hits)] == [1, 2, 3]
