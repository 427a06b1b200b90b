"""The reference engine's own answers, worked out by hand."""

import math
from datetime import date

import pytest

from indexer.edgar.items import Item
from indexer.edgar.roles import Role
from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument
from indexer.filings import Document, ExtractedText, Header, Party
from search.parsing.parser import parse_query
from search.query.nodes import Everything, Not, Query, Term
from search.query.scoring import TITLE_WEIGHT, bm25, idf, stored_length
from search.results import FacetCount, Question, Sort
from search.searchers.memory import MemorySearcher


def entry(
    number: int, text: str, *, ordinal: int = 1, filed: date | None = None, name: str = "Acme", title: str = ""
) -> IndexedDocument:
    header = Header(
        f"0009000001-17-{number:06}", "8-K", filed, items=(Item("7.01", ""),), parties=(Party(Role.FILER, name),)
    )
    document = Document("8-K" if ordinal == 1 else "EX-99", ordinal, f"d{ordinal}.htm", title, b"", ordinal=ordinal)
    return IndexedDocument(header, document, ExtractedText(text, Reading.TEXT), f"{number}.txt", "ab")


ENTRIES = [
    entry(1, "orphan drug", filed=date(2017, 3, 8), name="Beta"),
    entry(1, "orphan drug license license", ordinal=2, filed=date(2017, 3, 8), name="Beta"),
    entry(2, "drug licensing", filed=date(2018, 1, 1), name="acme"),
    entry(3, "drug", filed=None, name="Gamma"),
    entry(4, "drug", filed=date(2018, 1, 1), name=""),
    entry(5, "", filed=date(2016, 1, 1), name="Álpha", title="drug list"),
]


@pytest.fixture(scope="module")
def searcher() -> MemorySearcher:
    return MemorySearcher.of(ENTRIES)


def accessions(searcher: MemorySearcher, text: str, sort: Sort = Sort()) -> str:  # noqa: B008
    hits = searcher.search(Question(parse_query(text), limit=None, sort=sort)).hits
    return "".join(hit.accession[-1] for hit in hits)


def score(searcher: MemorySearcher, query: Query | str) -> float:
    asked = parse_query(query) if isinstance(query, str) else query
    return searcher.search(Question(asked, proximity=False)).hits[0].score


def test_a_score_is_the_formula(searcher: MemorySearcher) -> None:
    average = (2 + 4 + 2 + 1 + 1 + 0) / 6
    expected = bm25(2, stored_length(4), average=average, idf=idf(6, 2))
    assert idf(6, 2) == math.log(6 / 3) + 1
    assert score(searcher, "license") == pytest.approx(expected, abs=1e-6)


def test_inflections_are_one_term(searcher: MemorySearcher) -> None:
    answer = searcher.search(Question(parse_query("license")))
    assert [hit.accession[-1] for hit in answer.hits] == ["1", "2"]
    assert searcher.expansion(Term("licenses"), "text") == (("license", "licensing"), 2)


def test_a_phrase_scores_its_words(searcher: MemorySearcher) -> None:
    words = score(searcher, "=orphan =drug")
    assert score(searcher, '"orphan drug"') == pytest.approx(words, abs=2e-6)
    assert score(searcher, "=orphan NEAR(1) =drug") == pytest.approx(words, abs=2e-6)


def test_what_does_not_match_does_not_score(searcher: MemorySearcher) -> None:
    alone = score(searcher, "license")
    assert score(searcher, 'license OR "drug orphan"') == alone
    assert score(searcher, "license OR (drug zebra)") == alone
    assert score(searcher, "license -zebra") == alone
    assert score(searcher, "license form:8-K filed:2017 company:beta") == alone


def test_weights_multiply(searcher: MemorySearcher) -> None:
    assert score(searcher, "license**2") == pytest.approx(2 * score(searcher, "license"), abs=2e-6)
    assert score(searcher, "(orphan license)**3") == pytest.approx(3 * score(searcher, "orphan license"), abs=4e-6)


def test_the_title_never_finds(searcher: MemorySearcher) -> None:
    assert sorted(accessions(searcher, "drug")) == ["1", "2", "3", "4"]
    assert searcher.count(parse_query("list")) == 0


def test_the_title_adds_its_share_to_what_matches_anyway() -> None:
    entries = [entry(1, "drug", title="drug list"), entry(2, "drug")]
    first, second = MemorySearcher.of(entries).search(Question(parse_query("drug"))).hits
    title = bm25(1, stored_length(4), average=(4 + 2) / 2, idf=idf(2, 1))  # `8-K` is two words of the title
    assert (first.accession[-1], second.accession[-1]) == ("1", "2")
    assert first.score - second.score == pytest.approx(TITLE_WEIGHT * title, abs=2e-6)


def test_headers_score_nothing(searcher: MemorySearcher) -> None:
    assert score(searcher, "form:8-K") == 0
    assert score(searcher, Not(Term("zebra"))) == 0


def test_ties_go_to_the_newest_then_the_lowest_accession_and_the_undated_last(searcher: MemorySearcher) -> None:
    assert accessions(searcher, "form:8-K") == "24153"
    assert accessions(searcher, "form:8-K", Sort("filed", descending=True)) == "24153"
    assert accessions(searcher, "form:8-K", Sort("filed", descending=False)) == "51243"


def test_companies_sort_without_case_and_accents(searcher: MemorySearcher) -> None:
    assert accessions(searcher, "company:*", Sort("company", descending=False)) == "2513"
    assert accessions(searcher, "company:*", Sort("company", descending=True)) == "3152"


def test_an_unknown_order_is_refused(searcher: MemorySearcher) -> None:
    with pytest.raises(ValueError, match="shoe size"):
        accessions(searcher, "drug", Sort("shoe size"))


def test_filings_are_cut_and_numbered(searcher: MemorySearcher) -> None:
    answer = searcher.search(Question(Everything(), limit=2, offset=1, documents=1))
    assert [hit.rank for hit in answer.hits] == [2, 3]
    assert (answer.filings, answer.documents) == (5, 6)
    assert [len(hit.documents) for hit in answer.hits] == [1, 1]
    assert [hit.matching for hit in answer.hits] == [1, 2]


def test_documents_of_a_filing_come_best_first(searcher: MemorySearcher) -> None:
    [best, *_] = searcher.search(Question(parse_query("drug license"), limit=None, proximity=False)).hits
    assert best.accession[-1] == "1", "the word itself counts more than an inflection of it"
    [first] = searcher.search(Question(parse_query("orphan"))).hits
    assert [document.filename for document in first.documents] == ["d1.htm", "d2.htm"]
    [second] = searcher.search(Question(parse_query("orphan license**9 OR orphan"))).hits
    assert [document.filename for document in second.documents] == ["d2.htm", "d1.htm"]


def test_facets_count_filings(searcher: MemorySearcher) -> None:
    kinds, years = searcher.facets(Everything(), ["exhibit", "year"])
    assert kinds.counts == (FacetCount("8-k", 5), FacetCount("ex-99", 1))
    assert years.counts == (FacetCount("2018", 2), FacetCount("2016", 1), FacetCount("2017", 1))


def test_counts_and_texts(searcher: MemorySearcher) -> None:
    assert searcher.count(parse_query("drug")) == 5
    assert searcher.text(searcher.handle(ENTRIES[1].id)) == "orphan drug license license"
    with pytest.raises(KeyError):
        searcher.handle("nothing")


def test_an_empty_index_answers(searcher: MemorySearcher) -> None:
    empty = MemorySearcher([])
    assert empty.search(Question(parse_query("a OR -b"))).filings == 0
    assert empty.facets(Everything(), ["form"])[0].counts == ()
