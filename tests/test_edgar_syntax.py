"""Queries as EDGAR full-text search takes them are answered as that service answers them, asked exactly as typed.

A test a row of what is known of its syntax. Where it is said to be unreliable (parentheses, several phrases, quotes
around marks, a form beside its own amendment), the sensible answer is given; docs/query-language.md says so.
"""

from datetime import date

import pytest

from indexer.edgar.roles import Role
from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument
from indexer.filings import Document, ExtractedText, Header, Party
from search.errors import QuerySyntaxError, SearchError
from search.parsing.parser import parse_query
from search.query.nodes import And, Query
from search.results import Question
from search.searchers.memory import MemorySearcher
from search.web.efts.asked import form_list

TEXTS = {
    "peace": "The war ended; Russia signed the peace.",
    "trade": "Trade with Russia, and the war or licensing.",
    "far": "War is far, on every one of these many roads, from RUSSIA.",
    "license": "A license under Section 13(d) of the Act.",
    "licenses": "Licenses and licensing.",
    "accession": "See 0009000417-17-000012 for the rest.",
}


def entry(number: int, name: str, text: str, *, form: str = "8-K", ordinal: int = 1) -> IndexedDocument:
    header = Header(f"0009000001-17-{number:06}", form, date(2017, 1, number), parties=(Party(Role.FILER, "Acme"),))
    document = Document(form if ordinal == 1 else "EX-99", ordinal, name, "", b"", ordinal=ordinal)
    return IndexedDocument(header, document, ExtractedText(text, Reading.TEXT), "")


@pytest.fixture(scope="module")
def texts() -> MemorySearcher:
    return MemorySearcher.of(entry(number, name, text) for number, (name, text) in enumerate(TEXTS.items(), 1))


def names(searcher: MemorySearcher, query: Query) -> list[str]:
    hits = searcher.search(Question(query, limit=None, documents=99)).hits
    return [document.filename for hit in hits for document in hit.documents]


def found(searcher: MemorySearcher, text: str) -> set[str]:
    return set(names(searcher, parse_query(text, exact=True)))


def test_quotes_make_an_exact_phrase(texts: MemorySearcher) -> None:
    assert found(texts, '"the war"') == {"peace", "trade"}
    assert found(texts, '"war the"') == set()


def test_a_space_is_and(texts: MemorySearcher) -> None:
    assert found(texts, "war russia") == {"peace", "trade", "far"}
    assert found(texts, "war trade") == {"trade"}


def test_or_is_an_operator_in_capitals_only(texts: MemorySearcher) -> None:
    assert found(texts, "peace OR license") == {"peace", "license"}
    assert found(texts, "war or licensing") == {"trade"}


@pytest.mark.parametrize("text", ["war -peace", "war NOT peace", 'war -"the peace"', 'war NOT "the peace"'])
def test_minus_and_not_leave_out(texts: MemorySearcher, text: str) -> None:
    assert found(texts, text) == {"trade", "far"}


def test_a_star_ends_a_prefix_and_a_question_mark_is_one_character(texts: MemorySearcher) -> None:
    assert found(texts, "licens*") == {"trade", "license", "licenses"}
    assert found(texts, "l?cense") == {"license"}


def test_near_takes_a_distance_and_either_order(texts: MemorySearcher) -> None:
    assert found(texts, "war NEAR(5) russia") == {"peace", "trade"}
    assert found(texts, "russia NEAR(1) war") == {"peace"}


def test_stars_and_a_number_weigh_a_word(texts: MemorySearcher) -> None:
    plain, weighed = (parse_query(text, exact=True) for text in ("peace OR trade", "peace OR trade**9"))
    assert names(texts, weighed)[0] == "trade"
    assert set(names(texts, plain)) == set(names(texts, weighed)) == {"peace", "trade"}


def test_parentheses_group(texts: MemorySearcher) -> None:
    assert found(texts, "(peace OR trade) russia") == {"peace", "trade"}


def test_several_phrases_must_all_be_there(texts: MemorySearcher) -> None:
    assert found(texts, '"the war" "the peace"') == {"peace"}


def test_case_does_not_matter(texts: MemorySearcher) -> None:
    assert found(texts, "RUSSIA") == found(texts, "russia") == {"peace", "trade", "far"}


def test_words_are_not_stemmed(texts: MemorySearcher) -> None:
    assert found(texts, "license") == {"license"}
    assert found(texts, "licenses") == {"licenses"}


def test_a_tilde_makes_nothing_fuzzy(texts: MemorySearcher) -> None:
    assert found(texts, "licence~") == set()
    assert found(texts, "license~") == {"license"}


def test_stop_words_are_words(texts: MemorySearcher) -> None:
    assert found(texts, "the") == {"peace", "trade", "license", "accession"}
    assert found(texts, '"and the"') == {"trade"}


def test_marks_in_quotes_are_found(texts: MemorySearcher) -> None:
    assert found(texts, '"13(d)"') == {"license"}


def test_a_quoted_accession_number_is_text(texts: MemorySearcher) -> None:
    assert found(texts, '"0009000417-17-000012"') == {"accession"}


@pytest.mark.parametrize("text", ["*", "", "  "])
def test_a_star_alone_or_nothing_is_no_query(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        parse_query(text, exact=True)


FORMS = ("10-K", "10-K/A", "8-K", "8-K/A", "3", "4", "5", "SC 13D", "SCHEDULE 13D", "SCHEDULE 13G")


@pytest.fixture(scope="module")
def forms() -> MemorySearcher:
    entries = [entry(number, form, "text", form=form) for number, form in enumerate(FORMS, 1)]
    return MemorySearcher.of([*entries, entry(3, "8-K exhibit", "text", form="8-K", ordinal=2)])


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("10-K", {"10-K", "10-K/A"}),
        ("10-K,4", {"10-K", "10-K/A", "4"}),
        ("8-K,8-K/A", {"8-K", "8-K exhibit", "8-K/A"}),
        ("10-K,-10-K/A", {"10-K"}),
        ("-3,-4,-5", {"10-K", "10-K/A", "8-K", "8-K exhibit", "8-K/A", "SC 13D", "SCHEDULE 13D", "SCHEDULE 13G"}),
        ("-4,3,4,5", {"3", "5"}),
        ("8-K,-0", {"8-K", "8-K/A"}),
        ("SC 13D", {"SC 13D"}),
        ("SC 13D,SCHEDULE 13D", {"SC 13D", "SCHEDULE 13D"}),
        ("SCHEDULE 13G,SC 13G", {"SCHEDULE 13G"}),
    ],
)
def test_a_list_of_forms(forms: MemorySearcher, listed: str, expected: set[str]) -> None:
    assert set(names(forms, form_list(listed))) == expected
    assert set(names(forms, And((parse_query("text", exact=True), form_list(listed))))) == expected


@pytest.mark.parametrize("listed", ["", " , ", "-", "4," * 2_000])
def test_a_list_without_forms_or_with_too_many_is_refused(listed: str) -> None:
    with pytest.raises(SearchError):
        form_list(listed)
